"""What is held beside a plan: packs, and the further SIMs of a shared plan.

A month with either is billed as the plan would be that holds all of it: the packs that the plan takes add their fees
and what they hold, each further SIM adds its fee, and the use of all SIMs is charged as if one had used it. A pack that
a plan does not take falls away with the change to it. A plan with room for fewer further SIMs than there are takes none
of them: it is billed for the first SIM alone, and eligibility says that it cannot be taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from core.domain.plan import UNLIMITED, Allowances, Pack, Plan
from core.offers.beyond import Ints, column
from core.offers.compiled import CompiledPlans, compiled
from core.offers.months import POOLED, QUANTITIES, Months


class Held(NamedTuple):
    packs: int
    """a bit each, in the order of `CompiledPlans.packs`"""
    members: int


class WithHeld(NamedTuple):
    """Plans in their order with what is held beside them; columns have a row a plan."""

    plans: CompiledPlans
    """allowances and fees with packs and further SIMs"""
    pack_fen: Ints
    member_fen: Ints
    takes_members: NDArray[np.bool_]


KEPT = 64
"""of the combinations that customers hold, so many stay worked out"""


def with_held(plans: CompiledPlans, held: Held) -> WithHeld:
    """The same plans with that held beside each."""
    found: WithHeld | None = plans.derived.get(held)
    if found is None:
        found = _with_held(plans, held)
        if len(plans.derived) >= KEPT:
            plans.derived.clear()
        plans.derived[held] = found
    return found


def _with_held(plans: CompiledPlans, held: Held) -> WithHeld:
    codes = {pack.code for pack in packs_of(held.packs, plans.packs)}
    pack_fen = [sum(pack.fee_fen for pack in plan.packs if pack.code in codes) for plan in plans.plans]
    member_fen = [member_fee_fen(plan, held.members) for plan in plans.plans]
    grown = [
        replace(with_packs(plan, codes), fee_fen=plan.fee_fen + packs + members)
        for plan, packs, members in zip(plans.plans, pack_fen, member_fen, strict=True)
    ]
    takes = [[plan.takes_members(held.members)] for plan in plans.plans]
    # The grown plans keep their contracts: a bonus that counts for these counts with what is held beside them.
    grown_plans = compiled(grown, plans.packs, taken=bool(plans.bonus.any()))
    return WithHeld(grown_plans, column(pack_fen), column(member_fen), np.array(takes, dtype=np.bool_))


def packs_of(bits: int, packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """Those that the bits of a month name."""
    return tuple(pack for at, pack in enumerate(packs) if bits >> at & 1)


def with_packs(plan: Plan, codes: set[str]) -> Plan:
    """The plan with what those of the packs hold that it takes; its fee is as it was."""
    taken = [pack.holds for pack in plan.packs if pack.code in codes]
    if not taken:
        return plan
    amounts = {
        name: min(sum(getattr(one, name) for one in (plan.allowances, *taken)), UNLIMITED)
        for name in Allowances.__struct_fields__
    }
    return replace(plan, allowances=Allowances(**amounts))


def member_fee_fen(plan: Plan, members: int) -> int:
    """What so many further SIMs cost a month; 0 where the plan does not take them."""
    return plan.shared.member_fee_fen * members if plan.shared and plan.takes_members(members) else 0


def held_cells(months: Months) -> Iterator[tuple[Held, NDArray[np.intp]]]:
    """Whatever is held in any month, with the places of its cells, month by month; nothing where no month has any."""
    packs, members = _flat(months, "packs"), _flat(months, "members")
    at = np.flatnonzero((packs > 0) | (members > 0))
    if not at.size:
        return
    pairs, which = np.unique(np.stack((packs[at], members[at])), axis=1, return_inverse=True)
    for nth, (bits, sims) in enumerate(pairs.T.tolist()):
        yield Held(bits, sims), at[which.reshape(-1) == nth]


def cells_of(months: Months, at: NDArray[np.intp]) -> Months:
    """Those cells, each as a customer with one month."""
    amounts = {name: _flat(months, name)[at].reshape(-1, 1) for name in QUANTITIES}
    return Months(known=months.known.T.reshape(-1)[at].reshape(-1, 1), **amounts)


def pooled(months: Months) -> Months:
    """With the use of all SIMs together."""
    return replace(months, **{name: getattr(months, name) + getattr(months, f"member_{name}") for name in POOLED})


def _flat(months: Months, name: str) -> Ints:
    values: Ints = getattr(months, name)
    return values.T.reshape(-1)
