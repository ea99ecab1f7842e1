"""P8's work, a process of its own: whom each rule matches in a snapshot, by one of three hands. Prints counts as JSON.

Arguments: product, reference, pandas, or with `one-` before them for a single rule asked again in the same process; the
data folder. The reference and pandas import nothing of the product but the conditions.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from frame import OutputsDiffer
from made_rules import Asked, asked

from core.domain.factor import Library
from core.screening.factor_files import shipped_library

SHARE = 0.6
THREADS, MEMORY = 2, "700MB"
AGAIN = 15
Counts = dict[str, int]


def main(side: str, data: Path) -> None:
    path = data / "snapshots" / "made.parquet"
    library = shipped_library()
    rules = asked(library, path, share=SHARE)
    if side == "one":
        print(json.dumps(_one(rules[0], data, path, library)))
        return
    sides: dict[str, Callable[[], Counts]] = {
        "product": lambda: _product(rules, data, library),
        "reference": lambda: _reference(rules, path),
        "pandas": lambda: _pandas(rules, path),
    }
    print(json.dumps(sides[side]()))


def _product(rules: list[Asked], data: Path, library: Library) -> Counts:
    from core.screening.frame import opened_frame
    from core.screening.matching import preview
    from core.screening.snapshots.keeping import Shelf
    from core.screening.words import factors_of

    shelf, made = Shelf(data), [one.rule() for one in rules]
    names = frozenset().union(*(factors_of(one) for one in made))
    return preview(opened_frame(shelf, shelf.find(), library, names), made).matched


def _reference(rules: list[Asked], path: Path) -> Counts:
    import duckdb

    engine = duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY})
    counts = ", ".join(f"count(*) FILTER (WHERE {one.sql()})" for one in rules)
    row = engine.execute(f"SELECT {counts} FROM read_parquet('{path}')").fetchall()[0]
    return {one.id: count for one, count in zip(rules, row, strict=True)}


def _pandas(rules: list[Asked], path: Path) -> Counts:
    import pyarrow.parquet as pq

    found = dict.fromkeys((one.id for one in rules), 0)
    names = [name for one in rules for name in (*one.at_least, *one.below)]
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            frame = file.read_row_group(group, columns=names, use_threads=False).to_pandas()
            for one in rules:
                held = frame[next(iter(one.at_least))].notna()
                for name, value in one.at_least.items():
                    held &= frame[name] >= value
                for name, value in one.below.items():
                    held &= frame[name] < value
                found[one.id] += int(held.sum())
    return found


def _one(rule: Asked, data: Path, path: Path, library: Library) -> dict[str, list[float]]:
    """The planner's preview of one rule beside the same count by hand, in turn; both begin with nothing open."""
    spent: dict[str, list[float]] = {"product": [], "reference": []}
    sides = {"product": lambda: _product([rule], data, library), "reference": lambda: _counted(rule, path)}
    for turn in range(AGAIN + 1):
        order = list(sides) if turn % 2 == 0 else list(sides)[::-1]
        counts = {}
        for name in order:
            start = time.perf_counter()
            counts[name] = sides[name]()[rule.id]
            # Of the first turn imports are most.
            spent[name] += [time.perf_counter() - start] if turn else []
        if counts["product"] != counts["reference"]:
            raise OutputsDiffer(f"they count {counts}")
    return spent


def _counted(rule: Asked, path: Path) -> Counts:
    import duckdb

    engine = duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY})
    sql = f"SELECT count(*), count(*) FILTER (WHERE {rule.sql()}) FROM read_parquet('{path}')"
    return {rule.id: engine.execute(sql).fetchall()[0][1]}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
