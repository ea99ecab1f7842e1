"""Many widgets shown and hidden at once, laid out once."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QLayout, QWidget


@contextmanager
def held(widget: QWidget) -> Iterator[None]:
    """No layout within `widget` acts until the end: Qt lays out a whole column anew at each widget that is shown.

    What was asked of them meanwhile is done by the events that it has left in the queue.
    """
    layouts = [layout for layout in widget.findChildren(QLayout) if layout.isEnabled()]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            layout.setEnabled(True)
