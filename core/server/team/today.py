"""The day's figures of agents, from the records: of each chain of corrections the last, on the day of the first.

The same counts as the agent's own page of the day (`core.store.day`), from the server's side.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, case, func, select

from core.domain import decoding
from core.domain.order_state import OPEN_ORDERS, OrderState
from core.domain.outcome import CONNECTED, Contact
from core.domain.task import OPEN_STATES
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import outcome, placed_order, task

_Row = Row[*tuple[Any, ...]]


@dataclass(slots=True)
class Tally:
    """Of one agent in one scenario."""

    calls: int = 0
    connects: int = 0
    owners: int = 0
    successes: int = 0
    awaited: int = 0
    talk_s: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """What lies on one desk."""

    remaining: int = 0
    overdue: int = 0
    callbacks: int = 0


class _Talk(Struct):
    talk_time_s: int = 0


class _Called(Struct):
    """Of an outcome, what is summed."""

    call: _Talk


_decode = decoding.decoder(_Called).decode


def tallies(unit: Unit, staff: Collection[str], start: datetime, end: datetime) -> dict[str, dict[str, Tally]]:
    """By staff number and scenario, what was recorded in [start, end)."""
    chains = _chains(_rows(unit, staff, start), start, end)
    orders = _orders(unit, [last.id for _, last in chains if last.success])
    found: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for first, row in chains:
        one = found[first.staff_number][first.scenario]
        one.calls += 1
        one.connects += Contact(row.contact) in CONNECTED
        one.owners += Contact(row.contact) is Contact.OWNER
        one.talk_s += _decode(row.body).call.talk_time_s
        if row.success:
            states = orders.get(row.id, set())
            one.successes += states <= {OrderState.ACCEPTED}
            one.awaited += bool(states & OPEN_ORDERS) and not states - OPEN_ORDERS - {OrderState.ACCEPTED}
    return found


def loads(unit: Unit, staff: Collection[str]) -> dict[str, Load]:
    """By staff number, what lies on the desk and can be called."""
    due = func.coalesce(task.c.callback_at, task.c.due_at)
    statement = (
        select(
            task.c.assigned_to,
            func.count().label("remaining"),
            func.sum(case((due < unit.now, 1), else_=0)).label("overdue"),
            func.sum(case((task.c.callback_at.is_not(None), 1), else_=0)).label("callbacks"),
        )
        .where(task.c.tenant_id == unit.tenant, task.c.assigned_to.in_(sorted(staff)))
        .where(task.c.state.in_(OPEN_STATES), task.c.block == "")
        .group_by(task.c.assigned_to)
    )
    return {
        row.assigned_to: Load(int(row.remaining), int(row.overdue), int(row.callbacks))
        for row in unit.conn.execute(statement)
    }


def _rows(unit: Unit, staff: Collection[str], start: datetime) -> list[_Row]:
    # Nothing is received before it is recorded, but for a desk's clock that runs ahead.
    columns = (
        outcome.c.id, outcome.c.corrects, outcome.c.corrected_by, outcome.c.staff_number, outcome.c.scenario,
        outcome.c.contact, outcome.c.success, outcome.c.recorded_at, outcome.c.body,
    )  # fmt: skip
    statement = select(*columns).where(
        outcome.c.tenant_id == unit.tenant,
        outcome.c.received_at >= start,
        outcome.c.staff_number.in_(sorted(staff)) | (outcome.c.corrects != ""),
    )
    return list(unit.conn.execute(statement).all())


def _chains(rows: Iterable[_Row], start: datetime, end: datetime) -> list[tuple[_Row, _Row]]:
    """First and last record of each call of these hours; a lead's correction counts for the agent who called."""
    by_id = {row.id: row for row in rows}
    found = []
    for row in by_id.values():
        if row.corrects or not start <= row.recorded_at < end:
            continue
        last = row
        while last.corrected_by in by_id:
            last = by_id[last.corrected_by]
        if not last.corrected_by:
            found.append((row, last))
    return found


def _orders(unit: Unit, outcome_ids: list[str]) -> dict[str, set[OrderState]]:
    found: dict[str, set[OrderState]] = defaultdict(set)
    for some in chunks(outcome_ids):
        statement = select(placed_order.c.outcome_id, placed_order.c.state).where(
            placed_order.c.tenant_id == unit.tenant, placed_order.c.outcome_id.in_(some)
        )
        for outcome_id, state in unit.conn.execute(statement):
            found[outcome_id].add(OrderState(state))
    return found
