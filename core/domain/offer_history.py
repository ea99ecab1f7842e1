"""The offers of a call as history: for the server that tells of them, and for the desk until it has."""

from core.domain.offered import PastOffer, past_offer
from core.domain.outcome import Outcome


def past_offers_of(outcome: Outcome) -> list[PastOffer]:
    """As of the call itself: a correction moves none of them in time."""
    at = outcome.call.answered_at or outcome.call.dialled_at or outcome.recorded_at
    return [past_offer(made, at=at, outcome_id=str(outcome.id)) for made in outcome.offers]
