"""When something happened in a case, as far as a desk can say: never after the server heard of it.

What a desk without a network did in time counts as in time, also where the server hears of it days later; but the
record then says when that was.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace

from core.domain.case import CaseEvent
from core.domain.promise import PromiseEvent

LATE = timedelta(minutes=15)
"""an event that takes longer to come was written without a network, or dated back"""
E = TypeVar("E", CaseEvent, PromiseEvent)


def as_received(event: E, log: Sequence[E], now: datetime) -> E:
    """The event as it is kept: a time ahead of the server's clock becomes `now`, behind what is in `log` already."""
    if event.at > now:
        return replace(event, at=max([now, *(one.at + timedelta(microseconds=1) for one in log)]), received_at=None)
    return replace(event, received_at=now if now - event.at > LATE else None)
