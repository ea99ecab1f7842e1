"""Layouts that are done before the window paints itself: left to Qt, inner ones come after it, and it paints twice."""

from PySide6.QtCore import QCoreApplication, QEvent

_ROUNDS = 3
"""a layout that is done may ask for one further out"""


def settle() -> None:
    """Performs every layout that has been asked for; costs nothing where none was."""
    for _ in range(_ROUNDS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
