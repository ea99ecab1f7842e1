"""The benchmark frame: pairs that alternate, a bound that noise widens, outputs proved equal."""

import itertools
import os
import sys
from pathlib import Path

import pytest
from frame import OutputsDiffer, Pairs, Plan, alternate, interval, prove_equal, quantile, row, timed
from run import line, report
from tree import run_tree


def test_sides_alternate_after_a_warm_up() -> None:
    calls: list[str] = []
    ours = itertools.count(1)

    def product() -> float:
        calls.append("p")
        return float(next(ours))

    def reference() -> float:
        calls.append("r")
        return 1.0

    pairs = alternate(product, reference, Plan(pairs=4, warm_up=1))
    assert "".join(calls) == "pr" + "pr" + "rp" + "pr" + "rp"
    assert pairs.product == [2, 3, 4, 5]  # the warm-up's is not counted
    assert Plan.of(smoke=False).pairs >= 15


def _verdict(ratios: list[float], goal: float, **options: bool) -> bool:
    return row(id="P0", what="", pairs=Pairs(product=ratios, reference=[1.0] * len(ratios)), goal=goal, **options).holds


def test_a_goal_holds_when_the_bound_meets_it_not_the_median_alone() -> None:
    steady, noisy = [1.4] * 15, [1.0, 1.4, 2.2] * 5
    assert _verdict(steady, 1.5)
    assert not _verdict(steady, 1.3)
    assert interval(noisy)[1] > 1.5
    assert not _verdict(noisy, 1.5)
    assert _verdict([0.6] * 15, 0.5, at_least=True)
    assert not _verdict([0.6] * 15, 0.7, at_least=True)


def test_an_interval_is_the_same_for_the_same_values_and_covers_the_median() -> None:
    values = [float(n) for n in range(15)]
    assert interval(values) == interval(values)
    low, high = interval(values)
    assert low <= 7 <= high


def test_outputs_that_differ_end_the_benchmark() -> None:
    prove_equal([1, 2], [1, 2], what="rows")
    with pytest.raises(OutputsDiffer, match="rows"):
        prove_equal([1], [2], what="rows")


def test_p99_is_the_value_that_99_in_100_do_not_exceed() -> None:
    assert quantile(range(1, 101), 0.99) == 99
    assert quantile(range(1, 1001), 0.99) == 990
    assert quantile([5.0], 0.99) == 5.0


def test_a_row_is_told_and_reported_with_what_the_page_asks_for() -> None:
    told = row(id="P5", what="search", pairs=Pairs(product=[0.001] * 3, reference=[0.01] * 3), goal=0.25)
    assert "holds" in line(told, smoke=False)
    assert "smoke" in line(told, smoke=True)
    (entry,) = report([told], smoke=False)
    assert {"id", "what", "measured", "limit", "ratio", "goal", "holds", "cores", "at"} <= set(entry)
    assert timed(lambda: None)() >= 0


def test_the_cost_of_a_tree_counts_its_children(tmp_path: Path) -> None:
    work = (
        "import subprocess,sys;"
        "print('out');sys.stdout.flush();"
        "child='b=bytearray(60_000_000); n=sum(range(3_000_000)); import time; time.sleep(0.2)';"
        "a=bytearray(60_000_000); subprocess.run([sys.executable,'-c',child],check=True)"
    )
    cost = run_tree([sys.executable, "-c", work], cwd=tmp_path, environment={"LANG": os.environ.get("LANG", "C")})
    assert (cost.status, cost.output) == (0, b"out\n")
    assert cost.peak_bytes > 120_000_000
    assert cost.cpu_s > 0
