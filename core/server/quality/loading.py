"""Inspection of the invented city: what was sampled, scored, disputed and coached before anybody signs in."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid5

from sqlalchemy import select

from core.domain.call import Reveal
from core.domain.quality.inspection import CoachingNote, Dispute, Score, Signature
from core.domain.quality.sampling import Risk, Why
from core.domain.quality.save_check import CheckState
from core.domain.quality.scorecard import Scorecard, Subject, card_for
from core.domain.quality.scoring import Marked
from core.server.access.caller import Caller
from core.server.db import people, quality, records, save_checks
from core.server.db.engine import Database, Unit
from core.server.db.schema import quality_call, reveal
from core.server.db.upsert import upsert
from core.server.loading import load_history
from core.server.quality import reveals, sampling, verifying
from core.server.quality.arrived import Arrived
from core.server.quality.coaching import take_note
from core.server.quality.leads import leads_of
from core.server.quality.taking import take_dispute, take_score, take_signature
from core.wire.push import Saved

Marks = Callable[[UUID, Scorecard], tuple[tuple[Marked, ...], str]]
_NAMESPACE = UUID("3b1d7c52-0a9e-5f64-8d73-2c4e6a8b0d1f")
_SETTLED = (CheckState.CONFIRMED, CheckState.CONFIRMED, CheckState.UNREACHABLE)
REASON = "录音里客户先说了生日，我核对过才谈账单的。"
ADVICE = "开场先报工号和热线，再说来意；核完身再谈账单。"


def load_inspection(
    database: Database, calls: tuple[Saved, ...], shown: tuple[Reveal, ...], *, denied: UUID | None,
    before: tuple[UUID, ...], cards: tuple[Scorecard, ...], marks: Marks, teams: dict[str, str],
) -> None:  # fmt: skip
    """The same again changes nothing."""
    with database.read() as unit:
        if unit.conn.execute(select(quality_call.c.id).where(quality_call.c.tenant_id == unit.tenant)).first():
            return
    load_history(database, calls, teams)
    sampling.look(database)
    with database.write() as unit:
        _show(unit, shown)
        reveals.take_reveals(unit)
        _settle_checks(unit, denied)
        sampling.put(unit, [call for call in (_chosen(unit, one) for one in before) if call is not None])
        scored = [one for one in (_score(unit, call, cards, marks) for call in before) if one is not None]
        _answer(unit, scored)


def _show(unit: Unit, shown: tuple[Reveal, ...]) -> None:
    rows = [
        {
            "tenant_id": unit.tenant, "id": str(one.id), "customer_id": one.customer_id, "task_id": "",
            "staff_number": one.agent, "at": one.at, "number": one.number,
        }
        for one in shown
    ]  # fmt: skip
    upsert(unit, reveal, rows, keys=("tenant_id", "id"))


def _settle_checks(unit: Unit, denied: UUID | None) -> None:
    """All but the latest saves were asked after; one is denied."""
    old = unit.now - timedelta(days=3)
    for nth, check in enumerate(save_checks.in_state(unit, CheckState.WAITING)):
        if check.saved_at > old:
            continue
        state = CheckState.DENIED if check.save == denied else _SETTLED[nth % len(_SETTLED)]
        save_checks.change(unit, check.save, state=state.value, answered_at=unit.now, answered_by="4001")
    found = records.get_outcome(unit, str(denied)) if denied is not None else None
    if found is not None and denied is not None:
        arrived = Arrived(found, records.team_of_outcome(unit, str(denied)), superseded=False, received_at=unit.now)
        sampling.put(unit, [sampling.call_of(unit, arrived, (Why(risk=Risk.DENIED),))])
        verifying.show(unit, denied)


def _chosen(unit: Unit, call: UUID) -> quality.StoredCall | None:
    value = records.get_outcome(unit, str(call))
    if value is None:
        return None
    arrived = Arrived(value, records.team_of_outcome(unit, str(call)), superseded=False, received_at=unit.now)
    return sampling.call_of(unit, arrived, (Why(risk=Risk.CHANCE),))


def _score(unit: Unit, call: UUID, cards: tuple[Scorecard, ...], marks: Marks) -> Score | None:
    found = quality.call(unit, str(call))
    card = card_for(cards, Subject.CALL, found.scenario) if found is not None else None
    lead = _lead(unit, found.team) if found is not None else None
    if found is None or card is None or lead is None or found.staff_number == lead.staff_number:
        return None
    given, remark = marks(call, card)
    score = Score(
        id=uuid5(_NAMESPACE, str(call)), call=call, outcome=call, card=card.id, card_version=card.version,
        marks=given, remark=remark, by=lead.staff_number, at=min(found.at + timedelta(days=2), unit.now),
    )  # fmt: skip
    take_score(unit, lead, score)
    return score


def _lead(unit: Unit, team: str) -> Caller | None:
    """The team's own lead."""
    for staff_number in leads_of(unit, team):
        account = people.get(unit, staff_number)
        if account is not None and account.agent.team == team:
            return Caller(account.agent, "demo")
    return None


def _answer(unit: Unit, scored: list[Score]) -> None:
    """Most agents have signed; the one who lost most disputes, and another is coached."""
    by_points = sorted(scored, key=lambda one: _points(unit, one))
    for nth, score in enumerate(by_points):
        case = quality.score(unit, str(score.id))
        account = people.get(unit, case.agent) if case is not None else None
        if case is None or account is None:
            continue
        agent = Caller(account.agent, "demo")
        said = uuid5(_NAMESPACE, f"answer/{score.id}")
        if nth == 0:
            reason = Dispute(id=said, score=score.id, agent=case.agent, reason=REASON, at=unit.now)
            take_dispute(unit, agent, reason)
        elif nth % 4:
            take_signature(unit, agent, Signature(id=said, score=score.id, agent=case.agent, at=unit.now))
        if nth in (1, 3):
            _coach(unit, score, case.agent, days=1 if nth == 1 else 6)


def _points(unit: Unit, score: Score) -> int:
    case = quality.score(unit, str(score.id))
    return case.result.points if case is not None else 0


def _coach(unit: Unit, score: Score, agent: str, *, days: int) -> None:
    """Written some days ago; the first is to be looked at again by now."""
    found = quality.call(unit, str(score.call))
    lead = _lead(unit, found.team) if found is not None else None
    if lead is None:
        return
    written = unit.now - timedelta(days=5)
    note = CoachingNote(
        id=uuid5(_NAMESPACE, f"note/{score.id}"), agent=agent, words=ADVICE,
        look_again_at=written + timedelta(days=days), by=lead.staff_number, at=written, score=score.id,
    )  # fmt: skip
    take_note(unit, lead, note)
