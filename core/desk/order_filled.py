"""What stands in the order form once the customer said what they take: by the script's words, or by a key."""

from datetime import date, timedelta

from msgspec import Struct

from core.desk.compose import order_of
from core.desk.form import Form, OrderForm
from core.desk.plan_taken import line_said, may_fill_line, starts_of
from core.desk.plans import PlanChoice, PlanComparison
from core.desk.proposal import back_form, broadband_form, may_fill, on_trial, order_form, plan_of, renewal_form
from core.domain.customer import Document
from core.domain.disposition import Field, Goods, Result
from core.domain.outcome import Ticked
from core.domain.renewal import renewal_terms, running
from core.domain.script import LineProposal, Proposal
from core.domain.text import Lang, Text
from core.domain.trial import trial_running
from core.offers.line_choice import LineChoice
from core.offers.ordering import order_refusal


class OrderFilling(Struct, frozen=True, kw_only=True):
    """For one customer whose plans were compared, on one day."""

    found: PlanComparison
    document: Document
    lang: Lang
    """of the product's name in the form"""
    today: date
    """at the centre"""

    def by_words(self, form: OrderForm, said: Proposal | None, *, trial_months: int) -> OrderForm | None:
        """The plan that the script named; None where it named none, or the form is the agent's by now."""
        if said is None or not may_fill(form, self.found):
            return None
        running = trial_running(self.document.care, self.today) if self.document.care else None
        plan = plan_of(self.found, said, running.trial if running is not None else None)
        if plan is None:
            return None
        starts_on = form.starts_on or first_of_next_month(self.today)
        if said is Proposal.BACK:
            return back_form(plan, self.found, lang=self.lang, starts_on=starts_on)
        return on_trial(order_form(plan, self.found, lang=self.lang, starts_on=starts_on), self.found, trial_months)

    def line_by_words(self, form: OrderForm, said: LineProposal | None) -> OrderForm | None:
        """The line in place of the present one (BB-04, BB-06); None as for `by_words`."""
        if said is None or not may_fill_line(form, self.found):
            return None
        choice = line_said(self.found, said)
        return self.by_choice(choice) if choice is not None else None

    def by_renewal(self, form: OrderForm) -> OrderForm | None:
        """The plan as it is, under the contract once more; None where no term is told, or the form is the agent's."""
        services, who = self.document.services, self.document.identity
        if services is None or who is None or self.found.catalogue is None or not may_fill(form, self.found):
            return None
        plan = self.found.catalogue.plan(who.plan_code)
        binding = next(iter(running(services.contracts, self.today)), None)
        terms = renewal_terms(binding) if binding is not None else None
        return renewal_form(plan, terms, self.found, lang=self.lang) if plan is not None and terms is not None else None

    def by_choice(self, choice: PlanChoice | LineChoice) -> OrderForm:
        """The plan or line that the customer prefers."""
        starts_on = starts_of(choice, self.document, first_of_next_month(self.today))
        if isinstance(choice, LineChoice):
            return broadband_form(choice.plan, self.found, lang=self.lang, starts_on=starts_on)
        return order_form(choice.row.plan, self.found, lang=self.lang, starts_on=starts_on)


def refusal_of(
    form: Form,
    result: Result | None,
    found: PlanComparison | None,
    *,
    document: Document,
    ticked: tuple[Ticked, ...],
    today: date,
) -> Text | None:
    """Why what stands in the order form cannot be had; None where nothing is ordered, or plans were not read yet: the
    server looks again."""
    order = order_of(form, ticked)
    if result is None or Field.ORDER not in result.needs or order is None:
        return None
    if found is None or found.catalogue is None or found.rules is None:
        return None
    return order_refusal(order, found.catalogue, found.rules, document, today, strict=result.sells is Goods.PLAN)


def first_of_next_month(day: date) -> date:
    """When a change of plan begins unless the customer says otherwise."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
