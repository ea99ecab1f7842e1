"""P9: the click on the review until its first chart is painted, with a million calls; then a filter until the repaint.

Reference: the same packs read, decrypted, imported into DuckDB and grouped, its import counted as ours is; then the
same groups by filter. Each run of either is a process of its own, so that nothing is imported before the click.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import made_packs
from frame import Pairs, Plan, Row, prove_equal, row
from started import HERE, ROOT, environment

from core.review.frame import number_of

CALLS, SMOKE_CALLS = 1_000_000, 20_000
FILTERS = 6
LAST = date(2026, 11, 21)
FIRST = LAST - timedelta(days=29)
"""the period that the page begins with: thirty days to the last one with calls"""


def rows(plan: Plan) -> Iterator[Row]:
    count = SMOKE_CALLS if plan.smoke else CALLS
    folder = made_packs.folder_of(count)
    product, reference = _product(folder), _reference(folder)
    prove_equal(_comparable(product), _comparable(reference), what="figures by agent, hour and reason")
    click, change = Pairs(), Pairs()
    for turn in range(plan.pairs):
        if turn % 2 == 0:
            product, reference = _product(folder), _reference(folder)
        else:
            reference, product = _reference(folder), _product(folder)
        click.product.append(product["seconds"][0])
        click.reference.append(reference["seconds"][0])
        change.product.extend(product["seconds"][1:])
        change.reference.extend(reference["seconds"][1:])
    yield row(id="P9", what=f"click to the first chart painted, {count:,} calls", pairs=click, goal=2)
    yield row(id="P9", what=f"filter to repaint, {count:,} calls", pairs=change, goal=2.5)


def _product(folder: Path) -> dict[str, Any]:
    return _run("review_painted.py", str(folder), str(FILTERS))


def _reference(folder: Path) -> dict[str, Any]:
    days = [str(number_of(day)) for day in (FIRST, LAST, LAST)]
    return _run("bare_review.py", str(folder / "review.db"), made_packs.KEY, str(FILTERS), *days)


def _run(script: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(HERE / script), *arguments], cwd=ROOT, env=environment(), capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{script} ended with {done.returncode}: {done.stderr[-2000:].decode('utf-8', 'replace')}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if found.get("unwanted"):
        raise RuntimeError(f"imported before the click: {found['unwanted']}")
    return found


def _comparable(found: dict[str, Any]) -> list[Any]:
    return [{**one, "hours": [cell for cell in one["hours"] if cell[3]]} for one in found["shown"]]
