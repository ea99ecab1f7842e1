"""What leads and agents are told: a call to be scored, a score, a coaching note, each to whom it concerns alone.

Called in the transaction that changed it. Customer and number are masked, long runs of digits in notes too.
"""

from uuid import UUID

import msgspec
from msgspec import Struct

from core.domain.masking import mask_name, mask_number, mask_text
from core.domain.outcome import Outcome
from core.domain.quality.inspection import Claimed, CoachingCase, SampledCall, ScoreCase
from core.domain.quality.kinds import COACHING, SAMPLED, SCORED
from core.domain.quality.save_check import CheckState
from core.domain.quality.scorecard import Subject
from core.domain.text import Text
from core.server.db import customers, feed, published, quality, records, save_checks
from core.server.db.engine import Unit
from core.server.db.quality import StoredCall
from core.server.quality.content import labels
from core.server.quality.leads import leads_of, name_of
from core.wire.pull import ContentDocument, Kind

SHOWN = Text("查看号码", "Number shown")


def tell_call(unit: Unit, stored: StoredCall) -> SampledCall:
    """To the leads of its team, but never to the agent themselves."""
    told = sampled(unit, stored)
    audience = set(leads_of(unit, stored.team)) - {stored.staff_number}
    _put(unit, SAMPLED, stored.id, told, audience)
    return told


def tell_score(unit: Unit, case: ScoreCase) -> None:
    """To the agent and to the leads of the team in which the call was made, wherever the agent is now."""
    audience = {case.agent, case.score.by, *leads_of(unit, case.team)}
    _put(unit, SCORED, str(case.score.id), case, audience)


def tell_note(unit: Unit, case: CoachingCase) -> None:
    audience = {case.note.agent, case.note.by, *leads_of(unit, case.team)}
    _put(unit, COACHING, str(case.note.id), case, audience)


def forget(unit: Unit, kind: str, name: str) -> None:
    """Every desk that has it forgets it at its next pull."""
    for audience in sorted(feed.holders(unit, Kind.CONTENT, published.content_key(kind, name))):
        published.drop(unit, kind, name, audience=audience)


def sampled(unit: Unit, stored: StoredCall) -> SampledCall:
    """The call with all that is needed to score it without a network."""
    outcome = records.get_outcome(unit, stored.outcome_id) if stored.outcome_id else None
    result, reason = Text("", ""), Text("", "")
    if outcome is not None:
        result, reason = labels(unit, outcome.scenario, outcome.script_version, outcome.result, outcome.reason)
    head = customers.head(unit, stored.customer_id)
    return SampledCall(
        id=UUID(stored.id),
        subject=stored.subject,
        agent=stored.staff_number,
        agent_name=name_of(unit, stored.staff_number),
        team=stored.team,
        scenario=stored.scenario,
        scenario_label=scenario_label(unit, stored.subject, stored.scenario),
        at=stored.at,
        customer=mask_name(head.name) if head is not None else "",
        why=stored.why,
        sampled_at=stored.sampled_at,
        outcome=_masked(outcome) if outcome is not None else None,
        result=result,
        reason=reason,
        claimed=_claimed(unit, stored),
        score=quality.as_uuid(stored.score_id),
        check=_check(unit, stored.id),
    )


def scenario_label(unit: Unit, subject: Subject, scenario: str) -> Text:
    return SHOWN if subject is Subject.REVEAL else published.scenario_label(unit, scenario)


def _check(unit: Unit, call_id: str) -> CheckState | None:
    found = save_checks.get(unit, call_id)
    return None if found is None else found.state


def _claimed(unit: Unit, stored: StoredCall) -> Claimed | None:
    claim = quality.as_uuid(stored.claim_id)
    if claim is None or stored.claimed_until is None:
        return None
    return Claimed(
        claim=claim, by=stored.claimed_by, by_name=name_of(unit, stored.claimed_by), until=stored.claimed_until
    )


def _masked(outcome: Outcome) -> Outcome:
    call = msgspec.structs.replace(outcome.call, number=mask_number(outcome.call.number))
    return msgspec.structs.replace(outcome, call=call, note=mask_text(outcome.note))


def _put(unit: Unit, kind: str, name: str, value: Struct, audiences: set[str]) -> None:
    body = msgspec.Raw(msgspec.json.encode(value))
    published.put_for(unit, ContentDocument(kind=kind, name=name, version=1, body=body), frozenset(audiences))
