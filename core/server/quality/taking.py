"""Taking what leads and agents do: claims, scores, signatures, disputes, decisions. Each is on record in the audit."""

from datetime import timedelta
from uuid import UUID

import msgspec

from core.domain.masking import mask_name
from core.domain.people import Right
from core.domain.quality.inspection import (
    Claim,
    Decision,
    Dispute,
    Ruling,
    Score,
    ScoreCase,
    ScoreState,
    Signature,
    WordsFlaw,
    deciders_of,
    words_flaw,
)
from core.domain.quality.scoring import ScoreFlaw, ScoreResult, result_of, score_flaw
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import audit, chains, customers, quality, records
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.db.quality import StoredCall
from core.server.quality.content import card, labels, rules
from core.server.quality.leads import inspects, leads_of, name_of
from core.server.quality.telling import scenario_label, tell_call, tell_score
from core.server.sync.answers import ACCEPTED, Code, rejected
from core.server.sync.answers import Ruling as Answer
from core.wire.push import Verdict


def take_claim(unit: Unit, caller: Caller, value: Claim) -> Answer:
    """The first claim has it until it runs out; one that came later changes nothing: who has it is pulled."""
    found = _open_to(unit, caller, value)
    if isinstance(found, Answer):
        return found
    if found.score_id or _held_by_another(unit, found, caller):
        return ACCEPTED
    if value.release:
        quality.change_call(unit, found.id, claim_id="", claimed_by="", claimed_until=None)
    else:
        until = unit.now + timedelta(hours=rules(unit).claim_hours)
        quality.change_call(unit, found.id, claim_id=str(value.id), claimed_by=caller.staff_number, claimed_until=until)
    _tell_again(unit, found.id)
    action = Action.CALL_RELEASED if value.release else Action.CALL_CLAIMED
    audit.write(unit, writer=caller.staff_number, action=action, object_=found.id, agent=found.staff_number)
    return ACCEPTED


def take_score(unit: Unit, caller: Caller, value: Score) -> Answer:
    """Given offline as well: it stands where nobody else has scored the call, or holds it now."""
    found = _open_to(unit, caller, value)
    if isinstance(found, Answer):
        return found
    used = card(unit, value.card, value.card_version)
    if used is None or used.subject is not found.subject or not _is_of(unit, found, value.outcome):
        return rejected(Code.MALFORMED)
    flaw = score_flaw(used, value.marks, value.fails, value.remark)
    if flaw is not None:
        return rejected(Code.NUMBER_IN_REMARK if flaw is ScoreFlaw.NUMBER else Code.MALFORMED)
    stands = not found.score_id and not _held_by_another(unit, found, caller)
    case = _case(unit, caller, found, value, result_of(used, value.marks, value.fails))
    quality.put_score(unit, case, counts=stands)
    audit.write(
        unit, writer=caller.staff_number, action=Action.CALL_SCORED, object_=str(value.id), call=found.id,
        agent=found.staff_number, points=case.result.points, stands=stands,
    )  # fmt: skip
    if not stands:
        return Answer(Verdict.SUPERSEDED, Code.SCORED_BY_ANOTHER)
    quality.change_call(unit, found.id, score_id=str(value.id))
    _tell_again(unit, found.id)
    tell_score(unit, case)
    return ACCEPTED


def take_signature(unit: Unit, caller: Caller, value: Signature) -> Answer:
    """One that was disputed meanwhile stays so."""
    case = _own(unit, caller, value.agent, value.score)
    if case is None:
        return rejected(Code.UNKNOWN_SCORE)
    if case.state is ScoreState.GIVEN:
        _keep(unit, msgspec.structs.replace(case, state=ScoreState.SIGNED, signed_at=unit.now))
        audit.write(unit, writer=caller.staff_number, action=Action.SCORE_SIGNED, object_=str(value.score))
    return ACCEPTED


def take_dispute(unit: Unit, caller: Caller, value: Dispute) -> Answer:
    """Once, and not after it was signed."""
    case = _own(unit, caller, value.agent, value.score)
    if case is None:
        return rejected(Code.UNKNOWN_SCORE)
    if case.state is not ScoreState.GIVEN:
        return rejected(Code.ALREADY_SAID)
    flaw = words_flaw(value.reason)
    if flaw is not None:
        return rejected(Code.NUMBER_IN_REMARK if flaw is WordsFlaw.NUMBER else Code.MALFORMED)
    able = deciders_of(case.score.by, leads_of(unit, case.team), case.agent)
    _keep(unit, msgspec.structs.replace(case, state=ScoreState.DISPUTED, dispute=value, deciders=able))
    audit.write(unit, writer=caller.staff_number, action=Action.SCORE_DISPUTED, object_=str(value.score))
    return ACCEPTED


