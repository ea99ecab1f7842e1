"""Taking what desks ask of departments without a call, how they change it, and what leads say to it."""

import msgspec

from core.domain.department import Department
from core.domain.errand import (
    OPEN_ERRANDS,
    WORDS_MOST,
    Errand,
    ErrandChange,
    ErrandKind,
    ErrandState,
    ErrandVerdict,
    PlacedErrand,
)
from core.domain.masking import holds_long_number
from core.domain.people import Right
from core.domain.text import Text
from core.server.access.caller import Caller, may_record
from core.server.db import audit, customers, errands, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.departments.moving import due_of, move, withdraw
from core.server.departments.taking import answer_by, ask
from core.server.departments.telling import department, tell
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected
from core.server.team.teams import leads
from core.wire.push import Verdict

_NAME_MOST = 80
_SAID = (ErrandState.IN_PROGRESS, ErrandState.DONE, ErrandState.REFUSED)


def take_errand(unit: Unit, caller: Caller, value: Errand) -> Ruling:
    """A department that takes the kind; a customer of the agent's, or none for feedback alone."""
    if value.agent != caller.staff_number or not (caller.may(Right.CALL) or caller.may(Right.SEE_TEAM)):
        return rejected(Code.NOT_YOURS)
    flaw = _flaw(unit, value, department(unit, value.department))
    if flaw is not None:
        return rejected(flaw)
    if value.customer_id:
        if not may_record(unit, caller, value.customer_id, said_at=value.at):
            return rejected(Code.UNKNOWN_CUSTOMER)
        tasks.lock_customer(unit, value.customer_id)
    ask(unit, msgspec.structs.replace(value, outcome_id=None), team_id=caller.agent.team)
    return ACCEPTED


def take_errand_change(unit: Unit, caller: Caller, value: ErrandChange) -> Ruling:
    """By its agent, as long as it is open: what ended meanwhile stays as it is, and the desk is told so."""
    found = _of_caller(unit, caller, str(value.errand))
    if found is None or value.agent != caller.staff_number:
        return rejected(Code.UNKNOWN_ERRAND)
    if found.state not in OPEN_ERRANDS:
        return Ruling(Verdict.SUPERSEDED, Code.CLOSED)
    if value.withdrawn:
        withdraw(unit, found, by=caller.staff_number)
        return ACCEPTED
    if value.due_at is None or value.agreed_with is None:
        return rejected(Code.MALFORMED)
    asked = msgspec.structs.replace(found.errand, due_at=value.due_at)
    moved = msgspec.structs.replace(
        found, errand=asked, revision=found.revision + 1, answer_by=answer_by(unit, asked), overdue_at=None
    )
    errands.put(unit, moved, due_at=due_of(unit, moved))
    audit.write(
        unit, writer=caller.staff_number, action=Action.ERRAND_CHANGED, object_=str(value.errand),
        due=value.due_at.isoformat(), agreed_with=value.agreed_with.value,
    )  # fmt: skip
    tell(unit, moved)
    return ACCEPTED


def take_errand_verdict(unit: Unit, caller: Caller, value: ErrandVerdict) -> Ruling:
    """A lead of the team or their deputy, to what stays inside the centre; a refusal says why."""
    if value.agent != caller.staff_number or not caller.may(Right.SEE_TEAM):
        return rejected(Code.NOT_YOURS)
    found = errands.get(unit, str(value.errand))
    if found is None or not leads(unit, caller, errands.team_of(unit, str(value.errand))):
        return rejected(Code.UNKNOWN_ERRAND)
    at_work = department(unit, found.errand.department)
    words = value.words.strip()
    if at_work is None or not at_work.inside or value.state not in _SAID or len(words) > WORDS_MOST:
        return rejected(Code.MALFORMED)
    if value.state is ErrandState.REFUSED and not words:
        return rejected(Code.MALFORMED)
    if found.state not in OPEN_ERRANDS or found.state is value.state:
        return Ruling(Verdict.SUPERSEDED, Code.CLOSED)
    reason = Text(words, words) if words else None
    move(unit, str(value.errand), value.state, by=caller.staff_number, reason=reason)
    return ACCEPTED


def _flaw(unit: Unit, value: Errand, at_work: Department | None) -> Code | None:
    text = value.text.strip()
    sizes = (len(value.case), len(value.scenario), len(value.offer), len(value.number))
    if not text or len(text) > WORDS_MOST or max(sizes) > _NAME_MOST:
        return Code.MALFORMED
    if holds_long_number(text):
        return Code.NUMBER_IN_ERRAND
    if at_work is None or at_work.hours(value.kind) is None:
        return Code.UNKNOWN_DEPARTMENT
    if not value.customer_id and value.kind is not ErrandKind.FEEDBACK:
        return Code.UNKNOWN_CUSTOMER
    if value.kind is ErrandKind.HOME_VISIT and not (value.consent and value.due_at):
        return Code.NEEDS_CONSENT
    if value.customer_id and customers.head(unit, value.customer_id) is None:
        return Code.UNKNOWN_CUSTOMER
    return None


def _of_caller(unit: Unit, caller: Caller, errand_id: str) -> PlacedErrand | None:
    found = errands.get(unit, errand_id)
    if found is None or found.errand.agent != caller.staff_number:
        return None
    if found.errand.customer_id:
        tasks.lock_customer(unit, found.errand.customer_id)
    return errands.get(unit, errand_id, lock=True)
