"""Garbage is looked for in the agent's rests, not in their steps."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.tidy import BREATH_S, MIDDLE, REST_S, YOUNG, Tidy


@pytest.fixture
def collector() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Ring:
    """Refers to itself: only a collection frees it."""

    alive = 0

    def __init__(self) -> None:
        self.self = self
        Ring.alive += 1

    def __del__(self) -> None:
        Ring.alive -= 1


@pytest.mark.usefixtures("collector", "qtbot")
def test_a_rest_frees_what_work_left_behind_and_work_is_not_held_up() -> None:
    rested, parent = [1.0], QObject()
    tidy = Tidy(lambda: rested[0], parent)
    Ring()
    gc.collect(1)  # grown old, as after some calls
    Ring()
    tidy.look()
    assert Ring.alive >= 1, "nothing was collected while the agent works"
    rested[0] = REST_S
    tidy.look()
    assert Ring.alive == 0


@pytest.mark.usefixtures("collector")
def test_one_rest_is_one_collection(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    rested, parent, seen = [REST_S], QObject(), list[int]()
    tidy = Tidy(lambda: rested[0], parent)
    monkeypatch.setattr(gc, "collect", lambda *_: seen.append(1))
    for seconds in (REST_S, REST_S + 15, 1.0, REST_S):
        rested[0] = seconds
        tidy.look()
    assert len(seen) == 2


@pytest.mark.usefixtures("collector", "qtbot")
def test_what_a_few_calls_left_is_freed_in_a_breath_and_not_in_a_step() -> None:
    rested, parent = [0.0], QObject()
    tidy = Tidy(lambda: rested[0], parent)
    ring: Ring | None = Ring()
    gc.collect(0)  # as old as after some steps
    ring = None
    kept: list[object] = [[] for _ in range(YOUNG * (MIDDLE + 5))]
    assert gc.get_count()[1] >= MIDDLE, "young collections went by"
    tidy.look_in_a_breath()
    assert Ring.alive == 1, "nothing was collected while the agent works"
    rested[0] = BREATH_S
    tidy.look_in_a_breath()
    assert Ring.alive == 0
    assert ring is None
    assert kept
