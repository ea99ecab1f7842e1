"""P15's reference, written out by hand: the model's chances by LightGBM, the rules by DuckDB, the tasks by COPY."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from made_rules import Asked

BODY = b"x" * 1_500
"""as long as a task's"""


def chances(data: Path, path: Path) -> npt.NDArray[np.float64]:
    """Of every customer, in the file's order."""
    import lightgbm

    folder = data / "models" / "main" / "made"
    record = json.loads((folder / "model.json").read_text())
    names, curve = [one["name"] for one in record["columns"]], record["curve"]
    booster = lightgbm.Booster(model_str=(folder / "model.txt").read_text())
    found = []
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=20_000, columns=names, use_threads=False):
            figures = np.column_stack([_plain(batch.column(one)) for one in names])
            found.append(booster.predict(figures, raw_score=True, num_threads=1))
    raw = np.concatenate(found)
    if curve["curve"] == "platt":
        return np.asarray(1 / (1 + np.exp(-np.clip(curve["slope"] * raw + curve["offset"], -35, 35))))
    return np.interp(raw, curve["scores"], curve["chances"])


def _plain(values: Any) -> npt.NDArray[np.float64]:
    return np.asarray(values.cast(pa.float64()).to_numpy(zero_copy_only=False))


def matched(
    rules: "Sequence[Asked]", path: Path, rates: npt.NDArray[np.float64]
) -> list[tuple[str, int]]:  # fmt: skip
    """Customers whom any rule finds, with a bit for each."""
    import duckdb

    engine = duckdb.connect(config={"threads": 2, "memory_limit": "700MB"})
    engine.register("rates", pa.table({"churn_risk": rates}))
    bits = " + ".join(f"CASE WHEN {one.sql()} THEN {1 << at} ELSE 0 END" for at, one in enumerate(rules))
    names = sorted({name for one in rules for name in (*one.at_least, *one.below)} - {"churn_risk"})
    listed = ", ".join(f'"{one}"' for one in names)
    return engine.execute(
        f"SELECT customer_id, bits FROM (SELECT customer_id, {bits} AS bits FROM"
        f" (SELECT customer_id, {listed} FROM read_parquet('{path}')) POSITIONAL JOIN rates) WHERE bits > 0"
    ).fetchall()


def rows(found: Sequence[tuple[str, int]], tenant: str) -> Iterator[tuple[object, ...]]:
    for customer_id, bits in found:
        yield (
            tenant, f"{customer_id}-{bits}", customer_id, "zero_usage_visit", "zero-usage", "waiting", 5, 3, "",
            "东岭区", "2026-11-24 20:00:00+00", 0, "", "", 0, f"screen:{bits}", BODY,
        )  # fmt: skip


COLUMNS = (
    "tenant_id, id, customer_id, type, scenario, state, priority, tier_rank, block, area, created_at, attempts,"
    " assigned_to, team_id, lease_epoch, list_id, body"
)


def main(url: str, data: Path) -> None:
    """Prints the seconds of each part and how many tasks there are."""
    import psycopg
    from made_rules import Asked

    path, asked = data / "snapshots" / "made.parquet", json.loads((data / "asked.json").read_text())
    marks = [time.perf_counter()]
    rates = chances(data, path)
    marks.append(time.perf_counter())
    found = matched([Asked(**one) for one in asked], path, rates)
    marks.append(time.perf_counter())
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY task ({COLUMNS}) FROM STDIN") as copy:
            for row in rows(found, "main"):
                copy.write_row(row)
        connection.commit()
    marks.append(time.perf_counter())
    spent = dict(zip(("predict", "rules", "copy"), np.diff(marks).tolist(), strict=True))
    print(json.dumps({"seconds": marks[-1] - marks[0], "phases": spent, "customers": sorted(one for one, _ in found)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
