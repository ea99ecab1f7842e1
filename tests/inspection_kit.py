"""What the server tells a desk of inspected calls: documents as they are pulled. No number can be dialled."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from core.content.resources import folder
from core.content.scorecards import load_scorecards
from core.domain.call import CallRecord, Direction
from core.domain.outcome import CaseResult, Contact, Outcome, PathStep, Ticked
from core.domain.quality.inspection import (
    CoachingCase,
    CoachingNote,
    Dispute,
    SampledCall,
    Score,
    ScoreCase,
    ScoreState,
)
from core.domain.quality.kinds import COACHING, SAMPLED, SCORED
from core.domain.quality.sampling import Risk, Why
from core.domain.quality.scorecard import Scorecard, Subject
from core.domain.quality.scoring import Mark, Marked, result_of
from core.domain.text import Text
from core.wire.pull import Change, ContentDocument, Kind

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
CARDS: dict[str, Scorecard] = {card.id: card for card in load_scorecards(folder())}
CARD = CARDS["retention-call"]
SCENARIO = "broadband-disconnect"


def a_change(kind: str, name: UUID, value: Struct) -> Change:
    document = ContentDocument(kind=kind, name=str(name), version=1, body=msgspec.Raw(msgspec.json.encode(value)))
    return Change(kind=Kind.CONTENT, key=f"{kind}/{name}", body=msgspec.Raw(msgspec.json.encode(document)))


def told(*values: SampledCall | ScoreCase | CoachingCase) -> list[Change]:
    changes = []
    for value in values:
        match value:
            case SampledCall():
                changes.append(a_change(SAMPLED, value.id, value))
            case ScoreCase():
                changes.append(a_change(SCORED, value.score.id, value))
            case CoachingCase():
                changes.append(a_change(COACHING, value.note.id, value))
    return changes


def a_record(agent: str = "2043", *, talk_s: int = 95, **changes: Any) -> Outcome:
    values: dict[str, Any] = {
        "id": uuid4(), "task_id": None, "customer_id": "C1", "agent": agent, "scenario": SCENARIO,
        "script_version": 1, "result": "retained", "contact": Contact.OWNER, "success": True,
        "case_result": CaseResult.RETAINED, "note": "客户同意接着用。", "recorded_at": AT + timedelta(seconds=talk_s),
        "call": CallRecord(
            direction=Direction.OUTBOUND, number="100 **** 0001", dialled_at=AT - timedelta(seconds=9), answered_at=AT,
            ended_at=AT + timedelta(seconds=talk_s), talk_time_s=talk_s,
        ),
        "path": (
            PathStep(step="opening", answer="1", at=AT + timedelta(seconds=9), said=0),
            PathStep(step="verify", answer="1", at=AT + timedelta(seconds=9.6)),
        ),
        "ticked": (
            Ticked(item="staff_number", at=AT + timedelta(seconds=9)),
            Ticked(item="verify_owner", at=AT + timedelta(seconds=9.6)),
        ),
    }  # fmt: skip
    return Outcome(**(values | changes))


def a_call(*risks: Risk, agent: str = "2043", **changes: Any) -> SampledCall:
    outcome = changes.pop("outcome", None) or a_record(agent)
    values: dict[str, Any] = {
        "id": outcome.id, "subject": Subject.CALL, "agent": agent, "agent_name": "何俊", "team": "spring",
        "scenario": SCENARIO, "scenario_label": Text("宽带拆机挽留", "Broadband disconnect"), "at": AT,
        "customer": "吴**", "why": tuple(Why(risk=risk) for risk in risks or (Risk.CHANCE,)), "sampled_at": AT,
        "outcome": outcome, "result": Text("继续使用，不改套餐", "Stays, plan unchanged"),
    }  # fmt: skip
    return SampledCall(**(values | changes))


def marks(card: Scorecard = CARD, **others: Mark) -> tuple[Marked, ...]:
    """Everything done, but for what is named."""
    return tuple(Marked(item=item.id, mark=others.get(item.id, Mark.DONE)) for item in card.items)


def a_case(
    call: SampledCall, *, by: str = "3001", reason: str = "", deciders: tuple[str, ...] = (), **others: Mark
) -> ScoreCase:
    """A score that a lead gave; with a reason it is disputed."""
    given = marks(**others)
    score = Score(
        id=uuid4(), call=call.id, outcome=call.outcome.id if call.outcome else None, card=CARD.id,
        card_version=CARD.version, marks=given, remark="先核身，再谈账单。" if others else "", by=by, at=AT,
    )  # fmt: skip
    dispute = Dispute(id=uuid4(), score=score.id, agent=call.agent, reason=reason, at=AT) if reason else None
    result = result_of(CARD, given)
    return ScoreCase(
        score=score, by_name="周丽华", agent=call.agent, agent_name=call.agent_name, team=call.team,
        subject=call.subject, scenario=call.scenario, scenario_label=call.scenario_label, called_at=call.at,
        customer=call.customer, said=call.result, result=result, given=result, received_at=AT, dispute=dispute,
        state=ScoreState.DISPUTED if reason else ScoreState.GIVEN, deciders=deciders or (by,),
    )  # fmt: skip


def a_note(agent: str = "2043", *, by: str = "3001", look_again_at: datetime = AT) -> CoachingCase:
    note = CoachingNote(
        id=uuid4(), agent=agent, words="开场先报热线，再说来意。", look_again_at=look_again_at, by=by,
        at=AT - timedelta(days=7),
    )  # fmt: skip
    return CoachingCase(note=note, by_name="周丽华", agent_name="何俊", team="spring", look_again_at=look_again_at)
