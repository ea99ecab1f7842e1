"""How many are drawn, and within which strata. Pure."""

import math
from collections.abc import Sequence

from core.domain.campaign import CampaignTerms
from core.domain.drawing import BETWEEN
from core.server.campaigns.heads import Head


def to_draw(terms: CampaignTerms, treated: int, ready: int) -> int:
    """How many of those ready chance is asked of, so that no more than the quota is reached. `treated`: drawn to be
    called before, without those whom nobody will reach any more."""
    if not terms.quota:
        return ready
    # Of so many at least the part held out is away: those treated are never more than what is left.
    return min(ready, math.floor(_left(terms, treated) / (1 - terms.control_percent / 100)))


def to_reach(terms: CampaignTerms, treated: int, drawn: int) -> int:
    """How many of these, whom chance drew to be called long ago, have a place in the quota."""
    return min(drawn, _left(terms, treated)) if terms.quota else drawn


def _left(terms: CampaignTerms, treated: int) -> int:
    return max(0, terms.quota - treated)


def stratum_of(strata: Sequence[str], head: Head | None) -> str:
    """The columns' values, `|` between them; of nobody nothing."""
    return "" if head is None else BETWEEN.join(getattr(head, one) for one in strata)[:160]
