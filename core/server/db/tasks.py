"""Tasks in the database: columns and body in step, leases, and what desks are told of a change."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

import msgspec
from sqlalchemy import bindparam, select, update

from core.domain import decoding
from core.domain.people import RIGHTS, Right
from core.domain.task import OPEN_STATES, TIER_RANK, Task, TaskState
from core.server.db import feed, reviewed
from core.server.db.engine import Unit
from core.server.db.feed import Entry
from core.server.db.schema import access_grant, app_user, case_hold, customer, lease, task
from core.server.db.upsert import upsert
from core.wire.pull import Kind

_decode = decoding.decoder(Task).decode
_encode = msgspec.json.Encoder().encode
_HELD = frozenset({TaskState.ASSIGNED, TaskState.IN_CALL, TaskState.FOLLOW_UP})
"""states in which the task stands on somebody's desk"""
KEEPERS = frozenset(role for role, rights in RIGHTS.items() if Right.PORTFOLIO in rights)
"""roles whose desk holds the customers that name them as their manager"""


def get(unit: Unit, task_id: str, *, lock: bool = False) -> Task | None:
    """The task; with `lock` it stays as it is until the transaction ends."""
    statement = select(task.c.body).where(task.c.tenant_id == unit.tenant, task.c.id == task_id)
    if lock:
        statement = statement.with_for_update()
    body = unit.conn.execute(statement).scalar_one_or_none()
    return None if body is None else _decode(body)


def lock_customer(unit: Unit, customer_id: str) -> bool:
    """Hold everything of one customer for this transaction; False where there is none such.

    Each change to a customer, their tasks or feed rows takes this lock first, so that no two of them deadlock."""
    statement = select(customer.c.id).where(customer.c.tenant_id == unit.tenant, customer.c.id == customer_id)
    return unit.conn.execute(statement.with_for_update()).scalar_one_or_none() is not None


def free_of(unit: Unit, task_ids: Sequence[str]) -> list[Task]:
    """Those of the tasks that nobody holds at this moment, with their customers held for this transaction."""
    statement = (
        select(task.c.body)
        .join(customer, (customer.c.tenant_id == task.c.tenant_id) & (customer.c.id == task.c.customer_id))
        .where(task.c.tenant_id == unit.tenant, task.c.id.in_(task_ids))
        .order_by(task.c.id)
        .with_for_update(of=[customer, task], skip_locked=True)
    )
    return [_decode(body) for body in unit.conn.execute(statement).scalars()]


def open_of(unit: Unit, customer_id: str) -> list[Task]:
    """The customer's open tasks: one at most, but a list says what callers mean."""
    statement = select(task.c.body).where(
        task.c.tenant_id == unit.tenant, task.c.customer_id == customer_id, task.c.state.in_(OPEN_STATES)
    )
    return [_decode(body) for body in unit.conn.execute(statement).scalars()]


def holder(unit: Unit, task_id: str, epoch: int) -> str | None:
    """Who held the task under that epoch."""
    statement = select(lease.c.staff_number).where(
        lease.c.tenant_id == unit.tenant, lease.c.task_id == task_id, lease.c.epoch == epoch
    )
    return unit.conn.execute(statement).scalar_one_or_none()


def row(unit: Unit, value: Task, *, team_id: str = "", list_id: str = "") -> dict[str, Any]:
    """The columns of a task."""
    return {
        "tenant_id": unit.tenant,
        "id": value.id,
        "customer_id": value.customer_id,
        "type": value.type.value,
        "scenario": value.scenario,
        "state": value.state.value,
        "priority": value.priority,
        "tier_rank": TIER_RANK[value.customer.tier],
        "block": value.block.value if value.block else "",
        "area": value.area,
        "created_at": value.created_at,
        "due_at": value.due_at,
        "expires_at": value.expires_at,
        "callback_at": value.callback_at,
        "attempts": value.attempts,
        "assigned_to": value.assigned_to,
        "team_id": team_id,
        "lease_epoch": value.lease_epoch,
        "lease_expires_at": value.lease_expires_at,
        "list_id": list_id,
        "body": _encode(value),
    }


