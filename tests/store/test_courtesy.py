"""The sync lets the agent's own step pass, and is never kept waiting for long."""

import threading

from core.store.courtesy import HELD_S, LONGEST_S, QUIET_S, Courtesy


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
