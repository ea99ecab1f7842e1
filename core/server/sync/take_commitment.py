"""Taking a standing commitment, and its end (FOLLOW-10)."""

from core.domain.commitment import Commitment, CommitmentEnd
from core.domain.errand import WORDS_MOST
from core.domain.masking import holds_long_number
from core.domain.people import Right
from core.server.access.caller import Caller, may_record
from core.server.db import commitments, tasks
from core.server.db.engine import Unit
from core.server.departments import committing
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected
from core.server.team.teams import leads
from core.wire.push import Verdict

_DAY_MIN = 24 * 60
_NAME_MOST = 80


def take_commitment(unit: Unit, caller: Caller, value: Commitment) -> Ruling:
    """What an agent promised to do for a customer again and again."""
    if value.agent != caller.staff_number or not caller.may(Right.CALL):
        return rejected(Code.NOT_YOURS)
    text = value.text.strip()
    if not text or len(text) > WORDS_MOST or not 0 <= value.minute < _DAY_MIN or len(value.scenario) > _NAME_MOST:
        return rejected(Code.MALFORMED)
    if holds_long_number(text):
        return rejected(Code.NUMBER_IN_ERRAND)
    if not may_record(unit, caller, value.customer_id, said_at=value.at):
        return rejected(Code.UNKNOWN_CUSTOMER)
    tasks.lock_customer(unit, value.customer_id)
    committing.make(unit, value, team_id=caller.agent.team)
    return ACCEPTED


def take_commitment_end(unit: Unit, caller: Caller, value: CommitmentEnd) -> Ruling:
    """By its agent, or who leads the team that it was made in, deputies among them."""
    tasks.lock_customer(unit, commitments.customer_of(unit, str(value.commitment)))
    found = commitments.get(unit, str(value.commitment))
    if found is None or value.agent != caller.staff_number:
        return rejected(Code.UNKNOWN_COMMITMENT)
    told, team_id = found
    if told.commitment.agent != caller.staff_number and not leads(unit, caller, team_id):
        return rejected(Code.UNKNOWN_COMMITMENT)
    if len(value.why) > WORDS_MOST:
        return rejected(Code.MALFORMED)
    if told.ended_at is not None:
        return Ruling(Verdict.SUPERSEDED, Code.CLOSED)
    committing.end(unit, told, value, team_id=team_id)
    return ACCEPTED
