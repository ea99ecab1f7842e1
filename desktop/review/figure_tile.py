"""A figure: its name and formula, the value large, beside it its change, interval and what is not yet due."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from core.review.measures import Change
from desktop import theme
from desktop.review.shown import below, hint_of, value_of
from desktop.tongue import Tongue
from desktop.widgets.painted import PaintedButton, draw_box, draw_focus, draw_words, height_of, ink, smooth, width_of
from desktop.widgets.values import Tone


class FigureTile(PaintedButton):
    """Pressed, it opens the calls behind it."""

    def __init__(self) -> None:
        super().__init__()
        self._title = self._value = ""
        self._parts: list[tuple[str, Tone]] = []
        self._few = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_change(self, change: Change, say: Tongue, *, compared: bool) -> None:
        self._title, self._value = say(change.now.definition.title), value_of(change.now)
        self._parts = below(change, say, compared=compared)
        self._few = change.now.few
        self.told.hint = hint_of(change, say, compared=compared)
        self.told.whole = " · ".join([self._title, self._value, *(text for text, _ in self._parts)])
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(" · ".join([self._value, *(text for text, _ in self._parts)]))
        self.update()

    def sizeHint(self) -> QSize:
        high = 2 * height_of(theme.font(12)) + height_of(theme.font(22)) + theme.px(12)
        return QSize(theme.px(150), round(high))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(104), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        t, rect = theme.tokens(), QRectF(self.rect())
        draw_box(painter, rect, fill=theme.colour(t.card), edge=theme.colour(t.line), radius=theme.px(8))
        inner = rect.adjusted(theme.px(11), theme.px(6), -theme.px(8), -theme.px(6))
        small, line = theme.font(12), height_of(theme.font(12))
        top = QRectF(inner.x(), inner.y(), inner.width(), line)
        cut = draw_words(painter, top, self._title, theme.font(12, bold=True), ink(Tone.MUTED))
        middle = QRectF(inner.x(), inner.y() + line, inner.width(), height_of(theme.font(22)))
        tone = Tone.MUTED if self._few else Tone.NEUTRAL
        draw_words(painter, middle, self._value, theme.font(22, bold=True), ink(tone))
        left, y = inner.x(), inner.y() + line + height_of(theme.font(22))
        for text, colour in self._parts:
            wide = width_of(text, small)
            if left + min(wide, theme.px(30)) > inner.right():
                cut = True
                break
            room = QRectF(left, y, inner.right() - left, line)
            cut = draw_words(painter, room, text, small, ink(colour)) or cut
            left += wide + theme.px(7)
        self.told.cut = cut
        if self.hasFocus():
            draw_focus(painter, rect, theme.px(8))
        painter.end()
