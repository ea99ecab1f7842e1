"""How often a customer may be dialled: all of the customer's numbers count together."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

DAY = timedelta(hours=24)
MONTH = timedelta(days=30)


def used(dials: Iterable[datetime], *, now: datetime, span: timedelta) -> int:
    """Dials later than `now - span`. One that a wrong clock put in the future counts: it was a call all the same."""
    since = now - span
    return sum(at > since for at in dials)


def free_at(dials: Sequence[datetime], *, now: datetime, span: timedelta, cap: int) -> datetime | None:
    """The first moment from `now` on with fewer than `cap` dials in the span before it; None where none is allowed."""
    if cap <= 0:
        return None
    if len(dials) < cap:
        return now
    nth_newest = sorted(dials, reverse=True)[cap - 1]
    return max(now, nth_newest + span)


def merge_dials(document: Iterable[datetime], local: Iterable[datetime]) -> tuple[datetime, ...]:
    """The server's dials and the desk's own, oldest first; one that both know counts once."""
    return tuple(sorted({*document, *local}))
