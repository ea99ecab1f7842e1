"""An accepted offer's order where it arrives: what it costs and binds to, and whether this customer may have it at all.

As at the desk: by the offer that the desk had, by the rules of today. What was said in the call itself is no history.
"""

from typing import NamedTuple

from core.content.decode_offers import decode_offer, decode_offering, is_known_offer
from core.domain.authority import is_granted_offer
from core.domain.clock import local_day
from core.domain.customer import Document
from core.domain.eligibility import EligibilityRules
from core.domain.offer import Offer, OfferingRules
from core.domain.offer_content import OFFER, OFFERING
from core.domain.offered import PastOffer
from core.domain.order import Order
from core.domain.outcome import Outcome
from core.domain.people import Role
from core.domain.plan import Catalogue
from core.domain.text import Text
from core.offers.book import OfferCase, case_facts, may_have
from core.offers.offer_ordering import granted_order_refusal, offer_order_refusal, pack_order_refusal
from core.offers.pack_offer import pack_of
from core.offers.refusal_words import refusal_words
from core.server.db import publications, published
from core.server.db.engine import Unit

NO_SUCH_OFFER = Text("没有“{what}”这项优惠", "there is no offer {what}")
REFUSED = Text("“{what}”{why}", "{what}. {why}")


class OfferChecking(NamedTuple):
    """The offers of one outcome."""

    unit: Unit
    outcome: Outcome
    role: Role
    """of whoever sold it"""
    document: Document | None
    rules: EligibilityRules | None
    """None where none are published"""

    def refusal(self, offer_id: str, order: Order, catalogue: Catalogue | None) -> Text | None:
        """Why its order goes no further; None: nothing speaks against it, or nobody has published what would."""
        if is_granted_offer(offer_id):
            return granted_order_refusal(order)
        if pack_of(offer_id):
            return pack_order_refusal(order, offer_id, catalogue) if catalogue is not None else None
        offer = self._offer(offer_id, order.version)
        if offer is None:
            unknown = bool(published.names(self.unit, OFFER)) and not self._is_later(offer_id)
            return _said(NO_SUCH_OFFER, order.name or Text(order.product, order.product)) if unknown else None
        return offer_order_refusal(order, offer) or self._not_allowed(offer)

    def _offer(self, offer_id: str, version: int) -> Offer | None:
        """As the desk had it: it may have been changed or withdrawn since."""
        kept = publications.versions_of(self.unit, OFFER, offer_id)
        bodies = [bytes(one.body) for one in kept if one.version == version] or [bytes(one.body) for one in kept[-1:]]
        current = published.body(self.unit, OFFER, offer_id)
        bodies = bodies or ([bytes(current)] if current is not None else [])
        return next((decode_offer(body) for body in bodies if is_known_offer(body)), None)

    def _is_later(self, offer_id: str) -> bool:
        """Of a kind that only a later program knows."""
        return published.body(self.unit, OFFER, offer_id) is not None

    def _not_allowed(self, offer: Offer) -> Text | None:
        """OFFER-05, 07, 13: by the customer's data, and by what was given in other calls before this one."""
        if self.document is None or self.rules is None:
            return None
        offering, case = self._offering(), self._case(self.document)
        said = may_have(offer, case, case_facts(case, self.rules, offering), self.rules, offering)
        return _said(REFUSED, offer.name, why=refusal_words(said.refusals[0])) if said.refusals else None

    def _case(self, document: Document) -> OfferCase:
        call = self.outcome.call
        at = call.answered_at or call.dialled_at or self.outcome.recorded_at
        told = document.care.offers if document.care else []
        before = [one for one in told if one.at < at and one.outcome_id != str(self.outcome.id)]
        return OfferCase(
            document=document,
            role=self.role,
            scenario=self.outcome.scenario,
            today=local_day(at),
            history=tuple(one for one in before if not _only_rests(one)),
        )

    def _offering(self) -> OfferingRules:
        body = published.body(self.unit, OFFERING, OFFERING)
        return decode_offering(bytes(body)) if body is not None else OfferingRules(version=0, rules=())


def _only_rests(one: PastOffer) -> bool:
    """An offer rests so that nobody is pestered: a customer who took it all the same is not refused it for that."""
    return one.rests_until is not None


def _said(words: Text, what: Text, why: Text | None = None) -> Text:
    why = why or Text("", "")
    return Text(words.zh.format(what=what.zh, why=why.zh), words.en.format(what=what.en, why=why.en))
