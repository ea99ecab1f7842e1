"""Finding and ordering among the customers of a portfolio. No widgets; a few milliseconds for thousands."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from core.desk.portfolio import Managed
from core.domain.masking import mask_number

_LATEST = datetime.max.replace(tzinfo=UTC)
_EARLIEST = datetime.min.replace(tzinfo=UTC)


class Sort(StrEnum):
    """Each in the direction that one asks for; again: the other way round."""

    NEXT = "next"
    """what is due, then who has a warning, then who has waited longest"""
    NAME = "name"
    PLAN = "plan"
    WARNED = "warned"
    REACHED = "reached"
    DUE = "due"
    ENDS = "ends"
    SPEND = "spend"


def search_line(one: Managed) -> str:
    """What a search looks through: name, digits, plan and warning in both languages."""
    row = one.row
    texts = [text for both in (row.plan, row.warning) if both is not None for text in (both.zh, both.en)]
    masked = [mask_number(number) for number in row.numbers[:1]]
    return "\n".join((row.name, *row.numbers, *masked, *texts)).lower()


def arranged(customers: Sequence[Managed], lines: Sequence[str], text: str, sort: Sort, *, back: bool) -> list[Managed]:
    """Those whose line holds every word of `text`, in order; `back`: the other way round."""
    words = text.lower().split()
    found = [one for one, line in zip(customers, lines, strict=True) if all(word in line for word in words)]
    found.sort(key=lambda one: _key(one, sort), reverse=back)
    return found


def _key(one: Managed, sort: Sort) -> tuple[Any, ...]:
    row, name = one.row, (one.row.name, one.row.customer_id)
    due, reached = one.due_at or _LATEST, one.reached_at or _EARLIEST
    if sort is Sort.NEXT:
        return (due, row.warning is None, reached, *name)
    if sort is Sort.WARNED:
        return (-(row.warned_at.timestamp() if row.warned_at else 0.0), *name)
    if sort is Sort.REACHED:
        return (reached, *name)
    if sort is Sort.DUE:
        return (due, *name)
    if sort is Sort.ENDS:
        return (one.ends_on or date.max, *name)
    if sort is Sort.SPEND:
        return (-(row.spend_fen or 0), *name)
    if sort is Sort.PLAN:
        return (row.plan.zh if row.plan else "", *name)
    return name
