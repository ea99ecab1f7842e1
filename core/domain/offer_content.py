"""The kinds of content that offers are made of; each is one piece, named as its kind, but for offers."""

from typing import Final

PLANS: Final = "plans"
"""core.domain.plan.Catalogue"""
ELIGIBILITY: Final = "eligibility"
"""core.domain.eligibility.EligibilityRules"""
RECOMMENDATION: Final = "recommendation"
"""core.domain.recommendation.RecommendationRule"""
OFFER: Final = "offer"
"""core.domain.offer.Offer; a piece each, named by its id"""
OFFERING: Final = "offering"
"""core.domain.offer.OfferingRules"""
GRANTING: Final = "granting"
"""core.domain.granting.GrantRules"""
BUDGET: Final = "budget"
"""core.domain.retention_budget.BudgetRule"""
SHELF: Final = "shelf"
"""core.domain.shelf.Shelf; a piece each, named by its id"""
OFFER_KINDS = frozenset({PLANS, ELIGIBILITY, RECOMMENDATION, OFFER, OFFERING, GRANTING, BUDGET, SHELF})
