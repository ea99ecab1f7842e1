"""A button on the dark header: label and key cap on a filled ground that says what it does."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.kbd import draw_key, key_width
from desktop.widgets.painted import PaintedButton, draw_box, draw_words, smooth, width_of
from desktop.widgets.values import Tone


class HeaderButton(PaintedButton):
    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._tone = key, Tone.NEUTRAL
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_action(self, label: str, tone: Tone = Tone.NEUTRAL) -> None:
        """New words in place; the tone chooses the ground: BRAND to go, BAD to stop."""
        before = self.sizeHint()
        self._tone = tone
        self.setText(label)
        self.told.whole = label
        self.setAccessibleName(label)
        self.setAccessibleDescription(self._key)
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = width_of(self.text(), theme.font(14, bold=True)) + key_width(self._key) + theme.px(34)
        return QSize(int(width), theme.px(34))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        t = theme.tokens()
        rect = QRectF(self.rect())
        grounds = {Tone.BRAND: t.fill, Tone.BAD: t.bad_fill}
        fill = grounds.get(self._tone, t.header_btn)
        edge = t.header_ink if self.hasFocus() else grounds.get(self._tone, t.header_edge)
        draw_box(painter, rect, fill=theme.colour(fill), edge=theme.colour(edge), radius=theme.px(6))
        ink = theme.colour(t.header_ink if self.isEnabled() else t.header_mut)
        right = draw_key(painter, rect.right() - theme.px(10), rect.center().y(), self._key, on_fill=ink)
        box = QRectF(theme.px(12), 0, right - theme.px(20), rect.height())
        draw_words(painter, box, self.text(), theme.font(14, bold=True), ink)
        painter.end()
