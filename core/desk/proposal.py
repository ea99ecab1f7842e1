"""What the bill calculator found becomes an order form, to be read back and changed by hand where it is not so."""

from datetime import date

from msgspec import structs

from core.desk.figure_sources import FigureSource
from core.desk.form import OrderForm
from core.desk.plans import PlanComparison
from core.domain.charge import charge_said
from core.domain.order import Trial
from core.domain.plan import BroadbandPlan, Plan
from core.domain.renewal import RenewalTerms
from core.domain.script import Proposal
from core.domain.text import Lang, Text
from core.guidance.wording import spoken_day
from core.offers.eligibility import Way
from core.offers.ordering import price_of

DAYS_A_YEAR, MONTHS_A_YEAR = 365, 12
TIER_UP_TERM = Text(
    "提档迁转：原协议照旧，不另起协议期", "Tier-up migration: the running contract goes on, no new term"
)
PLAN_TERM = Text("套餐目录：办这一档要签协议", "The catalogue: this plan comes with a contract")
NO_TERM = Text("套餐目录：这一档不签协议", "The catalogue: this plan binds to no contract")
NEXT_CYCLE = Text("改套餐从下个账期第一天起算", "A change counts from the first day of the next billing cycle")


def plan_of(found: PlanComparison, said: Proposal, tried: Trial | None = None) -> Plan | None:
    """The plan that the customer takes; under a contract lock whatever is taken is the tier-up. `tried`: the trial that
    runs, whose plan of before the customer may go back to."""
    if said is Proposal.BACK:
        return found.catalogue.plan(tried.back_to) if found.catalogue is not None and tried is not None else None
    return found.tier_up if said is Proposal.TIER_UP else found.proposed or found.tier_up


def order_form(plan: Plan, found: PlanComparison, *, lang: Lang, starts_on: date) -> OrderForm:
    """A tier-up begins no term of its own: the running contract goes on, and so does its lock (CONTRACT-02)."""
    moved_up = is_moved_up(found, plan)
    fee_fen, charge = price_of(plan)
    return OrderForm(
        product=plan.name.of(lang),
        price_fen=fee_fen,
        charge=charge,
        term_months=0 if moved_up else plan.contract.term_months,
        locked=moved_up or plan.contract.term_months > 0,
        starts_on=starts_on,
        code=plan.code,
        version=_version(found),
        name=plan.name,
    )


def is_moved_up(found: PlanComparison, plan: Plan) -> bool:
    """Whether this customer takes it as a tier-up migration: the one that is advised, or another that they prefer."""
    ways = (one.row.way for one in found.choices if one.row.plan.code == plan.code)
    return (found.tier_up is not None and plan.code == found.tier_up.code) or Way.TIER_UP in ways


def broadband_form(plan: BroadbandPlan, found: PlanComparison, *, lang: Lang, starts_on: date) -> OrderForm:
    """A line at its own price: a year's, a holiday's for its days, a metered one's by the month. None of them locks."""
    price_fen, charge = price_of(plan)
    years, rest = divmod(plan.term_days, DAYS_A_YEAR)
    return OrderForm(
        product=plan.name.of(lang),
        price_fen=price_fen,
        charge=charge,
        term_months=0 if rest else years * MONTHS_A_YEAR,
        locked=False,
        starts_on=starts_on,
        term_days=plan.term_days if rest else 0,
        code=plan.code,
        version=_version(found),
        name=plan.name,
    )


def on_trial(form: OrderForm, found: PlanComparison, months: int) -> OrderForm:
    """The same for a trial of so many months; as it was where the customer's own plan is not known to be had again."""
    present = next((one.row.plan for one in found.choices if one.current), None)
    if not months or present is None or not found.facts.get("current_is_on_sale"):
        return form
    return structs.replace(form, trial_months=months, back_to=present.code, back_to_name=present.name)


def back_form(plan: Plan, found: PlanComparison, *, lang: Lang, starts_on: date) -> OrderForm:
    """Back from a trial: what was promised then, whatever is on sale by now."""
    return structs.replace(order_form(plan, found, lang=lang, starts_on=starts_on), ends_trial=True)


