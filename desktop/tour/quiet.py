"""What Qt says without a display and nobody can act on; everything else that it says is said as ever."""

import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler

_KNOWN = "This plugin does not support propagateSizeHints()"
"""the offscreen platform has no window manager to give sizes to; once a window"""


def keep_size_hints_quiet() -> None:
    """From now on, for this process."""
    qInstallMessageHandler(_say)


def _say(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if message != _KNOWN:
        sys.stderr.write(qFormatLogMessage(kind, context, message) + "\n")
