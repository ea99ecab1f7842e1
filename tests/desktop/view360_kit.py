"""The 360° column as a window of its own, what a person can read of it, and changes of the sample customer."""

from collections.abc import Callable

import msgspec
import view360_sample as sample
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.desk.plans import PlanComparison
from core.domain.customer import Document
from core.domain.text import Text
from core.offers.advice import Advice
from core.offers.spoken import UNKNOWN
from desktop import theme
from desktop.call.view360 import View360Panel
from desktop.tongue import Tongue
from desktop.widgets.chart import Chart
from desktop.widgets.line_list import LineList

Change = Callable[[Document], Document]


def panel_shown(qtbot: QtBot, qapp: QApplication) -> View360Panel:
    theme.apply(qapp, theme.Theme.LIGHT)
    panel = View360Panel(Tongue())
    panel.plans_wanted.connect(lambda document: panel.show_plans(document, compared(document)))
    qtbot.addWidget(panel)
    panel.resize(470, 830)
    panel.show()
    return panel


def compared(document: Document) -> PlanComparison:
    """What the comparison says where no use is on record."""
    assert document.id in ("c-0", sample.customer().id)
    return PlanComparison(advice=Advice.UNKNOWN, said=UNKNOWN)


def show(panel: View360Panel, document: Document) -> None:
    panel.show_customer(document, sample.CATALOGUE, sample.FIGURES, sample.NOW)


def read(root: QWidget) -> str:
    """All that a person can see or a screen reader tells below `root`; hidden parts left out."""
    told: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisibleTo(root):
            continue
        told += [widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel):
            told.append(widget.text())
        if isinstance(widget, LineList):
            told += [*widget.words(), widget.empty_words]
        if isinstance(widget, Chart):
            told += [point.hint for point in widget.points()]
    return "\n".join(told)


def within(section: str, **values: object) -> Change:
    """Replaces fields of one section."""

    def change(document: Document) -> Document:
        part = getattr(document, section)
        return msgspec.structs.replace(document, **{section: msgspec.structs.replace(part, **values)})

    return change


def text(zh: str, en: str) -> Text:
    return Text(zh, en)
