"""The stops of a script as a bar: done, current, ahead. A stop may be pressed; Left and Right move among them."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.painted import Painted, draw_box, draw_focus, draw_words, fitting, height_of, smooth, width_of
from desktop.widgets.values import StageState


class StageBar(Painted):
    chosen = Signal(int)
    """index of the stop that was pressed"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[tuple[str, StageState], ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_stages(self, stages: Sequence[tuple[str, StageState]]) -> None:
        self._stages = tuple(stages)
        current = [i for i, (_, state) in enumerate(self._stages) if state is StageState.CURRENT]
        self._at = current[0] if current else 0
        self.told.whole = " → ".join(label for label, _ in self._stages)
        self.told.cut = True
        here = self._stages[self._at][0] if current else ""
        self.setAccessibleDescription(f"{self.told.whole}; {here}" if here else self.told.whole)
        self.update()

    def stages(self) -> tuple[tuple[str, StageState], ...]:
        return self._stages

    def sizeHint(self) -> QSize:
        return QSize(theme.px(72) * max(len(self._stages), 1), round(height_of(theme.font(12))) + theme.px(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(36) * max(len(self._stages), 1), self.sizeHint().height())

    def _boxes(self) -> list[QRectF]:
        """As wide as their words where there is room; else the current one whole and the others alike."""
        gap, count = theme.px(6), max(len(self._stages), 1)
        room = self.width() - gap * (count - 1)
        face = theme.font(12, bold=True)
        wanted = [width_of(label, face) + theme.px(14) for label, _ in self._stages]
        short = sum(wanted) - room
        alike = (room - wanted[self._at]) / max(count - 1, 1) if wanted else 0.0
        boxes, left = [], 0.0
        for index, width in enumerate(wanted):
            if short <= 0:
                width -= short / count
            elif index != self._at:
                width = alike
            boxes.append(QRectF(left, 0, max(width, theme.px(24)), self.height()))
            left += max(width, theme.px(24)) + gap
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
        painter = smooth(self)
        t = theme.tokens()
        looks = {
            StageState.DONE: (t.ok_bg, t.ok, False),
            StageState.CURRENT: (t.fill, t.on_fill, True),
            StageState.AHEAD: (t.track, t.mut, False),
        }
        for index, (box, (label, state)) in enumerate(zip(self._boxes(), self._stages, strict=True)):
            fill, words, bold = looks[state]
            radius = box.height() / 2
            draw_box(painter, box, fill=theme.colour(fill), edge=None, radius=radius)
            inner = box.adjusted(theme.px(4), 0, -theme.px(4), 0)
            face = theme.font(fitting(label, inner.width(), (12, 11, 10), bold=bold), bold=bold)
            draw_words(painter, inner, label, face, theme.colour(words), Qt.AlignmentFlag.AlignHCenter)
            if self.hasFocus() and index == self._at:
                draw_focus(painter, box, radius)
        painter.end()
