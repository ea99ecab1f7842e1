"""Dispatch against the database: what waits, whose desks there are, assignments under leases."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, func, literal, select, tuple_

from core.domain import decoding
from core.domain.customer import Value
from core.domain.task import OPEN_STATES, Block, Task, TaskState, Tier
from core.server import binding
from core.server.calling_rules import CallingRules, let_rest
from core.server.db import audit, cases, people, presence, recalls, settings, tasks
from core.server.db.audit import Action, Entry
from core.server.db.chunks import chunks
from core.server.db.engine import Database, Unit
from core.server.db.schema import customer, lease, task
from core.server.desks import CALLBACK_LEAD, Desk
from core.server.dispatch import Dispatched, Round, Waiting
from core.server.list_quality.holding import held
from core.server.one_run import one_run_at_a_time
from core.server.sync.effects import given_to

PAGE = 20_000
"""waiting tasks looked at before it is asked whether anybody still has room"""
PIECE = 100
"""tasks that one entry of the audit names"""
_decode_task = decoding.decoder(Task).decode


def dispatch_waiting(database: Database, *, actor: str) -> Dispatched:
    """Give out waiting tasks under a lease with a new epoch; one run at a time."""
    with _run(database, actor) as (unit, round_):
        round_.give(_promised(unit))
        # Tasks that nobody can be given must not stand in the way of those behind them.
        for page in _pages(unit):
            round_.give(page)
            if round_.full:
                break
    return round_.done


def dispatch_these(database: Database, task_ids: Collection[str], *, actor: str) -> Dispatched:
    """Give out these of the waiting tasks, by the same rules, before a run comes to all of them."""
    with _run(database, actor) as (unit, round_):
        round_.give(_these(unit, task_ids))
    return round_.done


def dispatch_at_once(
    database: Database, task_ids: Collection[str], *, actor: str, there: Callable[[Unit, list[Desk]], list[Desk]]
) -> Dispatched:
    """Give out these to desks that are `there`, full or not; what none of those may take goes on waiting."""
    with _run(database, actor, there) as (unit, round_):
        round_.give([replace(one, at_once=True) for one in _these(unit, task_ids)])
    return round_.done


def promised(unit: Unit) -> frozenset[str]:
    """Ids of the waiting callbacks that fall due."""
    waiting = select(task.c.id).where(task.c.tenant_id == unit.tenant, task.c.state == TaskState.WAITING.value)
    due = waiting.where(task.c.callback_at <= unit.now + CALLBACK_LEAD, task.c.block != Block.OPTED_OUT.value)
    return frozenset(unit.conn.execute(due).scalars())


class _Run:
    """One giving out; `done` once it is over."""

    def __init__(self, unit: Unit, found: Sequence[Desk]) -> None:
        self._round, self._rules = Round(found, unit.now), CallingRules(unit)
        self._asked: set[str] = set()
        self._resting: dict[str, datetime] = {}
        self.done = Dispatched((), {})

    def give(self, waiting: Sequence[Waiting]) -> None:
        """Of whom something would be given out it is asked whether they may be called (TASK-16), and of nobody else:
        what waits for a desk may be very much. Whom nobody may call leaves their place to the next."""
        while True:
            tried = self._round.copy()
            tried.give(waiting)
            barred = self._barred([one.task for one in tried.given[len(self._round.given) :]])
            if not barred:
                self._round = tried
                return
            waiting = [replace(one, rests=True) if one.task.id in barred else one for one in waiting]

    def _barred(self, tasks: Sequence[Task]) -> dict[str, datetime]:
        """A desk is filled for the day: hours that have yet to begin bar nobody, and a promise is asked of its hour."""
        new, opening = [one for one in tasks if one.id not in self._asked], self._rules.opening()
        self._asked |= {one.id for one in new}
        promised, others = [one for one in new if one.callback_at], [one for one in new if not one.callback_at]
        found = self._rules.barred(others, opening)
        for one in promised:
            found |= self._rules.barred([one], self._rules.hour_of(one))
        self._resting |= found
        return found

    @property
    def full(self) -> bool:
        return self._round.full

    def end(self, unit: Unit, actor: str) -> None:
        self.done = done = _without_refusals(unit, self._round.done(), actor)
        until = unit.now + settings.lease_time(unit)
        pairs = [(a.task, given_to(a.task, a.staff_number, until)) for a in done.assignments]
        tasks.assign(unit, pairs)
        let_rest(unit, self._resting)
        put_on_record(unit, actor, [after for _before, after in pairs])


def put_on_record(unit: Unit, actor: str, given: Sequence[Task]) -> None:
    """Who was given which tasks, in pieces: the audit tells from them who saw a customer."""
    if not given:
        return
    ids: dict[str, list[str]] = {}
    for one in given:
        ids.setdefault(one.assigned_to, []).append(one.id)
    pieces = ((who, tuple(of[at : at + PIECE])) for who, of in ids.items() for at in range(0, len(of), PIECE))
    entries = [Entry(actor, Action.DISPATCH, who, {"tasks": len(piece), "ids": piece}) for who, piece in pieces]
    audit.append(unit, audit.hold(unit, [actor]), entries)


@contextmanager
def _run(
    database: Database, actor: str, there: Callable[[Unit, list[Desk]], list[Desk]] = lambda _unit, found: found
) -> Iterator[tuple[Unit, _Run]]:
    """What the block gives is written at its end."""
    with database.write() as unit:
        one_run_at_a_time(unit)
        run = _Run(unit, there(unit, desks(unit)))
        yield unit, run
        run.end(unit, actor)


def _without_refusals(unit: Unit, done: Dispatched, actor: str) -> Dispatched:
    """A refusal that came while the task waited, under another id of the customer, is met at the latest here."""
    asked = {one.task.customer_id: one.task.customer.numbers for one in done.assignments}
    refused = binding.bind_met(unit, asked, writer=actor)
    given = tuple(one for one in done.assignments if one.task.customer_id not in refused)
    return replace(done, assignments=given)


_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
PLACE_IN_LINE = (
    task.c.tier_rank,
    task.c.priority,
    func.coalesce(task.c.due_at, literal(_NEVER, task.c.due_at.type)),
    task.c.created_at,
    task.c.id,
)
"""as `dispatch` orders them: page by page in the database what is one list there"""


def _promised(unit: Unit) -> list[Waiting]:
    """Callbacks that fall due: they go out also to full desks."""
    due = task.c.callback_at <= unit.now + CALLBACK_LEAD
    return entries(unit, unit.conn.execute(_all_waiting(unit).where(due)).all())


def _pages(unit: Unit) -> Iterator[list[Waiting]]:
    """All the others, in the order in which they are to be given."""
    others = _all_waiting(unit).where(task.c.callback_at.is_(None), task.c.list_id.not_in(sorted(held(unit))))
    statement = others.order_by(*PLACE_IN_LINE).limit(PAGE)
    types = [column.type for column in PLACE_IN_LINE]
    after: tuple[object, ...] | None = None
    while True:
        page = statement if after is None else statement.where(tuple_(*PLACE_IN_LINE) > tuple_(*after, types=types))
        rows = unit.conn.execute(page).all()
        yield entries(unit, rows)
        if len(rows) < PAGE:
            return
        after = rows[-1][-len(PLACE_IN_LINE) :]


def _these(unit: Unit, task_ids: Collection[str]) -> list[Waiting]:
    """Of these what waits, of those whom somebody may call."""
    asked = _with_customers(unit).where(task.c.id.in_(sorted(task_ids)))
    # State and block are asked of what was read: as conditions they lead past all that waits.
    rows = [
        row
        for row in unit.conn.execute(asked)
        if row.state == TaskState.WAITING.value and row.block != Block.OPTED_OUT.value
    ]
    return entries(unit, rows)


def _all_waiting(unit: Unit) -> Select[*tuple[Any, ...]]:
    """Of those whom somebody may call."""
    return _with_customers(unit).where(task.c.state == TaskState.WAITING.value, task.c.block != Block.OPTED_OUT.value)


def _with_customers(unit: Unit) -> Select[*tuple[Any, ...]]:
    """Tasks and what decides about their customers, locked for this run; their place in the line comes last."""
    return (
        select(
            task.c.body, task.c.team_id, task.c.state, task.c.block,
            customer.c.value, customer.c.manager, customer.c.grid, customer.c.branch,
            func.coalesce(task.c.rests_until > unit.now, False).label("rests"),
            *PLACE_IN_LINE,
        )
        .join(customer, (customer.c.tenant_id == task.c.tenant_id) & (customer.c.id == task.c.customer_id))
        .where(task.c.tenant_id == unit.tenant)
        .with_for_update(of=[task, customer], skip_locked=True)
    )  # fmt: skip


def entries(unit: Unit, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Waiting]:
    """Rows of a task's body and team and of what decides about its customer, with who comes first for them."""
    found = [(_decode_task(row.body), row) for row in rows]
    vips = [value.customer_id for value, _ in found if value.customer.tier is not Tier.NONE]
    # Who follows a repair through comes before who had the last task.
    last, recalled = _last_holders(unit, vips) | cases.owners(unit, vips), recalls.standing(unit)
    return [
        Waiting(
            value,
            value=Value(row.value) if row.value else None,
            manager=row.manager,
            last_holder=last.get(value.customer_id, ""),
            team=row.team_id,
            grid=row.grid,
            branch=row.branch,
            not_to=recalled.get(value.id, frozenset()),
            rests=getattr(row, "rests", False),
        )
        for value, row in found
    ]


