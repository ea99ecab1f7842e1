"""The kinds of content that offers are made of; each is one piece, named as its kind."""

from typing import Final

PLANS: Final = "plans"
"""core.domain.plan.Catalogue"""
ELIGIBILITY: Final = "eligibility"
"""core.domain.eligibility.EligibilityRules"""
RECOMMENDATION: Final = "recommendation"
"""core.domain.recommendation.RecommendationRule"""
OFFER_KINDS = frozenset({PLANS, ELIGIBILITY, RECOMMENDATION})
