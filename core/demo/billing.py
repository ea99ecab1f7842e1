"""How the invented operator bills: slow, simple and apart from the product's calculator, which is tested against it.

All amounts are integer fen. A month's bill has, in this order and only where the amount is not zero:

1. `plan_fee`: the month's plan, in full even in a month that began late.
2. `data_over`: MB beyond the allowance, cut into blocks of the plan's block size; within a block each MB costs
   `data_fen_per_mb`, and no block costs more than `data_block_cap_fen`.
3. `voice_over`: minutes beyond the allowance at `voice_fen_per_min`.
4. `sms_over`: messages beyond the allowance at `sms_fen`.
5. `roaming`: 600 fen per begun 50 MB abroad, at most 30,000 fen a month; in a month with a roaming pack the pack's
   price alone (`roaming_pack`).
6. `value_added`: the fees of the value-added services held in that month.
7. `broadband`: the monthly fee of metered broadband; yearly and holiday broadband is prepaid and stands on no bill.
8. `discount`: monthly bonus credit of a contract, negative, never more than the sum of 1 to 7.
9. `minimum`: what is missing to the contract's minimum spend after the discount.
10. `adjustment`: a correction by hand, either sign, that no rule explains.
"""

from enum import StrEnum

from msgspec import Struct

from core.demo.plans import UPGRADES, Plan
from core.domain.customer import Bill, BillItem, MonthUse
from core.domain.text import Text

ROAMING_STEP_MB, ROAMING_STEP_FEN, ROAMING_CAP_FEN = 50, 600, 30_000


class ItemCode(StrEnum):
    PLAN_FEE = "plan_fee"
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

    value_added: int = 0
    broadband: int = 0
    roaming_pack: int = 0
    bonus: int = 0
    minimum: int = 0
    adjustment: int = 0


NO_EXTRAS = Extras()


def data_over_fen(plan: Plan, used_mb: int) -> int:
    """Charge for data beyond the allowance (rule 2)."""
    over, fen = used_mb - plan.data_mb, 0
    while over > 0:
        block = min(over, plan.data_block_mb)
        fen += min(block * plan.data_fen_per_mb, plan.data_block_cap_fen)
        over -= block
    return fen


def voice_over_fen(plan: Plan, used_min: int) -> int:
    """Charge for minutes beyond the allowance (rule 3)."""
    return max(used_min - plan.voice_min, 0) * plan.voice_fen_per_min


def roaming_fen(used_mb: int) -> int:
    """Charge for data abroad without a pack (rule 5)."""
    steps = -(-used_mb // ROAMING_STEP_MB)
    return min(steps * ROAMING_STEP_FEN, ROAMING_CAP_FEN)


def use_fen(plan: Plan, use: MonthUse) -> int:
    """What plan and use alone cost in a month: rules 1 to 4."""
    sms_over = max((use.sms or 0) - plan.sms, 0)
    return (
        plan.fee_fen
        + data_over_fen(plan, use.data_mb or 0)
        + voice_over_fen(plan, use.voice_min or 0)
        + sms_over * plan.sms_fen
    )


def bill(plan: Plan, use: MonthUse, extras: Extras = NO_EXTRAS) -> Bill:
    """The bill of the month that `use` tells of."""
    abroad = use.roaming_mb or 0
    charged = (
        (ItemCode.PLAN_FEE, plan.fee_fen),
        (ItemCode.DATA_OVER, data_over_fen(plan, use.data_mb or 0)),
        (ItemCode.VOICE_OVER, voice_over_fen(plan, use.voice_min or 0)),
        (ItemCode.SMS_OVER, max((use.sms or 0) - plan.sms, 0) * plan.sms_fen),
        (ItemCode.ROAMING, 0 if extras.roaming_pack else roaming_fen(abroad)),
        (ItemCode.ROAMING_PACK, extras.roaming_pack),
        (ItemCode.VALUE_ADDED, extras.value_added),
        (ItemCode.BROADBAND, extras.broadband),
    )
    before = sum(fen for _, fen in charged)
    discount = -min(extras.bonus, before)
    minimum = max(extras.minimum - before - discount, 0)
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
