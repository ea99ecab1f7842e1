"""Leases and promises: the server takes back what nobody works on, and renews what is worked on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, select, update

from core.domain import decoding
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.task import OPEN_STATES, Ended, Task, TaskState
from core.server.db import feed, people, settings, tasks
from core.server.db.engine import Database, Unit
from core.server.db.feed import Entry
from core.server.db.people import Account
from core.server.db.schema import access_grant, follow_up, task
from core.server.sync.effects import given_up
from core.wire.pull import Kind

TOGETHER = 500
"""tasks that share a transaction: one commit each takes ten thousand of them minutes"""
_decode_follow_up = decoding.decoder(FollowUp).decode


@dataclass(frozen=True, slots=True)
class Reaped:
    """What was taken back in one run."""

    leases: int = 0
    callbacks: int = 0
    expired: int = 0
    grants: int = 0


def reap(database: Database) -> Reaped:
    """Take back leases that ran out or whose holder left, callbacks that nobody kept, tasks and grants past their time.

    In short transactions, so that desks are never held up. Of what somebody else holds at the moment nothing is waited
    for: a later run finds it."""
    with database.read() as unit:
        lapsed, expired, promises, grants = _lapsed(unit), _expired(unit), _broken_promises(unit), _old_grants(unit)
    return Reaped(
        leases=sum(_take_back(database, lapsed[at : at + TOGETHER]) for at in range(0, len(lapsed), TOGETHER)),
        callbacks=sum(_fall_back(database, promise) for promise in promises),
        expired=sum(_expire(database, expired[at : at + TOGETHER]) for at in range(0, len(expired), TOGETHER)),
        grants=sum(_end_grant(database, *grant) for grant in grants),
    )


def _lapsed(unit: Unit) -> list[str]:
    gone = [a.agent.staff_number for a in people.everyone(unit) if a.disabled]
    late = (task.c.lease_expires_at < unit.now) | task.c.assigned_to.in_(gone)
    return _ids(unit, late & (task.c.assigned_to != ""))


def _expired(unit: Unit) -> list[str]:
    return _ids(unit, task.c.expires_at < unit.now)


def _ids(unit: Unit, condition: ColumnElement[bool]) -> list[str]:
    statement = select(task.c.id).where(task.c.tenant_id == unit.tenant, task.c.state.in_(OPEN_STATES), condition)
    return list(unit.conn.execute(statement.order_by(task.c.id)).scalars())


def _broken_promises(unit: Unit) -> list[FollowUp]:
    statement = select(follow_up.c.body).where(
        follow_up.c.tenant_id == unit.tenant,
        follow_up.c.kind == FollowUpKind.CALLBACK.value,
        follow_up.c.state == FollowUpState.WAITING.value,
        follow_up.c.falls_back_at < unit.now,
        follow_up.c.task_id != "",
    )
    return [_decode_follow_up(body) for body in unit.conn.execute(statement).scalars()]


def _old_grants(unit: Unit) -> list[tuple[str, str]]:
    statement = select(access_grant.c.customer_id, access_grant.c.staff_number).where(
        access_grant.c.tenant_id == unit.tenant, access_grant.c.until < unit.now
    )
    return [(row[0], row[1]) for row in unit.conn.execute(statement)]


def _locked(unit: Unit, task_id: str) -> Task | None:
    """The task, its customer locked first as everywhere; None where it was closed meanwhile."""
    value = tasks.get(unit, task_id)
    if value is None or not tasks.lock_customer(unit, value.customer_id):
        return None
    value = tasks.get(unit, task_id, lock=True)
    return value if value is not None and value.state in OPEN_STATES else None


def _take_back(database: Database, task_ids: Sequence[str]) -> int:
    """How many of these left their desks."""
    with database.write() as unit:
        accounts = {account.agent.staff_number: account for account in people.everyone(unit)}
        found = [
            value
            for value in tasks.free_of(unit, task_ids)
            if value.assigned_to
            and value.state in OPEN_STATES
            and _is_over(unit, value, accounts.get(value.assigned_to))
        ]
        holders = (accounts.get(value.assigned_to) for value in found)
        teams = [account.agent.team if account else "" for account in holders]
        callbacks = {value.id: team for value, team in zip(found, teams, strict=True) if value.callback_at}
        tasks.release(unit, [(value, given_up(value)) for value in found], team_ids=callbacks)
        return len(found)


def _is_over(unit: Unit, value: Task, holder: Account | None) -> bool:
    """Whether the lease has run out, or its holder is gone."""
    if holder is None or holder.disabled:
        return True
    return value.lease_expires_at is not None and value.lease_expires_at < unit.now


def _expire(database: Database, task_ids: Sequence[str]) -> int:
    """How many of these are over: a campaign's or a list's all end on one day."""
    with database.write() as unit:
        over = [
            value
            for value in tasks.free_of(unit, task_ids)
            if value.state in OPEN_STATES and value.expires_at is not None and value.expires_at < unit.now
        ]
        tasks.withdraw(unit, [(value, _over(value)) for value in over])
        return len(over)


def _over(value: Task) -> Task:
    ended = Ended.UNREACHED if value.attempts else Ended.TERM
    return msgspec.structs.replace(value, state=TaskState.EXPIRED, ended=ended)


def _fall_back(database: Database, promise: FollowUp) -> bool:
    """A callback that its agent did not keep becomes anyone's of the team; the promise to the customer stands."""
    with database.write() as unit:
        value = _locked(unit, promise.task_id or "")
        if value is None or value.state is not TaskState.FOLLOW_UP or value.callback_at != promise.due_at:
            return False
        if value.assigned_to != promise.agent or not value.callback_mine:
            return False
        account = people.get(unit, promise.agent)
        tasks.change(unit, value, given_up(value), team_id=account.agent.team if account else "")
        return True


