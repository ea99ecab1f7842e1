"""P10: an XLSX of 100,000 rows of ten columns, beside xlsxwriter in constant memory; CPU and peak memory of each."""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from frame import Pairs, Plan, Row, interval, prove_equal, row
from started import HERE, ROOT, environment
from tree import Cost, run_tree

ROWS, SMOKE_ROWS = 100_000, 2_000
GOAL = 1.2
MORE_BYTES = 10_000_000
"""that ours may take beyond the reference"""


class DidNotWrite(Exception):
    """A side ended without its workbook."""


@dataclass
class Sides:
    """What each run cost, by side."""

    count: int
    folder: Path
    costs: dict[str, list[Cost]] = field(default_factory=lambda: {"product": [], "reference": []})

    def write(self, side: str, *, counts: bool = True) -> None:
        command = [sys.executable, str(HERE / "written_book.py"), side, str(self.count), str(self.path(side))]
        cost = run_tree(command, cwd=ROOT, environment=environment())
        if cost.status:
            raise DidNotWrite(f"{side} ended with {cost.status}")
        if counts:
            self.costs[side].append(cost)

    def path(self, side: str) -> Path:
        return self.folder / f"{side}.xlsx"


def rows(plan: Plan) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="stayline-p10-") as folder:
        sides = Sides(SMOKE_ROWS if plan.smoke else ROWS, Path(folder))
        for side in sides.costs:
            sides.write(side, counts=False)
        _prove(sides)
        for turn in range(plan.pairs):
            for side in ("product", "reference") if turn % 2 == 0 else ("reference", "product"):
                sides.write(side)
    product, reference = sides.costs["product"], sides.costs["reference"]
    pairs = Pairs(product=[one.cpu_s for one in product], reference=[one.cpu_s for one in reference])
    what = f"workbook of {sides.count:,} rows of 10, CPU, the program's start included"
    yield row(id="P10", what=what, pairs=pairs, goal=GOAL)
    yield _memory(product, reference)


def _prove(sides: Sides) -> None:
    """Every cell of both books, read back by another program's reader, is the one that went in."""
    from python_calamine import CalamineWorkbook
    from written_book import as_read, made_rows

    went_in = [as_read(cells) for cells in made_rows(sides.count)]
    for side in sides.costs:
        read = CalamineWorkbook.from_path(sides.path(side)).get_sheet_by_index(0).to_python()[1:]
        # By rows, so that what differs is told in a line.
        for number, (found, wanted) in enumerate(zip(read, went_in, strict=True)):
            if found != wanted:
                prove_equal(found, wanted, what=f"{side}, row {number}")


def _memory(product: list[Cost], reference: list[Cost]) -> Row:
    """How much more than the reference, against what it may be."""
    more = [float(int(ours.output) - int(theirs.output)) for ours, theirs in zip(product, reference, strict=True)]
    middle, bound = sorted(more)[len(more) // 2], interval(more)[1]
    return Row(
        id="P10",
        what="peak memory beyond the reference's",
        measured=middle,
        limit=MORE_BYTES,
        ratio=middle / MORE_BYTES,
        bound=bound / MORE_BYTES,
        goal=1.0,
        holds=bound <= MORE_BYTES,
        unit="bytes",
        pairs=len(more),
    )
