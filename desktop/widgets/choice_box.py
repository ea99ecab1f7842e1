"""A list to choose one from, folded: drawn as the text fields are, with a mark that it opens."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from desktop import theme
from desktop.widgets.field_frame import MARK_PX, draw_field, draw_mark, field_height
from desktop.widgets.painted import draw_words, smooth, width_of


class ChoiceBox(QComboBox):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def _room(self) -> int:
        """What stands beside the words."""
        return theme.px(8) + theme.px(4) + theme.px(MARK_PX) + theme.px(8)

    def sizeHint(self) -> QSize:
        if self.sizeAdjustPolicy() is QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon:
            return self.minimumSizeHint()
        widest = max((width_of(self.itemText(at), theme.font()) for at in range(self.count())), default=0.0)
        return QSize(int(widest) + self._room() + 2, field_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(32) + self._room(), field_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        t, rect = theme.tokens(), QRectF(self.rect())
        draw_field(painter, self, focused=self.hasFocus())
        words = rect.adjusted(theme.px(8), 0, theme.px(8) - self._room(), 0)
        chosen = self.currentIndex() >= 0
        ink = theme.colour((t.ink if chosen else t.mut) if self.isEnabled() else t.off)
        draw_words(painter, words, self.currentText() if chosen else self.placeholderText(), theme.font(), ink)
        draw_mark(painter, rect.right() - theme.px(8), rect.center().y())
        painter.end()


def fill(box: ChoiceBox, items: list[str]) -> None:
    """Its choices; where they are the same it stays as it is, also when it is open."""
    if [box.itemText(at) for at in range(box.count())] != items:
        box.clear()
        box.addItems(items)
