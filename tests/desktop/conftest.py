"""Shared by the window tests: a desk at work, and windows of the last test gone before the next one starts."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk_kit import Working
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from campaigning_kit import Campaigning
    from server_process import ServerProcess


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


@pytest.fixture(scope="module")
def campaigns_server(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[ServerProcess]":
    """A server with a city and a snapshot of it."""
    # The engine behind a snapshot takes seconds to import, and most windows do without.
    from campaigning_kit import campaigns_served

    with campaigns_served(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def planner(
    campaigns_server: "ServerProcess", tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> "Iterator[Campaigning]":
    """A planner who has signed in there, with the page of campaigns in sight."""
    from campaigning_kit import campaigning

    with campaigning(campaigns_server, tmp_path, qtbot) as found:
        yield found
