"""Where a task stands in the queue: pure rules, and the columns by which SQL orders the same way."""

from datetime import datetime, timedelta
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from core.domain.clock import day_start, local_day
from core.domain.task import OPEN_STATES, TIER_RANK, Task, Tier
from core.store.times import NEVER, micros
from core.store.types import Section, Sort

SCENARIO_ORDER = ("vip-care", "broadband-disconnect", "4g-upgrade")
"""a line about to be cut cannot wait, an upgrade can; scenarios of later files follow by name"""
_OTHER_SCENARIO = 50
_LETTERS = "-0123456789abcdefghijklmnopqrstuvwxyz"
_NAME_LETTERS = 10
_TIER_STEP = 10**18
"""above any scenario's rank with its priority"""
_TIERS = tuple(sorted(TIER_RANK, key=lambda tier: TIER_RANK[tier]))


class Part(IntEnum):
    """The stored half of a section; the present decides between DUE and LATER."""

    CALLBACK = 0
    VIP = 1
    SCENARIO = 2
    BLOCKED = 3


class Place(NamedTuple):
    """The ordering columns of a task."""

    part: int
    rank: int
    at: int
    """microseconds: the callback, else the due time, else NEVER"""
    task_id: str
    tier: int
    scenario_rank: int
    scenario: str
    name_key: str


@cache
def scenario_rank(scenario: str) -> int:
    """Smaller comes first. What has no place of its own is told apart by name, or the queue would mix them."""
    if scenario in SCENARIO_ORDER:
        return SCENARIO_ORDER.index(scenario)
    rank = 0
    for letter in scenario.lower()[:_NAME_LETTERS].ljust(_NAME_LETTERS):
        rank = rank * (len(_LETTERS) + 1) + _LETTERS.find(letter) + 1
    return _OTHER_SCENARIO + rank


def is_open(task: Task) -> bool:
    """Only open tasks are kept for the queue."""
    return task.state in OPEN_STATES


def place(task: Task) -> Place:
    tier, scenario = TIER_RANK[task.customer.tier], scenario_rank(task.scenario)
    part = _part(task)
    rank = scenario * 100 + task.priority
    if part is Part.CALLBACK:
        rank = 0
    elif part is Part.VIP:
        rank += tier * _TIER_STEP
    time = task.callback_at or task.due_at
    return Place(
        part=part,
        rank=rank,
        at=NEVER if time is None else micros(time),
        task_id=task.id,
        tier=tier,
        scenario_rank=scenario,
        scenario=task.scenario,
        name_key=(task.customer.pinyin or task.customer.name).lower(),
    )


def _part(task: Task) -> Part:
    if task.block is not None:
        return Part.BLOCKED
    if task.callback_at is not None:
        return Part.CALLBACK
    return Part.SCENARIO if task.customer.tier is Tier.NONE else Part.VIP


_STANDING = {Part.VIP.value: Section.VIP, Part.SCENARIO.value: Section.SCENARIO, Part.BLOCKED.value: Section.BLOCKED}
"""looked up by the plain number: a page of the queue asks two hundred times"""
_CALLBACK = Part.CALLBACK.value


def section(part: int, at: int, now: int) -> Section:
    """The section of a stored place at the moment `now` (microseconds)."""
    if part == _CALLBACK:
        return Section.DUE if at <= now else Section.LATER
    return _STANDING[part]


def tier_of(rank: int) -> Tier:
    return _TIERS[rank]


SECTION_ORDER = {section: index for index, section in enumerate(Section)}
# One tuple per sort, in the order of the index that serves it.
SORT_COLUMNS: dict[Sort, tuple[str, ...]] = {
    Sort.QUEUE: ("rank", "at", "task_id"),
    Sort.NAME: ("name_key", "task_id"),
    Sort.DUE: ("at", "task_id"),
    Sort.TIER: ("tier", "at", "task_id"),
    Sort.SCENARIO: ("scenario_rank", "scenario", "at", "task_id"),
}
SORT_INDEX: dict[Sort, str] = {
    Sort.QUEUE: "task_queue",
    Sort.NAME: "task_name",
    Sort.DUE: "task_due",
    Sort.TIER: "task_tier",
    Sort.SCENARIO: "task_scenario",
}


def sort_key(at_place: Place, sort: Sort) -> tuple[int | str, ...]:
    """What SQL orders by within a section (QUEUE) or across all of them."""
    return tuple(getattr(at_place, column) for column in SORT_COLUMNS[sort])


def end_of_day(moment: datetime) -> datetime:
    """The midnight that ends the local day: until then a skip without a time holds."""
    return day_start(local_day(moment)) + timedelta(days=1)
