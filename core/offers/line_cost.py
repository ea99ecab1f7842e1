"""What a broadband line would have cost by the hours that it was in use: plans and months in, fen out, exact.

A yearly line is paid at the beginning of each twelve months, whatever its use. A holiday line is paid for a term when
it is first used and again when it is used after that term. A metered one costs its fee each month and a price for each
begun hour beyond those included, up to its cap. A line of a home bundle costs nothing beside the bundle.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.domain.plan import BroadbandKind, BroadbandPlan
from core.offers.beyond import Ints

MONTHS_A_YEAR, DAYS_A_YEAR = 12, 365


def term_months(plan: BroadbandPlan) -> int:
    """How many calendar months a prepaid term covers: 92 days are any three of them, 365 twelve."""
    return max(round(plan.term_days * MONTHS_A_YEAR / DAYS_A_YEAR), 1)


def line_costs(plans: Sequence[BroadbandPlan], hours: Ints) -> Ints:
    """Plans × lines × months, from lines × months of hours, oldest month first."""
    found: Ints = np.zeros((len(plans), *hours.shape), dtype=np.int64)
    for at, plan in enumerate(plans):
        if plan.kind is BroadbandKind.YEARLY:
            found[at, :, :: term_months(plan)] = plan.term_fen
        elif plan.kind is BroadbandKind.HOLIDAY:
            found[at] = _terms(hours > 0, term_months(plan)) * plan.term_fen
        elif plan.kind is BroadbandKind.METERED:
            found[at] = _metered(plan, hours)
    return found


def _terms(used: NDArray[np.bool_], length: int) -> Ints:
    """1 in each month in which a term begins: as few as cover every month of use."""
    begins = np.zeros(used.shape, dtype=np.int64)
    covered = np.zeros(used.shape[0], dtype=np.int64)
    for month in range(used.shape[1]):
        new = used[:, month] & (covered <= month)
        begins[:, month] = new
        covered = np.where(new, month + length, covered)
    return begins


def _metered(plan: BroadbandPlan, hours: Ints) -> Ints:
    over = 0 if plan.included_hours is None else np.maximum(hours - plan.included_hours, 0)
    fen: Ints = np.broadcast_to(plan.monthly_fen + over * plan.beyond_fen, hours.shape)
    return fen if plan.month_cap_fen is None else np.minimum(fen, plan.month_cap_fen)
