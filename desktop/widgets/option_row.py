"""A row to choose from a short list: label, a line below it, its key, and whether it can be chosen now."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
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
    ink,
    pieces_of,
    width_of,
)
from desktop.widgets.values import OptionState, Tone

SIZES = (14, 13, 12, 11)
SUB_LINES = 2
"""so many the line below the label may take where it is longer than the row"""


class OptionRow(PaintedButton):
    """`clicked` is said in every state but OFF; an OFF row can still take the focus, so that its reason is read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self._sub, self._key, self._state = "", "", "", OptionState.NORMAL
        self._opens, self._dense = False, False
        self._shown: tuple[str, str, str, str, OptionState, bool] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # In its column a row takes the height that its width asks for, and no more: `Fixed` would hold it to one line.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_row(
        self,
        label: str,
        *,
        sub: str = "",
        hint: str = "",
        key: str = "",
        state: OptionState = OptionState.NORMAL,
        opens: bool = False,
    ) -> None:
        """New words in place; `hint`: what `sub` shortens, at length; `opens` shows that further choices follow."""
        shown = (label, sub, hint, key, state, opens)
        if shown == self._shown:
            return
        self._shown, before = shown, (bool(self._sub), self._sub_lines(self.width()))
        self._label, self._sub, self._key, self._state, self._opens = label, sub, key, state, opens
        self.told.whole, self.told.hint = label, hint or sub
        self.setAccessibleName(label)
        self.setAccessibleDescription(" · ".join(part for part in (hint or sub, key) if part))
        self.setCheckable(state is not OptionState.OFF)
        self.setChecked(state is OptionState.ON)
        if (bool(sub), self._sub_lines(self.width())) != before:
            self.updateGeometry()
        self.look_changed()

    @property
    def state(self) -> OptionState:
        return self._state

    @property
    def words(self) -> str:
        return self._label

    @property
    def sub(self) -> str:
        return self._sub

    def nextCheckState(self) -> None:
        """The owner says what is chosen, by `set_row`; a press only asks."""

    def click(self) -> None:
        if self._state is not OptionState.OFF:
            super().click()

    def hitButton(self, pos: QPoint) -> bool:
        return self._state is not OptionState.OFF and super().hitButton(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._state is OptionState.OFF and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            return
        super().keyPressEvent(event)

    def set_dense(self, dense: bool) -> None:
        """Rows that stand closer, for a low window."""
        if dense != self._dense:
            self._dense = dense
            self.restyled()

    def hasHeightForWidth(self) -> bool:
        return bool(self._sub)

    def heightForWidth(self, width: int) -> int:
        return self._height(self._sub_lines(width))

    def _height(self, sub_lines: int) -> int:
        height = height_of(theme.font()) + theme.px(5 if self._dense else 14)
        return round(height + sub_lines * height_of(theme.font(12)))

    def _sub_lines(self, width: int) -> int:
        if not self._sub:
            return 0
        room = width - 2 * theme.px(10) - key_width(self._key) - theme.px(8)
        return 1 if width_of(self._sub, theme.font(12)) <= room else SUB_LINES

    def sizeHint(self) -> QSize:
        width = width_of(self._label, theme.font()) + key_width(self._key) + theme.px(44)
        return QSize(int(width), self._height(1 if self._sub else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(96), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.paint_kept((self.underMouse(), self.hasFocus()), self._paint)

    def _paint(self, painter: QPainter) -> None:
        t = theme.tokens()
        rect, off, on = QRectF(self.rect()), self._state is OptionState.OFF, self._state is OptionState.ON
        edge = t.brand if on or (self.underMouse() and not off) else (t.line if off else t.edge)
        fill = t.brand_bg if on else (t.quiet if off else t.card)
        draw_box(painter, rect, fill=theme.colour(fill), edge=theme.colour(edge), radius=theme.px(6))
        edge_y = theme.px(2 if self._dense else 6)
        inner = rect.adjusted(theme.px(10), edge_y, -theme.px(10), -edge_y)
        right = draw_key(painter, inner.right(), inner.center().y(), self._key) - theme.px(8)
        line = height_of(theme.font()) if self._sub else inner.height()
        words = self._label + (" ▸" if self._opens else "")
        first = QRectF(inner.left(), inner.top(), right - inner.left(), line)
        colour = theme.colour(t.off) if off else theme.colour(t.ink)
        face = theme.font(fitting(words, first.width(), SIZES, bold=on), bold=on)
        cut = draw_words(painter, first, words, face, colour)
        self.told.cut = self._draw_sub(painter, first.translated(0, line)) or cut
        if self.hasFocus():
            draw_focus(painter, rect, theme.px(6))

    def _draw_sub(self, painter: QPainter, top: QRectF) -> bool:
        """The words below the label, in as many lines as the row was given; tells whether they were cut."""
        if not self._sub:
            return False
        face, high, cut = theme.font(12), height_of(theme.font(12)), False
        lines = self._sub_lines(self.width())
        pieces = [self._sub] if lines == 1 else pieces_of(self._sub, face, [top.width()] * lines)
        for at, piece in enumerate(pieces):
            line = QRectF(top.left(), top.top() + at * high, top.width(), high)
            cut = draw_words(painter, line, piece, face, ink(Tone.MUTED)) or cut
        return cut
