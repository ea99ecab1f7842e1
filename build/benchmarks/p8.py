"""P8: twenty rules of five factors each over 5 M customers × 421 columns, beside DuckDB written out by hand; in memory;
against pandas; and the planner's preview of one rule beside the same count by hand.

Each side is a process of its own, so that its memory and its processor time are its own: that is what is compared, as
two cores shared with others say little by the clock."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from frame import Pairs, Plan, Row, alternate, prove_equal, row
from made_snapshot import CUSTOMERS, SMOKE_CUSTOMERS, made_shelf
from started import HERE, ROOT, environment
from tree import Cost, run_tree

GOAL, MOST_BYTES, PANDAS, PREVIEW = 1.3, 1_000_000_000, 2.0, 1.5


class DidNotEnd(Exception):
    """The process of one side ended early; what it wrote stands above."""


def rows(plan: Plan) -> Iterator[Row]:
    customers = SMOKE_CUSTOMERS if plan.smoke else CUSTOMERS
    data = made_shelf(customers)
    first = {side: _run(side, data) for side in ("product", "reference", "pandas")}
    for side in ("reference", "pandas"):
        prove_equal(_said(first["product"]), _said(first[side]), what=f"whom rules match, by {side}")
    peaks = [first["product"].peak_bytes]

    def product() -> float:
        cost = _run("product", data)
        peaks.append(cost.peak_bytes)
        return cost.cpu_s

    # Both were run once: nothing is left to warm.
    pairs = alternate(
        product, lambda: _run("reference", data).cpu_s, Plan(smoke=plan.smoke, pairs=plan.pairs, warm_up=0)
    )
    what = f"20 rules of 5 factors over {customers:,} customers × 421 columns, processor time"
    yield row(id="P8", what=what, pairs=pairs, goal=GOAL)
    yield _memory(max(peaks))
    own = sorted(pairs.product)[len(pairs.product) // 2]
    yield _pandas(first["pandas"].cpu_s, own)
    found = json.loads(_run("one", data).output)
    what = f"a planner's preview of one rule over {customers:,} customers, from nothing open to its counts"
    yield row(id="P8", what=what, pairs=Pairs(product=found["product"], reference=found["reference"]), goal=PREVIEW)


def _run(side: str, data: Path) -> Cost:
    cost = run_tree([sys.executable, "-W", "ignore", str(HERE / "screened.py"), side, str(data)], cwd=ROOT,
                    environment=environment())  # fmt: skip
    if cost.status:
        raise DidNotEnd(f"screened.py {side} ended with {cost.status}")
    return cost


def _said(cost: Cost) -> object:
    return json.loads(cost.output)


def _memory(peak: int) -> Row:
    ratio = peak / MOST_BYTES
    return Row(
        id="P8", what="peak memory of the process tree", measured=peak, limit=MOST_BYTES, ratio=ratio, bound=ratio,
        goal=1.0, holds=ratio <= 1.0, unit="bytes", pairs=1,
    )  # fmt: skip


def _pandas(theirs: float, own: float) -> Row:
    ratio = theirs / own
    return Row(
        id="P8", what="processor time of pandas, block by block, against the product's", measured=theirs, limit=own,
        ratio=ratio, bound=ratio, goal=PANDAS, holds=ratio >= PANDAS, at_least=True, pairs=1,
    )  # fmt: skip
