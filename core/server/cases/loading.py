"""Bringing in repair cases and promises that have a past: those of an invented city."""

from collections.abc import Iterable

from msgspec.structs import replace

from core.domain.case import Began, CaseEvent
from core.domain.duty import Shift
from core.domain.masking import mask_name
from core.domain.promise import Made, PromiseEvent
from core.server.cases.duty import put_shifts
from core.server.cases.keeping import add_to_case, add_to_promise
from core.server.cases.shifts import shifts
from core.server.db import cases, customers, tasks
from core.server.db.engine import Database, Unit


def load_casework(
    database: Database,
    stories: Iterable[tuple[CaseEvent, ...]],
    promises: Iterable[tuple[PromiseEvent, ...]],
    duty: tuple[Shift, ...],
) -> tuple[int, int]:
    """How many cases and promises are new; the same again changes nothing."""
    with database.write() as unit:
        if not shifts(unit):
            put_shifts(unit, duty, by="demo")
        added = sum(_case(unit, story) for story in stories)
        return added, sum(_promise(unit, story) for story in promises)


def _case(unit: Unit, story: tuple[CaseEvent, ...]) -> bool:
    first = story[0]
    if not isinstance(first.what, Began) or cases.case_head(unit, first.case) is not None:
        return False
    name = _masked(unit, first.what.customer_id)
    if name is None:
        return False
    add_to_case(unit, first.case, [replace(first, what=replace(first.what, customer=name)), *story[1:]])
    return True


def _promise(unit: Unit, story: tuple[PromiseEvent, ...]) -> bool:
    first = story[0]
    if not isinstance(first.what, Made) or cases.promise_head(unit, first.promise) is not None:
        return False
    name = _masked(unit, first.what.customer_id)
    if name is None:
        return False
    add_to_promise(unit, first.promise, [replace(first, what=replace(first.what, customer=name)), *story[1:]])
    return True


def _masked(unit: Unit, customer_id: str) -> str | None:
    """None where there is no such customer."""
    tasks.lock_customer(unit, customer_id)
    head = customers.head(unit, customer_id)
    return None if head is None else mask_name(head.name)
