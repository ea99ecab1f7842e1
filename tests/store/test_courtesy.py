"""The sync lets the agent's own step pass, and is never kept waiting for long."""

import threading
from datetime import timedelta

import pytest
from store_kit import NOW, a_page, a_skip, a_task, asking, put

from core.store.courtesy import HELD_S, LONGEST_S, QUIET_S, Courtesy
from core.store.overlay import SLICE
from core.store.store import Store


class Clock:
    """Goes on only when somebody waits on the event that it stands for."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Waits(threading.Event):
    """Every wait passes on the clock at once."""

    def __init__(self, clock: Clock, meanwhile: list[float]) -> None:
        super().__init__()
        self._clock, self.waited = clock, meanwhile

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout or 0.0)
        self._clock.now += timeout or 0.0
        return self.is_set()


def courtesy() -> tuple[Courtesy, Clock, list[float]]:
    clock, waited = Clock(), list[float]()
    made = Courtesy(clock)
    made._over = Waits(clock, waited)
    return made, clock, waited


def test_nobody_at_work_keeps_nobody_waiting() -> None:
    made, _, waited = courtesy()
    made.let_pass()
    assert waited == []


def test_after_a_step_of_the_agent_the_sync_is_still_for_a_moment() -> None:
    made, clock, _ = courtesy()
    made.touch()
    before = clock.now
    made.let_pass()
    assert abs(clock.now - before - QUIET_S) < 1e-6


def test_an_agent_who_never_rests_slows_the_sync_and_does_not_stop_it() -> None:
    made, clock, _ = courtesy()

    class Restless(Waits):
        def wait(self, timeout: float | None = None) -> bool:
            made.touch()
            return super().wait(timeout)

    made._over = Restless(clock, [])
    made.touch()
    before = clock.now
    made.let_pass()
    assert clock.now - before <= LONGEST_S + 1e-6


def test_at_the_end_nobody_waits() -> None:
    made, _, waited = courtesy()
    made.touch()
    made.end()
    made.let_pass()
    assert waited == []


def test_a_step_that_is_held_is_waited_for_until_it_is_painted() -> None:
    made, clock, _ = courtesy()
    made._free = Waits(clock, [])
    made.hold()
    before = clock.now
    made.let_pass()
    assert HELD_S <= clock.now - before <= HELD_S + LONGEST_S + 1e-6


def test_what_is_released_lets_the_others_on_after_its_picture() -> None:
    made, clock, _ = courtesy()

    class Released(Waits):
        def wait(self, timeout: float | None = None) -> bool:
            made.release()
            return True

    made._free = Released(clock, [])
    made.hold()
    before = clock.now
    made.let_pass()
    assert abs(clock.now - before - QUIET_S) < 1e-6


def test_steps_that_are_held_without_end_do_not_stop_the_sync() -> None:
    made, clock, _ = courtesy()

    class Endless(Waits):
        def wait(self, timeout: float | None = None) -> bool:
            made.hold()
            return super().wait(timeout)

    made._free = Endless(clock, [])
    made.hold()
    before = clock.now
    made.let_pass()
    assert clock.now - before <= HELD_S + LONGEST_S + 1e-6


def test_a_look_that_has_time_stands_still_when_the_agents_step_begins() -> None:
    made, clock, _ = courtesy()
    made.touch()
    before = clock.now
    made.give_way()
    assert clock.now == before, "the agent's own look waits for nobody"
    with made.patiently():
        made.give_way()
    assert abs(clock.now - before - QUIET_S) < 1e-6
    made.touch()
    made.give_way()
    assert abs(clock.now - before - QUIET_S) < 1e-6, "what follows on that thread has no time again"


def test_a_look_that_is_held_up_ends_when_the_step_is_painted(store: Store) -> None:
    store.apply(a_page(put(a_task(1))), now=NOW)
    found: list[int] = []

    def look() -> None:
        with store.courtesy.patiently():
            found.append(len(store.queue(asking(), offset=0, limit=10)))

    store.courtesy.hold()
    looking = threading.Thread(target=look)
    looking.start()
    assert store.counts(asking()).total == 1, "the agent's own look is answered meanwhile"
    assert found == []
    store.courtesy.release()
    looking.join()
    assert found == [1]


def test_a_long_look_at_the_queue_gives_way_between_slices(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    # Beside the painting of the next customer a look over the whole day's work cost as long as the picture itself.
    tasks = [a_task(number) for number in range(1, SLICE * 3 + 1)]
    store.apply(a_page(*(put(task) for task in tasks)), now=NOW)
    for task in tasks:
        store.log(a_skip(task.id, NOW + timedelta(hours=1)))
    passed: list[int] = []
    monkeypatch.setattr(store.courtesy, "let_pass", lambda: passed.append(1))
    with store.courtesy.patiently():
        store.look(asking(), offset=0, limit=10)
    assert len(passed) > 3 * 3
