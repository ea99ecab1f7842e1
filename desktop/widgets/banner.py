"""The message surface: one calm line with a tone, at most one action, and a way to put it away."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop import theme
from desktop.widgets.label import Label
from desktop.widgets.painted import Painted, draw_box, ground, ink, smooth
from desktop.widgets.values import Tone


class Banner(Painted):
    """Hidden until `show_message`; takes no focus by itself, so that it never interrupts typing."""

    acted = Signal()
    closed = Signal()
    shown = Signal()
    """other words stand here: the owner of the place sees to it that there is room for them"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.NEUTRAL
        self._words = Label(size=13, wrap=True)
        self._action = QPushButton()
        # Low enough for the status line.
        self._action.setProperty("kind", "line")
        self._close = QPushButton("✕")
        self._close.setProperty("kind", "plain")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._action)
        self._row.addWidget(self._close)
        self._measure()
        self._action.clicked.connect(self.acted)
        self._close.clicked.connect(self.clear)
        self.setVisible(False)

    def set_close_name(self, name: str) -> None:
        """What a screen reader calls the button that puts the message away."""
        self._close.setAccessibleName(name)
        self._close.setToolTip(name)

    def show_message(self, text: str, *, tone: Tone = Tone.NEUTRAL, action: str = "") -> None:
        """Replaces what stands there; told to screen readers as an alert."""
        self._tone = tone
        self._words.set_words(text, tone if tone is not Tone.MUTED else Tone.NEUTRAL)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self.setVisible(True)
        self.shown.emit()
        self.update()
        # Not on the start path: the enums of QAccessible cost it 3 ms.
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Puts the message away and says `closed`, if one was shown."""
        if not self.isHidden():
            self.setVisible(False)
            self._words.set_words("")
            self.closed.emit()

    def height_at(self, width: int) -> int:
        """The height that the words need at that width, in pixels."""
        return self._row.heightForWidth(width)

    @property
    def message(self) -> str:
        return self._words.text()

    @property
    def action_button(self) -> QPushButton:
        return self._action

    @property
    def close_button(self) -> QPushButton:
        return self._close

    def restyled(self) -> None:
        self._measure()
        super().restyled()

    def _measure(self) -> None:
        self._row.setContentsMargins(theme.px(14), theme.px(2), theme.px(6), theme.px(2))
        self._row.setSpacing(theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        rect = QRectF(self.rect())
        draw_box(painter, rect, fill=ground(self._tone), edge=None, radius=theme.px(6))
        bar = QRectF(0, 0, theme.px(4), rect.height())
        draw_box(painter, bar, fill=ink(self._tone), edge=None, radius=theme.px(2))
        painter.end()
