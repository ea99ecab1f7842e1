"""Dispatch: who gets which waiting task. Pure rules, no I/O.

Of those who may take it (`core.server.desks`) soft rules say who comes first: the specialist who had this VIP before
(VIP-06), the manager whose portfolio the customer is in (TASK-05), phone account managers for value and outbound
representatives for the mass market (TASK-04), then the one with the most room left today (TASK-06). Where all who may
take it are full, others of the same giving out change desks for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from core.domain.customer import Value
from core.domain.people import Agent, Role
from core.domain.task import TIER_RANK, Block, Task, Tier
from core.server.desks import REVISITS, Desk, Need, Room, WaitsFor, places_of, too_early
from core.server.making_room import Placed, Placements

_NEVER = datetime.max.replace(tzinfo=UTC)
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
    grid: str = ""
    branch: str = ""
    not_to: frozenset[str] = frozenset()
    """staff numbers of those from whom a lead took it today"""
    rests: bool = False
    """its customer may not be called yet"""
    at_once: bool = False
    """it cannot wait until a desk has room"""


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
    round_ = Round(desks, now)
    round_.give(tasks)
    return round_.done()


class Round:
    """One giving out, page by page: what an earlier page filled stays full for the next."""

    def __init__(self, desks: Sequence[Desk], now: datetime) -> None:
        self._room, self._now = Room(desks), now
        self._given: list[Assignment] = []
        self._placements, self._placed = Placements(), dict[str, Placed]()
        self._waiting: dict[WaitsFor, int] = {}

    @property
    def given(self) -> Sequence[Assignment]:
        """So far."""
        return self._given

    def copy(self) -> "Round":
        """To see what would be given, and then give it or not."""
        twin = Round((), self._now)
        twin._room, twin._given, twin._waiting = self._room.copy(), [*self._given], {**self._waiting}
        twin._placements, twins = self._placements.copy()
        twin._placed = {task_id: twins[id(one)] for task_id, one in self._placed.items()}
        return twin

    @property
    def full(self) -> bool:
        """Nobody has room for more."""
        return self._room.full

    def give(self, tasks: Iterable[Waiting]) -> None:
        for entry in sorted(tasks, key=order_of):
            found = _later(entry, self._now) or _give(entry, self._room, self._placements)
            if isinstance(found, Assignment):
                self._given.append(found)
                if found.why is Why.VALUE and entry.task.block is None and not _at_any_cost(entry):
                    placed = Placed(need_of(entry), found.staff_number, entry.not_to)
                    self._placed[entry.task.id] = self._placements.add(placed)
            else:
                self._waiting[found] = self._waiting.get(found, 0) + 1

    def done(self) -> Dispatched:
        return Dispatched(tuple(map(self._where, self._given)), self._waiting)

    def _where(self, given: Assignment) -> Assignment:
        placed = self._placed.get(given.task.id)
        return (
            given if placed is None or placed.desk == given.staff_number else replace(given, staff_number=placed.desk)
        )


def order_of(entry: Waiting) -> tuple[bool, datetime, int, int, datetime, datetime, str]:
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


def _later(entry: Waiting, now: datetime) -> WaitsFor | None:
    task = entry.task
    if task.block is Block.OPTED_OUT:
        return WaitsFor.OPTED_OUT
    if too_early(task.callback_at, now):
        return WaitsFor.LATER
    return WaitsFor.REST if entry.rests else None


def need_of(entry: Waiting) -> Need:
    """What of it decides who may take it."""
    task = entry.task
    return Need(
        task.scenario,
        places_of(task.area, entry.grid, entry.branch),
        vip=task.customer.tier is not Tier.NONE,
        revisit=task.type in REVISITS or task.callback_at is not None,
    )


def _at_any_cost(entry: Waiting) -> bool:
    """It goes also to a full desk."""
    return entry.task.callback_at is not None or entry.at_once


def _give(entry: Waiting, room: Room, placements: Placements) -> Assignment | WaitsFor:
    task, need = entry.task, need_of(entry)
    able = room.able(need)
    if isinstance(able, WaitsFor):
        return able
    if entry.not_to and not (able := [agent for agent in able if agent.staff_number not in entry.not_to]):
        return WaitsFor.ROOM
    promised = _at_any_cost(entry)
    same = next((a for a in able if a.staff_number == entry.last_holder), None) if need.vip else None
    if same is not None:
        # One contact follows a VIP through, also where their desk is full.
        return _taken(room, task, same, Why.SAME_SPECIALIST)
    named = next((a for a in able if a.staff_number == entry.manager), None)
    if named is not None and (promised or room.has(named)):
        return _taken(room, task, named, Why.PORTFOLIO)
    free = able if promised or task.block is not None else [a for a in able if room.has(a)]
    if not free:
        freed = None if entry.not_to else placements.make_room(room, need, able)
        return WaitsFor.ROOM if freed is None else _taken(room, task, freed, Why.VALUE)
    # Asked of every desk for every task: what is the same for all desks is worked out before.
    ranks, team, loads = _ranks(task, valued=entry.value in (Value.HIGH, Value.MID)), entry.team, room.loads
    best = min(
        free,
        key=lambda a: (team != "" and a.team != team, ranks[a.role], loads[a.staff_number], a.staff_number),
    )
    return _taken(room, task, best, Why.VALUE)


def _ranks(task: Task, *, valued: bool) -> Mapping[Role, int]:
    """Whom such a task goes to first, the least first."""
    ranks = _RANK[valued]
    return {**ranks, Role.CALLBACK_STAFF: -1} if task.type in REVISITS or task.callback_at is not None else ranks


def _taken(room: Room, task: Task, agent: Agent, why: Why) -> Assignment:
    if task.block is None:
        room.put(agent)
    return Assignment(task, agent.staff_number, why)
