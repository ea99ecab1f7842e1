"""A call that is inspected: claimed, scored, signed or disputed once, decided. States and who may do what, pure."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.masking import holds_long_number
from core.domain.outcome import Outcome
from core.domain.quality.sampling import Why
from core.domain.quality.save_check import CheckState
from core.domain.quality.scorecard import Subject
from core.domain.quality.scoring import WORDS_MOST, Marked, ScoreResult
from core.domain.text import Text


class Claim(Struct, frozen=True, kw_only=True):
    """A lead takes a call out of the queue, or gives it back."""

    id: UUID
    call: UUID
    by: str
    at: datetime
    release: bool = False


class Claimed(Struct, frozen=True, kw_only=True):
    """Who has a call, as the server tells it."""

    claim: UUID
    by: str
    by_name: str
    until: datetime


class SampledCall(Struct, frozen=True, kw_only=True):
    """A call in the queue, with all that is needed to score it without a network. Customer and number are masked."""

    id: UUID
    """the first record of the call; the reveal, where nothing was called"""
    subject: Subject
    agent: str
    agent_name: str
    team: str
    scenario: str
    scenario_label: Text
    at: datetime
    customer: str
    why: tuple[Why, ...]
    sampled_at: datetime
    outcome: Outcome | None = None
    """as it stands now; None for a reveal"""
    result: Text = Text("", "")
    reason: Text = Text("", "")
    claimed: Claimed | None = None
    score: UUID | None = None
    check: CheckState | None = None
    """what callback staff found of a claimed save"""


class Score(Struct, frozen=True, kw_only=True):
    """What a lead gave a call. Computed anew by the server from the same marks."""

    id: UUID
    call: UUID
    outcome: UUID | None
    """the version of the record that it was given for"""
    card: str
    card_version: int
    marks: tuple[Marked, ...]
    fails: tuple[str, ...] = ()
    remark: str = ""
    by: str
    at: datetime


class Signature(Struct, frozen=True, kw_only=True):
    """The agent has read the score and takes it."""

    id: UUID
    score: UUID
    agent: str
    at: datetime


class Dispute(Struct, frozen=True, kw_only=True):
    """The agent does not take it, once, and says why."""

    id: UUID
    score: UUID
    agent: str
    reason: str
    at: datetime


class Ruling(StrEnum):
    UPHELD = "upheld"
    AMENDED = "amended"
    """other marks stand"""
    VOIDED = "voided"
    """the score counts nowhere"""


class Decision(Struct, frozen=True, kw_only=True):
    """What a lead makes of a dispute."""

    id: UUID
    score: UUID
    ruling: Ruling
    words: str
    """to the agent"""
    marks: tuple[Marked, ...] = ()
    """amended: all marks anew"""
    fails: tuple[str, ...] = ()
    by: str
    at: datetime


class ScoreState(StrEnum):
    GIVEN = "given"
    SIGNED = "signed"
    DISPUTED = "disputed"
    DECIDED = "decided"


class ScoreCase(Struct, frozen=True, kw_only=True):
    """A score and what became of it, as the server tells agent and leads."""

    score: Score
    by_name: str
    agent: str
    agent_name: str
    team: str
    subject: Subject
    scenario: str
    scenario_label: Text
    called_at: datetime
    customer: str
    """masked"""
    said: Text = Text("", "")
    """the result of the call, as its agent recorded it"""
    result: ScoreResult
    """as it stands: after a decision that amended it, the new one"""
    given: ScoreResult
    """as it was first given"""
    state: ScoreState = ScoreState.GIVEN
    received_at: datetime
    signed_at: datetime | None = None
    dispute: Dispute | None = None
    decision: Decision | None = None
    decided_by_name: str = ""
    deciders: tuple[str, ...] = ()
    """staff numbers of who may decide a dispute"""
    corrected: UUID | None = None
    """the record of the call was corrected since; the score stands for the version it was given for"""

    @property
    def counts(self) -> bool:
        """A score that was voided stands in no average."""
        return self.decision is None or self.decision.ruling is not Ruling.VOIDED


class CoachingNote(Struct, frozen=True, kw_only=True):
    """What lead and agent agreed on, with a day to look again."""

    id: UUID
    agent: str
    words: str
    look_again_at: datetime
    by: str
    at: datetime
    score: UUID | None = None
    """the score that it comes from"""


class LookedAgain(Struct, frozen=True, kw_only=True):
    """The lead looked again: it is better, or it is looked at once more later."""

    id: UUID
    note: UUID
    better: bool
    words: str = ""
    by: str
    at: datetime
    again_at: datetime | None = None


class CoachingCase(Struct, frozen=True, kw_only=True):
    """A coaching note as the server tells lead and agent."""

    note: CoachingNote
    by_name: str
    agent_name: str
    team: str
    look_again_at: datetime
    """of the note, or of the latest look"""
    looks: tuple[LookedAgain, ...] = ()

    @property
    def open(self) -> bool:
        return not any(look.better for look in self.looks)


class WordsFlaw(StrEnum):
    NONE = "none"
    LONG = "long"
    NUMBER = "number"


WORDS_FLAW_WORDS: dict[WordsFlaw, Text] = {
    WordsFlaw.NONE: Text("请先写一句话。", "Write a line first."),
    WordsFlaw.LONG: Text(f"最多 {WORDS_MOST} 个字。", f"At most {WORDS_MOST} characters."),
    WordsFlaw.NUMBER: Text(
        "里面有 7 位或更长的数字，可能是客户的号码，请删掉。",
        "It holds a number of 7 digits or more, perhaps the customer's: take it out.",
    ),
}


def words_flaw(words: str) -> WordsFlaw | None:
    """What is wrong with a reason, a decision's words or a note; the same at the desk and at the server."""
    if not words.strip():
        return WordsFlaw.NONE
    if len(words) > WORDS_MOST:
        return WordsFlaw.LONG
    return WordsFlaw.NUMBER if holds_long_number(words) else None


def holder(claimed: Claimed | None, now: datetime) -> str:
    """Whose the call is now; empty once a claim has run out."""
    return claimed.by if claimed is not None and claimed.until > now else ""


def deciders_of(scorer: str, leads: Collection[str], agent: str) -> tuple[str, ...]:
    """Who may decide a dispute: another lead than the scorer where there is one, never the agent."""
    able = sorted(set(leads) - {agent})
    others = tuple(lead for lead in able if lead != scorer)
    return others or tuple(able)
