"""Quality inspection at the desk: the queue, scoring, disputes and coaching of a lead; an agent's own scores.

Everything is read from the store and kept in the outbox: a lead scores, and an agent answers, without a network.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from msgspec import Struct

from core.desk.desk import Desk
from core.domain.errors import InputError
from core.domain.people import Right
from core.domain.quality.inspection import (
    WORDS_FLAW_WORDS,
    Claim,
    CoachingCase,
    CoachingNote,
    Decision,
    Dispute,
    LookedAgain,
    Ruling,
    SampledCall,
    Score,
    ScoreCase,
    ScoreState,
    Signature,
    deciders_of,
    holder,
    words_flaw,
)
from core.domain.quality.laying import Laid
from core.domain.quality.sampling import Risk
from core.domain.quality.scorecard import Scorecard, card_for
from core.domain.quality.scoring import SCORE_FLAW_WORDS, Marked, score_flaw
from core.domain.text import Text
from core.store.inspected import Inspected, Refusal
from core.wire.inspecting import (
    CallClaimed,
    CallScored,
    CoachingLooked,
    CoachingWritten,
    DisputeDecided,
    ScoreDisputed,
    ScoreSigned,
    said_of,
)


class Inspection(Struct, frozen=True, kw_only=True):
    """Everything of quality at this desk, own doings laid over what the server told."""

    queue: tuple[SampledCall, ...]
    """to be scored: one's own claims first, then by risk, then the latest"""
    calls: dict[UUID, SampledCall]
    """all that are here, the scored ones too"""
    given: tuple[ScoreCase, ...]
    """of one's teams, those whose record or state changed last first"""
    disputes: tuple[ScoreCase, ...]
    """that wait for this person's decision, oldest first"""
    notes: tuple[CoachingCase, ...]
    """open ones, the earliest day first, then those that are settled"""
    own: tuple[ScoreCase, ...]
    """of one's own calls, those to be answered first"""
    own_notes: tuple[CoachingCase, ...]
    cards: tuple[Scorecard, ...]
    unsent: frozenset[UUID]
    """scores, claims and so on that the server does not have yet"""
    refused: tuple[Refusal, ...]
    now: datetime

    def card(self, call: SampledCall) -> Scorecard | None:
        """The card by which the call is scored."""
        return card_for(self.cards, call.subject, call.scenario)

    def card_of(self, case: ScoreCase) -> Scorecard | None:
        """The card of a score, where it is here in that version."""
        wanted = (case.score.card, case.score.card_version)
        return next((card for card in self.cards if (card.id, card.version) == wanted), None)

    @property
    def due_notes(self) -> tuple[CoachingCase, ...]:
        """Whose day to look again has come."""
        return tuple(note for note in self.notes if note.open and note.look_again_at <= self.now)

    @property
    def to_answer(self) -> int:
        """Own scores that are neither signed nor disputed."""
        return sum(case.state is ScoreState.GIVEN for case in self.own)


def inspection(desk: Desk) -> Inspection:
    """Reads the store: for the lane."""
    read, me = desk.store.inspected(), desk.agent.staff_number
    laid, now = _laid(desk, read), desk.moment().wall
    leads = Right.SCORE in desk.agent.rights
    given = [case for case in laid.scores.values() if leads and case.agent != me]
    notes = sorted(laid.notes.values(), key=lambda note: (not note.open, note.look_again_at))
    return Inspection(
        queue=tuple(_queue(laid.calls.values(), me, now)) if leads else (),
        calls=laid.calls,
        given=tuple(sorted(given, key=_changed_at, reverse=True)),
        disputes=tuple(sorted((case for case in given if _mine_to_decide(case, me)), key=_changed_at)),
        notes=tuple(note for note in notes if leads and note.note.agent != me),
        own=tuple(sorted((c for c in laid.scores.values() if c.agent == me), key=_own_order)),
        own_notes=tuple(note for note in notes if note.note.agent == me),
        cards=read.cards,
        unsent=read.unsent,
        refused=read.refused,
        now=now,
    )


def disputes_waiting(desk: Desk) -> tuple[ScoreCase, ...]:
    """What a lead's inbox shows of disputes, oldest first."""
    return inspection(desk).disputes


def _laid(desk: Desk, read: Inspected) -> Laid:
    laid = Laid(read.calls, read.scores, read.notes, read.cards, my_name=desk.agent.name)
    names = {one.agent: one.agent_name for one in read.calls} | {one.agent: one.agent_name for one in read.scores}
    for item in read.own:
        laid.lay(said_of(item), names=names)
    return laid


def _queue(calls: Iterable[SampledCall], me: str, now: datetime) -> list[SampledCall]:
    waiting = [call for call in calls if call.score is None and call.agent != me]

    def place(call: SampledCall) -> tuple[int, int, float]:
        by = holder(call.claimed, now)
        by_chance = all(why.risk is Risk.CHANCE for why in call.why)
        return (0 if by == me else 2 if by else 1, int(by_chance), -call.at.timestamp())

    return sorted(waiting, key=place)


