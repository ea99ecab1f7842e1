"""A key that acts while the focus lies in a part of the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def keyed(part: QWidget, key: str, act: Callable[[], object]) -> None:
    """In `part` and all that lies in it; elsewhere the key is free for others."""
    shortcut = QShortcut(QKeySequence(key), part, act)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
