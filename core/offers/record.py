"""A customer's months and bills on record as arrays, and which of the bills the calculator reproduces.

A bill that it does not reproduce to the fen was corrected by hand, or its plan is not in the catalogue: from such a
month nothing is concluded and no saving claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from core.domain.customer import Bill, Document, MonthUse
from core.offers.beyond import Ints
from core.offers.bill import UNKNOWN_FEN, totals
from core.offers.compiled import CompiledPlans
from core.offers.month_on_record import is_known, quantities_of
from core.offers.months import Months, months_of, stacked

MONTHS = 24
"""the most that a record holds"""
NOWHERE = -1
"""the place of a plan that the catalogue does not have"""


class Records(Struct, frozen=True, eq=False, kw_only=True):
    """Customers × months; all customers have the same months, those without data masked."""

    names: tuple[str, ...]
    """`2026-10`, oldest first"""
    months: Months
    billed_fen: Ints
    """the bill on record, UNKNOWN_FEN where there is none"""
    plan_at: NDArray[np.intp]
    """where the plan of that month's bill stands among the compiled plans; NOWHERE where it does not"""


def record(document: Document, plans: CompiledPlans, names: Sequence[str] = ()) -> Records:
    """One customer's record over the months `names`, or over those that the document has, 24 at most."""
    uses = {use.month: use for use in document.usage.months} if document.usage else {}
    bills = {bill.month: bill for bill in document.billing.bills} if document.billing else {}
    chosen = tuple(names) or _names(uses, bills)
    places = {plan.code: at for at, plan in enumerate(plans.plans)}
    known = np.array([[is_known(uses.get(name)) for name in chosen]], dtype=np.bool_)
    rows = [quantities_of(document, uses.get(name), bills.get(name), name, plans.packs) for name in chosen]
    quantities = {key: np.array([[row[key] for row in rows]], dtype=np.int64) for key in (rows[0] if rows else ())}
    made = [bills.get(name) for name in chosen]
    return Records(
        names=chosen,
        months=months_of(known, **quantities),
        billed_fen=np.array([[UNKNOWN_FEN if one is None else one.total_fen for one in made]], dtype=np.int64),
        plan_at=np.array([[places.get(one.plan_code, NOWHERE) if one else NOWHERE for one in made]], dtype=np.intp),
    )


def latest(found: Records, months: int) -> Records:
    """Its latest months alone."""
    return Records(
        names=found.names[-months:],
        months=found.months.last(months),
        billed_fen=found.billed_fen[:, -months:],
        plan_at=found.plan_at[:, -months:],
    )


def together(records: Sequence[Records]) -> Records:
    """Customers over the same months as one. Raises ValueError where the months differ."""
    if len({one.names for one in records}) != 1:
        raise ValueError("the records are of different months, or none")
    return Records(
        names=records[0].names,
        months=stacked([one.months for one in records]),
        billed_fen=np.concatenate([one.billed_fen for one in records]),
        plan_at=np.concatenate([one.plan_at for one in records]),
    )


def reproduced(records: Records, plans: CompiledPlans) -> NDArray[np.bool_]:
    """Customers × months: whether the bill on record is, to the fen, what the calculator makes of plan and use."""
    return matches(records, totals(plans, records.months))


def matches(records: Records, settled: Ints) -> NDArray[np.bool_]:
    """The same from totals that are there already."""
    cells = records.months.known.size
    at = records.plan_at.T.reshape(-1)
    own = settled[np.maximum(at, 0), np.arange(cells)]
    same = (own == records.billed_fen.T.reshape(-1)) & (at != NOWHERE)
    by_customer: NDArray[np.bool_] = same.reshape(records.months.count, records.months.customers).T
    return by_customer & records.months.known


def month_names(last: str, count: int) -> tuple[str, ...]:
    """`count` months up to `last` (`2026-10`), oldest first. Raises ValueError where `last` is no month."""
    end = date.fromisoformat(f"{last}-01")
    numbers = range(end.year * 12 + end.month - count, end.year * 12 + end.month)
    return tuple(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers)


def _names(uses: dict[str, MonthUse], bills: dict[str, Bill]) -> tuple[str, ...]:
    """The months from the first to the last that is on record, those between included."""
    found = sorted(uses.keys() | bills.keys())
    if not found:
        return ()
    names = month_names(found[-1], MONTHS)
    return names[names.index(found[0]) :] if found[0] in names else names
