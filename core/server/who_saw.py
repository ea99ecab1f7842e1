"""Who saw a customer, as the audit tells it: opened, found, unmasked, had on their desk; and exports they may be in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec import Struct
from sqlalchemy import or_, select

from core.domain import decoding
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.db.schema import app_user, audit, lease, task

LEASED: Final = "leased"
"""what stands beside actions of the audit: a task was on a desk, and no entry of the audit says so"""
_LEAVES: Final = frozenset({Action.EXPORT, Action.BASE_READ})
_NAMES_IN_PAYLOAD: Final = frozenset(
    {
        Action.DISPATCH,
        Action.CUSTOMER_SEARCHED,
        Action.TICKET_TAKEN,
        Action.EVENT_TAKEN,
        Action.CARD_REDEEMED,
        Action.DESK_SEEN,
    }
)
_PAGE = 1_000


class _Named(Struct, frozen=True):
    """Of a payload what names customers and tasks, and who came to have one."""

    ids: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    customer: str = ""
    to: str = ""
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """That somebody saw the customer, or may have."""

    at: datetime
    staff_number: str
    """or the command or the server that did it"""
    name: str
    """empty where it is nobody's staff number"""
    how: str
    """an action of the audit, or `LEASED`"""
    what: str
    """the task, export or other object; empty where it is the customer"""
    certain: bool
    """False: an export, or a page of the base, that does not say whom it held"""


@dataclass(frozen=True, slots=True)
class _Entry:
    at: datetime
    writer: str
    action: str
    object_: str
    payload: bytes | None


def who_saw(unit: Unit, customer_id: str) -> list[Seen]:
    """In the order of time. Goes through the whole audit once."""
    tasks = _tasks(unit, customer_id)
    since = min(tasks.values(), default=None)
    found, said = list[Seen](), set[tuple[str, str]]()
    for entry in _entries(unit, {customer_id, *tasks}):
        named = decoding.decode(entry.payload, _Named) if entry.payload is not None else _Named()
        if entry.action in _LEAVES:
            if since is None or entry.at >= since:
                rows = f" ({named.rows})" if named.rows is not None else ""
                found.append(Seen(entry.at, entry.writer, "", entry.action, entry.object_ + rows, certain=False))
            continue
        mine = [one for one in named.ids if one in tasks] or ([entry.object_] if entry.object_ in tasks else [])
        if entry.object_ != customer_id and not mine and customer_id not in (named.customer, *named.shown):
            continue
        who = _who(entry, named)
        said |= {(who, one) for one in mine}
        found += [Seen(entry.at, who, "", entry.action, what, certain=True) for what in mine or [_object(entry, mine)]]
    found += [one for one in _leases(unit, customer_id) if (one.staff_number, one.what) not in said]
    names = _names(unit, {one.staff_number for one in found})
    named_ = (Seen(o.at, o.staff_number, names.get(o.staff_number, ""), o.how, o.what, o.certain) for o in found)
    return sorted(named_, key=lambda one: (not one.certain, one.at, one.staff_number))


def _who(entry: _Entry, named: _Named) -> str:
    """Whose desk a task came to; of all else who did it."""
    if entry.action == Action.DISPATCH:
        return entry.object_
    if entry.action == Action.TASK_MOVED:
        return named.to
    return entry.writer


def _object(entry: _Entry, mine: Collection[str]) -> str:
    return entry.object_ if entry.action in _NAMES_IN_PAYLOAD and not mine else ""


def _entries(unit: Unit, objects: Collection[str]) -> Iterator[_Entry]:
    read = sorted(one.value for one in _LEAVES | _NAMES_IN_PAYLOAD)
    statement = (
        select(audit.c.at, audit.c.writer, audit.c.action, audit.c.object, audit.c.payload)
        .where(audit.c.tenant_id == unit.tenant, or_(audit.c.action.in_(read), audit.c.object.in_(sorted(objects))))
        .execution_options(yield_per=_PAGE)
    )
    for row in unit.conn.execute(statement):
        yield _Entry(row.at, row.writer, row.action, row.object, row.payload)


def _tasks(unit: Unit, customer_id: str) -> dict[str, datetime]:
    """The customer's, with when each was made; those of long ago are still there, without words."""
    mine = (task.c.tenant_id == unit.tenant, task.c.customer_id == customer_id)
    return {row.id: row.created_at for row in unit.conn.execute(select(task.c.id, task.c.created_at).where(*mine))}


def _leases(unit: Unit, customer_id: str) -> list[Seen]:
    """Callbacks that stayed, tasks that agents made for themselves, and what was given before the audit named it."""
    mine = (lease.c.tenant_id == unit.tenant, lease.c.customer_id == customer_id)
    rows = unit.conn.execute(select(lease.c.at, lease.c.staff_number, lease.c.task_id).where(*mine))
    return [Seen(row.at, row.staff_number, "", LEASED, row.task_id, certain=True) for row in rows]


def _names(unit: Unit, staff: Collection[str]) -> dict[str, str]:
    mine = (app_user.c.tenant_id == unit.tenant, app_user.c.staff_number.in_(sorted(staff)))
    return {row[0]: row[1] for row in unit.conn.execute(select(app_user.c.staff_number, app_user.c.name).where(*mine))}
