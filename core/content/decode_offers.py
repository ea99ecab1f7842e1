"""Plans and the rules of offers as they came over the wire: JSON bytes into Structs; imports no YAML."""

import msgspec

from core.content.decode import decoded
from core.domain.eligibility import EligibilityRules
from core.domain.offer_content import ELIGIBILITY, PLANS, RECOMMENDATION
from core.domain.plan import Catalogue
from core.domain.recommendation import RecommendationRule

_catalogue = msgspec.json.Decoder(Catalogue)
_eligibility = msgspec.json.Decoder(EligibilityRules)
_recommendation = msgspec.json.Decoder(RecommendationRule)


def decode_catalogue(body: bytes) -> Catalogue:
    """Raises ContentError on anything but a Catalogue."""
    return decoded(_catalogue, body, PLANS)


def decode_eligibility(body: bytes) -> EligibilityRules:
    """Raises ContentError on anything but EligibilityRules."""
    return decoded(_eligibility, body, ELIGIBILITY)


def decode_recommendation(body: bytes) -> RecommendationRule:
    """Raises ContentError on anything but a RecommendationRule."""
    return decoded(_recommendation, body, RECOMMENDATION)
