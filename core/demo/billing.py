"""How the invented operator bills: slow, simple and apart from the product's calculator, which is tested against it.

All amounts are integer fen. A month's bill has, in this order and only where the amount is not zero:

1. `plan_fee`: the month's plan, in full even in a month that began late.
2. `pack`: the fees of the packs held in any day of that month, of those that the plan takes; each in full. What they
   hold counts before 4 to 6: data of partner applications and at night take their own packs first.
3. `further_sims`: `sim_fen` for each further SIM; all that they used counts as if the first SIM had used it.
4. `data_over`: MB beyond the allowance, cut into blocks of the plan's block size; within a block each MB costs
   `data_fen_per_mb`, and no block costs more than `data_block_cap_fen`.
5. `voice_over`: minutes beyond the allowance at `voice_fen_per_min`.
6. `sms_over`: messages beyond the allowance at `sms_fen`.
7. `roaming`: 600 fen per begun 50 MB abroad, at most 30,000 fen a month; in a month with a roaming pack the pack's
   price alone (`roaming_pack`).
8. `value_added`: the fees of the value-added services held in that month.
9. `broadband`: the monthly fee of metered broadband; yearly and holiday broadband is prepaid and stands on no bill.
10. `discount`: monthly bonus credit of a contract, negative, never more than the sum of 1 to 9.
11. `minimum`: what is missing to the contract's minimum spend after the discount.
12. `adjustment`: a correction by hand, either sign, that no rule explains.

A plan with more than one price of a kind is charged for 4 to 7 by its price list (`core.demo.price_list`), and 11 fills
up to its own minimum spend where that is more.
"""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from core.demo.plans import UPGRADES, Plan
from core.demo.price_list import abroad_fen, data_fen, sms_fen, voice_fen
from core.domain.customer import Bill, BillItem, MemberUse, MonthUse
from core.domain.plan import Pack
from core.domain.text import Text

ROAMING_STEP_MB, ROAMING_STEP_FEN, ROAMING_CAP_FEN = 50, 600, 30_000


class ItemCode(StrEnum):
    PLAN_FEE = "plan_fee"
    PACK = "pack"
    FURTHER_SIMS = "further_sims"
    DATA_OVER = "data_over"
    VOICE_OVER = "voice_over"
    SMS_OVER = "sms_over"
    ROAMING = "roaming"
    ROAMING_PACK = "roaming_pack"
    VALUE_ADDED = "value_added"
    BROADBAND = "broadband"
    DISCOUNT = "discount"
    MINIMUM = "minimum"
    ADJUSTMENT = "adjustment"


LABELS: dict[ItemCode, Text] = {
    ItemCode.PLAN_FEE: Text("套餐月费", "Plan fee"),
    ItemCode.PACK: Text("叠加包", "Packs"),
    ItemCode.FURTHER_SIMS: Text("副卡月费", "Further SIMs"),
    ItemCode.DATA_OVER: Text("套外流量", "Extra data"),
    ItemCode.VOICE_OVER: Text("套外语音", "Extra minutes"),
    ItemCode.SMS_OVER: Text("套外短信", "Extra SMS"),
    ItemCode.ROAMING: Text("国际漫游", "Roaming"),
    ItemCode.ROAMING_PACK: Text("漫游包", "Roaming pack"),
    ItemCode.VALUE_ADDED: Text("增值业务", "Value-added"),
    ItemCode.BROADBAND: Text("宽带月费", "Broadband"),
    ItemCode.DISCOUNT: Text("优惠赠款", "Discount"),
    ItemCode.MINIMUM: Text("低消补足", "Minimum spend"),
    ItemCode.ADJUSTMENT: Text("手工调账", "Adjustment"),
}


class Extras(Struct, frozen=True, kw_only=True):
    """What a month's bill holds besides the plan and its use; all in fen, all from zero up except `adjustment`."""

    packs: tuple[Pack, ...] = ()
    """held in that month"""
    value_added: int = 0
    broadband: int = 0
    roaming_pack: int = 0
    bonus: int = 0
    minimum: int = 0
    adjustment: int = 0


NO_EXTRAS = Extras()


def data_over_fen(plan: Plan, used_mb: int) -> int:
    """Charge for data beyond the allowance (rule 4)."""
    over, fen = used_mb - plan.data_mb, 0
    while over > 0:
        block = min(over, plan.data_block_mb)
        fen += min(block * plan.data_fen_per_mb, plan.data_block_cap_fen)
        over -= block
    return fen


