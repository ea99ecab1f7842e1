"""Items of the push that concern departments, standing commitments, and callbacks moved to another time."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from core.domain.callback_move import CallbackMove
from core.domain.commitment import Commitment, CommitmentEnd
from core.domain.errand import Errand, ErrandChange, ErrandVerdict


class ErrandAsked(Struct, frozen=True, kw_only=True, tag_field="kind", tag="errand"):
    """What no call brought: a department is asked from a case or a list; a call's come with its follow-ups."""

    errand: Errand

    @property
    def id(self) -> UUID:
        return self.errand.id


class ErrandChanged(Struct, frozen=True, kw_only=True, tag_field="kind", tag="errand_change"):
    errand_change: ErrandChange

    @property
    def id(self) -> UUID:
        return self.errand_change.id


class ErrandAnswered(Struct, frozen=True, kw_only=True, tag_field="kind", tag="errand_verdict"):
    errand_verdict: ErrandVerdict

    @property
    def id(self) -> UUID:
        return self.errand_verdict.id


class CommitmentMade(Struct, frozen=True, kw_only=True, tag_field="kind", tag="commitment"):
    commitment: Commitment

    @property
    def id(self) -> UUID:
        return self.commitment.id


class CommitmentEnded(Struct, frozen=True, kw_only=True, tag_field="kind", tag="commitment_end"):
    commitment_end: CommitmentEnd

    @property
    def id(self) -> UUID:
        return self.commitment_end.id


class CallbackMoved(Struct, frozen=True, kw_only=True, tag_field="kind", tag="callback_move"):
    callback_move: CallbackMove

    @property
    def id(self) -> UUID:
        return self.callback_move.id


ErrandItem = ErrandAsked | ErrandChanged | ErrandAnswered | CommitmentMade | CommitmentEnded | CallbackMoved


def said_at(item: ErrandItem) -> datetime:
    """The moment at which the desk wrote it."""
    match item:
        case ErrandAsked(errand=asked):
            return asked.at
        case ErrandChanged(errand_change=change):
            return change.at
        case ErrandAnswered(errand_verdict=verdict):
            return verdict.at
        case CommitmentMade(commitment=made):
            return made.at
        case CommitmentEnded(commitment_end=end):
            return end.at
        case CallbackMoved(callback_move=move):
            return move.at
