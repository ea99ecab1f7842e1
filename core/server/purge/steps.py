"""Each kind's own step of a purge: how much of it is due, and that it goes, in short transactions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Delete, Table, Update, delete, exists, func, select, tuple_, update

from core.domain.data_periods import LEAST_DAYS, Kept
from core.domain.incoming import Taken
from core.server.db import kept_aside, past, schema, tasks
from core.server.db.engine import Database
from core.server.purge.due import customers_due, is_due
from core.server.purge.letting_go import let_go

Key = ColumnElement[Any]
AT_ONCE = 200
"""rows in one transaction: no desk is held up for longer than some milliseconds"""


@dataclass(frozen=True, slots=True)
class Run:
    """What all steps of one purge go by."""

    database: Database
    really: bool
    """False: nothing is changed, all is counted"""
    stop: Callable[[], bool]
    """asked between transactions: what is left then is for the next run"""
    report: Callable[[Kept, int], None]
    """the kind that is at work, and how many are done"""


def customers(run: Run, before: datetime) -> int:
    done, after = 0, ""
    while not run.stop():
        with run.database.read() as unit:
            ids = customers_due(unit, before, AT_ONCE, after=after)
        if not ids:
            break
        after = ids[-1]
        done += sum(_let_go(run.database, one, before) for one in ids) if run.really else len(ids)
        run.report(Kept.CUSTOMERS, done)
    return done


def _let_go(database: Database, customer_id: str, before: datetime) -> bool:
    """Somebody may have called them since they were found."""
    with database.write() as unit:
        if not tasks.lock_customer(unit, customer_id) or not is_due(unit, customer_id, before):
            return False
        let_go(unit, customer_id, past.Why.PERIOD)
        return True


def numbers(run: Run, before: datetime) -> int:
    """Dials and reveals; of who was let go, those that the law does not want any more."""
    done = 0
    for table in (schema.dial, schema.reveal):
        done += _rows(run, Kept.NUMBERS, table, table.c.at < before)
        done += _rows(run, Kept.NUMBERS, table, *_of_past(run.database, table), table.c.at >= before)
    return done


def _of_past(database: Database, table: Table) -> Sequence[ColumnElement[bool]]:
    """Of who was let go and has not come with a list since."""
    past_, there = schema.past_customer.c, schema.customer.c
    gone = exists().where(past_.tenant_id == database.tenant, past_.customer_id == table.c.customer_id)
    back = exists().where(there.tenant_id == database.tenant, there.id == table.c.customer_id)
    least = database.clock() - timedelta(days=LEAST_DAYS[Kept.NUMBERS])
    return gone, ~back, table.c.at < least


def aside(run: Run, before: datetime) -> int:
    """The bytes that were kept go; that they came, when and from whom, stays. Events that became no task go whole."""
    table, event = schema.conflict, schema.incoming_event
    done = _emptied(
        run, Kept.ASIDE, table, (table.c.item_id, table.c.digest), {"body": b"", "repaired_by": kept_aside.CLOSED},
        table.c.received_at < before, func.length(table.c.body) > 0,
    )  # fmt: skip
    return done + _rows(run, Kept.ASIDE, event, event.c.state != Taken.TASK.value, event.c.received_at < before)


def audit(run: Run, before: datetime) -> int:
    """Payloads alone: the chain is over their digests."""
    table = schema.audit
    return _emptied(
        run, Kept.AUDIT, table, (table.c.writer, table.c.seq), {"payload": None},
        table.c.at < before, table.c.payload.is_not(None),
    )  # fmt: skip


def sessions(run: Run, before: datetime) -> int:
    session, token, state, recall = schema.session, schema.refresh_token, schema.agent_state, schema.task_recall
    ran = schema.job_run
    alive = select(token.c.session_id).where(
        token.c.tenant_id == run.database.tenant, token.c.expires_at >= before, ~token.c.revoked
    )
    over = (session.c.started_at < before, func.coalesce(session.c.ended_at, session.c.started_at) < before)
    return (
        _rows(run, Kept.SESSIONS, token, token.c.expires_at < before)
        + _rows(run, Kept.SESSIONS, session, *over, session.c.id.not_in(alive))
        + _rows(run, Kept.SESSIONS, state, state.c.received_at < before)
        + _rows(run, Kept.SESSIONS, recall, recall.c.until < before)
        + _rows(run, Kept.SESSIONS, ran, ran.c.due < before)
    )


def _rows(run: Run, kind: Kept, table: Table, *which: ColumnElement[bool]) -> int:
    """Whole rows go."""
    return _each(run, kind, table, list(table.primary_key.columns), delete(table), *which)


def _emptied(
    run: Run, kind: Kept, table: Table, key: Sequence[Key], values: dict[str, Any], *which: ColumnElement[bool]
) -> int:
    """The rows stay, with these values."""
    return _each(run, kind, table, key, update(table).values(**values), *which)


def _each(
    run: Run, kind: Kept, table: Table, key: Sequence[Key], change: Delete | Update, *which: ColumnElement[bool]
) -> int:
    mine = table.c.tenant_id == run.database.tenant
    if not run.really:
        with run.database.read() as unit:
            return unit.conn.execute(select(func.count()).select_from(table).where(mine, *which)).scalar_one()
    done = 0
    while not run.stop():
        with run.database.write() as unit:
            rows = unit.conn.execute(select(*key).where(mine, *which).order_by(*key).limit(AT_ONCE)).all()
            if rows:
                unit.conn.execute(change.where(mine, tuple_(*key).in_([tuple(row) for row in rows])))
        if not rows:
            break
        done += len(rows)
        run.report(kind, done)
    return done
