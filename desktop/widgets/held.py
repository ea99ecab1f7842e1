"""Many widgets shown and hidden at once, laid out once."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLayout, QWidget


@contextmanager
def held(widget: QWidget) -> Iterator[None]:
    """No layout within `widget` acts until the end: Qt lays out a whole column anew at each widget that is shown.

    What was asked of them meanwhile is done by the events in the queue. A widget that was hidden has let its own pass
    and would get no other now that it is shown: so each gets one, which costs nothing where all is in its place.
    """
    layouts = [layout for layout in widget.findChildren(QLayout) if layout.isEnabled()]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            layout.setEnabled(True)
            parent = layout.parentWidget()
            if parent is not None and parent.isVisible() and parent.layout() is layout:
                QCoreApplication.postEvent(parent, QEvent(QEvent.Type.LayoutRequest))
