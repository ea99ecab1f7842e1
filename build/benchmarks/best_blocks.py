"""P13's work, a process of its own so that its memory is its own: blocks of customers, each billed by either side.

Arguments: how many blocks, how many customers in each. Prints as JSON what the sides took for each block, in seconds,
and the most memory that the process held; it starts no other. Raises OutputsDiffer where they do not find the same.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from bare_bills import BareBills
from frame import Pairs, prove_equal, timed
from made_use import made_use

from core.content.plans import catalogue
from core.offers.best import Best, best
from core.offers.compiled import compiled
from core.offers.months import months_of

MONTHS, BEST = 6, 5
PARTS = ("plans", "sums", "medians", "worst months")


def main(blocks: int, customers: int) -> None:
    sides = Sides()
    # Of its own, and not counted: the first block fills caches and grows the heap.
    sides.bill(blocks, customers)
    pairs = Pairs()
    for number in range(blocks):
        ours, theirs = sides.bill(number, customers)
        pairs.product.append(ours)
        pairs.reference.append(theirs)
    print(json.dumps({**asdict(pairs), "plans": sides.plans, "peak_bytes": peak_bytes()}))


def peak_bytes() -> int:
    """Resident memory at its highest since this program began: the usage that is told to a parent counts its own."""
    status = Path("/proc/self/status").read_text()
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kib) * 1024


class Sides:
    """Product and reference, on the same customers."""

    def __init__(self) -> None:
        plans = catalogue().plans
        self.plans = len(plans)
        self._ours, self._bare = compiled(plans), BareBills(msgspec.to_builtins(plans))

    def bill(self, number: int, customers: int) -> tuple[float, float]:
        """The block of that number, drawn from it; who goes first changes from block to block. Seconds, ours first."""
        known, use = made_use(customers, MONTHS, seed=number)
        months = months_of(known, **use)
        found: dict[str, Any] = {}

        def ours() -> None:
            found["ours"] = best(self._ours, months, BEST)

        def theirs() -> None:
            found["theirs"] = self._bare.best(use, known, BEST)

        order = (ours, theirs) if number % 2 == 0 else (theirs, ours)
        spent = {work: timed(work)() for work in order}
        _prove(found["ours"], found["theirs"])
        return spent[ours], spent[theirs]


def _prove(ours: Best, theirs: tuple[Any, ...]) -> None:
    mine = (ours.plan_at, ours.total_fen, ours.median_fen, ours.worst_fen)
    for what, one, other in zip(PARTS, mine, theirs, strict=True):
        prove_equal(np.array_equal(one, other), True, what=f"the best five: {what}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
