"""Many keys, some at a time: a database binds only so many values to one statement."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

CHUNK = 500
"""keys in one statement: a longer list saves no time, and SQLite ends at 32,766 values"""
_Key = TypeVar("_Key")


def chunks(keys: Iterable[_Key]) -> Iterator[list[_Key]]:
    """The distinct keys in their order, `CHUNK` at a time; nothing of no keys."""
    whole = list(dict.fromkeys(keys))
    return (whole[start : start + CHUNK] for start in range(0, len(whole), CHUNK))
