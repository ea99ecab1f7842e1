"""A picture whose parts can be chosen: by a click, or with the arrows and Enter; each tells what it stands for."""

from abc import abstractmethod

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme
from desktop.widgets.painted import Painted, draw_focus, draw_words, ink, smooth
from desktop.widgets.values import Tone


class Pickable(Painted):
    """`hints` has a line for each part, in the order in which the arrows go."""

    picked = Signal(int)
    """a part, by a person"""

    def __init__(self, *, height: float = 180, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self.hints: tuple[str, ...] = ()
        self.empty = ""
        self.at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def show_parts(self, hints: tuple[str, ...], empty: str) -> None:
        """New parts in place; what was chosen stays chosen where it still can be."""
        self.hints, self.empty = hints, empty
        if self.at is not None and self.at >= len(hints):
            self.at = None
        self._tell()
        self.update()

    @abstractmethod
    def boxes(self) -> list[QRectF]:
        """Where each part lies now."""

    @abstractmethod
    def draw(self, painter: QPainter) -> None:
        """Paints the parts; never called without any."""

    def row_length(self) -> int:
        """Parts in a row, for Up and Down; 1 where they lie below each other."""
        return 1

    def sizeHint(self) -> QSize:
        return QSize(theme.px(260), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(min(self._height, 110)))

    def choose(self, at: int) -> None:
        self.at = at
        self._tell()
        self.update()

    def _tell(self) -> None:
        self.setAccessibleDescription(self.hints[self.at] if self.at is not None else (self.empty or ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last, step = len(self.hints) - 1, self.row_length()
        key = Qt.Key(event.key())
        at = -1 if self.at is None else self.at
        moves = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Up: at - step,
            Qt.Key.Key_Down: at + step,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and last >= 0 and key in moves:
            self.choose(min(max(moves[key], 0), last))
        elif plain and self.at is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(self.at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position().x(), event.position().y())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.choose(found)
            self.picked.emit(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._under(event.position().x(), event.position().y()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._under(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), self.hints[found] if found is not None else "", self)
            return True
        return super().event(event)

    def _under(self, x: float, y: float) -> int | None:
        boxes = self.boxes() if self.hints else []
        return next((at for at, box in enumerate(boxes[: len(self.hints)]) if box.contains(x, y)), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        if self.hints:
            self.draw(painter)
            if self.at is not None and self.hasFocus():
                boxes = self.boxes()
                if self.at < len(boxes):
                    draw_focus(painter, boxes[self.at].adjusted(-1, -1, 1, 1), theme.px(3))
        else:
            rect = QRectF(self.rect())
            draw_words(painter, rect, self.empty, theme.font(13), ink(Tone.MUTED), Qt.AlignmentFlag.AlignHCenter)
        if self.hasFocus() and self.at is None:
            draw_focus(painter, QRectF(self.rect()), theme.px(4))
        painter.end()
