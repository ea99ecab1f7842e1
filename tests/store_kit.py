"""Builders for tests of the store and the sync: tasks, customers, outcomes and pages, with numbers nobody can dial."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from core.domain.call import AddedNumber, CallRecord, Dial, Direction, Reveal, Skip
from core.domain.customer import Contacting, Document, Identity, Number
from core.domain.data_periods import DATA_PERIODS, DataPeriods, Kept, Period
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.outcome import Contact, Outcome
from core.domain.task import Block, Task, TaskCustomer, TaskState, TaskType, Tier
from core.domain.text import Text
from core.store.types import QueueQuery, Section, Sort
from core.wire.pull import Change, ContentDocument, Kind, PullPage
from core.wire.push import Answer, Answers, Dialled, NumberAdded, Revealed, Saved, Skipped, Verdict

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""ten in the morning in China"""
AGENT = "1001"


def a_task(number: int, **changed: object) -> Task:
    values: dict[str, object] = {
        "id": f"T{number:04d}",
        "customer_id": f"C{number:04d}",
        "type": TaskType.CHURN_INCLINED_VISIT,
        "scenario": "4g-upgrade",
        "state": TaskState.ASSIGNED,
        "priority": 5,
        "reason": Text("流量连续超套", "Over the allowance"),
        "customer": TaskCustomer(
            name="吴文静", pinyin="wuwenjing", initials="wwj", numbers=(f"100{number:08d}",), tier=Tier.NONE
        ),
        "created_at": NOW - timedelta(days=1),
        "due_at": NOW + timedelta(hours=number % 7),
        "assigned_to": AGENT,
        "lease_epoch": 1,
    }
    return Task(**(values | changed))  # type: ignore[arg-type]


def with_customer(task: Task, **changed: object) -> Task:
    return msgspec.structs.replace(task, customer=msgspec.structs.replace(task.customer, **changed))


def a_document(number: int, *, numbers: tuple[str, ...] = (), name: str = "吴文静") -> Document:
    return Document(
        id=f"C{number:04d}",
        version=1,
        identity=Identity(name=name),
        contact=Contacting(numbers=[Number(number=n, main=i == 0) for i, n in enumerate(numbers)]),
    )


def an_outcome(task: Task | None, **changed: object) -> Outcome:
    values: dict[str, object] = {
        "id": uuid4(),
        "task_id": task.id if task else None,
        "lease_epoch": task.lease_epoch if task else None,
        "customer_id": task.customer_id if task else "C9999",
        "agent": AGENT,
        "scenario": task.scenario if task else "4g-upgrade",
        "script_version": 1,
        "call": CallRecord(direction=Direction.OUTBOUND, number="10012345678", talk_time_s=95),
        "result": "no_change_needed",
        "contact": Contact.OWNER,
        "success": True,
        "recorded_at": NOW,
    }
    return Outcome(**(values | changed))  # type: ignore[arg-type]


def a_callback(outcome: Outcome, due_at: datetime, *, mine: bool = True) -> FollowUp:
    return FollowUp(
        id=uuid4(),
        outcome_id=outcome.id,
        task_id=outcome.task_id,
        customer_id=outcome.customer_id,
        agent=outcome.agent,
        kind=FollowUpKind.CALLBACK,
        due_at=due_at,
        mine=mine,
        number="10012345678",
    )


def saved(task: Task | None, *, callback_at: datetime | None = None, mine: bool = True, **changed: object) -> Saved:
    outcome = an_outcome(task, **changed)
    return Saved(outcome=outcome, follow_ups=(a_callback(outcome, callback_at, mine=mine),) if callback_at else ())


def a_skip(task_id: str, until: datetime | None, at: datetime = NOW) -> Skipped:
    return Skipped(skip=Skip(id=uuid4(), task_id=task_id, reason="busy_hour", at=at, agent=AGENT, until=until))


def a_dial(customer_id: str, at: datetime = NOW) -> Dialled:
    return Dialled(
        dial=Dial(id=uuid4(), customer_id=customer_id, task_id=None, number="10012345678", at=at, agent=AGENT)
    )


def a_reveal(customer_id: str) -> Revealed:
    return Revealed(reveal=Reveal(id=uuid4(), customer_id=customer_id, number="10012345678", at=NOW, agent=AGENT))


def a_number(customer_id: str, number: str) -> NumberAdded:
    return NumberAdded(
        number=AddedNumber(id=uuid4(), customer_id=customer_id, number=number, source="owner", at=NOW, agent=AGENT)
    )


def put(value: Task | Document | ContentDocument, key: str = "") -> Change:
    body = msgspec.Raw(msgspec.json.encode(value))
    if isinstance(value, Task):
        return Change(kind=Kind.TASK, key=value.id, body=body)
    if isinstance(value, Document):
        return Change(kind=Kind.CUSTOMER, key=value.id, body=body)
    return Change(kind=Kind.CONTENT, key=key or f"{value.kind}/{value.name}", body=body)


def gone(kind: Kind, key: str, why: str = "") -> Change:
    return Change(kind=kind, key=key, deleted=True, why=why)


def a_page(*changes: Change, cursor: str = "1", more: bool = False, at: datetime = NOW) -> PullPage:
    return PullPage(changes=list(changes), cursor=cursor, more=more, server_time=at)


def answered(*ids: UUID, verdict: Verdict = Verdict.ACCEPTED, at: datetime = NOW, message: str = "") -> Answers:
    return Answers(
        answers=tuple(Answer(id=i, verdict=verdict, message_zh=message, message_en=message) for i in ids),
        server_time=at,
    )


def asking(now: datetime = NOW, **changed: object) -> QueueQuery:
    return QueueQuery(now=now, **changed)  # type: ignore[arg-type]


__all__ = [
    "AGENT",
    "NOW",
    "Block",
    "Contact",
    "Kind",
    "Section",
    "Sort",
    "TaskState",
    "Tier",
    "Verdict",
    "a_callback",
    "a_dial",
    "a_document",
    "a_number",
    "a_page",
    "a_reveal",
    "a_skip",
    "a_task",
    "an_outcome",
    "answered",
    "asking",
    "gone",
    "put",
    "saved",
    "with_customer",
]


def periods(*, days: int, beside: bytes = b"") -> Change:
    """What the site says of all kinds of data, with kinds `beside` them."""
    every = tuple(Period(kind=kind, days=days, why=Text("理由", "a reason")) for kind in Kept)
    known = msgspec.json.encode(DataPeriods(version=1, periods=every))
    body = msgspec.Raw(known.replace(b'"periods":[', b'"periods":[' + beside))
    return put(ContentDocument(kind=DATA_PERIODS, name=DATA_PERIODS, version=1, body=body))
