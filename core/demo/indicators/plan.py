"""Plan fit, contract, tier and value."""

from core.demo.indicators.facts import Facts, Values
from core.demo.indicators.words import STAGE_NAMES, VALUE_NAMES
from core.demo.life import above_fee_fen
from core.domain.task import TIER_NAMES


def values(f: Facts) -> Values:
    plan, money = f.life.plan, f.life.account
    ends = f.life.ties.subsidy.ends_on if f.life.ties.subsidy else None
    contract_days = (ends - f.day).days if ends else None
    return {
        "plan_generation": f"{plan.generation}G",
        "plan_fee": plan.fee_fen,
        "plan_on_sale": plan.on_sale,
        "plan_age": f.months_since(f.life.plan_since),
        "plan_changed_recently": f.months_since(f.life.plan_since) < 6 <= f.life.tenure_months,
        "plan_data_fit": 100 * f.mb // plan.data_mb if plan.data_mb else None,
        "plan_voice_fit": 100 * f.minutes // plan.voice_min if plan.voice_min else None,
        "plan_sms_fit": 100 * f.sms // plan.sms if plan.sms else None,
        "plan_months_over_data": f.life.months_over_data,
        "plan_months_over_voice": f.life.months_over_voice,
        "plan_above_fee": above_fee_fen(f.life) if len(money.bills) >= 6 else None,
        "contract_days_left": contract_days,
        "contract_locked": f.life.ties.subsidy.locked if f.life.ties.subsidy else False,
        "contract_renewable": contract_days is not None and contract_days < 183,
        "contracts_running": len(f.life.ties.services.contracts),
        "value_added_count": len(f.life.holdings.subscriptions),
        "services_count": len(f.life.holdings.services),
        "tier": TIER_NAMES[f.life.tier].zh,
        "value_band": VALUE_NAMES[f.life.value],
        "life_stage": STAGE_NAMES[f.life.stage],
        "tenure": f.life.tenure_months,
        "points_held": f.life.points.held,
        "points_expiring": f.life.points.expiring,
        "revenue_year": sum(b.total_fen for b in money.bills[-12:]),
        "revenue_two_years": sum(b.total_fen for b in money.bills),
        "revenue_per_minute": f.spend // f.minutes if f.minutes else None,
        "churn_risk": f.risk,
        "loyalty_index": round(100 * (1 - 0.7 * f.leaning) * (0.6 + 0.4 * min(f.life.tenure_months, 120) / 120)),
        "rival_leaning": round(100 * f.leaning),
        "wallet_share": f.percent(92 - 45 * f.leaning, 6),
        "price_sensitivity": f.percent(78 - 40 * (f.spend > 12_000), 12),
        "upsell_readiness": f.percent(15 + 10 * f.life.months_over_data, 8),
    }
