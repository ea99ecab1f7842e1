"""What the bill calculator found becomes an order form, to be read back and changed by hand where it is not so."""

from datetime import date

from core.desk.figure_sources import FigureSource
from core.desk.form import OrderForm
from core.desk.plans import PlanComparison
from core.domain.plan import Plan
from core.domain.script import Proposal
from core.domain.text import Lang, Text
from core.guidance.wording import spoken_day

TIER_UP_TERM = Text(
    "提档迁转：原协议照旧，不另起协议期", "Tier-up migration: the running contract goes on, no new term"
)
PLAN_TERM = Text("套餐目录：办这一档要签协议", "The catalogue: this plan comes with a contract")
NO_TERM = Text("套餐目录：这一档不签协议", "The catalogue: this plan binds to no contract")
NEXT_CYCLE = Text("改套餐从下个账期第一天起算", "A change counts from the first day of the next billing cycle")


def plan_of(found: PlanComparison, said: Proposal) -> Plan | None:
    """The plan that the customer takes; under a contract lock whatever is taken is the tier-up."""
    return found.tier_up if said is Proposal.TIER_UP else found.proposed or found.tier_up


def order_form(plan: Plan, found: PlanComparison, *, lang: Lang, starts_on: date) -> OrderForm:
    """A tier-up begins no term of its own: the running contract goes on, and so does its lock (CONTRACT-02)."""
    moved_up = found.tier_up is not None and plan.code == found.tier_up.code
    return OrderForm(
        product=plan.name.of(lang),
        price_fen=plan.fee_fen,
        term_months=0 if moved_up else plan.contract.term_months,
        locked=moved_up or plan.contract.term_months > 0,
        starts_on=starts_on,
    )


def source_of(found: PlanComparison, form: OrderForm, fact: str) -> FigureSource | None:
    """Also of what is read back, as long as it stands in the order form as the plan has it."""
    plan = named(found, form.product)
    if not fact.startswith("order_") or plan is None:
        return found.sources.get(fact)
    moved_up = found.tier_up is not None and plan.code == found.tier_up.code
    term = plan.contract.term_months
    if fact in ("order_product", "order_price_fen") and form.price_fen == plan.fee_fen:
        return found.sources.get("tier_up_fee_fen" if moved_up else "proposed_fee_fen")
    if fact in ("order_term", "order_lock") and moved_up:
        return FigureSource(plan_code=plan.code, how=TIER_UP_TERM)
    if fact in ("order_term", "order_lock") and form.term_months == term:
        return FigureSource(plan_code=plan.code, how=PLAN_TERM if term else NO_TERM)
    return FigureSource(plan_code=plan.code, how=NEXT_CYCLE) if fact == "order_starts_on" else None


def read_back_facts(found: PlanComparison, form: OrderForm) -> dict[str, object]:
    """What the calculator knows better than the form: the plan in both languages, so that it is read back in the
    agent's and written in the customer's; and how long a tier-up binds: as long as the running contract."""
    plan = named(found, form.product)
    if plan is None:
        return {}
    facts: dict[str, object] = {"order_product": plan.name}
    ends_on = found.contract.ends_on if found.contract else None
    moved_up = found.tier_up is not None and plan.code == found.tier_up.code
    if moved_up and not form.term_months and ends_on is not None:
        zh, en = spoken_day(ends_on, Lang.ZH), spoken_day(ends_on, Lang.EN)
        facts["order_term"] = Text(f"随原协议到 {zh}", f"as the running contract, to {en}")
    return facts


def may_fill(form: OrderForm, found: PlanComparison) -> bool:
    """Nothing was typed: the form is empty, or holds what was filled in for the other proposal."""
    if form.consent:
        return False
    return not form.product or named(found, form.product) is not None


def named(found: PlanComparison, product: str) -> Plan | None:
    """The proposal that goes by that name, in either language."""
    plans = [plan for plan in (found.proposed, found.tier_up) if plan is not None]
    return next((plan for plan in plans if product in (plan.name.zh, plan.name.en)), None)
