"""What the bill calculator found becomes an order form, to be read back and changed by hand where it is not so."""

from datetime import date

from core.desk.form import OrderForm
from core.desk.plans import PlanComparison
from core.domain.plan import Plan
from core.domain.script import Proposal
from core.domain.text import Lang


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


def may_fill(form: OrderForm, found: PlanComparison) -> bool:
    """Nothing was typed: the form is empty, or holds what was filled in for the other proposal."""
    if form.consent:
        return False
    return not form.product or named(found, form.product) is not None


def named(found: PlanComparison, product: str) -> Plan | None:
    """The proposal that goes by that name, in either language."""
    plans = [plan for plan in (found.proposed, found.tier_up) if plan is not None]
    return next((plan for plan in plans if product in (plan.name.zh, plan.name.en)), None)
