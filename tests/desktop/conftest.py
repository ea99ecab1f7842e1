"""Shared by the window tests: a desk at work, and windows of the last test gone before the next one starts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_kit import Working
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _only_own_windows(qapp: QApplication) -> None:
    """Deletions that tests have left for later are done now; else each change of theme repaints them all."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Working]:
    """Agent 1027's window in the morning, nobody opened yet."""
    working = Working(qtbot, qapp, tmp_path / "store")
    yield working
    working.leave()
    assert working.strays.seen == []
