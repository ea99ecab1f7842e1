"""Whether what is ordered may be sold: its name and price against the catalogue, its plan against the rules.

For the desk before a sale is saved, and for the server when it arrives (CONTRACT-02, OFFER-13). No numpy."""

from datetime import date

from msgspec import structs

from core.domain.charge import Charge, charge_said
from core.domain.customer import Document
from core.domain.eligibility import Action, EligibilityRules
from core.domain.order import Order
from core.domain.plan import BroadbandKind, BroadbandPlan, Catalogue, Channel, Plan, Suitability
from core.domain.text import Text, filled
from core.domain.trial import trial_running
from core.offers.eligibility import Refusal, Verdict, Way, left_to_ask, may, may_take
from core.offers.facts import customer_facts
from core.offers.order_terms import begun_refusal, line_terms_refusal, plan_terms_refusal

NOT_IN_THE_CATALOGUE = Text(
    "套餐目录里没有“{what}”：请从套餐页（Alt+B）选，或按目录里的名字填",
    "The catalogue has no “{what}”: choose it among the plans (Alt+B), or write its name as the catalogue has it",
)
OTHER_PRICE = Text(
    "“{what}”在目录里是{price}，订单写的是{written}",
    "In the catalogue {what} is {price}; the order says {written}",
)
WITHDRAWN = Text("“{what}”现在不卖", "{what} is not on sale")
OF_A_BUNDLE = Text(
    "“{what}”随 e家套餐，不单独办：请办套餐", "{what} comes with a home bundle alone: order the bundle instead"
)
REFUSED = Text("“{what}”不能办：{why}", "{what} cannot be ordered. {why}")

NO_WAY_BACK = Text(
    "原套餐“{what}”已经不在售，不能承诺试用后换回",
    "{what} is no longer on sale: no return after a trial can be promised",
)
NO_TRIAL = Text("客户没有可以换回这一档的试用", "The customer has no trial from which to go back to this plan")

_CHARGES = {
    BroadbandKind.YEARLY: Charge.YEAR,
    BroadbandKind.HOLIDAY: Charge.TERM,
    BroadbandKind.METERED: Charge.MONTH,
    BroadbandKind.BUNDLE: Charge.MONTH,
}


def price_of(plan: Plan | BroadbandPlan) -> tuple[int, Charge]:
    """Fen, and how often they are paid."""
    if isinstance(plan, Plan):
        return plan.fee_fen, Charge.MONTH
    charge = _CHARGES[plan.kind]
    return (plan.monthly_fen if charge is Charge.MONTH else plan.term_fen), charge


def meant(catalogue: Catalogue, *, code: str, product: str) -> Plan | BroadbandPlan | None:
    """What of the catalogue is ordered: by its code, else by its name or code as somebody wrote it."""
    every: tuple[Plan | BroadbandPlan, ...] = (*catalogue.plans, *catalogue.broadband)
    if code:
        return next((one for one in every if one.code == code), None)
    written = _bare(product)
    return next((one for one in every if written in (_bare(one.name.zh), _bare(one.name.en), one.code)), None)


def order_refusal(
    order: Order, catalogue: Catalogue, rules: EligibilityRules, document: Document | None, today: date, *, strict: bool
) -> Text | None:
    """Why this customer cannot have what is ordered; None where nothing speaks against it.

    `strict`: only what the catalogue holds may be ordered. `today` is the day of the call. Going back from a trial is
    no sale: the plan of before may have been withdrawn meanwhile."""
    plan = meant(catalogue, code=order.code, product=order.product)
    if plan is None:
        return filled(NOT_IN_THE_CATALOGUE, what=order.product) if strict or order.code else None
    price_fen, charge = price_of(plan)
    written = order.charge or charge
    if (order.price_fen, written) != (price_fen, charge):
        said, other = charge_said(price_fen, charge), charge_said(order.price_fen, written)
        return filled(OTHER_PRICE, what=plan.name, price=said, written=other)
    begun = begun_refusal(order, plan.name, today)
    if begun is not None:
        return begun
    if isinstance(plan, BroadbandPlan):
        return _broadband_refusal(plan, today) or line_terms_refusal(order, plan)
    return _plan_refusal(order, plan, catalogue, rules, document, today)


def _plan_refusal(
    order: Order, plan: Plan, catalogue: Catalogue, rules: EligibilityRules, document: Document | None, today: date
) -> Text | None:
    if document is None:
        return plan_terms_refusal(order, plan)
    if order.ends_trial:
        tried = trial_running(document.care, today) if document.care else None
        return None if tried is not None and tried.trial.back_to == plan.code else NO_TRIAL
    if order.trial is not None and not _is_way_back(catalogue.plan(order.trial.back_to), today):
        return filled(NO_WAY_BACK, what=order.trial.back_to_name)
    renewed = is_renewal(order, plan, document)
    said = _renewal(catalogue, rules, document, today) if renewed else _taken(plan, catalogue, rules, document, today)
    if said.refusals:
        return filled(REFUSED, what=plan.name, why=_why(said.refusals[0]))
    return None if renewed else plan_terms_refusal(order, plan, moved_up=said.way is Way.TIER_UP)


def is_renewal(order: Order, plan: Plan, document: Document) -> bool:
    """The contract is extended and the plan stays: of such an order the catalogue knows the price and no term."""
    return document.identity is not None and plan.code == document.identity.plan_code and order.term_months > 0


def open_to_calls(plan: Plan) -> Plan:
    """As the customer's branch has opened it (4G-05)."""
    return structs.replace(plan, channels=plan.channels | {Channel.CALL: Suitability.WITH_CARE})


def _taken(plan: Plan, catalogue: Catalogue, rules: EligibilityRules, document: Document, today: date) -> Verdict:
    current = catalogue.plan(document.identity.plan_code) if document.identity else None
    facts = customer_facts(document, current, rules, today)
    return may_take(plan, facts, left_to_ask(facts, rules), today)


def _renewal(catalogue: Catalogue, rules: EligibilityRules, document: Document, today: date) -> Verdict:
    """CONTRACT-03."""
    current = catalogue.plan(document.identity.plan_code) if document.identity else None
    return may(Action.RENEW_CONTRACT, customer_facts(document, current, rules, today), rules)


def _why(refusal: Refusal) -> Text:
    if refusal.until is None:
        return refusal.text
    day = refusal.until.isoformat()
    return Text(f"{refusal.text.zh}到 {day}。", f"{refusal.text.en} Until {day}.")


def _is_way_back(plan: Plan | None, today: date) -> bool:
    return plan is not None and plan.is_on_sale(today)


def _broadband_refusal(plan: BroadbandPlan, today: date) -> Text | None:
    if plan.kind is BroadbandKind.BUNDLE:
        return filled(OF_A_BUNDLE, what=plan.name)
    return None if plan.is_on_sale(today) else filled(WITHDRAWN, what=plan.name)


def _bare(name: str) -> str:
    """As it is compared: nobody types a plan's spaces as its file has them."""
    return "".join(name.split()).casefold()
