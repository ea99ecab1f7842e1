"""What the demo's agents have asked of departments, promised for good, and brought about days later."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import NamedTuple
from uuid import UUID, uuid5

from core.demo.outcomes import past_outcomes
from core.demo.today import Today
from core.domain.clock import day_start, local_day
from core.domain.commitment import Commitment, Rhythm
from core.domain.errand import Errand, ErrandKind, ErrandState, ErrandStep, PlacedErrand, Stage
from core.domain.later_event import LaterEvent, LaterKind
from core.domain.offered import Reply
from core.domain.outcome import CONNECTED, Intent
from core.domain.task import Task
from core.domain.text import Text

_NAMESPACE = UUID("7a3c5a52-7a0c-5b62-9d1e-2f4f4d1d9a11")
_AGENTS = ("1027", "2043")
_LATER_AMONG, _LATER_MOST = 150, 8
_PAID_AFTER, _COLLECTED_AFTER = timedelta(days=2, hours=1), timedelta(days=35)
"""a deposit is paid in within days, a fee on the next bill weeks later"""
_PAID_AMONG, _UNPAID_IN = 900, 3
"""customers looked at, and one of how many sales is not paid yet"""
_HOUR = timedelta(hours=1)
_VISIT_AT = timedelta(hours=15)


class DemoErrands(NamedTuple):
    errands: list[PlacedErrand]
    commitments: list[Commitment]
    later: list[LaterEvent]


class _Kind(NamedTuple):
    kind: ErrandKind
    department: str
    text: str
    state: ErrandState
    hours_ago: int
    stage: Stage | None = None
    reason: Text | None = None
    late: bool = False
    visit_in_d: int = 0
    """days from today, at three in the afternoon"""


_REFUSED = Text("端口已满，本月内不能施工", "no free port; nothing can be set up this month")
_FOUND = Text("小区分光器老化，已更换", "an old splitter in the building, replaced")
_TELLS = Text("割接参数有误，已改", "a wrong setting after a cutover, corrected")
_EACH = (
    _Kind(
        ErrandKind.WORK_ORDER, "maintenance", "晚上 8 点后掉线，请查线路", ErrandState.IN_PROGRESS, 20, Stage.CONTACTED
    ),
    _Kind(ErrandKind.WORK_ORDER, "branch", "提速到 500M，客户已确认", ErrandState.DONE, 60, Stage.COMPLETED),
    _Kind(ErrandKind.WORK_ORDER, "branch", "加装一台路由器", ErrandState.REFUSED, 30, None, _REFUSED),
    _Kind(ErrandKind.WORK_ORDER, "back_office", "核对上月多收的流量费", ErrandState.ACCEPTED, 30, None, None, True),
    _Kind(ErrandKind.HOME_VISIT, "branch", "上门测速，客户下午在家", ErrandState.ACCEPTED, 5, None, None, False, 1),
    _Kind(ErrandKind.HOME_VISIT, "maintenance", "上门修障", ErrandState.DONE, 70, None, _FOUND, False, -2),
    _Kind(ErrandKind.ESCALATION, "team_lead", "客户要求班长回电", ErrandState.SUBMITTED, 2),
    _Kind(ErrandKind.FEEDBACK, "network", "割接后漫游短信丢失，多位客户反映", ErrandState.DONE, 90, None, _TELLS),
    _Kind(ErrandKind.ESCALATION, "back_office", "赠款未到账，请核实", ErrandState.WAITING, 0),
)
_HOURS = {"maintenance": 48, "branch": 72, "back_office": 24, "team_lead": 8, "network": 168}


def demo_errands(seed: int, tasks: Iterable[Task], today: Today) -> DemoErrands:
    """For the agents that people sign in as: an errand in each state, a commitment, and events of the past weeks."""
    held: dict[str, list[Task]] = {agent: [] for agent in _AGENTS}
    for task in tasks:
        if task.assigned_to in held and len(held[task.assigned_to]) < len(_EACH):
            held[task.assigned_to].append(task)
    errands = [_errand(kind, task, today) for own in held.values() for kind, task in zip(_EACH, own, strict=False)]
    commitments = [_commitment(own[-1], at, today) for at, own in enumerate(held.values()) if own]
    return DemoErrands(errands, commitments, [*islice(_later(seed, today), _LATER_MOST), *_money(seed, today)])


def _errand(kind: _Kind, task: Task, today: Today) -> PlacedErrand:
    at = today.as_of - kind.hours_ago * _HOUR
    due = day_start(local_day(today.as_of) + timedelta(days=kind.visit_in_d)) + _VISIT_AT
    visit = kind.kind is ErrandKind.HOME_VISIT
    asked = Errand(
        id=uuid5(_NAMESPACE, f"{task.id}/{kind.kind}/{kind.department}"),
        kind=kind.kind,
        department=kind.department,
        text=kind.text,
        agent=task.assigned_to,
        at=at,
        customer_id=task.customer_id,
        scenario=task.scenario,
        number=task.customer.numbers[0] if task.customer.numbers else "",
        consent=visit,
        due_at=due if visit else None,
    )
    begins = due if visit else at
    late_at = today.as_of - 2 * _HOUR if kind.late else None
    next_month = (local_day(today.as_of).replace(day=1) + timedelta(days=32)).replace(day=1)
    return PlacedErrand(
        errand=asked,
        state=kind.state,
        stage=kind.stage,
        answer_by=late_at or begins + _HOURS[kind.department] * _HOUR,
        overdue_at=late_at,
        reason=kind.reason,
        reference=f"BM-{asked.id.hex[:8].upper()}" if kind.state is not ErrandState.WAITING else "",
        bill_on=next_month if kind.stage is Stage.COMPLETED else None,
        heard=1 if kind.state is not ErrandState.WAITING else 0,
        leaving=kind.state is not ErrandState.WAITING,
        steps=tuple(_steps(kind, asked, today)),
    )


def _steps(kind: _Kind, asked: Errand, today: Today) -> Iterator[ErrandStep]:
    yield ErrandStep(state=ErrandState.WAITING, at=asked.at, by=asked.agent)
    if kind.state is not ErrandState.WAITING:
        changed = asked.at + (today.as_of - asked.at) / 2
        yield ErrandStep(state=kind.state, at=changed, by=kind.department, stage=kind.stage, words=kind.reason)


def _commitment(task: Task, number: int, today: Today) -> Commitment:
    """One agent reads a blind customer's bill each month, the other looks in on somebody each week."""
    monthly = number == 0
    return Commitment(
        id=uuid5(_NAMESPACE, f"{task.id}/commitment"),
        customer_id=task.customer_id,
        agent=task.assigned_to,
        scenario=task.scenario,
        text="客户视力不便，每月读账单" if monthly else "独居老人，每周问候一次",
        rhythm=Rhythm.MONTHLY if monthly else Rhythm.WEEKLY,
        first_on=local_day(today.as_of) + timedelta(days=3 + number),
        minute=10 * 60 + 30,
        at=today.as_of - 24 * _HOUR,
    )


