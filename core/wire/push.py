"""What flows from the desk: POST /v1/push, a batch with an answer per item, idempotent by the item's UUID for good."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.authority import AuthorityRequest, Withdrawal
from core.domain.branch_request import BranchAsk
from core.domain.call import AddedNumber, Dial, QuietAsked, Reveal, Skip
from core.domain.care_given import CareGiven
from core.domain.follow_up import FollowUp
from core.domain.knowledge import Tip
from core.domain.outcome import Outcome
from core.domain.presence import StateChange
from core.wire.casework import CaseItem
from core.wire.errands import ErrandItem
from core.wire.inspecting import QualityItem
from core.wire.takeaway import ReviewItem


class Saved(Struct, frozen=True, kw_only=True, tag_field="kind", tag="outcome"):
    """An outcome, or its correction, with its follow-ups in one stroke. UUID: the outcome's."""

    outcome: Outcome
    follow_ups: tuple[FollowUp, ...] = ()

    @property
    def id(self) -> UUID:
        return self.outcome.id


class Dialled(Struct, frozen=True, kw_only=True, tag_field="kind", tag="dial"):
    dial: Dial

    @property
    def id(self) -> UUID:
        return self.dial.id


class Revealed(Struct, frozen=True, kw_only=True, tag_field="kind", tag="reveal"):
    reveal: Reveal

    @property
    def id(self) -> UUID:
        return self.reveal.id


class Skipped(Struct, frozen=True, kw_only=True, tag_field="kind", tag="skip"):
    skip: Skip

    @property
    def id(self) -> UUID:
        return self.skip.id


class NumberAdded(Struct, frozen=True, kw_only=True, tag_field="kind", tag="number"):
    number: AddedNumber

    @property
    def id(self) -> UUID:
        return self.number.id


class QuietTold(Struct, frozen=True, kw_only=True, tag_field="kind", tag="quiet"):
    quiet: QuietAsked

    @property
    def id(self) -> UUID:
        return self.quiet.id


class TipWritten(Struct, frozen=True, kw_only=True, tag_field="kind", tag="tip"):
    tip: Tip

    @property
    def id(self) -> UUID:
        return self.tip.id


class AuthorityAsked(Struct, frozen=True, kw_only=True, tag_field="kind", tag="authority"):
    authority: AuthorityRequest

    @property
    def id(self) -> UUID:
        return self.authority.id


class AuthorityWithdrawn(Struct, frozen=True, kw_only=True, tag_field="kind", tag="withdrawal"):
    withdrawal: Withdrawal

    @property
    def id(self) -> UUID:
        return self.withdrawal.id


class BranchAsked(Struct, frozen=True, kw_only=True, tag_field="kind", tag="branch_ask"):
    branch_ask: BranchAsk

    @property
    def id(self) -> UUID:
        return self.branch_ask.id


class CareNoted(Struct, frozen=True, kw_only=True, tag_field="kind", tag="care"):
    """A class of care was given: its text is to leave, or it was said in a call."""

    care_given: CareGiven

    @property
    def id(self) -> UUID:
        return self.care_given.id


class StateChanged(Struct, frozen=True, kw_only=True, tag_field="kind", tag="state"):
    """What the agent is doing from that moment on."""

    state: StateChange

    @property
    def id(self) -> UUID:
        return self.state.id


Item = (
    Saved
    | Dialled
    | Revealed
    | Skipped
    | NumberAdded
    | QuietTold
    | TipWritten
    | AuthorityAsked
    | AuthorityWithdrawn
    | BranchAsked
    | CareNoted
    | CaseItem
    | ErrandItem
    | StateChanged
    | QualityItem
    | ReviewItem
)

LATER_KINDS = ("quiet",)
"""tags of items that earlier servers refuse as unreadable; those that a server reads stand in its `Site.reads`"""


class Batch(Struct, frozen=True, kw_only=True):
    items: tuple[Item, ...]


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    """the same UUID with the same bytes: already there"""
    CONFLICT = "conflict"
    """the same UUID with other bytes: kept aside for repair"""
    SUPERSEDED = "superseded"
    """kept as a record, but the task had gone to someone else or was closed"""
    REJECTED = "rejected"
    """cannot be taken; kept on the client and shown"""


class Answer(Struct, frozen=True, kw_only=True):
    id: UUID
    verdict: Verdict
    code: str = ""
    message_zh: str = ""
    message_en: str = ""


class Answers(Struct, frozen=True, kw_only=True):
    answers: tuple[Answer, ...]
    server_time: datetime
