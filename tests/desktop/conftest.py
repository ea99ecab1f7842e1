"""Shared by the window tests: windows of the last test are gone before the next one starts."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _only_own_windows(qapp: QApplication) -> None:
    """Deletions that tests have left for later are done now; else each change of theme repaints them all."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
