"""The stops of a script as a bar: done, current, ahead. A stop may be pressed; Left and Right move among them."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.painted import (
    KeptPainting,
    Painted,
    draw_box,
    draw_focus,
    draw_words,
    fitting,
    height_of,
    width_of,
)
from desktop.widgets.values import StageState

GAP_PX = 6
SIZES = {12: 14, 11: 10}
"""of the words, and the air around them: all are made smaller once before the stops take a second line"""


class StageBar(Painted):
    """In one line where there is room for every word, else in as many as it takes."""

    chosen = Signal(int)
    """index of the stop that was pressed"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[tuple[str, StageState], ...] = ()
        self._at = 0
        self._kept: dict[float, tuple[int, list[list[float]]]] = {}
        self._painting = KeptPainting(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_stages(self, stages: Sequence[tuple[str, StageState]]) -> None:
        if tuple(stages) == self._stages:
            return
        anew = [label for label, _ in stages] != [label for label, _ in self._stages]
        self._stages = tuple(stages)
        current = [i for i, (_, state) in enumerate(self._stages) if state is StageState.CURRENT]
        self._at = current[0] if current else 0
        self.told.whole = " → ".join(label for label, _ in self._stages)
        self.told.cut = True
        if anew:
            self._kept.clear()
            self.updateGeometry()
        here = self._stages[self._at][0] if current else ""
        self.setAccessibleDescription(f"{self.told.whole}; {here}" if here else self.told.whole)
        self.update()

    def stages(self) -> tuple[tuple[str, StageState], ...]:
        return self._stages

    def restyled(self) -> None:
        self._kept.clear()
        self._painting.forget()
        super().restyled()

    def _line_height(self) -> int:
        return round(height_of(theme.font(12))) + theme.px(6)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(width))
        return lines * self._line_height() + (lines - 1) * theme.px(GAP_PX)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(72) * max(len(self._stages), 1), self._line_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(36) * max(len(self._stages), 1), self._line_height())

    def _wanted(self, size: int) -> list[float]:
        """Widths in which the words are whole at that size, with air at both sides."""
        face = theme.font(size, bold=True)
        return [width_of(label, face) + theme.px(SIZES[size]) for label, _ in self._stages]

    def _lines(self, width: float) -> list[list[float]]:
        """The stops' widths line by line: one line where their words, made smaller at most once, are whole in it."""
        return self._fitted(width)[1]

    def _fitted(self, width: float) -> tuple[int, list[list[float]]]:
        if width not in self._kept:
            self._kept[width] = self._laid_out(width)
        return self._kept[width]

    def _laid_out(self, width: float) -> tuple[int, list[list[float]]]:
        gap = theme.px(GAP_PX)
        room = width - gap * (len(self._stages) - 1)
        for size in SIZES:
            wanted = self._wanted(size)
            if sum(wanted) <= room:
                return size, [wanted]
        lines: list[list[float]] = [[]]
        for stop in self._wanted(next(iter(SIZES))):
            if lines[-1] and sum(lines[-1]) + gap * len(lines[-1]) + stop > width:
                lines.append([])
            lines[-1].append(min(stop, width))
        return next(iter(SIZES)), lines

    def _boxes(self) -> list[QRectF]:
        boxes, height, top = [], self._line_height(), 0.0
        for line in self._lines(self.width()):
            left = 0.0
            for width in line:
                boxes.append(QRectF(left, top, width, height))
                left += width + theme.px(GAP_PX)
            top += height + theme.px(GAP_PX)
        return boxes

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for index, box in enumerate(self._boxes()):
            if box.contains(event.position()):
                self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._stages:
            self._at = min(max(self._at + step, 0), len(self._stages) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._stages:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._painting.paint((self._stages, self._at, self.hasFocus()), self._paint)

    def look_changed(self) -> None:
        """Paint anew, also what was kept of the last painting."""
        self._painting.forget()
        self.update()

    def _paint(self, painter: QPainter) -> None:
        t = theme.tokens()
        looks = {
            StageState.DONE: (t.ok_bg, t.ok, False),
            StageState.CURRENT: (t.fill, t.on_fill, True),
            StageState.AHEAD: (t.track, t.mut, False),
        }
        size = self._fitted(self.width())[0]
        for index, (box, (label, state)) in enumerate(zip(self._boxes(), self._stages, strict=True)):
            fill, words, bold = looks[state]
            radius = box.height() / 2
            draw_box(painter, box, fill=theme.colour(fill), edge=None, radius=radius)
            inner = box.adjusted(theme.px(4), 0, -theme.px(4), 0)
            face = theme.font(fitting(label, inner.width(), (size, 11, 10), bold=bold), bold=bold)
            draw_words(painter, inner, label, face, theme.colour(words), Qt.AlignmentFlag.AlignHCenter)
            if self.hasFocus() and index == self._at:
                draw_focus(painter, box, radius)
