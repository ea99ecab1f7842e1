"""Tells when a widget has been painted: the same for product and reference, PySide6 alone."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class Painted(QObject):
    """Calls `then` once, after the first painting of `widget` that begins while `when` holds.

    The filter sees a paint before it is done; what is queued from there runs when the whole window has been painted.
    """

    def __init__(self, widget: QWidget, then: Callable[[], None], when: Callable[[], bool] = lambda: True) -> None:
        super().__init__(widget)
        self._widget, self._then, self._when = widget, then, when
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._when():
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False
