"""What stands before an agent whom nobody waits for yet: what is due, what is left, and when may be called."""

from datetime import datetime

from msgspec import Struct

from core.compliance import hours_today
from core.desk.desk import Desk
from core.domain.clock import day_around
from core.domain.text import Text
from core.store.types import DayFigures, QueueCounts, QueueQuery, QueueRow, Section

NAMED = 3
"""callbacks told by name; the others are counted"""
LOOK_AHEAD = 50


class DayStart(Struct, frozen=True, kw_only=True):
    now: datetime
    hours: Text
    """in which may be called today"""
    counts: QueueCounts
    due: list[QueueRow]
    """the first callbacks that have fallen due"""
    later_today: list[QueueRow]
    """callbacks that fall due before the day ends, as far as one looks ahead"""
    figures: DayFigures
    target: int


def day_start(desk: Desk) -> DayStart:
    """Reads the store: for the lane."""
    now, store = desk.moment().wall, desk.store
    start, end = day_around(now)
    due = store.queue(QueueQuery(section=Section.DUE, now=now), offset=0, limit=NAMED)
    later = store.queue(QueueQuery(section=Section.LATER, now=now), offset=0, limit=LOOK_AHEAD)
    return DayStart(
        now=now,
        hours=hours_today(now, site=desk.site, calendar=desk.calendar),
        counts=store.counts(QueueQuery(now=now)),
        due=due,
        later_today=[row for row in later if row.callback_at is not None and row.callback_at < end],
        figures=store.day_figures(start, end),
        target=desk.agent.daily_target,
    )
