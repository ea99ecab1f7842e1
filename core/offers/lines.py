"""The broadband plans for one customer's line: may it be had, and what would a year have cost by the line's own hours.

The present line is set beside them: what it costs is what the customer pays now. Where no hours are supplied, what
depends on them is not claimed; a prepaid term's price stands whatever the use.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from core.domain.customer import Broadband, Document
from core.domain.eligibility import EligibilityRules
from core.domain.plan import BroadbandKind, BroadbandPlan, Catalogue, Plan
from core.offers.eligibility import may_have_line
from core.offers.facts import customer_facts
from core.offers.line_choice import LineChoice, LineMonth
from core.offers.line_cost import MONTHS_A_YEAR, line_costs


def lines_for(
    document: Document, catalogue: Catalogue, rules: EligibilityRules, today: date, bundles: Sequence[Plan] = ()
) -> tuple[LineChoice, ...]:
    """Every broadband plan, in the catalogue's order; `bundles` are those that the customer may take, the best first.

    Nothing for a customer who is known to have no line."""
    line = document.services.broadband if document.services else None
    if line is None or not catalogue.broadband:
        return ()
    current = catalogue.plan(document.identity.plan_code) if document.identity else None
    facts = customer_facts(document, current, rules, today)
    present = present_line(line, catalogue.broadband)
    months = _months(line, today)
    hours = np.array([[used for _, used in months]], dtype=np.int64)
    costs = line_costs(catalogue.broadband, hours)[:, 0, :].tolist() if months else []
    here = None if present is None else _year_fen(present, costs[catalogue.broadband.index(present)] if costs else [])
    found = []
    for at, plan in enumerate(catalogue.broadband):
        paid: list[int] = costs[at] if costs else []
        year = _year_fen(plan, paid)
        is_here = present is not None and plan.code == present.code
        verdict = may_have_line(plan, facts, rules, today, present=present, current=current)
        needed = plan.kind is BroadbandKind.BUNDLE and bool(verdict.refusals)
        bundle = next((one for one in bundles if one.broadband_mbps >= plan.speed_mbps), None)
        found.append(
            LineChoice(
                plan=plan,
                refusals=verdict.refusals,
                current=is_here,
                year_fen=year,
                less_fen=None if is_here or year is None or here is None or needed else here - year,
                slower=plan.speed_mbps < (line.speed_mbps or 0),
                bundle=bundle if needed else None,
                months=tuple(
                    LineMonth(month=month, hours=used, fen=fen)
                    for (month, used), fen in zip(months, paid, strict=bool(paid))
                ),
            )
        )
    return tuple(found)


def present_line(line: Broadband, offered: Sequence[BroadbandPlan]) -> BroadbandPlan | None:
    """The plan of the line: records name it by words alone. None where none is called so."""
    name = line.plan_name
    return None if name is None else next((one for one in offered if one.name.zh == name.zh), None)


def _months(line: Broadband, today: date) -> list[tuple[str, int]]:
    """The latest twelve with hours; nothing where fewer are supplied, one of them is missing, or they are old."""
    used = sorted((one.month, one.hours) for one in line.hours)[-MONTHS_A_YEAR:]
    if len(used) < MONTHS_A_YEAR:
        return []
    numbers = [int(month[:4]) * MONTHS_A_YEAR + int(month[5:7]) for month, _ in used]
    recent = today.year * MONTHS_A_YEAR + today.month - numbers[-1] <= STALE_MONTHS
    return used if recent and numbers == list(range(numbers[0], numbers[0] + MONTHS_A_YEAR)) else []


STALE_MONTHS = 3
"""older hours are not spoken of as this year's"""


def _year_fen(plan: BroadbandPlan, paid: Sequence[int]) -> int | None:
    """By the hours; without them what is sure whatever the use."""
    if paid:
        return sum(paid)
    if plan.kind is BroadbandKind.YEARLY:
        return plan.term_fen
    if plan.kind is BroadbandKind.BUNDLE:
        return 0
    if plan.kind is BroadbandKind.METERED and plan.included_hours is None:
        return plan.monthly_fen * MONTHS_A_YEAR
    return None
