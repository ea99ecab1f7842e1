"""What is sold is checked once more where it arrives: who agreed, what the catalogue and the rules say, whether selling
was closed. A desk may be old, offline for days, or not ours; what it recorded stays, and its order goes no further.
"""

from datetime import datetime
from typing import NamedTuple

import msgspec

from core.content.decode_offers import decode_catalogue, decode_eligibility
from core.domain import decoding
from core.domain.branch_request import BranchState
from core.domain.clock import local_day
from core.domain.customer import Document, decode_document
from core.domain.disposition import Goods, Result
from core.domain.eligibility import EligibilityRules
from core.domain.offer_content import ELIGIBILITY, PLANS
from core.domain.order import Order
from core.domain.outcome import CONNECTED, Contact, Outcome, Verification
from core.domain.people import Right
from core.domain.plan import Catalogue
from core.domain.script import Cue
from core.domain.talk_bounds import out_of_bounds
from core.domain.text import Text, filled
from core.guidance.closing import why_closed
from core.guidance.facts import facts_of
from core.guidance.place import OFFERING
from core.offers.ordering import meant, open_to_calls, order_refusal
from core.rules import holds
from core.server.db import branch_requests, customers, people, publications, published, settings
from core.server.db.engine import Unit
from core.server.orders.offer_checking import OfferChecking

NOT_AGREED = Text(
    "没有复述价格、期限、协议和生效日，或没有客户的明确同意",
    "price, term, lock and start were not read back, or the customer did not agree in so many words",
)
NOT_THE_OWNER = Text("同意的人不是核实过的机主", "whoever agreed was not the verified owner")
SELLING_CLOSED = Text("办理时不能营销：{why}", "nothing was to be sold then: {why}")
UNTRUE = Text("这个结果在当时不成立", "this result was not true then")


class _Cues(msgspec.Struct):
    cues: tuple[Cue, ...] = ()


class Checking(NamedTuple):
    """One outcome as it is checked; `result` is None where no content says what it means."""

    unit: Unit
    outcome: Outcome
    result: Result | None

    @property
    def at(self) -> datetime:
        """The moment of the call: what came up later is not held against it."""
        call = self.outcome.call
        return call.answered_at or call.dialled_at or self.outcome.recorded_at

    def refusal(self, offer: str, order: Order) -> Text | None:
        """Why the order goes no further; `offer` is the id of the one beyond plans that it is of, empty: none."""
        if not (order.read_back and order.consent):
            return NOT_AGREED
        if not offer and (short := self._too_short()) is not None:
            return short
        if not owner_agreed(self.outcome):
            return NOT_THE_OWNER
        document = self._document()
        return self._closed(offer, order, document) or self._against_content(offer, order, document)

    def _too_short(self) -> Text | None:
        """Why the sale does not count, where the length of its call took the success from it."""
        if self.result is None or not self.result.success or self.outcome.success:
            return None
        return out_of_bounds(self.result, talk_s=self.outcome.call.talk_time_s, dialled=False)

    def by_record(self, order: Order) -> Text | None:
        """As `refusal`, by the outcome's own words alone."""
        if not (order.read_back and order.consent):
            return NOT_AGREED
        return None if owner_agreed(self.outcome) else NOT_THE_OWNER

    def _document(self) -> Document | None:
        """As of the call."""
        found = customers.documents(self.unit, [self.outcome.customer_id], frozenset(Right))
        body = found.get(self.outcome.customer_id)
        document = decode_document(body) if body is not None else None
        if document is not None and document.care is not None:
            document.care.tickets = [one for one in document.care.tickets if one.opened_at <= self.at]
        return document

    def _closed(self, offer: str, order: Order, document: Document | None) -> Text | None:
        """SCRIPT-09: by the facts of the customer and the scenario's own moments."""
        sells = order.price_fen > 0 if offer else self.result is not None and self.result.sells is not None
        account = people.get(self.unit, self.outcome.agent)
        if account is None:
            return None
        site = settings.site(self.unit)
        facts = facts_of(document, agent=account.agent, site=site, task=None, now=self.at)
        if sells:
            verification, refused = self.outcome.verification, self.outcome.opt_out
            cues = [cue for cue in self._cues() if holds(cue.when, facts)]
            why = why_closed(OFFERING, facts, verification=verification, refused=refused, cues=cues)
            if why is not None:
                return filled(SELLING_CLOSED, why=why)
        result = self.result
        if offer or result is None or result.when is None or holds(result.when, facts):
            return None
        return result.why_not or UNTRUE

    def _cues(self) -> tuple[Cue, ...]:
        body = published.body(self.unit, "script", self.outcome.scenario)
        return decoding.decode(body, _Cues).cues if body is not None else ()

    def _against_content(self, offer: str, order: Order, document: Document | None) -> Text | None:
        if not offer:
            return self._ordered(order, document)
        account = people.get(self.unit, self.outcome.agent)
        if account is None:
            return None
        found = OfferChecking(self.unit, self.outcome, account.agent.role, document, self._rules())
        return found.refusal(offer, order, self._catalogue(0))

    def _ordered(self, order: Order, document: Document | None) -> Text | None:
        catalogue, rules = self._catalogue(order.version), self._rules()
        if catalogue is None or rules is None:
            return None
        strict = self.result is not None and self.result.sells is Goods.PLAN
        catalogue = self._as_sold_there(catalogue, order, document)
        return order_refusal(order, catalogue, rules, document, local_day(self.at), strict=strict)

    def _catalogue(self, version: int) -> Catalogue | None:
        """The one that the desk had: what a call told of prices is held against the catalogue of that day."""
        body = published.body(self.unit, PLANS, PLANS)
        current = decode_catalogue(bytes(body)) if body is not None else None
        if not version or current is None or current.version == version:
            return current
        kept = publications.versions_of(self.unit, PLANS, PLANS)
        return next((decode_catalogue(bytes(one.body)) for one in kept if one.version == version), current)

    def _rules(self) -> EligibilityRules | None:
        body = published.body(self.unit, ELIGIBILITY, ELIGIBILITY)
        return decode_eligibility(bytes(body)) if body is not None else None

    def _as_sold_there(self, catalogue: Catalogue, order: Order, document: Document | None) -> Catalogue:
        """The customer's branch may have opened the plan to calls (4G-05)."""
        plan = meant(catalogue, code=order.code, product=order.product)
        branch = document.identity.branch if document is not None and document.identity is not None else ""
        asked = branch_requests.get(self.unit, plan.code, branch) if plan is not None else None
        if plan is None or asked is None or asked.state is not BranchState.ACTIVE:
            return catalogue
        plans = tuple(open_to_calls(one) if one.code == plan.code else one for one in catalogue.plans)
        return msgspec.structs.replace(catalogue, plans=plans)


def owner_agreed(outcome: Outcome) -> bool:
    """SCRIPT-22, OUTCOME-11: nobody else's word takes what is offered."""
    others = CONNECTED - {Contact.OWNER}
    return outcome.verification is Verification.OWNER and outcome.contact not in others