def _end_grant(database: Database, customer_id: str, staff_number: str) -> bool:
    with database.write() as unit:
        tasks.lock_customer(unit, customer_id)
        unit.conn.execute(
            access_grant.delete().where(
                access_grant.c.tenant_id == unit.tenant,
                access_grant.c.customer_id == customer_id,
                access_grant.c.staff_number == staff_number,
                access_grant.c.until < unit.now,
            )
        )
        if not tasks.keeps_customer(unit, staff_number, customer_id):
            feed.publish(unit, [Entry(staff_number, Kind.CUSTOMER, customer_id, deleted=True)])
        return True


def renew_leases(database: Database, staff_number: str) -> int:
    """Who is heard of keeps their tasks: leases more than half used up are renewed. Returns how many."""
    with database.read() as unit:
        half = unit.now + settings.lease_time(unit) / 2
        statement = select(task.c.id).where(
            task.c.tenant_id == unit.tenant,
            task.c.assigned_to == staff_number,
            task.c.state.in_(OPEN_STATES),
            task.c.lease_expires_at < half,
        )
        due = list(unit.conn.execute(statement.order_by(task.c.id)).scalars())
    if not due:
        return 0
    with database.write() as unit:
        until = unit.now + settings.lease_time(unit)
        for task_id in due:
            _renew(unit, task_id, staff_number, until)
    return len(due)


def _renew(unit: Unit, task_id: str, staff_number: str, until: datetime) -> None:
    value = tasks.get(unit, task_id, lock=True)
    if value is None or value.assigned_to != staff_number or value.state not in OPEN_STATES:
        return
    after = msgspec.structs.replace(value, lease_expires_at=until)
    # The desk need not hear of it: the epoch, which is what counts, stays.
    unit.conn.execute(
        update(task)
        .where(task.c.tenant_id == unit.tenant, task.c.id == task_id)
        .values(lease_expires_at=until, body=msgspec.json.encode(after))
    )
