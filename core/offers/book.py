"""All offers beyond plans for one customer in one call: which may be made, which may not and why, and the budget.

Pure, without numpy. An offer stands in one of three ways: open, open once somebody else has granted it, refused.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from core.domain.customer import Document
from core.domain.eligibility import EligibilityRules
from core.domain.granting import GrantRules
from core.domain.offer import Offer, OfferingRules
from core.domain.offered import OfferMade, PastOffer, Reply
from core.domain.people import Role
from core.domain.plan import Channel, Plan, Suitability
from core.domain.retention_budget import BudgetRule
from core.offers.authority import Grant, may_grant
from core.offers.budget import Budget, budget_of
from core.offers.eligibility import Question, Refusal, Verdict, may_make
from core.offers.facts import Facts, customer_facts
from core.offers.history import visits_used
from core.offers.offer_facts import amount_fen, offer_customer_facts, offer_facts, value_groups


class Standing(StrEnum):
    OPEN = "open"
    ASK = "ask"
    """somebody else has to grant it first"""
    REFUSED = "refused"


class OfferContent(Struct, frozen=True, kw_only=True):
    """All content that offers beyond plans are weighed by."""

    offers: tuple[Offer, ...]
    eligibility: EligibilityRules
    offering: OfferingRules
    granting: GrantRules
    budget: BudgetRule


class Choice(Struct, frozen=True, kw_only=True):
    """One offer for this customer."""

    offer: Offer
    standing: Standing
    refusals: tuple[Refusal, ...] = ()
    questions: tuple[Question, ...] = ()
    """to be asked before it stands"""
    grant: Grant | None = None
    """None where it is refused"""
    cost_fen: int | None = None
    """None where it cannot be told"""
    worth_fen: int | None = None
    suits: bool = False
    """meant for customers like this one, or for this call"""
    until: date | None = None
    """the last day that it would run, accepted today"""
    granted_fen: int | None = None
    """up to which somebody else granted it for this call; None where nobody did"""
    said: OfferMade | None = None
    """what the customer said to it in this call"""
    past: PastOffer | None = None
    """the last time it was made before"""

    @property
    def granted_by(self) -> str:
        return self.said.granted_by if self.said else ""


class OfferBook(Struct, frozen=True, kw_only=True):
    choices: tuple[Choice, ...]
    """those that may be made first, the best suited first"""
    budget: Budget

    def choice(self, offer_id: str) -> Choice | None:
        return next((one for one in self.choices if one.offer.id == offer_id), None)

    def count(self, standing: Standing) -> int:
        return sum(one.standing is standing for one in self.choices)


class OfferCase(Struct, frozen=True, kw_only=True):
    """Who is asked about, in which call."""

    document: Document
    role: Role
    """of the agent"""
    scenario: str
    today: date
    history: tuple[PastOffer, ...] = ()
    here: tuple[OfferMade, ...] = ()
    """what was said in this call so far"""
    granted: Mapping[str, int] = {}
    """offer → fen up to which somebody else granted it for this call"""
    current: Plan | None = None
    channel: Channel = Channel.CALL


def offer_book(case: OfferCase, content: OfferContent) -> OfferBook:
    """Every offer of the content, weighed for this case."""
    facts = case_facts(case, content.eligibility, content.offering)
    here_fen = sum(one.cost_fen for one in case.here if one.reply is Reply.ACCEPTED)
    value = case.document.identity.value if case.document.identity else None
    before = budget_of(content.budget, value, case.history, case.today)
    choices = [_choice(offer, case, content, facts, before.left_fen) for offer in content.offers]
    return OfferBook(
        choices=tuple(sorted(choices, key=lambda one: _order(one, case))),
        budget=budget_of(
            content.budget, value, case.history, case.today, here_fen=here_fen, granted_fen=_granted_open(case)
        ),
    )


def case_facts(case: OfferCase, eligibility: EligibilityRules, offering: OfferingRules) -> Facts:
    """What is known of the customer, whatever offer is looked at."""
    document, identity = case.document, case.document.identity
    used = visits_used(case.history, case.today)
    facts = customer_facts(document, case.current, eligibility, case.today, visits_used=used)
    if case.current is None and identity is not None and identity.plan_fee_fen is not None:
        facts["plan_fee_fen"] = identity.plan_fee_fen
    return facts | offer_customer_facts(document, case.scenario, case.today, at_risk_days=offering.at_risk_days)


def may_have(
    offer: Offer, case: OfferCase, customer: Facts, eligibility: EligibilityRules, offering: OfferingRules
) -> Verdict:
    """What the rules say of this offer for this case; `customer` are its `case_facts`."""
    facts = customer | offer_facts(
        offer,
        customer,
        document=case.document,
        history=case.history,
        here=case.here,
        channel=case.channel,
        today=case.today,
    )
    return may_make(offer, facts, eligibility, offering.rules)


def _choice(offer: Offer, case: OfferCase, content: OfferContent, customer: Facts, left_fen: int) -> Choice:
    verdict = may_have(offer, case, customer, content.eligibility, content.offering)
    cost = amount_fen(offer.cost, customer)
    grant = None if verdict.refusals or cost is None else _grant(offer, case, content, cost, left_fen)
    standing = Standing.REFUSED if grant is None else Standing.OPEN if grant.granted else Standing.ASK
    groups = value_groups(case.document.identity, case.document.care, case.today, content.offering.at_risk_days)
    return Choice(
        offer=offer,
        standing=standing,
        refusals=verdict.refusals,
        questions=verdict.questions,
        grant=grant,
        cost_fen=cost,
        worth_fen=amount_fen(offer.worth, customer),
        suits=bool(groups & set(offer.groups)) or case.scenario in offer.scenarios,
        until=case.today + timedelta(days=offer.runs_days) if offer.runs_days else None,
        granted_fen=case.granted.get(offer.id),
        said=next((one for one in case.here if one.offer == offer.id), None),
        past=next((one for one in case.history if one.offer == offer.id), None),
    )


def _grant(offer: Offer, case: OfferCase, content: OfferContent, cost_fen: int, left_fen: int) -> Grant:
    """What is granted in one case counts together; what somebody else granted is not the agent's."""
    own = may_grant(
        content.granting,
        case.role,
        offer.kind,
        cost_fen + _granted_before(case.here, offer.id, case.granted),
        left_fen - _granted_by_others(case.here, case.granted),
    )
    if own.granted or case.granted.get(offer.id, -1) < cost_fen:
        return own
    return Grant(most_fen=own.most_fen)


