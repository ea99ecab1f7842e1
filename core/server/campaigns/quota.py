"""How many are drawn, and within which strata. Pure."""

import math
from collections.abc import Sequence

from core.domain.campaign import Campaign, CampaignTerms
from core.domain.drawing import BETWEEN, held_out
from core.server.campaigns.heads import Head


def to_draw(campaign: Campaign, treated: int, ready: int, *, batch: str) -> int:
    """How many of those ready chance is asked of in that drawing, so that the quota is reached and no more. `treated`:
    drawn to be called before, without those whom nobody will reach any more."""
    if not campaign.quota:
        return ready
    left = _left(campaign, treated)
    # Of so many at least the part held out is away: those treated are never more than what is left.
    number = math.floor(left / (1 - campaign.control_percent / 100))
    # Chance may hold out one more than that part.
    while number - held_out(campaign.seed, number, campaign.control_percent, batch=batch) < left:
        number += 1
    return min(ready, number)


def to_reach(terms: CampaignTerms, treated: int, drawn: int) -> int:
    """How many of these, whom chance drew to be called long ago, have a place in the quota."""
    return min(drawn, _left(terms, treated)) if terms.quota else drawn


def _left(terms: CampaignTerms, treated: int) -> int:
    return max(0, terms.quota - treated)


def stratum_of(strata: Sequence[str], head: Head | None) -> str:
    """The columns' values, `|` between them; of nobody nothing."""
    return "" if head is None else BETWEEN.join(getattr(head, one) for one in strata)[:160]
