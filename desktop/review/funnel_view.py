"""The funnel: a bar a stage, each as wide as its share of the first."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from core.domain.text import filled
from core.review.pictures import Funnel
from desktop import theme
from desktop.review import words
from desktop.review.pickable import Pickable
from desktop.review.shown import percent
from desktop.tongue import Tongue
from desktop.widgets.painted import draw_box, draw_words, ink, width_of
from desktop.widgets.values import Tone

SAVED_FROM = 4
"""from this stage on a bar is good news"""


class FunnelView(Pickable):
    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[str, int], ...] = ()
        self._notes: tuple[str, ...] = ()

    def show_funnel(self, found: Funnel, say: Tongue) -> None:
        counts = (found.dispatched, found.dialled, found.owner, found.effective, found.success, found.on_net)
        young = say(filled(words.YOUNG, n=f"{found.young:,}")) if found.young else ""
        self._rows = tuple(zip((say(one) for one in words.STEPS), counts, strict=True))
        self._notes = ("",) * (len(counts) - 1) + (young,)
        hints = []
        for at, (label, count) in enumerate(self._rows):
            before = counts[at - 1] if at else 0
            share = percent(count / before) if before else "—"
            told = say(filled(words.STEP, label=label, n=f"{count:,}", share=share))
            hints.append(" · ".join(part for part in (told, self._notes[at]) if part))
        self.show_parts(tuple(hints) if any(counts) else (), say(words.NO_CALLS))

    def boxes(self) -> list[QRectF]:
        count = max(len(self._rows), 1)
        gap = theme.px(3)
        high = min((self.height() - gap * (count - 1)) / count, theme.px(30))
        return [QRectF(0, at * (high + gap), self.width(), high) for at in range(len(self._rows))]

    def draw(self, painter: QPainter) -> None:
        t = theme.tokens()
        most = max((count for _, count in self._rows), default=1) or 1
        for at, ((label, count), box) in enumerate(zip(self._rows, self.boxes(), strict=True)):
            wide = max(box.width() * count / most, theme.px(3))
            fill = theme.colour(t.ok_bg if at >= SAVED_FROM else t.bar)
            edge = theme.colour(t.ok) if at >= SAVED_FROM else None
            draw_box(painter, QRectF(box.x(), box.y(), wide, box.height()), fill=fill, edge=edge, radius=theme.px(3))
            text = " · ".join(part for part in (f"{label} {count:,}", self._notes[at]) if part)
            face = theme.font(12)
            inside = width_of(text, face) + theme.px(14) <= wide
            left = box.x() + theme.px(7) if inside else box.x() + wide + theme.px(6)
            room = QRectF(left, box.y(), box.right() - left, box.height())
            if inside:
                colour = theme.colour(t.ok) if at >= SAVED_FROM else theme.colour(_on_bar())
            elif room.width() < width_of(text, face):
                colour, room = ink(Tone.NEUTRAL), QRectF(box.x() + theme.px(7), box.y(), box.width(), box.height())
            else:
                colour = ink(Tone.NEUTRAL)
            draw_words(painter, room, text, face, colour)


def _on_bar() -> str:
    """The ink that is read on the bars of charts, light on dark and dark on light."""
    t = theme.tokens()
    bar = theme.colour(t.bar)
    return t.ink if (bar.lightness() > 128) == (theme.theme() is theme.Theme.LIGHT) else t.on_fill
