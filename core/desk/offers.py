"""What offers beyond plans are weighed by at the desk: content as published, else shipped, and what was offered before.

For a worker: it reads the store. What comes of it is plain values, and weighing them takes about a millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core.content.decode_offers import (
    decode_budget,
    decode_eligibility,
    decode_granting,
    decode_offer,
    decode_offering,
    is_known_offer,
)
from core.domain.offer_content import BUDGET, ELIGIBILITY, GRANTING, OFFER, OFFERING
from core.domain.template import SmsTemplate
from core.offers.book import OfferContent
from core.offers.history import past_offers

if TYPE_CHECKING:
    from core.desk.desk import Desk
    from core.domain.customer import Document
    from core.domain.granting import GrantRules
    from core.domain.offered import PastOffer

HISTORY = timedelta(days=2 * 366)
"""how far back what was saved here is looked at: longer than any offer runs or rests"""
TEXTS = "offers"
"""the SMS templates with this in their `scenarios` are those of offers"""


@dataclass(frozen=True, slots=True)
class OfferGround:
    """What does not change while a call runs."""

    content: OfferContent
    history: tuple[PastOffer, ...]
    """newest first"""
    texts: dict[str, SmsTemplate]


class OfferDesk:
    """Content is decoded once, and again when a pull has brought other."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._bodies: tuple[bytes | None, ...] | None = None
        self._content: OfferContent | None = None

    def ground(self, document: Document) -> OfferGround:
        """Raises ContentError where content is damaged."""
        content = self._current()
        since = self._desk.moment().wall - HISTORY
        told = document.care.offers if document.care else []
        saved = self._desk.store.outcomes_of(document.id, since)
        return OfferGround(content, past_offers(told, saved), self._desk.sms_templates(TEXTS))

    def granting(self) -> GrantRules:
        """Who may grant how much. Raises ContentError where content is damaged."""
        return self._current().granting

    def _current(self) -> OfferContent:
        store = self._desk.store
        names = sorted(store.content_names(OFFER))
        kinds = ((ELIGIBILITY, ELIGIBILITY), (OFFERING, OFFERING), (GRANTING, GRANTING), (BUDGET, BUDGET))
        bodies = tuple(store.content(kind, name) for kind, name in (*kinds, *((OFFER, name) for name in names)))
        if self._content is None or bodies != self._bodies:
            self._content, self._bodies = _decoded(bodies), bodies
        return self._content


def _decoded(bodies: tuple[bytes | None, ...]) -> OfferContent:
    """What has not been published comes as it was shipped: a site's own folder of an earlier program has no offers."""
    # Such a site's desk reads them from files: YAML, which no start may wait for.
    from core.content.budget_rule import budget_rule
    from core.content.grant_rules import grant_rules
    from core.content.offer_rules import eligibility_rules
    from core.content.offers import offering_rules, offers_beyond

    eligibility, offering, granting, budget, *offers = bodies
    published = tuple(decode_offer(body) for body in offers if body is not None and is_known_offer(body))
    return OfferContent(
        # Rules without an offer are a site's word that it has none.
        offers=published if published or offering is not None else offers_beyond(),
        eligibility=eligibility_rules() if eligibility is None else decode_eligibility(eligibility),
        offering=offering_rules() if offering is None else decode_offering(offering),
        granting=grant_rules() if granting is None else decode_granting(granting),
        budget=budget_rule() if budget is None else decode_budget(budget),
    )
