"""The scorecard to be filled in by digits: an item a line, instant fails at the end; what is marked is told at once."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from core.domain.quality.scorecard import ABOUT_NAMES, About, Scorecard
from core.domain.quality.scoring import MARK_NAMES, Mark, Marked
from core.domain.text import Text
from desktop import theme
from desktop.quality import words
from desktop.tongue import Tongue
from desktop.widgets.choice_list import ChoiceList
from desktop.widgets.painted import draw_box, draw_words, ground, height_of, ink, width_of
from desktop.widgets.values import Tone

BY_DIGIT = dict(zip("12345", Mark, strict=True))
_TONES = {
    Mark.DONE: Tone.OK, Mark.PARTLY: Tone.WARN, Mark.MISSED: Tone.BAD, Mark.WRONG: Tone.BAD,
    Mark.NOT_ASKED: Tone.MUTED,
}  # fmt: skip
_MARK_PX, _POINTS_PX = 92, 34


class Line(Struct, frozen=True, kw_only=True):
    """An item, or an instant fail."""

    id: str
    label: Text
    help: Text
    heading: Text | None = None
    """of the section that begins here"""
    points: int = 0
    about: About
    fail: bool = False


def lines_of(card: Scorecard) -> list[Line]:
    found = [
        Line(id=item.id, label=item.label, help=item.help, heading=None if nth else section.label,
             points=item.points, about=item.about)
        for section in card.sections
        for nth, item in enumerate(section.items)
    ]  # fmt: skip
    return found + [
        Line(id=one.id, label=one.label, help=one.help, heading=None if nth else words.INSTANT, about=one.about,
             fail=True)
        for nth, one in enumerate(card.instant_fail)
    ]  # fmt: skip


class ScoreSheet(ChoiceList[Line]):
    """`marked` and `failed` are asked while it is painted; digits and a press at the mark go to `mark`."""

    chosen_changed = Signal()

    def __init__(
        self,
        tongue: Tongue,
        *,
        marked: Callable[[str], Marked | None],
        failed: Callable[[str], bool],
        mark: Callable[[str, Mark], None],
        toggle: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            draw=self._draw, spoken=self._spoken, hint=self._hint, tall=_tall, key=lambda line: line.id,
            opened=lambda _: self.chosen_changed.emit(), parent=parent,
        )  # fmt: skip
        self._tongue, self._marked, self._failed, self._mark, self._toggle = tongue, marked, failed, mark, toggle
        self._card: Scorecard | None = None
        self.may_mark = False

    def set_card(self, card: Scorecard | None, *, empty: str = "") -> None:
        """Another card begins at its first item."""
        if card is not None and card == self._card:
            self.viewport().update()
            return
        self._card = card
        self.set_rows([])
        self.set_rows(lines_of(card) if card is not None else [], empty=empty)
        self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.chosen
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if line is None or not plain or not self.may_mark:
            super().keyPressEvent(event)
        elif line.fail and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_1):
            self._toggle(line.id)
        elif not line.fail and event.text() in BY_DIGIT:
            if not event.isAutoRepeat():
                self._set(line, BY_DIGIT[event.text()])
        else:
            super().keyPressEvent(event)

    def _set(self, line: Line, mark: Mark) -> None:
        """And on to the next item: a card is filled in with one key an item."""
        self._mark(line.id, mark)
        at = self.currentIndex().row() + 1
        if at < self.lines.rowCount() and not self.lines.row(at).fail:
            self.setCurrentIndex(self.lines.index(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press at the mark goes to the next one."""
        super().mouseReleaseEvent(event)
        at = self.indexAt(event.position().toPoint())
        right = self.viewport().width() - theme.px(_MARK_PX)
        if not at.isValid() or event.position().x() < right or not self.may_mark:
            return
        line = self.lines.row(at.row())
        if line.fail:
            self._toggle(line.id)
            return
        known, every = self._marked(line.id), list(Mark)
        self._mark(line.id, every[(every.index(known.mark) + 1) % len(every)] if known else Mark.DONE)

    def told(self, line: Line) -> tuple[str, Tone]:
        """What stands at the right of a line."""
        if line.fail:
            return (self._tongue(words.YES), Tone.BAD) if self._failed(line.id) else ("—", Tone.MUTED)
        known = self._marked(line.id)
        return ("—", Tone.MUTED) if known is None else (self._tongue(MARK_NAMES[known.mark]), _TONES[known.mark])

    def _spoken(self, line: Line) -> str:
        return f"{self._tongue(line.label)} · {self.told(line)[0]}"

    def _hint(self, line: Line) -> str:
        known = self._marked(line.id)
        said = f"\n{known.words}" if known and known.words else ""
        return f"{self._tongue(ABOUT_NAMES[line.about])} · {self._tongue(line.help)}{said}"

    def _draw(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        face, small, edge = theme.font(13), theme.font(12), theme.px(6)
        row = rect.adjusted(edge, 0, -edge, 0)
        if line.heading is not None:
            head = QRectF(row.left(), row.top() + theme.px(2), row.width(), height_of(small))
            draw_words(painter, head, self._tongue(line.heading), theme.font(12, bold=True), ink(Tone.MUTED))
            row.setTop(head.bottom())
        told, tone = self.told(line)
        mark = QRectF(row.right() - theme.px(_MARK_PX), row.top(), theme.px(_MARK_PX), row.height())
        points = QRectF(mark.left() - theme.px(_POINTS_PX), row.top(), theme.px(_POINTS_PX), row.height())
        label = QRectF(row.left(), row.top(), points.left() - row.left() - theme.px(4), row.height())
        draw_words(painter, label, self._tongue(line.label), face, ink(Tone.NEUTRAL))
        if not line.fail:
            draw_words(painter, points, str(line.points), small, ink(Tone.MUTED), Qt.AlignmentFlag.AlignCenter)
        if tone is not Tone.MUTED:
            wide = width_of(told, small) + theme.px(16)
            high = height_of(small) + theme.px(1)
            box = QRectF(mark.center().x() - wide / 2, mark.center().y() - high / 2, wide, high)
            draw_box(painter, box, fill=ground(tone), edge=None, radius=high / 2)
        draw_words(painter, mark, told, small, ink(tone), Qt.AlignmentFlag.AlignCenter)


def _tall(line: Line, _width: float) -> float:
    high = height_of(theme.font(13)) + theme.px(4)
    return high + (height_of(theme.font(12)) + theme.px(2) if line.heading is not None else 0)
