"""The facts that rules of offers may ask for beside those of plans: of the customer, of the offer that is looked at.

As in `core.offers.facts`: what is not known is absent, money is fen, days are dates. Pure, without numpy.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from core.domain.birthday import days_to_birthday
from core.domain.clock import local_day
from core.domain.customer import Care, Document, Identity, Value
from core.domain.offer import Amount, Offer, Pays, ValueGroup
from core.domain.offered import OfferMade, PastOffer, Reply
from core.domain.plan import Channel, Suitability
from core.domain.task import Tier
from core.offers.facts import DAYS, OF_BENEFIT, OF_CUSTOMER, WORDS, YES_NO, Facts
from core.offers.history import held, resting

BONUS = "bonus_credit"
"""the benefit of which a contract's monthly bonus is"""

OF_OFFER_CUSTOMER = frozenset(
    {
        "points", "points_expiring", "balance_fen", "avg_bill_fen", "birthday_in_days", "group_high", "group_at_risk",
        "group_stable", "complaint_open", "broadband_speed_mbps", "broadband_days_left", "broadband_faults_90d",
        "rival_in_building", "handset_months", "over_data_months", "scenario",
    }
)  # fmt: skip
OF_OFFER = frozenset(
    {
        "offer_retired", "offer_retired_on", "offer_not_yet", "offer_on_sale_from", "offer_channel_open",
        "offer_resting", "offer_refused_on", "offer_rests_until", "offer_cost_known", "offer_sells",
        "benefit_in_this_call",
    }
)  # fmt: skip
OFFER_FACTS = OF_CUSTOMER | OF_BENEFIT | OF_OFFER_CUSTOMER | OF_OFFER
OFFER_DAYS = DAYS | {"offer_retired_on", "offer_on_sale_from", "offer_refused_on", "offer_rests_until"}
OFFER_WORDS = WORDS | {"scenario"}
OFFER_YES_NO = YES_NO | {
    "group_high", "group_at_risk", "group_stable", "complaint_open", "rival_in_building", "offer_retired",
    "offer_not_yet", "offer_channel_open", "offer_resting", "offer_cost_known", "offer_sells", "benefit_in_this_call",
}  # fmt: skip
MONEY = frozenset({"avg_bill_fen", "plan_fee_fen", "balance_fen", "minimum_spend_fen"})
"""those of which an amount may be a share"""


def offer_customer_facts(document: Document, scenario: str, today: date, *, at_risk_days: int) -> Facts:
    """What is known of the customer beside `customer_facts`; a warning of the last `at_risk_days` counts."""
    identity, billing, usage, services = document.identity, document.billing, document.usage, document.services
    found: Facts = {"scenario": scenario}
    if identity:
        found |= {
            "points": identity.points,
            "points_expiring": identity.points_expiring,
            "birthday_in_days": days_to_birthday(identity.birthday, today),
        }
    if billing:
        bills = [bill.total_fen for bill in billing.bills[-6:]]
        found |= {"balance_fen": billing.balance_fen, "avg_bill_fen": sum(bills) // len(bills) if bills else None}
    if usage:
        found["over_data_months"] = usage.months_over_data
    if document.holdings and document.holdings.handset and document.holdings.handset.since:
        found["handset_months"] = max((today - document.holdings.handset.since).days, 0) // 30
    if services and (line := services.broadband):
        found |= {
            "broadband_speed_mbps": line.speed_mbps,
            "broadband_days_left": (line.ends_on - today).days if line.ends_on else None,
            "broadband_faults_90d": line.faults_90d,
            "rival_in_building": bool(line.rivals),
        }
    groups = value_groups(identity, document.care, today, at_risk_days)
    found |= {f"group_{group.value}": group in groups for group in ValueGroup} if identity or document.care else {}
    if document.care:
        found["complaint_open"] = _complains(document.care)
    return {name: value for name, value in found.items() if value is not None}


def value_groups(identity: Identity | None, care: Care | None, today: date, at_risk_days: int) -> frozenset[ValueGroup]:
    """OFFER-09: high by value or tier, at risk by a warning of late or an open complaint; else stable."""
    found: set[ValueGroup] = set()
    if identity and (identity.value is Value.HIGH or identity.tier in (Tier.DIAMOND, Tier.GOLD)):
        found.add(ValueGroup.HIGH)
    since = today - timedelta(days=at_risk_days)
    if care and (_complains(care) or any(local_day(one.at) >= since for one in care.warnings)):
        found.add(ValueGroup.AT_RISK)
    return frozenset(found or {ValueGroup.STABLE})


def offer_facts(
    offer: Offer,
    customer: Mapping[str, object],
    *,
    document: Document,
    history: Iterable[PastOffer],
    here: Iterable[OfferMade],
    channel: Channel,
    today: date,
) -> Facts:
    """What is known of the offer that is looked at; `here` is what was said to the others in this call."""
    history = tuple(history)
    refused = resting(history, offer.id, today)
    withdrawn = offer.on_sale_until is not None and offer.on_sale_until < today
    known = amount_fen(offer.cost, customer) is not None and amount_fen(offer.worth, customer) is not None
    found: Facts = {
        "offer_retired": withdrawn,
        "offer_retired_on": offer.on_sale_until if withdrawn else None,
        "offer_not_yet": today < offer.on_sale_from,
        "offer_on_sale_from": offer.on_sale_from,
        "offer_channel_open": offer.channels.get(channel, Suitability.CLOSED) is not Suitability.CLOSED,
        "offer_resting": refused is not None,
        "offer_refused_on": local_day(refused.at) if refused else None,
        "offer_rests_until": refused.rests_until if refused else None,
        "offer_cost_known": known,
        "offer_sells": offer.pays is not Pays.NOTHING,
        "benefit_in_this_call": any(
            one.reply is Reply.ACCEPTED and one.benefit == offer.benefit and one.offer != offer.id for one in here
        ),
    }
    found |= _benefit(offer, customer, document, history, today)
    return {name: value for name, value in found.items() if value is not None}


def amount_fen(amount: Amount, customer: Mapping[str, object]) -> int | None:
    """The amount for this customer; None where the figure of which it is a share is not known."""
    if not amount.of:
        return amount.fen
    figure = customer.get(amount.of)
    if not isinstance(figure, int):
        return None
    share = figure * amount.percent * amount.months // 100
    return share if amount.most_fen is None else min(share, amount.most_fen)


def _benefit(
    offer: Offer, customer: Mapping[str, object], document: Document, history: tuple[PastOffer, ...], today: date
) -> Facts:
    """Whether the customer has what the offer is of already, and the last day (OFFER-05)."""
    if (past := held(history, offer.benefit, today)) is not None:
        return {"benefit_held": True, "benefit_until": past.until}
    if offer.benefit == BONUS and customer.get("bonus_running") is True:
        return {"benefit_held": True, "benefit_until": customer.get("bonus_ends_on")}
    for one in document.holdings.subscriptions if offer.subscription and document.holdings else ():
        if one.code == offer.subscription and (one.until is None or one.until >= today):
            return {"benefit_held": True, "benefit_until": one.until}
    return {"benefit_held": False}


def _complains(care: Care) -> bool:
    return any(ticket.complaint and ticket.closed_at is None for ticket in care.tickets)
