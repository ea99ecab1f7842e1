"""The way through the script beside the scorecard: when, what stood there, what was answered, how long it took."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from core.desk.call_path import PathLine
from desktop import theme
from desktop.quality import words
from desktop.tongue import Tongue
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, height_of, ink
from desktop.widgets.values import Tone

_TIME_PX, _SECONDS_PX = 44, 76


class PathList(LineList[PathLine]):
    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(draw=self._draw, spoken=self._spoken, hint=self._hint, tall=_tall, parent=parent)
        self._tongue = tongue

    def show_path(self, path: Sequence[PathLine], *, empty: str) -> None:
        self.set_rows(path, empty=empty)

    def _at(self, line: PathLine) -> str:
        return f"{line.at_s // 60}:{line.at_s % 60:02d}"

    def _head(self, line: PathLine) -> str:
        say = self._tongue
        name = f"{say(words.OBJECTION)} {say(line.stage)}" if line.objection else say(line.stage)
        return f"{name} → {say(line.answer)}" if say(line.answer) else name

    def _below(self, line: PathLine) -> str:
        ticks = "  ".join(f"✓ {self._tongue(item)}" for item in line.ticked)
        return " · ".join(part for part in (ticks, self._tongue(line.words)) if part)

    def _seconds(self, line: PathLine) -> tuple[str, Tone]:
        if line.hurried:
            return self._tongue(words.HURRIED), Tone.BAD
        if line.seconds is None:
            return "", Tone.MUTED
        return self._tongue(words.TALK_S).format(n=f"{line.seconds:.0f}"), Tone.MUTED

    def _spoken(self, line: PathLine) -> str:
        return " · ".join(part for part in (self._at(line), self._head(line), self._seconds(line)[0]) if part)

    def _hint(self, line: PathLine) -> str:
        return f"{self._head(line)}\n{self._below(line)}"

    def _draw(self, painter: QPainter, rect: QRectF, line: PathLine) -> None:
        face, small, edge = theme.font(13), theme.font(12), theme.px(4)
        row = rect.adjusted(edge, theme.px(2), -edge, 0)
        high = height_of(face)
        time = QRectF(row.left(), row.top(), theme.px(_TIME_PX), high)
        seconds = QRectF(row.right() - theme.px(_SECONDS_PX), row.top(), theme.px(_SECONDS_PX), high)
        head = QRectF(time.right(), row.top(), seconds.left() - time.right() - edge, high)
        draw_words(painter, time, self._at(line), small, ink(Tone.MUTED))
        tone = Tone.WARN if line.objection else Tone.NEUTRAL
        draw_words(painter, head, self._head(line), theme.font(13, bold=True), ink(tone))
        told, its = self._seconds(line)
        draw_words(painter, seconds, told, small, ink(its), Qt.AlignmentFlag.AlignRight)
        below = QRectF(time.right(), head.bottom(), row.right() - time.right(), height_of(small))
        draw_words(painter, below, self._below(line), small, ink(Tone.MUTED))


def _tall(_line: PathLine, _width: float) -> float:
    return height_of(theme.font(13)) + height_of(theme.font(12)) + theme.px(5)
