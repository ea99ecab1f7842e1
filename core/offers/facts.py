"""The facts that rules of eligibility may ask for: of the customer, of the plan that is looked at, of the benefit.

What is not known is absent, never None or zero. Fees are fen, tenures months, days dates.
"""

from collections.abc import Mapping
from datetime import date

from core.domain.arrears import arrears_since
from core.domain.birthday import age_on
from core.domain.customer import Contract, Document, Identity
from core.domain.eligibility import EligibilityRules
from core.domain.plan import BroadbandKind, BroadbandPlan, Channel, Payment, Plan, Suitability
from core.domain.renewal import months_after, renewal_from, running
from core.domain.tenure import tenure_months
from core.rules import fields_of, holds

Facts = dict[str, object]

OF_CUSTOMER = frozenset(
    {
        "age", "tenure_months", "prepaid", "tier", "value", "credit_score", "area", "plan_code", "plan_family",
        "plan_generation", "plan_fee_fen", "handset_4g", "handset_5g", "arrears_fen", "has_broadband", "has_contract",
        "contract_locked", "contract_ends_on", "contract_days_left", "minimum_spend_fen", "bonus_running",
        "bonus_ends_on", "renewal_open", "renewal_from", "home_visits", "home_visits_left", "first_visit_from",
        "visits_renew_on", "further_sims", "handset_since", "contract_starts_on", "bonus_starts_on",
        "arrears_since",
    }
)  # fmt: skip
OF_TARGET = frozenset(
    {
        "target_code", "target_family", "target_generation", "target_fee_fen", "target_withdrawn",
        "target_withdrawn_on", "target_not_yet", "target_on_sale_from", "target_is_current", "target_tier_up",
        "target_sold_here", "target_channel_open", "target_payment_fits", "target_takes", "target_bonus",
        "target_takes_sims",
    }
)  # fmt: skip
OF_LINE = frozenset({"target_needs_bundle"})
"""of a broadband plan that is looked at, beside the facts of targets that it shares with plans"""
OF_BENEFIT = frozenset({"benefit_held", "benefit_until"})
FACTS = OF_CUSTOMER | OF_TARGET | OF_LINE | OF_BENEFIT
DAYS = frozenset(
    {
        "contract_ends_on", "bonus_ends_on", "renewal_from", "first_visit_from", "visits_renew_on",
        "target_withdrawn_on", "target_on_sale_from", "benefit_until", "handset_since", "contract_starts_on",
        "bonus_starts_on", "arrears_since",
    }
)  # fmt: skip
"""those that hold a day"""
WORDS = frozenset({"tier", "value", "area", "plan_code", "plan_family", "target_code", "target_family"})
YES_NO = frozenset(
    {
        "prepaid", "handset_4g", "handset_5g", "has_broadband", "has_contract", "contract_locked", "bonus_running",
        "renewal_open", "target_withdrawn", "target_not_yet", "target_is_current", "target_tier_up",
        "target_sold_here", "target_channel_open", "target_payment_fits", "target_takes", "target_bonus",
        "target_takes_sims", "target_needs_bundle", "benefit_held",
    }
)  # fmt: skip


def customer_facts(
    document: Document, current: Plan | None, rules: EligibilityRules, today: date, *, visits_used: int = 0
) -> Facts:
    """What is known of the customer; `current` is the plan of the catalogue that they have, None where it has none."""
    identity, holdings, billing, services = document.identity, document.holdings, document.billing, document.services
    found: Facts = {"bonus_running": False}
    if identity:
        found |= _identity_facts(identity, rules, today, visits_used)
    if current:
        found |= {
            "plan_code": current.code,
            "plan_family": current.family,
            "plan_generation": current.generation,
            "plan_fee_fen": current.fee_fen,
        }
    if holdings and holdings.handset:
        handset = holdings.handset
        found |= {"handset_4g": handset.supports_4g, "handset_5g": handset.supports_5g, "handset_since": handset.since}
    if document.usage and document.usage.months:
        # As the last bill had them: nothing newer is supplied.
        members = document.usage.months[-1].members
        found["further_sims"] = members.sims if members else 0
    if billing:
        found |= {"arrears_fen": billing.arrears_fen, "arrears_since": arrears_since(billing, today)}
    if services:
        found["has_broadband"] = services.broadband is not None if services.broadband or services.whole else None
        found |= _contract_facts(running(services.contracts, today), today)
    return {name: value for name, value in found.items() if value is not None and value != ""}


