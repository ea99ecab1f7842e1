"""A window to press, and the tour's hand at it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from tour_bench import Bench

from desktop.tour.hand import Hand


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    window = Bench()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.hide()


@pytest.fixture
def hand(bench: Bench) -> Hand:
    one = Hand()
    one.at(bench)
    return one
