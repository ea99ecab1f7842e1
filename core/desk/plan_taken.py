"""A plan that the customer prefers goes into the order form: one of the list, one that was looked up, or a line."""

from datetime import date, timedelta

from msgspec import structs

from core.desk.form import OrderForm
from core.desk.plans import PlanChoice, PlanComparison
from core.domain.customer import Document
from core.domain.errors import Refused
from core.domain.plan import BroadbandKind
from core.domain.script import LineProposal
from core.domain.text import Text, filled
from core.offers.eligibility import Refusal
from core.offers.line_choice import LineChoice
from core.offers.refusal_words import refusal_words

TITLE = Text("这一档现在不能办", "This plan cannot be ordered now")
NOT_READ = Text("套餐还没有比完。", "The plans have not been compared yet.")
WAIT = Text("等一下再按。", "Press it again in a moment.")
IN_USE = Text("客户现在用的就是这一档。", "The customer is on this plan already.")
ANOTHER = Text("换一档。", "Take another plan.")
FIRST = Text("先把事情解决，再办套餐。", "Settle what is open first.")
BUNDLE = Text("可改办“{plan}”：按名称查到它，再放进订单。", "Look up {plan} by name, and take it instead.")


def check_taken(choice: PlanChoice | LineChoice, found: PlanComparison | None, *, closed: Text | None) -> None:
    """Raises Refused: selling is `closed`, the customer has the plan, or may not have it."""
    if found is None:
        raise _refused("not_compared", NOT_READ, WAIT)
    if closed is not None:
        raise _refused("selling_closed", closed, FIRST)
    if choice.current:
        raise _refused("plan_in_use", IN_USE, ANOTHER)
    if choice.refusals:
        raise _refused("plan_refused", refusal_words(choice.refusals[0]), _instead(choice, choice.refusals[0]))


def with_choice(found: PlanComparison, choice: PlanChoice | LineChoice) -> PlanComparison:
    """With a plan that was looked up among those compared, so that its figures lead to their source."""
    if isinstance(choice, LineChoice) or any(one.row.plan.code == choice.row.plan.code for one in found.choices):
        return found
    return structs.replace(found, choices=(*found.choices, choice))


def line_said(found: PlanComparison, said: LineProposal) -> PlanChoice | LineChoice | None:
    """What the script named by that word; a bundle is a plan like any other."""
    plan = found.line_proposals.plan(said)
    if plan is None:
        return None
    if said is LineProposal.BUNDLE:
        return next((one for one in found.choices if one.row.plan.code == plan.code), None)
    return next((one for one in found.lines if one.plan.code == plan.code), None)


def may_fill_line(form: OrderForm, found: PlanComparison) -> bool:
    """Nothing was typed or taken by key: the form is empty, or holds what the script had named before."""
    named = (found.line_proposals.plan(said) for said in LineProposal)
    return not form.consent and (not form.product or form.code in {plan.code for plan in named if plan is not None})


def starts_of(choice: PlanChoice | LineChoice, document: Document | None, usual: date) -> date:
    """A line begins once the term that is paid has ended; a plan, and a line without one, on the usual day."""
    line = document.services.broadband if document is not None and document.services else None
    if not isinstance(choice, LineChoice) or choice.plan.kind is BroadbandKind.BUNDLE or line is None:
        return usual
    return max(line.ends_on + timedelta(days=1), usual) if line.ends_on else usual


def _instead(choice: PlanChoice | LineChoice, refusal: Refusal) -> Text:
    if isinstance(choice, LineChoice) and choice.bundle is not None:
        return filled(BUNDLE, plan=choice.bundle.name)
    return refusal.instead or ANOTHER


def _refused(code: str, message: Text, next_step: Text) -> Refused:
    return Refused(code=code, title=TITLE, message=message, next_step=next_step)
