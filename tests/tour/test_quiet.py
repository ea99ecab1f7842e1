"""Of what Qt says without a display, one line is left out and every other is said."""

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning

from desktop.tour.quiet import keep_size_hints_quiet


def test_only_the_line_on_size_hints_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    keep_size_hints_quiet()
    try:
        qWarning("This plugin does not support propagateSizeHints()")
        qWarning("something that matters")
    finally:
        qInstallMessageHandler(None)
    assert capsys.readouterr().err == "something that matters\n"