def renewal_form(plan: Plan, terms: RenewalTerms, found: PlanComparison, *, lang: Lang) -> OrderForm:
    """The plan as it is, bound for as long as before from the day after the contract's end (CONTRACT-01)."""
    fee_fen, charge = price_of(plan)
    return OrderForm(
        product=plan.name.of(lang),
        price_fen=fee_fen,
        charge=charge,
        term_months=terms.months,
        locked=terms.locked,
        starts_on=terms.starts_on,
        code=plan.code,
        version=_version(found),
        name=plan.name,
    )


def keep_named(order: OrderForm) -> None:
    """Who writes another product orders another: nothing of the catalogue's stands behind it any more."""
    if order.name is not None and order.product not in (order.name.zh, order.name.en):
        order.name, order.code, order.version = None, "", 0
        order.term_days, order.trial_months, order.back_to, order.back_to_name = 0, 0, "", None
        order.ends_trial = False


def source_of(found: PlanComparison, form: OrderForm, fact: str) -> FigureSource | None:
    """Also of what is read back, as long as it stands in the order form as the plan has it."""
    plan = named(found, form.product)
    if fact.startswith("order_") and plan is None:
        return _taken_source(found, form, fact)
    if not fact.startswith("order_") or plan is None:
        return found.sources.get(fact)
    moved_up = is_moved_up(found, plan)
    term = plan.contract.term_months
    if fact in ("order_product", "order_price", "order_price_fen") and form.price_fen == plan.fee_fen:
        return found.sources.get("tier_up_fee_fen" if moved_up else "proposed_fee_fen")
    if fact in ("order_term", "order_lock") and moved_up:
        return FigureSource(plan_code=plan.code, how=TIER_UP_TERM)
    if fact in ("order_term", "order_lock") and form.term_months == term:
        return FigureSource(plan_code=plan.code, how=PLAN_TERM if term else NO_TERM)
    return FigureSource(plan_code=plan.code, how=NEXT_CYCLE) if fact == "order_starts_on" else None


def _taken_source(found: PlanComparison, form: OrderForm, fact: str) -> FigureSource | None:
    """Of another plan than the proposed one, which the customer preferred: as the catalogue has it."""
    plans: list[Plan | BroadbandPlan] = [one.row.plan for one in found.choices]
    plans += [one.plan for one in found.lines]
    plan = next((one for one in plans if form.code and one.code == form.code), None)
    if plan is None:
        return None
    fen, charge = price_of(plan)
    if fact in ("order_product", "order_price", "order_price_fen") and (form.price_fen, form.charge) == (fen, charge):
        price = charge_said(fen, charge)
        how = Text(f"目录里的价格：{price.zh}", f"The price of the catalogue: {price.en}")
        return FigureSource(plan_code=plan.code, how=how)
    if fact in ("order_term", "order_lock") and isinstance(plan, Plan):
        if is_moved_up(found, plan):
            return FigureSource(plan_code=plan.code, how=TIER_UP_TERM)
        term = plan.contract.term_months
        if form.term_months == term:
            return FigureSource(plan_code=plan.code, how=PLAN_TERM if term else NO_TERM)
    return None


def read_back_facts(found: PlanComparison, form: OrderForm) -> dict[str, object]:
    """How long a tier-up binds: as long as the running contract."""
    plan = named(found, form.product)
    if plan is None and found.catalogue is not None and form.code:
        plan = found.catalogue.plan(form.code)
    ends_on = found.contract.ends_on if found.contract else None
    if plan is None or not is_moved_up(found, plan) or form.term_months or ends_on is None:
        return {}
    zh, en = spoken_day(ends_on, Lang.ZH), spoken_day(ends_on, Lang.EN)
    return {"order_term": Text(f"随原协议到 {zh}", f"as the running contract, to {en}")}


def may_fill(form: OrderForm, found: PlanComparison) -> bool:
    """Nothing was typed: the form is empty, or holds what was filled in for the other proposal."""
    if form.consent:
        return False
    return not form.product or form.ends_trial or named(found, form.product) is not None


def named(found: PlanComparison, product: str) -> Plan | None:
    """The proposal that goes by that name, in either language."""
    plans = [plan for plan in (found.proposed, found.tier_up) if plan is not None]
    return next((plan for plan in plans if product in (plan.name.zh, plan.name.en)), None)


def _version(found: PlanComparison) -> int:
    return found.catalogue.version if found.catalogue is not None else 0
