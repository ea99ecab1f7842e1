"""P13: a million customers, 140 plans, 6 months: the best five, median and worst month, beside numpy by another hand.

They come in blocks, so that memory stays bounded: each block is a pair on the same customers, all together the million.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from best_blocks import BEST, MONTHS
from frame import Pairs, Plan, Row, row
from started import HERE, ROOT, environment

BLOCKS, SMOKE_BLOCKS = 40, 3
BLOCK, SMOKE_BLOCK = 25_000, 1_000
"""customers in each"""
GOAL = 1.5
MOST_BYTES = 2_000_000_000


class DidNotEnd(Exception):
    """The process of the blocks ended early; what it wrote stands above."""


class Billed(NamedTuple):
    pairs: Pairs
    plans: int
    peak_bytes: int


def rows(plan: Plan) -> Iterator[Row]:
    blocks, block = (SMOKE_BLOCKS, SMOKE_BLOCK) if plan.smoke else (BLOCKS, BLOCK)
    billed = _billed(blocks, block)
    yield _time(billed, blocks * block)
    yield _memory(billed.peak_bytes)


def _billed(blocks: int, customers: int) -> Billed:
    command = [sys.executable, str(HERE / "best_blocks.py"), str(blocks), str(customers)]
    run = subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, check=False)
    if run.returncode:
        raise DidNotEnd(f"best_blocks.py ended with {run.returncode}")
    said = json.loads(run.stdout)
    return Billed(Pairs(product=said["product"], reference=said["reference"]), said["plans"], said["peak_bytes"])


def _time(billed: Billed, customers: int) -> Row:
    """The ratio is that of the blocks, the seconds are of all of them."""
    what = f"best {BEST} of {billed.plans} plans on {MONTHS} months for {customers:,} customers, by blocks"
    told = row(id="P13", what=what, pairs=billed.pairs, goal=GOAL)
    return replace(told, measured=sum(billed.pairs.product), limit=sum(billed.pairs.reference))


def _memory(peak: int) -> Row:
    ratio = peak / MOST_BYTES
    return Row(
        id="P13",
        what="peak memory of the process tree, customers and reference included",
        measured=peak,
        limit=MOST_BYTES,
        ratio=ratio,
        bound=ratio,
        goal=1.0,
        holds=ratio <= 1.0,
        unit="bytes",
        pairs=1,
    )
