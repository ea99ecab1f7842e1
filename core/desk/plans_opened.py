"""The plans as the customer's own branch sells them: those that it has opened to calls are open (4G-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from core.offers.ordering import open_to_calls

if TYPE_CHECKING:
    from core.offers.recommend import PlanContent


def opened(content: PlanContent, codes: frozenset[str]) -> PlanContent:
    """With those plans open to calls; what each costs is as it was."""
    if not codes:
        return content
    plans = tuple(open_to_calls(plan) if plan.code in codes else plan for plan in content.plans.plans)
    return structs.replace(content, plans=structs.replace(content.plans, plans=plans))
