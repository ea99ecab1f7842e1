"""build/bench: find the benchmarks asked for, run one after the other, print a table, write JSON if wished.

A benchmark is a file `p<number>.py` beside this one, or one of OTHERS, with `def rows(plan: Plan) -> Iterable[Row]`.
"""

import argparse
import importlib
import json
import os
import platform
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from frame import Plan, Row

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent / one) for one in ("", "..", "proving", "../tests")]
OTHERS = ("STALL", "FIRST-START")
"""goals that stand beside the numbered ones"""
SAME_STEPS = ("P14",)
"""small they show nothing that another does not: left to the long run, or to whoever names them"""


def names() -> list[str]:
    """P1, P2 … of the benchmarks that are there, in order, then the others."""
    numbered = (path.stem.upper() for path in HERE.glob("p*.py") if path.stem[1:].isdigit())
    return [*sorted(numbered, key=lambda name: int(name[1:])), *(name for name in OTHERS if _file(name).exists())]


def main(argv: list[str]) -> int:
    """1 where a benchmark failed or its outputs were not equal; a goal that is missed is told, not failed."""
    options = _options(argv)
    rows: list[Row] = []
    failed = 0
    for name in options.names or [one for one in names() if not (options.smoke and one in SAME_STEPS)]:
        start = time.monotonic()
        try:
            for row in _rows_of(name, Plan.of(smoke=options.smoke)):
                rows.append(row)
                print(line(row, smoke=options.smoke), flush=True)
        except Exception:
            # One benchmark that breaks must not hide what the others measured.
            failed += 1
            traceback.print_exc()
            print(f"{name:<4} FAILED", flush=True)
        print(f"     {name} took {time.monotonic() - start:.1f} s", flush=True)
    if options.json:
        Path(options.json).write_text(
            json.dumps(report(rows, smoke=options.smoke), ensure_ascii=False, indent=1) + "\n"
        )
    return 1 if failed else 0


def _rows_of(name: str, plan: Plan) -> Iterator[Row]:
    module = importlib.import_module(_file(name).stem)
    yield from module.rows(plan)


def _file(name: str) -> Path:
    return HERE / f"{name.lower().replace('-', '_')}.py"


def line(row: Row, *, smoke: bool) -> str:
    """One row of the table; a smoke run has no verdict."""
    sign = "≥" if row.at_least else "≤"
    verdict = "smoke" if smoke else "holds" if row.holds else "MISSED"
    figures = f"{scaled(row.measured, row.unit):>10} against {scaled(row.limit, row.unit):>10}"
    ratio = f"{row.ratio:6.2f}× (bound {row.bound:.2f}, goal {sign} {row.goal:g})"
    return f"{row.id:<4} {figures}  {ratio}  {verdict:<6} {row.what}"


def scaled(value: float, unit: str) -> str:
    """Seconds below ten as milliseconds, bytes as MB."""
    if unit == "s":
        return f"{value * 1000:.2f} ms" if value < 10 else f"{value:.1f} s"
    if unit == "bytes":
        return f"{value / 1e6:.1f} MB"
    return f"{value:.1f} {unit}"


def report(rows: list[Row], *, smoke: bool) -> list[dict[str, object]]:
    """The rows as JSON has them, each with when and on what it was measured."""
    where = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "smoke": smoke,
    }
    return [{**asdict(row), **where} for row in rows]


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="build/bench", description="Benchmarks, each beside its reference.")
    parser.add_argument("names", nargs="*", type=str.upper, metavar="P1", help=f"of {', '.join(names()) or 'none'}")
    parser.add_argument("--json", metavar="FILE", help="write the rows there as well")
    parser.add_argument("--smoke", action="store_true", help="small and few: only that each still works")
    options = parser.parse_args(argv)
    unknown = set(options.names) - set(names())
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names()) or 'none'}")
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
