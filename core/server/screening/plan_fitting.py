"""Plan fit for the customers of a snapshot, from the sections as they are kept and the content as it is published."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.content.decode_offers import decode_catalogue, decode_eligibility, decode_recommendation
from core.content.offer_rules import eligibility_rules, recommendation_rule
from core.content.plans import catalogue
from core.domain.customer import decode_document
from core.domain.factor import Fact
from core.domain.offer_content import ELIGIBILITY, PLANS, RECOMMENDATION
from core.offers.plan_fit import plan_fits
from core.offers.recommend import PlanContent, plan_content
from core.server.db import published
from core.server.db.engine import Unit

SECTIONS = ("identity", "billing", "usage", "holdings", "services")
_BILLED = frozenset({"identity", "billing", "usage"})
Facts = dict[Fact, object]


class PlanFitting:
    """The content is read when the first customer with bills comes."""

    def __init__(self, unit: Unit, today: date) -> None:
        self._unit, self._today = unit, today
        self._content: PlanContent | None = None

    def of(self, customers: Sequence[Mapping[str, bytes]]) -> list[Facts]:
        """For each customer's sections, in their order, what is known of their plan's fit."""
        places = [at for at, sections in enumerate(customers) if sections.keys() >= _BILLED]
        found: list[Facts] = [{} for _ in customers]
        if places:
            documents = [decode_document(_whole(customers[at])) for at in places]
            for at, fit in zip(places, plan_fits(documents, self._ready(), self._today), strict=True):
                if fit is not None:
                    found[at] = {Fact.PLAN_SAVING: fit.saving_fen, Fact.BETTER_PLAN: fit.better or None}
        return found

    def _ready(self) -> PlanContent:
        if self._content is None:
            plans, eligibility, recommendation = (
                published.body(self._unit, kind, kind) for kind in (PLANS, ELIGIBILITY, RECOMMENDATION)
            )
            # What has not been published comes as it was shipped.
            self._content = plan_content(
                catalogue() if plans is None else decode_catalogue(bytes(plans)),
                eligibility_rules() if eligibility is None else decode_eligibility(bytes(eligibility)),
                recommendation_rule() if recommendation is None else decode_recommendation(bytes(recommendation)),
            )
        return self._content


def _whole(sections: Mapping[str, bytes]) -> bytes:
    parts = [b'"%s":%s' % (name.encode(), sections[name]) for name in SECTIONS if name in sections]
    return b'{"id":"",' + b",".join(parts) + b"}"
