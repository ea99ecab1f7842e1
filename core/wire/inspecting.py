"""Items of the push that concern quality inspection: claims, scores, what agents say to them, coaching."""

from uuid import UUID

from msgspec import Struct

from core.domain.quality.inspection import (
    Claim,
    CoachingNote,
    Decision,
    Dispute,
    LookedAgain,
    Score,
    Signature,
)


class CallClaimed(Struct, frozen=True, kw_only=True, tag_field="kind", tag="quality_claim"):
    quality_claim: Claim

    @property
    def id(self) -> UUID:
        return self.quality_claim.id


class CallScored(Struct, frozen=True, kw_only=True, tag_field="kind", tag="quality_score"):
    quality_score: Score

    @property
    def id(self) -> UUID:
        return self.quality_score.id


class ScoreSigned(Struct, frozen=True, kw_only=True, tag_field="kind", tag="score_signature"):
    score_signature: Signature

    @property
    def id(self) -> UUID:
        return self.score_signature.id


class ScoreDisputed(Struct, frozen=True, kw_only=True, tag_field="kind", tag="score_dispute"):
    score_dispute: Dispute

    @property
    def id(self) -> UUID:
        return self.score_dispute.id


class DisputeDecided(Struct, frozen=True, kw_only=True, tag_field="kind", tag="score_decision"):
    score_decision: Decision

    @property
    def id(self) -> UUID:
        return self.score_decision.id


class CoachingWritten(Struct, frozen=True, kw_only=True, tag_field="kind", tag="coaching_note"):
    coaching_note: CoachingNote

    @property
    def id(self) -> UUID:
        return self.coaching_note.id


class CoachingLooked(Struct, frozen=True, kw_only=True, tag_field="kind", tag="coaching_look"):
    coaching_look: LookedAgain

    @property
    def id(self) -> UUID:
        return self.coaching_look.id


QualityItem = CallClaimed | CallScored | ScoreSigned | ScoreDisputed | DisputeDecided | CoachingWritten | CoachingLooked

Said = Claim | Score | Signature | Dispute | Decision | CoachingNote | LookedAgain


def said_of(item: QualityItem) -> Said:
    """What the item carries; every one has the moment at which it was said."""
    match item:
        case CallClaimed(quality_claim=claim):
            return claim
        case CallScored(quality_score=score):
            return score
        case ScoreSigned(score_signature=signature):
            return signature
        case ScoreDisputed(score_dispute=dispute):
            return dispute
        case DisputeDecided(score_decision=decision):
            return decision
        case CoachingWritten(coaching_note=note):
            return note
        case CoachingLooked(coaching_look=look):
            return look
