"""The plans whose contract pays a bonus, billed as to whoever takes one of them now."""

from __future__ import annotations

from typing import NamedTuple

from core.offers.compiled import CompiledPlans, compiled

_KEY = "taken up"


class TakenUp(NamedTuple):
    plans: CompiledPlans
    at: tuple[int, ...]
    """where each stands among those that were given"""


def taken_up(plans: CompiledPlans) -> TakenUp | None:
    """Made when first asked for; None where no contract pays any."""
    at = tuple(nth for nth, plan in enumerate(plans.plans) if plan.contract.monthly_bonus_fen)
    if not at:
        return None
    found: TakenUp | None = plans.derived.get(_KEY)
    if found is None:
        found = TakenUp(compiled([plans.plans[nth] for nth in at], plans.packs, taken=True), at)
        plans.derived[_KEY] = found
    return found
