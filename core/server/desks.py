"""Who may take a task at all, and how full each desk is. Pure rules, no I/O.

The role works dispatched tasks, the skill is certified (ROLE-03), the place is theirs (TASK-03), a VIP goes to a VIP
specialist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.people import Agent, Role, SkillLevel
from core.domain.task import TaskType

CALLBACK_LEAD = timedelta(minutes=30)
"""a callback that anyone may take goes to a desk so long before it falls due"""
REVISITS = frozenset({TaskType.COMPLAINT_REVISIT, TaskType.MARKET_SURVEY, TaskType.SATISFACTION_SURVEY})
"""types of tasks that callback staff take"""
_WORKS = frozenset({Role.OUTBOUND_REPRESENTATIVE, Role.PHONE_ACCOUNT_MANAGER, Role.VIP_SPECIALIST, Role.CALLBACK_STAFF})


class WaitsFor(StrEnum):
    """Why a task stays where it is."""

    SKILL = "skill"
    AREA = "area"
    VIP_SPECIALIST = "vip_specialist"
    ROOM = "room"
    LATER = "later"
    OPTED_OUT = "opted_out"
    REST = "rest"
    """its customer may not be called yet: a cap, a complaint, hours of their own"""
    LIST_HELD = "list_held"
    """agents found too much wrong in its list; somebody has to confirm it"""


@dataclass(frozen=True, slots=True)
class Desk:
    """An enabled user and how much is on their desk."""

    agent: Agent
    open_tasks: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """What of a task decides who may take it."""

    scenario: str
    places: tuple[str, ...]
    """area, grid and branch of the customer, as far as they are known: one of them must be the agent's"""
    vip: bool
    revisit: bool
    """one that callback staff may take: a revisit, a survey, a promised callback"""


def places_of(area: str, grid: str, branch: str) -> tuple[str, ...]:
    """Without those that nobody knows."""
    return tuple(dict.fromkeys(place for place in (area, grid, branch) if place))


def too_early(callback_at: datetime | None, now: datetime) -> bool:
    return callback_at is not None and callback_at > now + CALLBACK_LEAD


class Room:
    """Who may take what, and how full each desk is while tasks are given out."""

    def __init__(self, desks: Sequence[Desk]) -> None:
        self._agents = [desk.agent for desk in desks if works(desk.agent)]
        self._by_number = {one.staff_number: one for one in self._agents}
        self._open = {desk.agent.staff_number: desk.open_tasks for desk in desks}
        self.loads = {desk.agent.staff_number: _load(desk.agent, desk.open_tasks) for desk in desks}
        """by staff number, open tasks for each that the day's target asks"""
        self._able: dict[Need, list[Agent] | WaitsFor] = {}

    def copy(self) -> "Room":
        """As full as this one is now."""
        twin = Room(())
        twin._agents, twin._open, twin._able = self._agents, {**self._open}, self._able
        twin._by_number = self._by_number
        twin.loads = {**self.loads}
        return twin

    def able(self, need: Need) -> list[Agent] | WaitsFor:
        """Who may take such a task, full desks too, or what is lacking."""
        if need not in self._able:
            self._able[need] = self._find(need)
        return self._able[need]

    @property
    def full(self) -> bool:
        """Nobody has room for one more task today."""
        return not any(map(self.has, self._agents))

    def has(self, agent: Agent) -> bool:
        return self._open[agent.staff_number] < agent.daily_target

    def put(self, agent: Agent) -> None:
        """One task more lies on that desk."""
        self._open[agent.staff_number] += 1
        self.loads[agent.staff_number] = _load(agent, self._open[agent.staff_number])

    def move(self, before: str, after: str) -> None:
        """A task that was put on the one desk lies on the other."""
        self._open[before] -= 1
        self.loads[before] = _load(self._by_number[before], self._open[before])
        self.put(self._by_number[after])

    def _find(self, need: Need) -> list[Agent] | WaitsFor:
        skilled = [
            agent
            for agent in self._agents
            if need.scenario in agent.skills and (need.revisit or agent.role is not Role.CALLBACK_STAFF)
        ]
        if not skilled:
            return WaitsFor.SKILL
        near = [agent for agent in skilled if not agent.areas or not need.places or {*agent.areas} & {*need.places}]
        if not near:
            return WaitsFor.AREA
        fit = [agent for agent in near if is_vip_desk(agent)] if need.vip else near
        return fit or WaitsFor.VIP_SPECIALIST


def _load(agent: Agent, open_tasks: int) -> float:
    return open_tasks / max(agent.daily_target, 1)


def works(agent: Agent) -> bool:
    """Whether tasks are given to such a person at all."""
    return agent.role in _WORKS


def is_vip_desk(agent: Agent) -> bool:
    """Whether VIPs may be given to them."""
    return agent.role is Role.VIP_SPECIALIST or agent.level is SkillLevel.VIP
