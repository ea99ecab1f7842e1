"""The next task for each of those who ask, in one transaction: under a lease with a new epoch, and on record.
Whom nobody may call at the moment is not given out (TASK-16): such a task rests until it is asked anew.

On PostgreSQL several servers may do so at once: what another holds at the moment is passed over, and nobody waits."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from core.domain.people import Agent, Role
from core.domain.task import TIER_RANK, Task, TaskState, Tier
from core.server import binding
from core.server.calling_rules import CallingRules, let_rest
from core.server.db import audit, people, presence, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import customer, task
from core.server.desks import REVISITS, Desk, is_vip_desk, works
from core.server.dispatch import Waiting, order_of
from core.server.dispatching import PLACE_IN_LINE, entries, open_tasks_of
from core.server.list_quality.holding import held
from core.server.next_task import Sharing
from core.server.sync.effects import given_to
from core.wire.claiming import Claimed, NoTask

TOGETHER = 200
"""who asks that share a transaction; far below what a statement takes in parameters"""
_LOOKED_AT = 1000
"""tasks of one line that a transaction looks at; what lies deeper goes out by dispatch, which has more time"""
_SPARE = 20
"""tasks read beyond those who ask: some are kept for others"""
_AHEAD = 3
"""of those read: some may not be called"""
_OF_ONE = (
    task.c.body, task.c.team_id, task.c.state,
    customer.c.value, customer.c.manager, customer.c.grid, customer.c.branch,
)  # fmt: skip
_BY_SERVER = "server"
"""whose chain tells of what nobody asked for, as for dispatch"""


@dataclass(frozen=True, slots=True)
class _Line:
    """What of an agent decides which tasks they see; those who are alike stand in one line."""

    skills: tuple[str, ...]
    areas: tuple[str, ...]
    vips: bool
    revisits_only: bool

    @classmethod
    def of(cls, agent: Agent) -> "_Line":
        callbacks = agent.role is Role.CALLBACK_STAFF
        return cls(tuple(sorted(agent.skills)), tuple(sorted(agent.areas)), is_vip_desk(agent), callbacks)


@dataclass(slots=True)
class _Group:
    """Who asks, as they are now, and what lies on their desks."""

    agents: dict[str, Agent]
    open_tasks: dict[str, int]
    others: dict[str, Desk] = field(default_factory=dict)
    """those for whom something may be kept"""

    def desks(self) -> list[Desk]:
        own = [Desk(agent, self.open_tasks.get(who, 0)) for who, agent in self.agents.items()]
        return own + [desk for who, desk in self.others.items() if who not in self.agents]

    def has_room(self, who: str) -> bool:
        return who in self.agents and self.open_tasks.get(who, 0) < self.agents[who].daily_target


def claim_next(database: Database, asking: Sequence[str]) -> list[Claimed]:
    """What each of these staff numbers gets, in the order of asking; `TOGETHER` at most."""
    with database.write() as unit:
        chains = audit.hold(unit, asking)
        group, sharing, rules = _group(unit, asking), Sharing(asking), CallingRules(unit)
        now = rules.hours.hold(unit.now)
        resting: dict[str, datetime] = {}
        for waiting in _a_few(_in_line(unit, group, sharing), sharing) if now else ():
            barred = rules.barred((one.task for one in waiting), unit.now)
            resting |= barred
            free = [one for one in waiting if one.task.id not in barred]
            before = dict(sharing.given)
            sharing.share(free, group.desks())
            for place in sharing.given.keys() - before.keys():
                who = asking[place]
                group.open_tasks[who] = group.open_tasks.get(who, 0) + 1
        until = unit.now + settings.lease_time(unit)
        pairs = {place: (value, given_to(value, asking[place], until)) for place, value in sharing.given.items()}
        tasks.assign(unit, list(pairs.values()))
        let_rest(unit, resting)
        given = {place: after for place, (_before, after) in sorted(pairs.items())}
        audit.append(unit, chains, [_on_record(value) for value in given.values()])
        return [_told(unit, group, who, given.get(place), now=now) for place, who in enumerate(asking)]


def _a_few(pieces: Iterable[list[Waiting]], sharing: Sharing) -> Iterator[list[Waiting]]:
    """In their order, hardly more than are asked for: of each it is read whether its customer may be called."""
    for piece in pieces:
        at = 0
        while at < len(piece) and sharing.left:
            until = at + len(sharing.left) + _AHEAD
            yield piece[at:until]
            at = until


def _on_record(value: Task) -> audit.Entry:
    return audit.Entry(value.assigned_to, Action.TASK_CLAIMED, value.id, {"epoch": value.lease_epoch})


def _told(unit: Unit, group: _Group, who: str, value: Task | None, *, now: bool) -> Claimed:
    if value is not None:
        return Claimed(task=value, server_time=unit.now)
    full = who in group.agents and not group.has_room(who)
    why = NoTask.DESK_FULL if full else NoTask.NOTHING_FITS if now else NoTask.NOT_NOW
    return Claimed(why=why, server_time=unit.now)


def _group(unit: Unit, asking: Sequence[str]) -> _Group:
    """Who asks is there, whatever a lead said of them before."""
    accounts = people.some(unit, set(asking))
    agents = {one.agent.staff_number: one.agent for one in accounts if not one.disabled and works(one.agent)}
    return _Group(agents, open_tasks_of(unit, agents.keys()))


def _in_line(unit: Unit, group: _Group, sharing: Sharing) -> Iterator[list[Waiting]]:
    """What waits, a piece at a time and held for this transaction, until all have something."""
    looked_at, piece, held_lists = 0, _SPARE, sorted(held(unit))
    while looked_at < _LOOKED_AT:
        lines = Counter(_Line.of(group.agents[who]) for who in sharing.left if group.has_room(who))
        most = piece + max(lines.values(), default=0)
        found = {task_id for line in lines for task_id in _ids(unit, line, looked_at, most, held_lists)}
        if not found:
            return
        # Lines overlap: what one has been given out of stands in the others until it is written.
        yield _held(unit, group, sorted(found - {value.id for value in sharing.given.values()}))
        looked_at, piece = looked_at + most, 4 * piece


def _ids(unit: Unit, line: _Line, after: int, most: int, held_lists: Sequence[str]) -> list[str]:
    """The next in line that such an agent may have, as far as columns tell."""
    statement = (
        select(task.c.id)
        .where(
            task.c.tenant_id == unit.tenant,
            task.c.state == TaskState.WAITING.value,
            task.c.block == "",
            task.c.callback_at.is_(None),
            task.c.scenario.in_(line.skills),
            task.c.list_id.not_in(held_lists),
            or_(task.c.rests_until.is_(None), task.c.rests_until <= unit.now),
        )
        .order_by(*PLACE_IN_LINE)
        .offset(after)
        .limit(most)
    )
    if not line.vips:
        statement = statement.where(task.c.tier_rank == TIER_RANK[Tier.NONE])
    if line.revisits_only:
        statement = statement.where(task.c.type.in_(sorted(REVISITS)))
    if line.areas:
        own = (customer.c.tenant_id == task.c.tenant_id) & (customer.c.id == task.c.customer_id)
        statement = statement.join(customer, own).where(_lies_in(line.areas))
    return list(unit.conn.execute(statement).scalars())


def _lies_in(areas: Sequence[str]) -> ColumnElement[bool]:
    """Or nowhere that anybody knows."""
    places = (task.c.area, customer.c.grid, customer.c.branch)
    nowhere = (task.c.area == "") & (customer.c.grid == "") & (customer.c.branch == "")
    return or_(nowhere, *(place.in_(areas) for place in places))


def _held(unit: Unit, group: _Group, ids: Sequence[str]) -> list[Waiting]:
    """Of these what still waits and nobody else holds, as it goes out; those of whom they speak join the group."""
    own = (customer.c.tenant_id == task.c.tenant_id) & (customer.c.id == task.c.customer_id)
    statement = (
        select(*_OF_ONE)
        .join(customer, own)
        .where(task.c.tenant_id == unit.tenant, task.c.id.in_(ids))
        .with_for_update(of=[task, customer], skip_locked=True)
    )
    # Which state is asked of what was read: as a condition it leads past all that waits, for each who asks.
    rows = [row for row in unit.conn.execute(statement) if row.state == TaskState.WAITING.value]
    found = entries(unit, rows)
    # A refusal that came while the task waited, under another id of the customer, is met at the latest here.
    asked = {one.task.customer_id: one.task.customer.numbers for one in found}
    refused = binding.bind_met(unit, asked, writer=_BY_SERVER)
    free = [one for one in found if one.task.customer_id not in refused]
    _name(unit, group, free)
    return sorted(free, key=order_of)


def _name(unit: Unit, group: _Group, waiting: Sequence[Waiting]) -> None:
    """Those for whom something may be kept: there, enabled and not away."""
    named = {who for one in waiting for who in (one.manager, one.last_holder) if who}
    new = named - group.agents.keys() - group.others.keys()
    if not new:
        return
    away, counts = presence.away(unit), open_tasks_of(unit, new)
    for account in people.some(unit, new):
        who = account.agent.staff_number
        if not account.disabled and who not in away:
            group.others[who] = Desk(account.agent, counts.get(who, 0))
