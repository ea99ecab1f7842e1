"""The queue in plain Python, written from what an agent is promised: what the store shows must equal it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec
from store_kit import Contact, Section, Sort

from core.domain.task import TIER_RANK, Block, Task, TaskState, Tier
from core.store.types import QueueQuery
from core.wire.push import Saved

SCENARIOS = ["vip-care", "broadband-disconnect", "4g-upgrade", "low-balance", "win-back"]
"""three with a place of their own, two that follow by name"""
TRIED_AGAIN = {Contact.UNANSWERED, Contact.REJECTED, Contact.OTHER_NUMBER}


@dataclass
class Touch:
    """The last outcome saved on a task, and whether the server has answered it."""

    saved: Saved
    settled: bool = False


@dataclass
class Shown:
    task: Task
    section: Section
    at: datetime | None
    """by what it is ordered in time: the callback, what it waits for, or the due time"""


@dataclass
class Model:
    mirror: dict[str, Task] = field(default_factory=dict)
    touched: dict[str, Touch] = field(default_factory=dict)
    skips: dict[str, datetime] = field(default_factory=dict)
    begun: dict[str, datetime] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def pulled(self, task_id: str, task: Task | None) -> None:
        touch = self.touched.get(task_id)
        if touch is not None and touch.settled:
            del self.touched[task_id]
        if task is None:
            self.mirror.pop(task_id, None)
        else:
            self.mirror[task_id] = task

    def save(self, saved: Saved) -> None:
        task_id = saved.outcome.task_id
        assert task_id is not None
        self.touched[task_id] = Touch(saved)
        self.skips.pop(task_id, None)
        self.begun.pop(task_id, None)
        if saved.outcome.opt_out:
            self.refused.add(saved.outcome.customer_id)

    def shown(self, now: datetime) -> list[Shown]:
        found = []
        for task in self.mirror.values():
            one = self._show(task, now)
            if one is not None:
                found.append(one)
        return found

    def _show(self, task: Task, now: datetime) -> Shown | None:
        until = self.skips.get(task.id)
        touch = self.touched.get(task.id)
        if touch is not None:
            callback = next(iter(touch.saved.follow_ups), None)
            if callback is not None and callback.mine:
                task = msgspec.structs.replace(
                    task, state=TaskState.FOLLOW_UP, callback_at=callback.due_at, attempts=task.attempts + 1
                )
            elif callback is None and touch.saved.outcome.contact in TRIED_AGAIN:
                again = touch.saved.outcome.recorded_at + timedelta(hours=2)
                until = max(until, again) if until else again
            else:
                return None
        if task.customer_id in self.refused:
            task = msgspec.structs.replace(task, block=Block.OPTED_OUT)
        if task.id in self.begun:
            return Shown(task, Section.UNFINISHED, self.begun[task.id])
        time = task.callback_at or task.due_at
        if task.block is not None:
            return Shown(task, Section.BLOCKED, time)
        if until is not None and until > now:
            return Shown(task, Section.LATER, until)
        if task.callback_at is not None:
            return Shown(task, Section.DUE if task.callback_at <= now else Section.LATER, time)
        return Shown(task, Section.SCENARIO if task.customer.tier is Tier.NONE else Section.VIP, time)


def ordered(shown: list[Shown], query: QueueQuery) -> list[Shown]:
    """Those that the query asks for, in its order."""
    kept = [
        one
        for one in shown
        if (query.section is None or one.section is query.section)
        and (not query.scenarios or one.task.scenario in query.scenarios)
        and (not query.tiers or one.task.customer.tier in query.tiers)
        and (not query.text or found_by_eye(one.task, query.text))
    ]
    return sorted(kept, key=lambda one: _key(one, query.sort))


def _key(one: Shown, sort: Sort) -> tuple[object, ...]:
    task = one.task
    time = (one.at is None, one.at.timestamp() if one.at else 0.0)
    scenario = SCENARIOS.index(task.scenario)
    match sort:
        case Sort.NAME:
            return (task.customer.pinyin, task.id)
        case Sort.DUE:
            return (*time, task.id)
        case Sort.TIER:
            return (TIER_RANK[task.customer.tier], *time, task.id)
        case Sort.SCENARIO:
            return (scenario, *time, task.id)
    tier = TIER_RANK[task.customer.tier] if task.customer.tier is not Tier.NONE else 0
    importance: tuple[object, ...] = (scenario, task.priority)
    match one.section:
        case Section.VIP:
            importance = (tier, *importance)
        case Section.DUE | Section.LATER | Section.UNFINISHED:
            importance = ()
    return (list(Section).index(one.section), *importance, *time, task.id)


def found_by_eye(task: Task, text: str) -> bool:
    """What LIKE finds, over each word of a task."""
    who = task.customer
    return any(text.lower() in word.lower() for word in (who.name, who.pinyin, who.initials, *who.numbers, task.id))
