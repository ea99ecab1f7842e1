"""How well the present plan fits, for very many customers: what the best plan on sale would have saved a month.

Told for screening alone. Who may take the plan, and whether its change is worth it beside contract and broadband, is
weighed when the customer is called (`core.offers.recommend`).
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec import Struct

from core.domain.customer import Document
from core.domain.plan import Channel
from core.offers.advice import Sureness
from core.offers.comparison import Comparison, comparisons
from core.offers.recommend import PlanContent
from core.offers.record import record


class PlanFit(Struct, frozen=True):
    saving_fen: int
    """a month, the median of the months compared; 0 where no plan would have cost less and surely so"""
    better: str
    """name of that plan, Chinese; empty with no saving"""


def plan_fits(documents: Sequence[Document], content: PlanContent, today: date) -> list[PlanFit | None]:
    """One for each customer, in their order; None where too few of their months can be compared, or the present plan
    is in no catalogue."""
    compared = comparisons([record(one, content.plans) for one in documents], content.plans, content.recommendation)
    # What is for some people or places alone is weighed for each customer when they are called.
    open_at = [
        at
        for at, plan in enumerate(content.plans.plans)
        if plan.is_on_sale(today) and Channel.CALL in plan.channels and plan.takers is None and not plan.places
    ]
    return [_fit(document, one, content, open_at) for document, one in zip(documents, compared, strict=True)]


def _fit(document: Document, compared: Comparison, content: PlanContent, open_at: Sequence[int]) -> PlanFit | None:
    here = content.plans.place(document.identity.plan_code) if document.identity else None
    if here is None or not compared.sound:
        return None
    plans = content.plans.plans
    payment, members = plans[here].payment, plans[here].shared
    alike = [at for at in open_at if at != here and plans[at].payment is payment and (not members or plans[at].shared)]
    if not alike:
        return PlanFit(0, "")
    there = alike[int(np.argmin(compared.total_fen[alike]))]
    gain = compared.gain(here, there)
    if gain.median_fen < content.recommendation.worth_fen or gain.sureness is Sureness.SELDOM:
        return PlanFit(0, "")
    return PlanFit(gain.median_fen, plans[there].name.zh)
