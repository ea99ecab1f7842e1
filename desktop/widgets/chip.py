"""Chips: a short word on a pill, told apart by tone; to read, to press or to choose. And a row of chips that wraps."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.flow import FlowLayout
from desktop.widgets.kbd import draw_key, key_width
from desktop.widgets.painted import (
    Painted,
    PaintedButton,
    draw_box,
    draw_focus,
    draw_words,
    ground,
    ink,
    width_of,
)
from desktop.widgets.values import ChipValue, Tone


class Chip(PaintedButton):
    """`clickable=False` is for reading only: no focus, no press. A checkable chip says its state to screen readers."""

    def __init__(
        self,
        text: str = "",
        *,
        tone: Tone = Tone.NEUTRAL,
        key: str = "",
        clickable: bool = True,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone, self._key, self._clickable = tone, "", clickable
        self._shown: tuple[str, Tone, str, str] | None = None
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if clickable else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_chip(text, tone=tone, key=key)

    @property
    def tone(self) -> Tone:
        return self._tone

    @property
    def key(self) -> str:
        return self._key

    def set_chip(self, text: str, *, tone: Tone | None = None, key: str | None = None, hint: str = "") -> None:
        """New words in place; `key` is the cap that it shows, bound elsewhere."""
        tone, key = self._tone if tone is None else tone, self._key if key is None else key
        if (text, tone, key, hint) == self._shown:
            return
        # A layout asks every widget of its panel anew: only another width is worth that.
        wider = self._shown is None or (text, key) != (self._shown[0], self._shown[2])
        self._shown, self._tone, self._key = (text, tone, key, hint), tone, key
        self.setText(text.replace("&", "&&"))
        self.told.whole, self.told.hint = text, hint
        self.setAccessibleName(text)
        self.setAccessibleDescription(" · ".join(part for part in (hint, self._key) if part))
        if wider:
            self.updateGeometry()
        self.look_changed()

    @property
    def words(self) -> str:
        return self.told.whole

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._clickable:
            super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        width = width_of(self.words, theme.font(12)) + theme.px(20)
        if self._key:
            width += key_width(self._key) + theme.px(6)
        return QSize(int(width) + 2, theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(64)), theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        under = self._clickable and self.underMouse()
        self.paint_kept((self.isEnabled(), self.isChecked(), under, self.hasFocus()), self._paint)

    def _paint(self, painter: QPainter) -> None:
        rect = QRectF(self.rect())
        fill, edge, words = self._colours()
        draw_box(painter, rect, fill=fill, edge=edge, radius=rect.height() / 2)
        right = rect.right() - theme.px(10 if not self._key else 7)
        if self._key:
            right = draw_key(painter, right, rect.center().y(), self._key) - theme.px(6)
        left = rect.left() + theme.px(10)
        box = QRectF(left, rect.top(), right - left, rect.height())
        self.told.cut = draw_words(painter, box, self.words, theme.font(12), words)
        if self.hasFocus():
            draw_focus(painter, rect, rect.height() / 2)

    def _colours(self) -> tuple[QColor, QColor | None, QColor]:
        t = theme.tokens()
        if not self.isEnabled():
            fill = t.brand_bg if self.isChecked() else t.quiet
            return theme.colour(fill), theme.colour(t.line), theme.colour(t.off)
        if self.isChecked():
            return theme.colour(t.brand_bg), theme.colour(t.brand), theme.colour(t.ink)
        if self._tone in (Tone.NEUTRAL, Tone.MUTED):
            hover = self._clickable and self.underMouse()
            edge = t.brand if hover else (t.edge if self._clickable else t.line)
            return theme.colour(t.card), theme.colour(edge), ink(self._tone)
        return ground(self._tone), None, ink(self._tone)


class ChipFlow(Painted):
    """Chips to read, in a row that wraps. Setting them reuses the chips that are there."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._chips: list[Chip] = []
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_chips(self, values: Sequence[ChipValue]) -> None:
        while len(self._chips) < len(values):
            chip = Chip(clickable=False, parent=self)
            self._chips.append(chip)
            self._flow.addWidget(chip)
        for index, chip in enumerate(self._chips):
            if index < len(values):
                value = values[index]
                chip.set_chip(value.text, tone=value.tone, hint=value.hint)
            chip.setVisible(index < len(values))
        self.setAccessibleDescription("; ".join(value.text for value in values))
        if self.parentWidget() is not None or not values:  # shown without a parent it would be a window
            self.setVisible(bool(values))

    def words(self) -> list[str]:
        """What is shown, in order."""
        return [chip.words for chip in self._chips if not chip.isHidden()]
