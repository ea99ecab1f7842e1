"""The plan of today's shelf that may be named to this customer: one they may have and would not pay more with."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from core.domain.customer import Document
from core.domain.eligibility import EligibilityRules
from core.domain.shelf import Shelf, Window
from core.offers.advice import Advice, Recommendation, Row
from core.offers.facts import customer_facts
from core.rules import holds


class Featured(Struct, frozen=True, kw_only=True):
    window: Window
    row: Row


def featured(
    shelves: Sequence[Shelf], document: Document, found: Recommendation, rules: EligibilityRules, today: date
) -> Featured | None:
    """The first featured plan of the day that fits; None where there is none, or the present plan is the best.

    It helps no less than the plan that the script proposes: two plans in one call would only confuse.
    """
    if found.advice is Advice.KEEP:
        return None
    facts = customer_facts(document, found.current.plan if found.current else None, rules, today)
    least_fen = max(found.proposed.helps_fen, 0) if found.proposed else 0
    fitting = {row.plan.code: row for row in found.rows if row.gain is not None and row.helps_fen >= least_fen}
    for shelf in shelves:
        if holds(shelf.audience, facts):
            window = shelf.window(today)
            code = next((code for code in window.plans if code in fitting), None)
            if code is not None:
                return Featured(window=window, row=fitting[code])
    return None