def _granted_before(here: Sequence[OfferMade], but: str, granted: Mapping[str, int]) -> int:
    return sum(
        one.cost_fen for one in here if one.reply is Reply.ACCEPTED and one.offer != but and one.offer not in granted
    )


def _granted_by_others(here: Sequence[OfferMade], granted: Mapping[str, int]) -> int:
    return sum(one.cost_fen for one in here if one.reply is Reply.ACCEPTED and one.offer in granted)


def _granted_open(case: OfferCase) -> int:
    """What somebody else granted that the customer has neither taken nor declined yet."""
    settled = {one.offer for one in case.here if one.reply is not Reply.MADE}
    return sum(fen for offer, fen in case.granted.items() if offer not in settled)


def _order(one: Choice, case: OfferCase) -> tuple[int, bool, bool, bool, int, str]:
    """Open, to be asked for, refused for now, refused; of each the suited ones, those of this call, what sells well
    through this channel, what is worth most."""
    group = {Standing.OPEN: 0, Standing.ASK: 1, Standing.REFUSED: 2}[one.standing]
    if group == 2 and not all(refusal.passes for refusal in one.refusals):
        group = 3
    offer = one.offer
    well = offer.channels.get(case.channel) is Suitability.WELL
    elsewhere = case.scenario not in offer.scenarios
    return group, not one.suits, elsewhere, not well, -(one.worth_fen or 0), offer.id
