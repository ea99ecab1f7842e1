"""Plans with more than one price: steps, units, minutes of their own within the network, data by kind, roaming held.

The demo's own hand, line by line as a price list is read; the product's calculator is tested against it.
"""

from collections.abc import Sequence

from core.domain.customer import MonthUse
from core.domain.plan import Beyond, Plan, Step


def beyond_fen(beyond: Beyond, over: int) -> int:
    """Charge in fen for `over` beyond an allowance, block after block; none where nothing is over."""
    fen = 0
    while over > 0:
        part = over if beyond.block is None else min(over, beyond.block)
        charged = _stepped(beyond.steps, part)
        fen += charged if beyond.block_cap_fen is None else min(charged, beyond.block_cap_fen)
        over -= part
    return fen if beyond.month_cap_fen is None else min(fen, beyond.month_cap_fen)


def _stepped(steps: Sequence[Step], amount: int) -> int:
    fen = 0
    for nth, step in enumerate(steps):
        end = steps[nth + 1].above if nth + 1 < len(steps) else amount
        within = min(amount, end) - step.above
        if within > 0:
            fen += -(-within // step.unit) * step.fen
    return fen


def data_fen(plan: Plan, use: MonthUse) -> int:
    """Data of partner applications and at night use their own allowance first, then the general one."""
    held = plan.allowances
    general = use.data_mb or 0
    general -= min(use.directed_mb or 0, held.directed_mb)
    general -= min(use.off_peak_mb or 0, held.off_peak_mb)
    return beyond_fen(plan.tariff.data, general - held.data_mb)


def voice_fen(plan: Plan, use: MonthUse) -> int:
    """Calls to other networks use the general minutes first; those within the network their own, then what is left."""
    held, away = plan.allowances, use.off_net_min or 0
    within = (use.voice_min or 0) - away
    if plan.tariff.on_net == plan.tariff.off_net and not held.on_net_min:
        return beyond_fen(plan.tariff.off_net, within + away - held.voice_min)
    left = max(held.voice_min - away, 0)
    within = max(within - held.on_net_min, 0) - left
    return beyond_fen(plan.tariff.on_net, within) + beyond_fen(plan.tariff.off_net, away - held.voice_min)


def sms_fen(plan: Plan, use: MonthUse) -> int:
    return beyond_fen(plan.tariff.sms, (use.sms or 0) - plan.allowances.sms)


def abroad_fen(plan: Plan, use: MonthUse) -> int:
    return beyond_fen(plan.tariff.roaming, (use.roaming_mb or 0) - plan.allowances.roaming_mb)
