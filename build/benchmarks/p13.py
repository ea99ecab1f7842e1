"""P13: a million customers, 140 plans, 6 months: the best five, median and worst month, beside bare numpy."""

import resource
from collections.abc import Iterator

import msgspec
import numpy as np
from bare_bills import BareBills
from frame import Plan, Row, alternate, prove_equal, row, timed
from made_use import made_use

from core.content.plans import catalogue
from core.offers.best import best
from core.offers.compiled import compiled
from core.offers.months import months_of

CUSTOMERS, MONTHS, BEST = 1_000_000, 6, 5
MOST_BYTES = 2_000_000_000


def rows(plan: Plan) -> Iterator[Row]:
    """A pair takes a minute at full size: each is over the same customers, so that few pairs tell enough."""
    count = 5_000 if plan.smoke else CUSTOMERS
    known, use = made_use(count, MONTHS)
    plans = catalogue().plans
    ours, bare, months = compiled(plans), BareBills(msgspec.to_builtins(plans)), months_of(known, **use)
    some = min(count, 20_000)
    mine = best(ours, months.part(0, some), BEST)
    theirs = bare.best({name: values[:some] for name, values in use.items()}, known[:some], BEST)
    for what, one, other in zip(
        ("plans", "sums", "medians", "worst months"),
        (mine.plan_at, mine.total_fen, mine.median_fen, mine.worst_fen),
        theirs,
        strict=True,
    ):
        prove_equal(np.array_equal(one, other), True, what=f"the best five: {what}")
    pairs = alternate(timed(lambda: best(ours, months, BEST)), timed(lambda: bare.best(use, known, BEST)), plan)
    yield row(id="P13", what=f"best {BEST} of {len(plans)} plans for {count:,} customers", pairs=pairs, goal=1.5)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    yield Row(
        id="P13",
        what="memory of the whole run, customers and reference included",
        measured=peak,
        limit=MOST_BYTES,
        ratio=peak / MOST_BYTES,
        bound=peak / MOST_BYTES,
        goal=1.0,
        holds=peak <= MOST_BYTES,
        unit="bytes",
        pairs=1,
    )
