"""The two buttons below a small dialog's line; what sends elsewhere accepts here too."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox

from desktop.keys.call import SEND
from desktop.keys.caps import on_both_enters


def ok_or_cancel(dialog: QDialog, accept: Callable[[], None]) -> QDialogButtonBox:
    """`accept` looks at what was typed and closes the dialog, or says what is wrong and leaves it open."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.accepted.connect(accept)
    buttons.rejected.connect(dialog.reject)
    for key in on_both_enters(SEND):
        QShortcut(QKeySequence(key), dialog, accept)
    return buttons
