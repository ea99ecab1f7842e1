"""Types are met one thread at a time: msgspec ends the process where two threads learn one Struct together."""

import sys
from collections.abc import Iterator
from threading import Barrier, Thread
from typing import Any

import msgspec
import pytest

from core.domain import decoding


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def nested(depth: int) -> Any:
    """A new Struct that holds another that holds another."""
    kind: Any = int
    for level in range(depth):
        fields = [(f"f{at}", kind | None, None) for at in range(6)]
        kind = msgspec.defstruct(f"Level{level}", fields, frozen=True)
    return kind


@pytest.mark.usefixtures("hasty")
def test_four_threads_that_meet_a_type_together_all_read_it() -> None:
    # Without the lock one of the first rounds ends the whole process.
    body = b'{"f1":{"f5":{"f0":' * 2 + b'{"f2":{"f4":3}}' + b"}}}" * 2
    for _ in range(40):
        kind, together, read = nested(8), Barrier(4), list[Any]()

        def look(kind: Any = kind, together: Barrier = together, read: list[Any] = read) -> None:
            together.wait()
            read.append(decoding.decode(body, kind))

        threads = [Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(read) == 4
        assert read.count(read[0]) == 4


def test_what_is_no_such_thing_is_told_as_msgspec_tells_it() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"Expected `int`"):
        decoding.decode(b'["a"]', tuple[int, ...])
    with pytest.raises(msgspec.ValidationError, match=r"Expected `int`"):
        decoding.convert(["a"], tuple[int, ...])
    with pytest.raises(msgspec.DecodeError):
        decoding.plain(b"{")
