"""One offscreen QApplication for the benchmarks that look at windows, and waiting for a painting in it."""

import os
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from painting import Painted
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

LIMIT_MS = 10_000


class NotPainted(Exception):
    """What was waited for did not appear."""


def application() -> QApplication:
    """The process's QApplication in the product's look."""
    from desktop import theme

    there = QApplication.instance()
    qt = there if isinstance(there, QApplication) else QApplication(["benchmark"])
    theme.apply(qt, theme.Theme.LIGHT)
    return qt


def until_painted(widget: QWidget, act: Callable[[], object], when: Callable[[], bool] = lambda: True) -> None:
    """Do `act`, then run the event loop until a painting of `widget` that began while `when` held is done."""
    loop, late = QEventLoop(), QTimer()
    late.setSingleShot(True)
    late.timeout.connect(lambda: loop.exit(1))
    late.start(LIMIT_MS)
    Painted(widget, loop.quit, when)
    act()
    if loop.exec():
        raise NotPainted(f"{type(widget).__name__} was not painted within {LIMIT_MS / 1000:.0f} s")
    late.stop()