def _later(seed: int, today: Today) -> Iterator[LaterEvent]:
    """Customers who wavered on the phone, and ordered some days later another way."""
    for index in range(_LATER_AMONG):
        for saved in past_outcomes(seed, index, today):
            outcome = saved.outcome
            wavered = outcome.intent in (Intent.HESITANT, Intent.WILL_VISIT_STORE) and outcome.contact in CONNECTED
            at = outcome.recorded_at + timedelta(days=1 + index % 4, hours=2)
            if wavered and not outcome.success and at < today.as_of:
                yield LaterEvent(
                    id=f"demo-{outcome.id}",
                    kind=LaterKind.REFERRED if index % 5 == 0 else LaterKind.ORDERED,
                    customer_id=outcome.customer_id,
                    at=at,
                    channel="store" if index % 2 else "online",
                )


def _money(seed: int, today: Today) -> Iterator[LaterEvent]:
    """OFFER-06: deposits that customers paid in, and fees of the next bill that were collected; some have not yet."""
    for index in range(_PAID_AMONG):
        for saved in past_outcomes(seed, index, today):
            outcome = saved.outcome
            for made in outcome.offers:
                at = outcome.recorded_at + (_COLLECTED_AFTER if made.next_bill else _PAID_AFTER)
                if made.reply is Reply.ACCEPTED and made.price_fen and at < today.as_of and outcome.id.int % _UNPAID_IN:
                    yield LaterEvent(
                        id=f"demo-paid-{outcome.id}",
                        kind=LaterKind.RECOVERED if made.next_bill else LaterKind.DEPOSITED,
                        customer_id=outcome.customer_id,
                        at=at,
                        what=made.offer,
                        name=made.name,
                        channel="bill" if made.next_bill else "store",
                        fen=made.price_fen,
                    )