def target_facts(plan: Plan, customer: Mapping[str, object], channel: Channel, today: date, *, city: str = "") -> Facts:
    """What is known of the plan that is looked at, for this customer on this day through this channel."""
    prepaid = customer.get("prepaid")
    fits = plan.payment is Payment.EITHER or prepaid is None or (plan.payment is Payment.PREPAID) is prepaid
    found: Facts = {
        "target_code": plan.code,
        "target_family": plan.family,
        "target_generation": plan.generation,
        "target_fee_fen": plan.fee_fen,
        "target_withdrawn": plan.on_sale_until is not None and plan.on_sale_until < today,
        "target_withdrawn_on": plan.on_sale_until,
        "target_not_yet": today < plan.on_sale_from,
        "target_on_sale_from": plan.on_sale_from,
        "target_is_current": plan.code == customer.get("plan_code"),
        "target_tier_up": is_tier_up(plan, customer),
        "target_sold_here": _sold_here(plan, customer.get("area"), city),
        "target_channel_open": plan.channels.get(channel, Suitability.CLOSED) is not Suitability.CLOSED,
        "target_payment_fits": fits,
        "target_takes": _takes(plan, customer),
        "target_bonus": plan.contract.monthly_bonus_fen > 0,
        "target_takes_sims": _takes_sims(plan, customer.get("further_sims")),
    }
    return {name: value for name, value in found.items() if value is not None}


def line_facts(line: BroadbandPlan, present: BroadbandPlan | None, current: Plan | None, today: date) -> Facts:
    """What is known of a broadband plan that is looked at; `present` is the line that the customer has, `current` the
    plan."""
    bundled = current is not None and current.with_broadband and current.broadband_mbps >= line.speed_mbps
    found: Facts = {
        "target_code": line.code,
        "target_withdrawn": line.on_sale_until is not None and line.on_sale_until < today,
        "target_withdrawn_on": line.on_sale_until,
        "target_not_yet": today < line.on_sale_from,
        "target_on_sale_from": line.on_sale_from,
        "target_is_current": present is not None and line.code == present.code,
        "target_needs_bundle": line.kind is BroadbandKind.BUNDLE and not bundled,
    }
    return {name: value for name, value in found.items() if value is not None}


def _sold_here(plan: Plan, area: object, city: str) -> bool | None:
    """None where the plan is sold in some places alone and nobody knows where the customer lives."""
    if not plan.places or area in plan.places or city in plan.places:
        return True
    return False if area or city else None


def _takes(plan: Plan, customer: Mapping[str, object]) -> bool | None:
    """None where the condition does not hold, and a fact that it asks for is not known."""
    if holds(plan.takers, customer):
        return True
    return None if plan.takers and fields_of(plan.takers) - customer.keys() else False


def _takes_sims(plan: Plan, sims: object) -> bool | None:
    """Whether there is room for the further SIMs of the customer; None where nobody knows of any use."""
    return plan.takes_members(sims) if isinstance(sims, int) else None


def is_tier_up(plan: Plan, customer: Mapping[str, object]) -> bool:
    """Whether the plan is a step up on the approved migration path (CONTRACT-02): dearer than the present one, not of
    an older generation, and not below the contract's minimum spend."""
    fee, generation = customer.get("plan_fee_fen"), customer.get("plan_generation")
    if not isinstance(fee, int) or not isinstance(generation, int):
        return False
    least = customer.get("minimum_spend_fen")
    enough = plan.fee_fen >= least if isinstance(least, int) else True
    return plan.contract.tier_up and plan.fee_fen > fee and plan.generation >= generation and enough


def _identity_facts(identity: Identity, rules: EligibilityRules, today: date, visits_used: int) -> Facts:
    months, since = tenure_months(identity, today), identity.on_net_since
    found: Facts = {
        "age": age_on(identity.birthday, today) if identity.birthday else None,
        "tenure_months": months,
        "prepaid": identity.prepaid,
        "tier": identity.tier.value,
        "value": identity.value.value if identity.value else None,
        "credit_score": identity.credit_score,
        "area": identity.area,
    }
    if months is not None:
        visits = max((row.visits for row in rules.home_visits if row.from_months <= months), default=0)
        found |= {
            "home_visits": visits,
            "home_visits_left": max(visits - visits_used, 0),
            "visits_renew_on": date(today.year + 1, 1, 1),
        }
    first = min((row.from_months for row in rules.home_visits if row.visits), default=None)
    if since is not None and first is not None:
        found["first_visit_from"] = months_after(since, first)
    return found


def _contract_facts(contracts: list[Contract], today: date) -> Facts:
    if not contracts:
        return {"has_contract": False, "contract_locked": False}
    first = contracts[0]
    ends, renewal = first.ends_on, renewal_from(first)
    paying = [one for one in contracts if one.monthly_bonus_fen]
    return {
        "has_contract": True,
        "contract_locked": first.locked,
        "contract_starts_on": first.starts_on,
        "contract_ends_on": ends,
        "contract_days_left": (ends - today).days if ends else None,
        "minimum_spend_fen": max((one.minimum_spend_fen or 0 for one in contracts), default=0) or None,
        "bonus_running": bool(paying),
        "bonus_starts_on": min((one.starts_on for one in paying if one.starts_on), default=None),
        "bonus_ends_on": max((one.ends_on for one in paying if one.ends_on), default=None),
        "renewal_from": renewal,
        "renewal_open": renewal <= today if renewal else None,
    }
