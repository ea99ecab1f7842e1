"""An answer of the customer: a digit on a key cap and what was said."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.kbd import draw_key, key_width
from desktop.widgets.painted import (
    PaintedButton,
    draw_box,
    draw_focus,
    draw_words,
    fitting,
    height_of,
    smooth,
    width_of,
)

SIZES = (14, 13, 12)


class AnswerButton(PaintedButton):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digit = ""
        self._shown: tuple[str, str, bool, str] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_answer(self, digit: str, label: str, *, enabled: bool = True, why_not: str = "") -> None:
        """New words in place; `why_not` is told where the answer is closed."""
        shown = (digit, label, enabled, why_not)
        if shown == self._shown:
            return
        before, self._shown = self.sizeHint(), shown
        self._digit = digit
        self.setText(label.replace("&", "&&"))
        self.told.whole, self.told.hint = label, "" if enabled else why_not
        self.setAccessibleName(label)
        self.setAccessibleDescription(digit if enabled else f"{digit} · {why_not}")
        self.setEnabled(enabled)
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        return self.told.whole

    @property
    def digit(self) -> str:
        return self._digit

    def sizeHint(self) -> QSize:
        width = width_of(self.words, theme.font()) + key_width(self._digit) + theme.px(32)
        return QSize(int(width), round(height_of(theme.font())) + theme.px(18))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        t = theme.tokens()
        rect = QRectF(self.rect())
        live = self.isEnabled()
        fill = t.brand_bg if self.isDown() else (t.card if live else t.quiet)
        edge = t.brand if live and self.underMouse() else (t.edge if live else t.line)
        draw_box(painter, rect, fill=theme.colour(fill), edge=theme.colour(edge), radius=theme.px(6))
        cap_right = theme.px(12) + key_width(self._digit)
        draw_key(painter, cap_right, rect.center().y(), self._digit)
        left = cap_right + (theme.px(8) if self._digit else 0)
        box = QRectF(left, 0, rect.width() - left - theme.px(8), rect.height())
        words = theme.colour(t.ink if live else t.off)
        face = theme.font(fitting(self.words, box.width(), SIZES))
        self.told.cut = draw_words(painter, box, self.words, face, words, Qt.AlignmentFlag.AlignLeft)
        if self.hasFocus():
            draw_focus(painter, rect, theme.px(6))
        painter.end()
