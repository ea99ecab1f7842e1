"""A window whose painting waits for a moment: what is drawn anew meanwhile is painted once, when it may be seen."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

LONGEST_MS = 400
"""a disk that takes longer does not keep the whole window from being painted"""


class PaintingHeld(QObject):
    """`hold` and `release` for the window of `widget`, again and again; what was held is painted after `release`."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._window: QWidget | None = None
        self._asked = False
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LONGEST_MS)
        self._late.timeout.connect(self.release)

    def hold(self) -> None:
        if self._window is None:
            self._window = self._widget.window()
            self._window.installEventFilter(self)
            self._late.start()

    def release(self) -> None:
        window, self._window = self._window, None
        if window is None:
            return
        self._late.stop()
        window.removeEventFilter(self)
        if self._asked:
            self._asked = False
            # Qt takes its own request for answered and would send no other.
            QCoreApplication.postEvent(window, QEvent(QEvent.Type.UpdateRequest))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest:
            return False
        self._asked = True
        return True
