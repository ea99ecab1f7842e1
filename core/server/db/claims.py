"""Rows that leave for another system: which are due, who works on one now, and when it is looked at again.

Of tables with the columns `tenant_id`, `id`, `state`, `due_at`, `tries` and `body`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement, Table, select, update

from core.server.db.engine import Unit

CLAIM = timedelta(seconds=30)
"""longer than the two exchanges may take that one look at a row can need"""


class DueRow(msgspec.Struct, frozen=True):
    body: bytes
    tries: int
    due_at: datetime


def due(unit: Unit, table: Table, states: Sequence[StrEnum], limit: int, *also: ColumnElement[bool]) -> list[DueRow]:
    """Those in these states that are to be looked at by now, the longest waiting first; `also`: of which this holds."""
    statement = (
        select(table.c.body, table.c.tries, table.c.due_at)
        .where(
            table.c.tenant_id == unit.tenant,
            table.c.due_at <= unit.now,
            table.c.state.in_([state.value for state in states]),
            *also,
        )
        .order_by(table.c.due_at)
        .limit(limit)
    )
    return [DueRow(bytes(row[0]), row[1], row[2]) for row in unit.conn.execute(statement)]


def claim(unit: Unit, table: Table, key: str, state: StrEnum, *, tries: int, pause: timedelta) -> bool:
    """Take the row for this worker until `pause` is over; False where another has it already.

    The claim is also the retry: whoever dies with it leaves a row that falls due again."""
    done = unit.conn.execute(
        update(table)
        .where(
            table.c.tenant_id == unit.tenant,
            table.c.id == key,
            table.c.state == state.value,
            table.c.tries == tries,
            table.c.due_at <= unit.now,
        )
        .values(tries=tries + 1, due_at=unit.now + pause)
    )
    return bool(done.rowcount)


def rest(unit: Unit, table: Table, key: str, state: StrEnum, *, tries: int, until: datetime) -> None:
    """Nothing has come of the claim yet: the row falls due again then, unless it was moved meanwhile."""
    unit.conn.execute(
        update(table)
        .where(
            table.c.tenant_id == unit.tenant,
            table.c.id == key,
            table.c.state == state.value,
            table.c.tries == tries + 1,
        )
        .values(due_at=until)
    )
