"""Items of the push that concern quality inspection, each to what takes it."""

from core.server.access.caller import Caller
from core.server.db.engine import Unit
from core.server.quality.coaching import take_look, take_note
from core.server.quality.taking import take_claim, take_decision, take_dispute, take_score, take_signature
from core.server.sync.answers import Ruling
from core.wire.inspecting import (
    CallClaimed,
    CallScored,
    CoachingLooked,
    CoachingWritten,
    DisputeDecided,
    QualityItem,
    ScoreDisputed,
    ScoreSigned,
)


def take_quality(unit: Unit, caller: Caller, item: QualityItem) -> Ruling:
    match item:
        case CallClaimed(quality_claim=claim):
            return take_claim(unit, caller, claim)
        case CallScored(quality_score=score):
            return take_score(unit, caller, score)
        case ScoreSigned(score_signature=signature):
            return take_signature(unit, caller, signature)
        case ScoreDisputed(score_dispute=dispute):
            return take_dispute(unit, caller, dispute)
        case DisputeDecided(score_decision=decision):
            return take_decision(unit, caller, decision)
        case CoachingWritten(coaching_note=note):
            return take_note(unit, caller, note)
        case CoachingLooked(coaching_look=look):
            return take_look(unit, caller, look)