def _last_holders(unit: Unit, customer_ids: list[str]) -> dict[str, str]:
    holders: dict[str, str] = {}
    for some in chunks(customer_ids):
        statement = (
            select(lease.c.customer_id, lease.c.staff_number)
            .where(lease.c.tenant_id == unit.tenant, lease.c.customer_id.in_(some))
            .order_by(lease.c.at, lease.c.epoch)
        )
        holders |= {row[0]: row[1] for row in unit.conn.execute(statement)}
    return holders


def open_tasks_of(unit: Unit, staff: Collection[str] | None = None) -> dict[str, int]:
    """By desk how many tasks lie there that can be called; of all desks, or of these."""
    counts = select(task.c.assigned_to, func.count()).where(
        task.c.tenant_id == unit.tenant, task.c.state.in_(OPEN_STATES), task.c.assigned_to != "", task.c.block == ""
    )
    if staff is not None:
        counts = counts.where(task.c.assigned_to.in_(sorted(staff)))
    return {row[0]: row[1] for row in unit.conn.execute(counts.group_by(task.c.assigned_to))}


def desks(unit: Unit) -> list[Desk]:
    """Everyone who may work and is not away, and how much lies on their desks."""
    open_tasks = open_tasks_of(unit)
    away = presence.away(unit)
    return [
        Desk(account.agent, open_tasks.get(account.agent.staff_number, 0))
        for account in people.everyone(unit)
        if not account.disabled and account.agent.staff_number not in away
    ]
