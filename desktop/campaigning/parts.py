"""What the parts of the campaigns page are made of."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.domain.text import Text
from desktop import theme
from desktop.lane import HeavyLane
from desktop.planning.parts import Context
from desktop.widgets.card import Card
from desktop.widgets.card_scroll import CardScroll
from desktop.widgets.values import Tone


class CampaigningContext(Context, frozen=True, eq=False):
    say: Callable[[Text, Tone], None]
    heavy_lane: HeavyLane
    """for what takes seconds, and can be stopped"""
    desk_scenarios: Callable[[], list[str]]
    """ids of the scripts that this desk knows"""


def three_cards(part: QWidget, left: Card, middle: Card, right: Card, *, widths: tuple[float, float]) -> None:
    """What there is, the one in hand, and what is told of it: side by side; `widths` are the outer ones'."""
    left.setFixedWidth(theme.px(widths[0]))
    right.setFixedWidth(theme.px(widths[1]))
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(10))
    row.addWidget(left)
    row.addWidget(middle, 1)
    row.addWidget(right)


def within_card(*parts: QWidget) -> CardScroll:
    """What scrolls inside a card, on the card's own ground."""
    scroll = CardScroll(*parts)
    for part in (scroll.viewport(), scroll.widget()):
        assert part is not None
        part.setAutoFillBackground(False)
    return scroll
