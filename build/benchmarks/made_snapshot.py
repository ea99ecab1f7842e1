"""A snapshot of invented customers for benchmarks, made by DuckDB itself: as wide as the library, as long as asked.

Every value hangs on the customer's number and the column alone, a seventh of all are missing. Nobody here can be
dialled: there are no numbers in a snapshot.
"""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from bench_cache import ROOT, kept

from core.domain.factor import Factor, Library
from core.domain.indicator import IndicatorType
from core.screening.factor_files import shipped_library

CUSTOMERS, SMOKE_CUSTOMERS = 5_000_000, 20_000
FEWER = 10
"""the tenth of the customers, for how cost grows"""
COLUMNS = 421
"""the customer's id among them"""
GROUP = 61_440
TAKEN = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
_KINDS = {
    IndicatorType.INTEGER: "({h} % {most})::BIGINT",
    IndicatorType.FEN: "({h} % {most})::BIGINT * 100",
    IndicatorType.DECIMAL: "({h} % {most}) / 100.0::DOUBLE",
    IndicatorType.YES_NO: "{h} % 3 = 0",
    IndicatorType.DATE: "DATE '2025-06-01' + ({h} % 600)::INTEGER",
    IndicatorType.TEXT: "{words}[1 + ({h} % {count})::INTEGER]",
}
MOST = 1_000
"""figures lie between nothing and that"""


def factors(library: Library) -> list[Factor]:
    """The columns beside the id: figures first, so that a narrow snapshot has them too."""
    base = [one for one in library.factors.values() if one.working is None]
    return sorted(base, key=lambda one: (not _figure(one), one.name))[: COLUMNS - 1]


def figures(library: Library) -> list[Factor]:
    """Those that are plain figures."""
    return [one for one in factors(library) if _figure(one)]


def _figure(one: Factor) -> bool:
    return one.kind in (IndicatorType.INTEGER, IndicatorType.FEN, IndicatorType.DECIMAL)


def made_shelf(customers: int) -> Path:
    """A data folder with one snapshot of so many customers."""
    return kept(f"snapshot-{customers}", [Path(__file__)], lambda folder: _make(folder, customers))


def _make(folder: Path, customers: int) -> None:
    place = folder / "snapshots"
    place.mkdir()
    path = place / "made.parquet"
    chosen = factors(shipped_library())
    columns = ["printf('C%08d', i) AS customer_id", *(_column(one, at) for at, one in enumerate(chosen))]
    with duckdb.connect(config={"memory_limit": "3GB", "temp_directory": str(folder / "spill")}) as engine:
        engine.execute(
            f"COPY (SELECT {', '.join(columns)} FROM range({customers}) AS made(i)) TO '{path}'"
            f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP},"
            f" KV_METADATA {{taken_at: '{TAKEN.isoformat()}'}})"
        )
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    record = {
        "id": "made", "owner": "bench", "taken_at": TAKEN.isoformat(), "rows": customers, "sha256": digest,
        "size": path.stat().st_size, "columns": {}, "sources": [], "faults": [],
    }  # fmt: skip
    (place / "made.json").write_text(json.dumps(record))


def _column(one: Factor, at: int) -> str:
    drawn = f"hash(i * {COLUMNS} + {at})"
    words = [word.zh for word in one.choices] or [f"词{n}" for n in range(8)]
    listed = "[" + ", ".join(f"'{word}'" for word in words) + "]"
    value = _KINDS[one.kind].format(h=f"({drawn} // 7)", most=MOST, words=listed, count=len(words))
    return f'CASE WHEN {drawn} % 7 = 0 THEN NULL ELSE {value} END AS "{one.name}"'


if __name__ == "__main__":
    print(ROOT, [str(made_shelf(count)) for count in (CUSTOMERS // FEWER, CUSTOMERS)])
