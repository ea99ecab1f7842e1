"""The cheapest plans of very many customers: totals part by part, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from core.offers.beyond import Ints
from core.offers.bill import totals
from core.offers.compiled import CompiledPlans
from core.offers.months import Months

CELLS = 300_000
"""plans × months × customers that are worked on at once: what a core's own cache holds"""
NO_MONTH = int(np.iinfo(np.int64).max)


class Best(Struct, frozen=True, eq=False, kw_only=True):
    """Customers × ranks, cheapest first; amounts over the months that are known, in fen."""

    plan_at: NDArray[np.intp]
    total_fen: Ints
    median_fen: Ints
    """of a month; the mean of the middle two, rounded up, where their number is even"""
    worst_fen: Ints
    """the dearest month"""
    counted: Ints
    """customers: how many months are known; with none all amounts are zero"""


def best(plans: CompiledPlans, months: Months, count: int = 5) -> Best:
    """The `count` plans that would have cost each customer least, the earlier of equal ones first.

    Raises ValueError where there are fewer plans than `count`."""
    if count > len(plans.plans):
        raise ValueError(f"{count} best of {len(plans.plans)} plans")
    shape = (months.customers, count)
    found = Best(
        plan_at=np.empty(shape, dtype=np.intp),
        total_fen=np.empty(shape, dtype=np.int64),
        median_fen=np.empty(shape, dtype=np.int64),
        worst_fen=np.empty(shape, dtype=np.int64),
        counted=months.known.sum(axis=1, dtype=np.int64),
    )
    for begin, end in _parts(months, len(plans.plans)):
        _rank(plans, months.part(begin, end), count, found, slice(begin, end))
    return found


def _parts(months: Months, plans: int) -> Iterator[tuple[int, int]]:
    size = max(CELLS // (plans * max(months.count, 1)), 1)
    for begin in range(0, months.customers, size):
        yield begin, min(begin + size, months.customers)


def _rank(plans: CompiledPlans, months: Months, count: int, found: Best, where: slice) -> None:
    """Ranks one part of the customers into its rows of `found`."""
    cells = totals(plans, months).reshape(len(plans.plans), months.count, months.customers)
    known = months.known.T
    if not known.all():
        cells *= known
    # No overflow: 32 bits are used only where all months together fit.
    first = _least(cells.sum(axis=1, dtype=cells.dtype), count)
    picked = np.take_along_axis(cells.transpose(2, 0, 1), first[:, :, None], axis=1)
    chosen = picked.transpose(2, 0, 1).astype(np.int64)
    found.plan_at[where] = first
    found.total_fen[where] = chosen.sum(axis=0)
    found.worst_fen[where] = chosen.max(axis=0, initial=0)
    found.median_fen[where] = median(chosen, known[:, :, None])


def _least(sums: Ints, count: int) -> NDArray[np.intp]:
    """Customers × count: places of the least of plans × customers, in order, equal ones by place."""
    plans = sums.shape[0]
    # The place stands in the low digits: one partition of whole numbers settles amount and tie at once.
    keyed = (sums.astype(np.int64) * plans + np.arange(plans)[:, None]).T.copy()
    keyed.partition(count - 1, axis=1)
    places: NDArray[np.intp] = (np.sort(keyed[:, :count], axis=1) % plans).astype(np.intp, copy=False)
    return places


def median(values: Ints, known: NDArray[np.bool_]) -> Ints:
    """Over the first axis, of what is known alone, in 64 bits; of two middle ones the mean, rounded up; of none 0."""
    if not len(values):
        return np.zeros(values.shape[1:], dtype=np.int64)
    ordered = np.sort(np.where(known, values, NO_MONTH), axis=0)
    counted = np.broadcast_to(known, values.shape).sum(axis=0)
    upper = np.take_along_axis(ordered, (counted // 2)[None].clip(max=len(values) - 1), axis=0)[0]
    lower = np.take_along_axis(ordered, ((counted - 1) // 2)[None].clip(min=0), axis=0)[0]
    # Half of each before the sum: two amounts together may not leave int64 where one stands for no month.
    mean = lower + (upper - lower + 1) // 2
    return np.where(counted > 0, mean, 0)
