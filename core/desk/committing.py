"""Standing commitments from the desk (FOLLOW-10): made, ended, and when they fall due next."""

from datetime import date
from uuid import UUID, uuid4

from core.desk.desk import Desk
from core.domain.commitment import Commitment, CommitmentEnd, CommitmentTold, Rhythm
from core.domain.errand import WORDS_MOST
from core.domain.errors import InputError
from core.domain.masking import holds_long_number
from core.domain.text import Text
from core.wire.errands import CommitmentEnded, CommitmentMade


def running(desk: Desk) -> list[CommitmentTold]:
    """Those that nobody has ended, what waits here laid over."""
    unsent = desk.store.unsent_errands()
    ended = {end.commitment for end in unsent.ends}
    told = {one.commitment.id: one for one in desk.store.commitments()}
    for made in unsent.commitments:
        told.setdefault(made.id, CommitmentTold(commitment=made))
    return [one for one in told.values() if one.ended_at is None and one.commitment.id not in ended]


def commit(
    desk: Desk, *, customer_id: str, scenario: str, text: str, rhythm: Rhythm, first_on: date, minute: int
) -> Commitment:
    """Kept, to be sent. Raises InputError: no words, too many, a long number in them, a first day that is over."""
    words = text.strip()
    if not words or len(words) > WORDS_MOST or holds_long_number(words):
        raise _flawed(Text("写清每次做什么，不要写号码。", "Say what is done each time, without numbers."))
    if first_on < desk.moment().wall.astimezone(desk.calendar.zone).date():
        raise _flawed(Text("第一次的日子已经过了。", "Its first day is over."))
    made = Commitment(
        id=uuid4(),
        customer_id=customer_id,
        agent=desk.agent.staff_number,
        scenario=scenario,
        text=words,
        rhythm=rhythm,
        first_on=first_on,
        minute=minute,
        at=desk.moment().wall,
    )
    desk.store.log(CommitmentMade(commitment=made))
    return made


def end(desk: Desk, commitment: UUID, why: str = "") -> None:
    value = CommitmentEnd(
        id=uuid4(), commitment=commitment, agent=desk.agent.staff_number, at=desk.moment().wall, why=why.strip()
    )
    desk.store.log(CommitmentEnded(commitment_end=value))


def _flawed(message: Text) -> InputError:
    return InputError(
        title=Text("还不能约定", "It cannot be agreed yet"),
        message=message,
        next_step=Text("改好再存。", "Correct it and save it again."),
    )