def insert(unit: Unit, values: Sequence[Task], *, list_id: str = "") -> None:
    """New tasks, many at once; those already assigned are told to their desks."""
    if not values:
        return
    unit.conn.execute(task.insert(), [row(unit, value, list_id=list_id) for value in values])
    held = [value for value in values if value.state in _HELD]
    record_leases(unit, held)
    feed.publish(unit, [entry for value in held for entry in _arrival(value)])


def change(unit: Unit, before: Task, after: Task, *, team_id: str | None = None) -> None:
    """One task's new state; its desk, and the desk that it leaves, are told."""
    _update(unit, after, team_id)
    if after.state in _HELD and after.lease_epoch != before.lease_epoch:
        record_leases(unit, [after])
    feed.publish(unit, _told(unit, before, after))


def assign(unit: Unit, pairs: Sequence[tuple[Task, Task]]) -> None:
    """Many waiting tasks given to desks; `pairs` are before and after."""
    if not pairs:
        return
    _write(unit, [after for _before, after in pairs])
    record_leases(unit, [after for _before, after in pairs])
    feed.publish(unit, [entry for _before, after in pairs for entry in _arrival(after)])


def release(unit: Unit, pairs: Sequence[tuple[Task, Task]], *, team_ids: Mapping[str, str]) -> None:
    """Many tasks that leave their desks; `pairs` are before and after, `team_ids` by task: whose promise it was."""
    if not pairs:
        return
    teams = {after.id: team_ids.get(after.id, "") for _before, after in pairs}
    _write(unit, [after for _before, after in pairs], teams)
    kept = kept_customers(unit, {(before.assigned_to, before.customer_id) for before, _after in pairs})
    entries = [Entry(before.assigned_to, Kind.TASK, before.id, deleted=True) for before, _after in pairs]
    left = ((before.assigned_to, before.customer_id) for before, _after in pairs)
    feed.publish(
        unit, [*entries, *(Entry(who, Kind.CUSTOMER, key, deleted=True) for who, key in left if (who, key) not in kept)]
    )


def withdraw(unit: Unit, pairs: Sequence[tuple[Task, Task]]) -> None:
    """Many tasks that are called off, on desks or waiting; `pairs` are before and after."""
    release(unit, [pair for pair in pairs if pair[0].assigned_to], team_ids={})
    if waiting := [after for before, after in pairs if not before.assigned_to]:
        _write(unit, waiting)


def _update(unit: Unit, after: Task, team_id: str | None) -> None:
    values = row(unit, after)
    for key in _LASTING:
        del values[key]
    if team_id is not None:
        values["team_id"] = team_id
    unit.conn.execute(update(task).where(task.c.tenant_id == unit.tenant, task.c.id == after.id).values(values))


_LASTING = frozenset({"tenant_id", "id", "list_id", "team_id"})
"""what of a task does not change with its desk"""


def _write(unit: Unit, values: Sequence[Task], team_ids: Mapping[str, str] | None = None) -> None:
    """Many that are there already, in one statement: a thousand by themselves cost more than all else that is done
    with them. `team_ids` by task, where they change."""
    statement = update(task).where(task.c.tenant_id == unit.tenant, task.c.id == bindparam("which"))
    columns = [row(unit, one) | ({"team_id": team_ids[one.id]} if team_ids else {}) for one in values]
    names = columns[0].keys() - (_LASTING - {"team_id"} if team_ids else _LASTING)
    new = {name: bindparam(f"new_{name}", type_=task.c[name].type) for name in sorted(names)}
    rows = [{"which": one["id"]} | {f"new_{name}": one[name] for name in names} for one in columns]
    unit.conn.execute(statement.values(new), rows)


def record_leases(unit: Unit, held: Sequence[Task]) -> None:
    """Who holds these, under which epoch: for good."""
    rows = [
        {
            "tenant_id": unit.tenant,
            "task_id": value.id,
            "epoch": value.lease_epoch,
            "customer_id": value.customer_id,
            "staff_number": value.assigned_to,
            "at": unit.now,
        }
        for value in held
    ]
    upsert(unit, lease, rows, keys=("tenant_id", "task_id", "epoch"))
    reviewed.touch_desks(unit, {value.assigned_to for value in held})


