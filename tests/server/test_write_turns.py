"""Writers on SQLite take turns: none waits while others write again and again."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from core.server.db.engine import Database
from core.server.db.turns import Turns

PATIENCE_S = 30.0


def until(seen: Callable[[], bool]) -> None:
    """Gives way to the other threads until it is so."""
    pause = threading.Event()
    for _ in range(10_000):
        if seen():
            return
        pause.wait(0.001)
    raise AssertionError("it never came to that")


def test_who_came_first_writes_first(sqlite: Database) -> None:
    turns, order = sqlite._turns, list[int]()
    assert turns is not None

    def write(number: int) -> None:
        with sqlite.write():
            order.append(number)

    with ThreadPoolExecutor(5) as pool:
        with sqlite.write():
            asked = []
            for number in range(5):
                asked.append(pool.submit(write, number))
                until(lambda so_many=number + 1: turns.waiting == so_many)  # type: ignore[misc]
        for one in asked:
            one.result()
    assert order == [0, 1, 2, 3, 4]


def test_who_writes_without_a_pause_lets_others_in_between(sqlite: Database) -> None:
    written, done = 0, threading.Event()
    turns = sqlite._turns
    assert turns is not None

    def greedy() -> None:
        nonlocal written
        while not done.is_set():
            with sqlite.write():
                written += 1

    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(greedy)
        until(lambda: written > 10)
        for _ in range(20):
            before = written
            with sqlite.write():
                # What it was at, and at most one that it had asked for before.
                assert written - before <= 2
        done.set()
        busy.result()


def test_a_turn_that_never_comes_is_not_waited_for_for_ever() -> None:
    turns = Turns()
    with turns.turn(patience_s=PATIENCE_S), turns.turn(patience_s=0.01):
        assert turns.waiting == 0
    with turns.turn(patience_s=0.0):
        pass
