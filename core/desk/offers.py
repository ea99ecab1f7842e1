"""What offers beyond plans are weighed by at the desk: the content as published, and what this customer was offered.

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
)
from core.domain.offer_content import BUDGET, ELIGIBILITY, GRANTING, OFFER, OFFERING
from core.domain.template import SmsTemplate
from core.offers.book import OfferContent
from core.offers.history import past_offers

if TYPE_CHECKING:
    from core.desk.desk import Desk
    from core.domain.customer import Document
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

    def ground(self, document: Document) -> OfferGround | None:
        """None where the server has published no offers. Raises ContentError where content is damaged."""
        content = self._published()
        if content is None:
            return None
        since = self._desk.moment().wall - HISTORY
        told = document.care.offers if document.care else []
        saved = self._desk.store.outcomes_of(document.id, since)
        return OfferGround(content, past_offers(told, saved), self._desk.sms_templates(TEXTS))

    def _published(self) -> OfferContent | None:
        store = self._desk.store
        names = sorted(store.content_names(OFFER))
        kinds = ((ELIGIBILITY, ELIGIBILITY), (OFFERING, OFFERING), (GRANTING, GRANTING), (BUDGET, BUDGET))
        bodies = tuple(store.content(kind, name) for kind, name in (*kinds, *((OFFER, name) for name in names)))
        if bodies != self._bodies:
            self._content, self._bodies = _decoded(bodies), bodies
        return self._content


def _decoded(bodies: tuple[bytes | None, ...]) -> OfferContent | None:
    eligibility, offering, granting, budget, *offers = bodies
    if eligibility is None or offering is None or granting is None or budget is None:
        return None
    return OfferContent(
        offers=tuple(decode_offer(body) for body in offers if body is not None),
        eligibility=decode_eligibility(eligibility),
        offering=decode_offering(offering),
        granting=decode_granting(granting),
        budget=decode_budget(budget),
    )
