"""A log of events as desks and server have them together: each once, by its time, whatever order they came in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID


class Event(Protocol):
    @property
    def id(self) -> UUID: ...

    @property
    def at(self) -> datetime: ...


E = TypeVar("E", bound=Event)


def in_order(events: Iterable[E]) -> list[E]:
    """By time, and where that is the same by id; of an event that is there twice the first."""
    known: dict[UUID, E] = {}
    for event in events:
        known.setdefault(event.id, event)
    return sorted(known.values(), key=lambda event: (event.at, event.id))