def _mine_to_decide(case: ScoreCase, me: str) -> bool:
    return case.state is ScoreState.DISPUTED and me in (case.deciders or deciders_of(case.score.by, (me,), case.agent))


def _changed_at(case: ScoreCase) -> datetime:
    moments = [case.received_at, *(at for at in (case.signed_at,) if at)]
    moments += [said.at for said in (case.dispute, case.decision) if said is not None]
    return max(moments)


def _own_order(case: ScoreCase) -> tuple[bool, float]:
    return case.state is not ScoreState.GIVEN, -_changed_at(case).timestamp()


# What a lead does


def claim(desk: Desk, call: SampledCall, *, release: bool = False) -> None:
    """Takes the call, or gives it back; the server decides between two leads."""
    said = Claim(id=uuid4(), call=call.id, by=desk.agent.staff_number, at=desk.moment().wall, release=release)
    desk.store.log(CallClaimed(quality_claim=said))


def give_score(
    desk: Desk, call: SampledCall, card: Scorecard, marks: tuple[Marked, ...], fails: tuple[str, ...], remark: str
) -> Score:
    """Raises InputError where the card is not complete, or says too much."""
    flaw = score_flaw(card, marks, fails, remark)
    if flaw is not None:
        raise _cannot(SCORE_FLAW_WORDS[flaw])
    said = Score(
        id=uuid4(), call=call.id, outcome=call.outcome.id if call.outcome else None, card=card.id,
        card_version=card.version, marks=marks, fails=fails, remark=remark.strip(), by=desk.agent.staff_number,
        at=desk.moment().wall,
    )  # fmt: skip
    desk.store.log(CallScored(quality_score=said))
    return said


def decide(
    desk: Desk,
    case: ScoreCase,
    ruling: Ruling,
    words: str,
    *,
    card: Scorecard | None = None,
    marks: tuple[Marked, ...] = (),
    fails: tuple[str, ...] = (),
) -> None:
    """Raises InputError where words are missing, or amended marks are not complete."""
    _check(words)
    if ruling is Ruling.AMENDED:
        flaw = score_flaw(card, marks, fails, words) if card is not None else None
        if card is None or flaw is not None:
            raise _cannot(SCORE_FLAW_WORDS[flaw] if flaw else Text("评分表不在本机。", "The scorecard is not here."))
    said = Decision(
        id=uuid4(), score=case.score.id, ruling=ruling, words=words.strip(),
        marks=marks if ruling is Ruling.AMENDED else (), fails=fails if ruling is Ruling.AMENDED else (),
        by=desk.agent.staff_number, at=desk.moment().wall,
    )  # fmt: skip
    desk.store.log(DisputeDecided(score_decision=said))


def coach(desk: Desk, agent: str, words: str, look_again_at: datetime, *, score: UUID | None = None) -> None:
    """Raises InputError without words, or with a day that has passed."""
    _check(words)
    now = desk.moment().wall
    if look_again_at <= now:
        raise _cannot(Text("回看的日子要在今天以后。", "The day to look again lies ahead."))
    said = CoachingNote(
        id=uuid4(), agent=agent, words=words.strip(), look_again_at=look_again_at, by=desk.agent.staff_number, at=now,
        score=score,
    )  # fmt: skip
    desk.store.log(CoachingWritten(coaching_note=said))


def look_again(
    desk: Desk, note: CoachingCase, *, better: bool, words: str = "", again_at: datetime | None = None
) -> None:
    """It is better, or it is looked at once more on another day. Raises InputError without that day."""
    now = desk.moment().wall
    if words:
        _check(words)
    if not better and (again_at is None or again_at <= now):
        raise _cannot(Text("请选一个以后的日子再看。", "Choose a later day to look again."))
    said = LookedAgain(
        id=uuid4(), note=note.note.id, better=better, words=words.strip(), by=desk.agent.staff_number, at=now,
        again_at=None if better else again_at,
    )  # fmt: skip
    desk.store.log(CoachingLooked(coaching_look=said))


# What an agent does


def sign(desk: Desk, case: ScoreCase) -> None:
    said = Signature(id=uuid4(), score=case.score.id, agent=desk.agent.staff_number, at=desk.moment().wall)
    desk.store.log(ScoreSigned(score_signature=said))


def dispute(desk: Desk, case: ScoreCase, reason: str) -> None:
    """Once; raises InputError without a reason."""
    _check(reason)
    said = Dispute(
        id=uuid4(), score=case.score.id, agent=desk.agent.staff_number, reason=reason.strip(), at=desk.moment().wall
    )
    desk.store.log(ScoreDisputed(score_dispute=said))


def _check(words: str) -> None:
    flaw = words_flaw(words)
    if flaw is not None:
        raise _cannot(WORDS_FLAW_WORDS[flaw])


def _cannot(why: Text) -> InputError:
    return InputError(
        title=Text("还不能提交", "It cannot be sent yet"),
        message=why,
        next_step=Text("改好再提交一次。", "Change it and send it once more."),
    )
