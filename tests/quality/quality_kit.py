"""Calls, marks and thresholds for the tests of quality inspection. No number in it can be dialled."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from core.content.resources import folder
from core.content.scorecards import SAMPLING_FILE, load_sampling, load_scorecards
from core.domain.call import CallRecord, Direction
from core.domain.outcome import CaseResult, Contact, Outcome, PathStep, Ticked
from core.domain.quality.sampling import Around, SamplingRules
from core.domain.quality.scorecard import Scorecard
from core.domain.quality.scoring import Mark, Marked

TEN = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""ten in the morning in China, on a Friday"""
NOBODY = Around(plans=frozenset(), offers=frozenset())


@cache
def rules() -> SamplingRules:
    return load_sampling(folder() / SAMPLING_FILE)


@cache
def cards() -> tuple[Scorecard, ...]:
    return tuple(load_scorecards(folder()))


def card(name: str = "retention-call") -> Scorecard:
    return next(one for one in cards() if one.id == name)


def marks(of: Scorecard, **others: Mark) -> tuple[Marked, ...]:
    """Everything done, but for what is named (`-` written `_`)."""
    by_id = {name.replace("_", "-"): mark for name, mark in others.items()}
    return tuple(Marked(item=item.id, mark=by_id.get(item.id, Mark.DONE)) for item in of.items)


def path(*seconds: float) -> tuple[PathStep, ...]:
    """Steps left so many seconds after the customer answered."""
    return tuple(PathStep(step=f"s{n}", answer="1", at=TEN + timedelta(seconds=s)) for n, s in enumerate(seconds))


def tick(item: str, second: float) -> Ticked:
    return Ticked(item=item, at=TEN + timedelta(seconds=second))


def a_call(*, talk_s: int = 120, **changes: Any) -> Outcome:
    """A save that a representative recorded, with nothing wrong about it."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "task_id": "T1",
        "customer_id": "C1",
        "agent": "2043",
        "scenario": "broadband-disconnect",
        "script_version": 1,
        "call": CallRecord(
            direction=Direction.OUTBOUND,
            number="10000000001",
            dialled_at=TEN - timedelta(seconds=12),
            answered_at=TEN,
            ended_at=TEN + timedelta(seconds=talk_s),
            talk_time_s=talk_s,
        ),
        "result": "retained",
        "contact": Contact.OWNER,
        "success": True,
        "case_result": CaseResult.RETAINED,
        "recorded_at": TEN + timedelta(seconds=talk_s + 20),
    }
    return Outcome(**(values | changes))


def ids(count: int) -> list[UUID]:
    return [UUID(int=n + 1) for n in range(count)]
