"""Waiting for what a person would see, with a deadline; nothing here sleeps for a fixed time."""

import time
from collections.abc import Callable

from PySide6.QtTest import QTest

PATIENCE_S = 15.0
_LOOK_EVERY_MS = 10


class NotSeen(Exception):
    """What was waited for did not come; the text says what."""


def until(seen: Callable[[], object], what: str, *, within_s: float = PATIENCE_S) -> None:
    """Let the windows live until `seen` says something true; raises NotSeen after `within_s` seconds."""
    deadline = time.monotonic() + within_s
    while not seen():
        if time.monotonic() > deadline:
            raise NotSeen(f"not within {within_s:.0f} s: {what}")
        QTest.qWait(_LOOK_EVERY_MS)


def settle() -> None:
    """Let everything that is asked for be painted."""
    for _ in range(3):
        QTest.qWait(_LOOK_EVERY_MS)


def expect(fact: object, what: str) -> None:
    """Raises NotSeen with `what` where the fact is not so."""
    if not fact:
        raise NotSeen(what)
