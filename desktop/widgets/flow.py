"""A layout that sets its items in lines and wraps, as words do. Hidden items take no room."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from desktop import theme


class FlowLayout(QLayout):
    """Left to right, then the next line; an item wider than the room is made as narrow as the room."""

    def __init__(self, parent: QWidget | None = None, *, gap: float = 6) -> None:
        super().__init__(*((parent,) if parent is not None else ()))
        self._items: list[QLayoutItem] = []
        self._gap = gap
        # Qt asks for heights dozens of times a layout, and says when an answer no longer holds.
        self._heights: dict[int, int] = {}
        self._sizes: list[tuple[QLayoutItem, QSize, QSize]] | None = None
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def invalidate(self) -> None:
        self._heights.clear()
        self._sizes = None
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        widths = [hint.width() for _, hint, _ in self._shown()]
        width = sum(widths) + theme.px(self._gap) * max(len(widths) - 1, 0)
        return QSize(width, self.minimumSize().height())

    def minimumSize(self) -> QSize:
        size = QSize()
        for _, _, smallest in self._shown():
            size = size.expandedTo(smallest)
        return size

    def _shown(self) -> list[tuple[QLayoutItem, QSize, QSize]]:
        """Items that take room, with their size hints and smallest sizes."""
        if self._sizes is None:
            self._sizes = [(item, item.sizeHint(), item.minimumSize()) for item in self._items if not item.isEmpty()]
        return self._sizes

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        gap = theme.px(self._gap)
        x, y, line = rect.x(), rect.y(), 0
        for item, hint, smallest in self._shown():
            width = min(hint.width(), max(rect.width(), smallest.width()))
            if x > rect.x() and x + width > rect.x() + rect.width():
                x, y, line = rect.x(), y + line + gap, 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, hint.height())))
            x += width + gap
            line = max(line, hint.height())
        return y + line - rect.y()