def take_decision(unit: Unit, caller: Caller, value: Decision) -> Answer:
    """Upheld, amended by other marks, or voided; by another lead than the scorer where there is one."""
    case = quality.score(unit, str(value.score), lock=True)
    if value.by != caller.staff_number:
        return rejected(Code.NOT_YOURS)
    if case is None or not inspects(unit, caller, case.team):
        return rejected(Code.UNKNOWN_SCORE)
    if case.state is ScoreState.DECIDED:
        return Answer(Verdict.SUPERSEDED, Code.DECIDED_BEFORE)
    if case.state is not ScoreState.DISPUTED:
        return rejected(Code.MALFORMED)
    if caller.staff_number not in deciders_of(case.score.by, leads_of(unit, case.team), case.agent):
        return rejected(Code.NOT_THE_DECIDER)
    flaw = words_flaw(value.words)
    if flaw is not None:
        return rejected(Code.NUMBER_IN_REMARK if flaw is WordsFlaw.NUMBER else Code.MALFORMED)
    result = case.result
    if value.ruling is Ruling.AMENDED:
        used = card(unit, case.score.card, case.score.card_version)
        if used is None or score_flaw(used, value.marks, value.fails, value.words) is not None:
            return rejected(Code.MALFORMED)
        result = result_of(used, value.marks, value.fails)
    _keep(
        unit,
        msgspec.structs.replace(
            case, state=ScoreState.DECIDED, decision=value, decided_by_name=caller.agent.name, result=result
        ),
    )
    audit.write(
        unit, writer=caller.staff_number, action=Action.DISPUTE_DECIDED, object_=str(value.score),
        agent=case.agent, ruling=value.ruling.value, points=result.points,
    )  # fmt: skip
    return ACCEPTED


def _open_to(unit: Unit, caller: Caller, value: Claim | Score) -> StoredCall | Answer:
    """The call that it is about, held until the transaction ends; or why the caller may not judge it."""
    if value.by != caller.staff_number:
        return rejected(Code.NOT_YOURS)
    found = quality.call(unit, str(value.call), lock=True)
    if found is None or not inspects(unit, caller, found.team):
        return rejected(Code.UNKNOWN_CALL)
    return rejected(Code.OWN_CALL) if found.staff_number == caller.staff_number else found


def _case(unit: Unit, caller: Caller, found: StoredCall, value: Score, result: ScoreResult) -> ScoreCase:
    outcome = records.get_outcome(unit, str(value.outcome)) if value.outcome else None
    said = Text("", "")
    if outcome is not None:
        said, _ = labels(unit, outcome.scenario, outcome.script_version, outcome.result, outcome.reason)
    head = customers.head(unit, found.customer_id)
    return ScoreCase(
        score=value,
        by_name=caller.agent.name,
        agent=found.staff_number,
        agent_name=name_of(unit, found.staff_number),
        team=found.team,
        subject=found.subject,
        scenario=found.scenario,
        scenario_label=scenario_label(unit, found.subject, found.scenario),
        called_at=found.at,
        customer=mask_name(head.name) if head is not None else "",
        said=said,
        result=result,
        given=result,
        received_at=unit.now,
        deciders=deciders_of(caller.staff_number, leads_of(unit, found.team), found.staff_number),
        corrected=_corrected(found, value),
    )


def _held_by_another(unit: Unit, found: StoredCall, caller: Caller) -> bool:
    active = found.claimed_until is not None and found.claimed_until > unit.now
    return active and found.claimed_by != caller.staff_number


def _is_of(unit: Unit, found: StoredCall, outcome: UUID | None) -> bool:
    """Whether it is a version of the call's record: the first, or a correction of it."""
    if outcome is None or not found.outcome_id:
        return outcome is None and not found.outcome_id
    return chains.root_of(unit, str(outcome)) == found.id


def _corrected(found: StoredCall, value: Score) -> UUID | None:
    """The record was corrected while the lead was without a network."""
    newest = quality.as_uuid(found.outcome_id)
    return newest if newest != value.outcome else None


def _own(unit: Unit, caller: Caller, agent: str, score: UUID) -> ScoreCase | None:
    case = quality.score(unit, str(score), lock=True)
    mine = case is not None and case.agent == agent == caller.staff_number and caller.may(Right.CALL)
    return case if mine else None


def _keep(unit: Unit, case: ScoreCase) -> None:
    quality.put_score(unit, case, counts=True)
    tell_score(unit, case)


def _tell_again(unit: Unit, call_id: str) -> None:
    found = quality.call(unit, call_id)
    assert found is not None
    tell_call(unit, found)
