"""P14: how a night's cost grows: processor time for each customer at 5 M, beside that at a tenth of them."""

from collections.abc import Iterator
from dataclasses import replace

from frame import Pairs, Plan, Row, row
from made_snapshot import CUSTOMERS, FEWER, SMOKE_CUSTOMERS
from night import nights

GOAL, PAIRS = 1.1, 3


def rows(plan: Plan) -> Iterator[Row]:
    many = SMOKE_CUSTOMERS if plan.smoke else CUSTOMERS
    few, pairs = many // FEWER, Pairs()
    with nights(few) as small, nights(many) as large:
        for _pair in range(1 if plan.smoke else PAIRS):
            pairs.reference.append(small.product().cost.cpu_s / few * 1e6)
            pairs.product.append(large.product().cost.cpu_s / many * 1e6)
    what = f"processor time for a customer, in µs, of a night of {many:,} beside one of {few:,}"
    yield replace(row(id="P14", what=what, pairs=pairs, goal=GOAL), unit="µs")
