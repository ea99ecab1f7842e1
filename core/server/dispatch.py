"""Dispatch: who gets which waiting task. Pure rules, no I/O.

Hard rules say who may: the role works dispatched tasks, the skill is certified (ROLE-03), the area is theirs (TASK-03),
a VIP goes to a VIP specialist. Soft rules say who comes first: the specialist who had this VIP before (VIP-06), the
manager whose portfolio the customer is in (TASK-05), phone account managers for value and outbound representatives for
the mass market (TASK-04), then the one with the most room left today (TASK-06).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from core.domain.customer import Value
from core.domain.people import Agent, Role, SkillLevel
from core.domain.task import TIER_RANK, Block, Task, TaskType, Tier

CALLBACK_LEAD = timedelta(minutes=30)
"""a callback that anyone may take goes to a desk so long before it falls due"""
_NEVER = datetime.max.replace(tzinfo=UTC)
_WORKS = frozenset({Role.OUTBOUND_REPRESENTATIVE, Role.PHONE_ACCOUNT_MANAGER, Role.VIP_SPECIALIST, Role.CALLBACK_STAFF})
_REVISITS = frozenset({TaskType.COMPLAINT_REVISIT, TaskType.MARKET_SURVEY, TaskType.SATISFACTION_SURVEY})
_RANK: dict[bool, dict[Role, int]] = {
    True: {
        Role.PHONE_ACCOUNT_MANAGER: 0,
        Role.VIP_SPECIALIST: 1,
        Role.OUTBOUND_REPRESENTATIVE: 2,
        Role.CALLBACK_STAFF: 3,
    },
    False: {
        Role.OUTBOUND_REPRESENTATIVE: 0,
        Role.PHONE_ACCOUNT_MANAGER: 1,
        Role.VIP_SPECIALIST: 2,
        Role.CALLBACK_STAFF: 3,
    },
}
"""by whether the customer is of high or middle value"""


class Why(StrEnum):
    """What decided an assignment."""

    SAME_SPECIALIST = "same_specialist"
    PORTFOLIO = "portfolio"
    VALUE = "value"


class WaitsFor(StrEnum):
    """Why a task stays where it is."""

    SKILL = "skill"
    AREA = "area"
    VIP_SPECIALIST = "vip_specialist"
    ROOM = "room"
    LATER = "later"
    OPTED_OUT = "opted_out"


@dataclass(frozen=True, slots=True)
class Desk:
    """An enabled user and how much is on their desk."""

    agent: Agent
    open_tasks: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task to be given, with what of the customer decides."""

    task: Task
    value: Value | None = None
    manager: str = ""
    """staff number of the manager whose portfolio the customer is in"""
    last_holder: str = ""
    """who had this customer's last task"""
    team: str = ""
    """the team that answers for a promised callback"""


@dataclass(frozen=True, slots=True)
class Assignment:
    task: Task
    staff_number: str
    why: Why


@dataclass(frozen=True, slots=True)
class Dispatched:
    assignments: tuple[Assignment, ...]
    waiting: dict[WaitsFor, int]


def dispatch(tasks: Iterable[Waiting], desks: Sequence[Desk], now: datetime) -> Dispatched:
    """Give out what can be given; the same input gives the same assignments."""
    room = _Room(desks)
    given: list[Assignment] = []
    waiting: dict[WaitsFor, int] = {}
    for entry in sorted(tasks, key=_order):
        found = _later(entry.task, now) or _give(entry, room)
        if isinstance(found, Assignment):
            given.append(found)
        else:
            waiting[found] = waiting.get(found, 0) + 1
    return Dispatched(tuple(given), waiting)


def _order(entry: Waiting) -> tuple[bool, datetime, int, int, datetime, datetime, str]:
    """Promised callbacks, then VIPs (VIP-05), then priority and due time; what cannot be called comes last."""
    task = entry.task
    return (
        task.block is not None,
        task.callback_at or _NEVER,
        TIER_RANK[task.customer.tier],
        task.priority,
        task.due_at or _NEVER,
        task.created_at,
        task.id,
    )


def _later(task: Task, now: datetime) -> WaitsFor | None:
    if task.block is Block.OPTED_OUT:
        return WaitsFor.OPTED_OUT
    return WaitsFor.LATER if task.callback_at and task.callback_at > now + CALLBACK_LEAD else None


def _give(entry: Waiting, room: "_Room") -> Assignment | WaitsFor:
    task = entry.task
    able = room.able(task)
    if isinstance(able, WaitsFor):
        return able
    promised = task.callback_at is not None
    vip = task.customer.tier is not Tier.NONE
    same = next((a for a in able if a.staff_number == entry.last_holder), None) if vip else None
    if same is not None:
        # One contact follows a VIP through, also where their desk is full.
        return room.take(task, same, Why.SAME_SPECIALIST)
    named = next((a for a in able if a.staff_number == entry.manager), None)
    if named is not None and (promised or room.has(named)):
        return room.take(task, named, Why.PORTFOLIO)
    free = able if promised or task.block is not None else [a for a in able if room.has(a)]
    if not free:
        return WaitsFor.ROOM
    valued = entry.value in (Value.HIGH, Value.MID)
    best = min(
        free,
        key=lambda a: (bool(entry.team) and a.team != entry.team, _rank(a, task, valued), room.load(a), a.staff_number),
    )
    return room.take(task, best, Why.VALUE)


def _rank(agent: Agent, task: Task, valued: bool) -> int:
    if agent.role is Role.CALLBACK_STAFF and (task.type in _REVISITS or task.callback_at is not None):
        return -1
    return _RANK[valued][agent.role]


def _is_vip_desk(agent: Agent) -> bool:
    return agent.role is Role.VIP_SPECIALIST or agent.level is SkillLevel.VIP


class _Room:
    """How full each desk is while tasks are given out."""

    def __init__(self, desks: Sequence[Desk]) -> None:
        self._agents = [desk.agent for desk in desks if desk.agent.role in _WORKS]
        self._open = {desk.agent.staff_number: desk.open_tasks for desk in desks}
        self._able: dict[tuple[str, str, bool, bool], list[Agent] | WaitsFor] = {}

    def able(self, task: Task) -> list[Agent] | WaitsFor:
        """Who may take the task at all, or what is lacking."""
        vip = task.customer.tier is not Tier.NONE
        revisit = task.type in _REVISITS or task.callback_at is not None
        key = (task.scenario, task.area, vip, revisit)
        if key not in self._able:
            self._able[key] = self._find(task.scenario, task.area, vip=vip, revisit=revisit)
        return self._able[key]

    def _find(self, scenario: str, area: str, *, vip: bool, revisit: bool) -> list[Agent] | WaitsFor:
        skilled = [a for a in self._agents if scenario in a.skills and (revisit or a.role is not Role.CALLBACK_STAFF)]
        if not skilled:
            return WaitsFor.SKILL
        near = [a for a in skilled if not a.areas or not area or area in a.areas]
        if not near:
            return WaitsFor.AREA
        fit = [a for a in near if _is_vip_desk(a)] if vip else near
        return fit or WaitsFor.VIP_SPECIALIST

    def has(self, agent: Agent) -> bool:
        return self._open[agent.staff_number] < agent.daily_target

    def load(self, agent: Agent) -> float:
        return self._open[agent.staff_number] / max(agent.daily_target, 1)

    def take(self, task: Task, agent: Agent, why: Why) -> Assignment:
        if task.block is None:
            self._open[agent.staff_number] += 1
        return Assignment(task, agent.staff_number, why)
