"""Each plan with one of its packs: what months would have cost with a pack that nobody held."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from core.domain.plan import Pack
from core.offers.compiled import CompiledPlans, compiled
from core.offers.held import with_packs

_KEY = "with each pack"


class WithEachPack(NamedTuple):
    """Plans that take packs, once with each of them."""

    plans: CompiledPlans
    of: tuple[tuple[int, Pack], ...]
    """where the plan stands among those that were given, and the pack"""


def with_each_pack(plans: CompiledPlans) -> WithEachPack | None:
    """Made when first asked for; None where no plan takes any."""
    if not plans.packs:
        return None
    found: WithEachPack | None = plans.derived.get(_KEY)
    if found is None:
        of = tuple((at, pack) for at, plan in enumerate(plans.plans) for pack in plan.packs)
        # The pack that is added is no longer one that may be held: a customer's own of the same code counts once.
        grown = [
            replace(
                with_packs(plans.plans[at], {pack.code}),
                fee_fen=plans.plans[at].fee_fen + pack.fee_fen,
                packs=tuple(one for one in plans.plans[at].packs if one is not pack),
            )
            for at, pack in of
        ]
        found = plans.derived[_KEY] = WithEachPack(compiled(grown, plans.packs), of)
    return found
