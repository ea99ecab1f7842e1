"""P11: all plans for one customer on 24 months, line by line: the p99 of 1,000 customers, beside the same sums."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import numpy as np
from bare_bills import BareBills
from frame import Measure, Plan, Row, alternate, prove_equal, quantile, row
from made_use import made_use

from core.content.plans import catalogue
from core.offers.bill import OpenBills, opened
from core.offers.compiled import compiled
from core.offers.months import months_of

CUSTOMERS, MONTHS = 1_000, 24


def rows(plan: Plan) -> Iterator[Row]:
    count = 50 if plan.smoke else CUSTOMERS
    known, use = made_use(count, MONTHS)
    known[:] = True
    plans = catalogue().plans
    ours, bare = compiled(plans), BareBills(msgspec.to_builtins(plans))
    each = months_of(known, **use)
    customers = [each.part(at, at + 1) for at in range(count)]
    theirs = [{name: values[at] for name, values in use.items()} for at in range(count)]
    for mine, other in zip(customers[::7], theirs[::7], strict=True):
        prove_equal(_shown(opened(ours, mine)), _bare(bare.lines(other), len(plans)), what="bills with their lines")

    pairs = alternate(_p99(lambda months: opened(ours, months), customers), _p99(bare.lines, theirs), plan)
    what = f"{len(plans)} plans on {MONTHS} months with every line, p99 of {count:,} customers"
    yield row(id="P11", what=what, pairs=pairs, goal=2.0)


def _shown(bills: OpenBills) -> dict[str, Any]:
    lines = {line.value: values[0].T.tolist() for line, values in bills.lines.items() if values.any()}
    return {**lines, "total": bills.fen[0].T.tolist()}


def _bare(lines: dict[str, Any], plans: int) -> dict[str, Any]:
    whole = {name: np.broadcast_to(values, (plans, MONTHS)) for name, values in lines.items()}
    return {name: values.tolist() for name, values in whole.items() if values.any()}


def _p99(work: Callable[[Any], object], customers: list[Any]) -> Measure:
    def measure() -> float:
        spent = []
        for customer in customers:
            start = time.perf_counter()
            work(customer)
            spent.append(time.perf_counter() - start)
        return quantile(spent, 0.99)

    return measure
