"""Plans and the rules of offers as they came over the wire: JSON bytes into Structs; imports no YAML."""

import msgspec

from core.content.decode import decoded
from core.domain import decoding
from core.domain.eligibility import EligibilityRules
from core.domain.granting import GrantRules
from core.domain.offer import Offer, OfferingRules
from core.domain.offer_content import BUDGET, ELIGIBILITY, GRANTING, OFFER, OFFERING, PLANS, RECOMMENDATION, SHELF
from core.domain.offer_kind import OfferKind
from core.domain.plan import Catalogue
from core.domain.recommendation import RecommendationRule
from core.domain.retention_budget import BudgetRule
from core.domain.shelf import Shelf


class _Kind(msgspec.Struct):
    kind: str


_catalogue = decoding.decoder(Catalogue)
_eligibility = decoding.decoder(EligibilityRules)
_offer = decoding.decoder(Offer)
_offer_kind = decoding.decoder(_Kind)
_offering = decoding.decoder(OfferingRules)
_granting = decoding.decoder(GrantRules)
_budget = decoding.decoder(BudgetRule)
_shelf = decoding.decoder(Shelf)
_recommendation = decoding.decoder(RecommendationRule)


def decode_catalogue(body: bytes) -> Catalogue:
    """Raises ContentError on anything but a Catalogue."""
    return decoded(_catalogue, body, PLANS)


def decode_offer(body: bytes) -> Offer:
    """Raises ContentError on anything but an Offer."""
    return decoded(_offer, body, OFFER)


def is_known_offer(body: bytes) -> bool:
    """False for an offer of a kind that a later program brought: it is passed over, and the others stay.

    Raises ContentError on anything but an offer."""
    return decoded(_offer_kind, body, OFFER).kind in frozenset(OfferKind)


def decode_offering(body: bytes) -> OfferingRules:
    """Raises ContentError on anything but OfferingRules."""
    return decoded(_offering, body, OFFERING)


def decode_granting(body: bytes) -> GrantRules:
    """Raises ContentError on anything but GrantRules."""
    return decoded(_granting, body, GRANTING)


def decode_budget(body: bytes) -> BudgetRule:
    """Raises ContentError on anything but a BudgetRule."""
    return decoded(_budget, body, BUDGET)


def decode_eligibility(body: bytes) -> EligibilityRules:
    """Raises ContentError on anything but EligibilityRules."""
    return decoded(_eligibility, body, ELIGIBILITY)


def decode_recommendation(body: bytes) -> RecommendationRule:
    """Raises ContentError on anything but a RecommendationRule."""
    return decoded(_recommendation, body, RECOMMENDATION)


def decode_shelf(body: bytes) -> Shelf:
    """Raises ContentError on anything but a Shelf."""
    return decoded(_shelf, body, SHELF)
