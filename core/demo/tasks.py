"""The open tasks: which customers are to be called, and which of them somebody has already."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct, structs

from core.demo.care import Contacts
from core.demo.case import Case
from core.demo.cases import cases, open_promise
from core.demo.document import bad_numbers
from core.demo.life import Life
from core.demo.people import (
    AGENTS,
    AT_RISK,
    CAMPAIGNS,
    DISCONNECT,
    LOW_BALANCE,
    MARKET,
    NEW_HIGH_END,
    NEW_SERVICE,
    RENEWAL,
    REVISIT,
    ROAMING,
    SATISFACTION,
    SCENARIOS,
    UPGRADE,
    VIP,
    WELCOME,
    WIN_BACK,
    ZERO_USAGE,
)  # fmt: skip
from core.demo.rng import Purpose, stream
from core.demo.today import Today, moment
from core.domain.task import Block, Task, TaskCustomer, TaskState, Tier

SHARES = {UPGRADE: 0.32, DISCONNECT: 0.28, VIP: 0.13} | dict.fromkeys(CAMPAIGNS, 0.27 / len(CAMPAIGNS))
"""of the tasks, by scenario"""
HELD = {
    "1027": {VIP: 16, DISCONNECT: 12, UPGRADE: 12}
    | dict.fromkeys((NEW_HIGH_END, AT_RISK, RENEWAL, ROAMING, WIN_BACK), 2),
    "2043": {DISCONNECT: 18, UPGRADE: 22}
    | dict.fromkeys((WELCOME, LOW_BALANCE, REVISIT, ZERO_USAGE, NEW_SERVICE, SATISFACTION, MARKET), 2),
}
"""how many tasks of which scenario are assigned from the start, at most"""
_FOR_VIPS = frozenset({VIP, NEW_HIGH_END, AT_RISK, RENEWAL, ROAMING})
_LEASE = timedelta(hours=12)


class Candidate(Struct, frozen=True, kw_only=True):
    """What a task needs of a customer; small, so that a world may keep one per customer."""

    index: int
    customer: TaskCustomer
    customer_id: str
    area: str
    grid: str
    branch: str
    cases: list[Case]
    meant_for: str
    """staff number, for a demonstration's case"""
    meant_scenario: str
    block: Block | None
    promises: dict[str, datetime]
    """scenario → when a callback is promised"""
    attempts: dict[str, int]
    """scenario → dials of the last week"""


def candidate(life: Life, seen: Contacts) -> Candidate:
    who, week_ago = life.profile, life.today.as_of - timedelta(days=7)
    promises = {s: call.callback_at for s in SCENARIOS if (call := open_promise(life, s)) and call.callback_at}
    return Candidate(
        index=who.index,
        customer=TaskCustomer(name=who.name, numbers=who.numbers, tier=life.tier),
        customer_id=who.id,
        area=who.place.area,
        grid=who.place.grid,
        branch=who.place.branch,
        cases=cases(life, seen),
        meant_for=who.part.agent,
        meant_scenario=who.part.scenario,
        block=_block(life),
        promises=promises,
        attempts={s: sum(call.scenario == s and call.at > week_ago for call in life.calls) for s in SCENARIOS},
    )


def _block(life: Life) -> Block | None:
    if not life.profile.numbers:
        return Block.NO_NUMBER
    if life.opted_out:
        return Block.OPTED_OUT
    return Block.BAD_NUMBER if bad_numbers(life).issuperset(life.profile.numbers) else None


def open_tasks(seed: int, today: Today, candidates: Iterable[Candidate], count: int) -> Iterator[Task]:
    """Up to `count` tasks, one a customer, in the order of the candidates."""
    quotas = {scenario: round(count * share) for scenario, share in SHARES.items()}
    free = {agent: dict(places) for agent, places in HELD.items()}
    waiting: list[tuple[Candidate, list[Case]]] = []
    made = 0
    for one in candidates:
        if made >= count:
            return
        if one.block is not None and not one.meant_scenario and one.index % 4:
            continue
        case = _choose(one, quotas)
        if case is None:
            waiting.append((one, one.cases))
            continue
        quotas[case.scenario] -= 1
        made += 1
        yield _task(seed, today, one, case, _holder(one, case, free))
    for one, spare in waiting:
        if made >= count:
            return
        if spare:
            made += 1
            yield _task(seed, today, one, spare[0], "")


def _choose(one: Candidate, quotas: dict[str, int]) -> Case | None:
    """The case that a demonstration means, else the weightiest whose campaign has room."""
    if one.meant_scenario:
        meant = [case for case in one.cases if case.scenario == one.meant_scenario]
        return meant[0] if meant else None
    return next((case for case in one.cases if quotas[case.scenario] > 0), None)


_AREAS = {agent.staff_number: agent.areas for agent in AGENTS}


def _holder(one: Candidate, case: Case, free: dict[str, dict[str, int]]) -> str:
    """Staff number of the one who has the task from the start; empty where it waits."""
    if one.meant_scenario == case.scenario and one.meant_for not in free:
        return one.meant_for
    for agent, places in free.items():
        room = places.get(case.scenario, 0) > 0
        vip = one.customer.tier is not Tier.NONE
        fits = one.area in _AREAS[agent] and (case.scenario in _FOR_VIPS or not vip) and one.block is None
        if one.meant_for == agent or (not one.meant_for and room and fits):
            places[case.scenario] = places.get(case.scenario, 0) - 1
            return agent
    return ""


def _task(seed: int, today: Today, one: Candidate, case: Case, holder: str) -> Task:
    rng = stream(seed, one.index, Purpose.TASK)
    created_at = min(
        moment(today.day - timedelta(days=rng.randrange(4)), 3 * 60 + 40), today.as_of - timedelta(hours=1)
    )
    due_at = moment(today.day + timedelta(days=rng.randrange(1, 6)), 20 * 60)
    task = Task(
        id=f"Q{one.index + 1:07d}",
        customer_id=one.customer_id,
        type=case.type,
        scenario=case.scenario,
        state=TaskState.WAITING,
        priority=case.priority,
        reason=case.reason,
        figure=case.figure,
        customer=one.customer,
        area=one.area,
        grid=one.grid,
        branch=one.branch,
        created_at=created_at,
        due_at=due_at,
        expires_at=due_at + timedelta(days=9),
        attempts=one.attempts.get(case.scenario, 0),
        block=one.block,
    )
    return _held(today, task, one, holder) if holder else task


def _held(today: Today, task: Task, one: Candidate, holder: str) -> Task:
    promised = one.promises.get(task.scenario)
    return structs.replace(
        task,
        state=TaskState.FOLLOW_UP if promised else TaskState.ASSIGNED,
        assigned_to=holder,
        lease_epoch=1,
        lease_expires_at=today.as_of + _LEASE,
        callback_at=promised,
        callback_number=one.customer.numbers[0] if promised and one.customer.numbers else "",
    )