def voice_over_fen(plan: Plan, used_min: int) -> int:
    """Charge for minutes beyond the allowance (rule 5)."""
    return max(used_min - plan.voice_min, 0) * plan.voice_fen_per_min


def roaming_fen(used_mb: int) -> int:
    """Charge for data abroad without a pack (rule 7)."""
    steps = -(-used_mb // ROAMING_STEP_MB)
    return min(steps * ROAMING_STEP_FEN, ROAMING_CAP_FEN)


def use_fen(plan: Plan, use: MonthUse) -> int:
    """What plan and use alone cost in a month: rules 1 and 4 to 6, without packs and further SIMs."""
    if plan.listed is not None:
        over = data_fen(plan.listed, use) + voice_fen(plan.listed, use) + sms_fen(plan.listed, use)
        return max(plan.fee_fen + over, plan.listed.minimum_spend_fen)
    sms_over = max((use.sms or 0) - plan.sms, 0)
    return (
        plan.fee_fen
        + data_over_fen(plan, use.data_mb or 0)
        + voice_over_fen(plan, use.voice_min or 0)
        + sms_over * plan.sms_fen
    )


def _beside_packs_mb(sims: Sequence[MonthUse | MemberUse], packs: Sequence[Pack]) -> int:
    """What of the data no pack holds; below zero where they hold more."""
    general = sum(sim.data_mb or 0 for sim in sims)
    for kind in ("directed_mb", "off_peak_mb"):
        general -= min(sum(getattr(sim, kind) or 0 for sim in sims), sum(getattr(pack.holds, kind) for pack in packs))
    return general - sum(pack.holds.data_mb for pack in packs)


def bill(plan: Plan, use: MonthUse, extras: Extras = NO_EXTRAS) -> Bill:
    """The bill of the month that `use` tells of."""
    packs = [pack for pack in extras.packs if pack.code in {one.code for one in plan.packs}]
    sims: list[MonthUse | MemberUse] = [use, use.members] if use.members else [use]
    minutes = sum(sim.voice_min or 0 for sim in sims) - sum(pack.holds.voice_min for pack in packs)
    messages = sum(sim.sms or 0 for sim in sims) - sum(pack.holds.sms for pack in packs)
    abroad_mb = sum(sim.roaming_mb or 0 for sim in sims)
    listed = plan.listed
    charged = (
        (ItemCode.PLAN_FEE, plan.fee_fen),
        (ItemCode.PACK, sum(pack.fee_fen for pack in packs)),
        (ItemCode.FURTHER_SIMS, plan.sim_fen * use.members.sims if use.members else 0),
        (ItemCode.DATA_OVER, data_fen(listed, use) if listed else data_over_fen(plan, _beside_packs_mb(sims, packs))),
        (ItemCode.VOICE_OVER, voice_fen(listed, use) if listed else voice_over_fen(plan, minutes)),
        (ItemCode.SMS_OVER, sms_fen(listed, use) if listed else max(messages - plan.sms, 0) * plan.sms_fen),
        (ItemCode.ROAMING, 0 if extras.roaming_pack else abroad_fen(listed, use) if listed else roaming_fen(abroad_mb)),
        (ItemCode.ROAMING_PACK, extras.roaming_pack),
        (ItemCode.VALUE_ADDED, extras.value_added),
        (ItemCode.BROADBAND, extras.broadband),
    )
    before = sum(fen for _, fen in charged)
    discount = -min(extras.bonus, before)
    least = max(extras.minimum, listed.minimum_spend_fen if listed else 0)
    minimum = max(least - before - discount, 0)
    settled = (
        (ItemCode.DISCOUNT, discount),
        (ItemCode.MINIMUM, minimum),
        (ItemCode.ADJUSTMENT, extras.adjustment),
    )
    items = [BillItem(code=code.value, label=LABELS[code], fen=fen) for code, fen in charged + settled if fen]
    return Bill(
        month=use.month,
        plan_code=plan.code,
        plan_fee_fen=plan.fee_fen,
        total_fen=before + discount + minimum + extras.adjustment,
        items=items,
    )


def best_upgrade(uses: list[MonthUse], *, has_broadband: bool) -> tuple[Plan, int]:
    """The 4G plan that would have cost least over these months, and its mean cost in fen a month."""
    costs = [
        (sum(use_fen(plan, use) for use in uses) // len(uses), plan.fee_fen, plan)
        for plan in UPGRADES
        if has_broadband or not plan.with_broadband
    ]
    mean, _, plan = min(costs, key=lambda cost: cost[:2])
    return plan, mean
