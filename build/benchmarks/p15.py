"""P15: from a closed snapshot of 5 M customers to tasks that agents can pull, model and its reasons included, beside
LightGBM, DuckDB and COPY by hand; in memory and in minutes.

Compared is processor time of either side's process, as two cores shared with others say little by the clock. A pair
takes minutes, so there are three of them, and the bound is as wide as that."""

import sys
from collections.abc import Iterator
from dataclasses import replace

from frame import Plan, Row, alternate, prove_equal, row
from made_snapshot import CUSTOMERS, SMOKE_CUSTOMERS
from night import Spent, nights

GOAL, MOST_BYTES, MOST_S = 2.0, 2_000_000_000, 600.0
PAIRS = 3


def rows(plan: Plan) -> Iterator[Row]:
    customers = SMOKE_CUSTOMERS if plan.smoke else CUSTOMERS
    with nights(customers) as both:
        spent: list[Spent] = []

        def product() -> float:
            spent.append(both.product())
            return spent[-1].cost.cpu_s

        def reference() -> float:
            bare = both.reference()
            if spent:
                prove_equal(spent[-1].customers, bare.customers, what="whom tasks are made for")
            _tell("reference", bare)
            return bare.cost.cpu_s

        few = 1 if plan.smoke else PAIRS
        pairs = alternate(product, reference, replace(plan, pairs=few, warm_up=0))
    tasks = len(spent[-1].customers)
    what = f"snapshot of {customers:,} closed to {tasks:,} tasks pullable, scores and reasons included, processor time"
    yield row(id="P15", what=what, pairs=pairs, goal=GOAL)
    _tell("product", spent[-1])
    peak = max(one.cost.peak_bytes for one in spent)
    yield _bound("peak memory of the process tree", peak, MOST_BYTES, unit="bytes")
    yield _bound("the longest of these nights", max(one.seconds for one in spent), MOST_S, unit="s")


def _tell(side: str, spent: Spent) -> None:
    parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.phases.items())
    sys.stderr.write(f"     {side}: {parts}\n")


def _bound(what: str, measured: float, most: float, *, unit: str) -> Row:
    ratio = measured / most
    return Row(
        id="P15", what=what, measured=measured, limit=most, ratio=ratio, bound=ratio, goal=1.0, holds=ratio <= 1.0,
        unit=unit, pairs=1,
    )  # fmt: skip