def _arrival(value: Task) -> tuple[Entry, Entry]:
    """The document comes before the task, so that no desk shows a task that cannot be opened."""
    return (
        Entry(value.assigned_to, Kind.CUSTOMER, value.customer_id),
        Entry(value.assigned_to, Kind.TASK, value.id),
    )


def _told(unit: Unit, before: Task, after: Task) -> list[Entry]:
    entries: list[Entry] = []
    stays = after.state in _HELD and after.assigned_to == before.assigned_to
    if before.assigned_to and before.state in _HELD and not stays:
        entries.append(Entry(before.assigned_to, Kind.TASK, before.id, deleted=True))
        if not keeps_customer(unit, before.assigned_to, before.customer_id):
            entries.append(Entry(before.assigned_to, Kind.CUSTOMER, before.customer_id, deleted=True))
    if after.state in _HELD:
        new_here = not stays or before.state not in _HELD
        entries.extend(_arrival(after) if new_here else _arrival(after)[1:])
    return entries


def keeps_customer(unit: Unit, staff_number: str, customer_id: str) -> bool:
    """Whether the desk still has a reason to hold the customer."""
    return bool(kept_customers(unit, {(staff_number, customer_id)}))


def holders(unit: Unit, customer_id: str) -> set[str]:
    """On whose desks the customer is, by an open task, a case or promise that is not over, or a portfolio: not by a
    call opened without a task, which anybody's may be."""
    by_task = select(task.c.assigned_to).where(
        task.c.tenant_id == unit.tenant, task.c.customer_id == customer_id, task.c.state.in_(_HELD)
    )
    by_case = select(case_hold.c.staff_number).where(
        case_hold.c.tenant_id == unit.tenant, case_hold.c.customer_id == customer_id
    )
    named = (
        select(customer.c.manager)
        .join(
            app_user, (app_user.c.tenant_id == customer.c.tenant_id) & (app_user.c.staff_number == customer.c.manager)
        )
        .where(customer.c.tenant_id == unit.tenant, customer.c.id == customer_id, app_user.c.role.in_(KEEPERS))
    )
    return {who for one in (by_task, by_case, named) for who in unit.conn.execute(one).scalars()}


def kept_customers(unit: Unit, pairs: Set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of desks and customers those where the desk has a reason to hold the customer: an open task, a call opened
    without one, a repair case or a promise that is not over, or a named manager's portfolio (TASK-05)."""
    ids, desks = {key for _who, key in pairs}, {who for who, _key in pairs}
    tasks = select(task.c.assigned_to, task.c.customer_id).where(
        task.c.tenant_id == unit.tenant,
        task.c.customer_id.in_(ids),
        task.c.assigned_to.in_(desks),
        task.c.state.in_(_HELD),
    )
    grants = select(access_grant.c.staff_number, access_grant.c.customer_id).where(
        access_grant.c.tenant_id == unit.tenant,
        access_grant.c.customer_id.in_(ids),
        access_grant.c.staff_number.in_(desks),
        access_grant.c.until > unit.now,
    )
    cases = select(case_hold.c.staff_number, case_hold.c.customer_id).where(
        case_hold.c.tenant_id == unit.tenant,
        case_hold.c.customer_id.in_(ids),
        case_hold.c.staff_number.in_(desks),
    )
    named = (
        select(customer.c.manager, customer.c.id)
        .join(
            app_user, (app_user.c.tenant_id == customer.c.tenant_id) & (app_user.c.staff_number == customer.c.manager)
        )
        .where(customer.c.tenant_id == unit.tenant, customer.c.id.in_(ids), customer.c.manager.in_(desks))
        .where(app_user.c.role.in_(KEEPERS))
    )
    found = (row for one in (tasks, grants, cases, named) for row in unit.conn.execute(one))
    return {(row[0], row[1]) for row in found} & pairs
