"""Where rules are worked out: DuckDB in this process, or another engine by its URL, which gets the same snapshot.

Spark reads the Parquet files themselves, where its workers see them; PostgreSQL is given the columns that are asked
for, as tables that go with the connection. ClickHouse and Trino go the way of PostgreSQL, through ibis alone.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from core.domain.errors import InputError, StaylineError
from core.domain.text import Text
from core.screening.snapshots.scored import RISK
from core.screening.snapshots.writing import CUSTOMER_ID

_SPARK = ("spark", "local-cluster", "local")
_ROWS = 50_000
"""customers that are handed on at once"""


class Engine:
    """An engine that is connected; tables of snapshots are opened on it."""

    def __init__(self, url: str) -> None:
        """Raises InputError where it cannot be reached, or what speaks to it is not installed."""
        self.spark = url.split(":", 1)[0].split("[", 1)[0] in _SPARK
        self.shown = _shown(url)
        try:
            self.backend: Any = _spark(url) if self.spark else _by_url(url)
        except StaylineError:
            raise
        except Exception as error:
            # Every engine has errors of its own; which it was is its own words.
            raise _unreachable(self.shown, error) from error

    def close(self) -> None:
        self.backend.disconnect()

    def table(self, path: Path, columns: Collection[str], name: str, scored: Path | None) -> ir.Table:
        """Those columns of a snapshot, of which it may lack some; `scored` are a model's scores of it."""
        there = [one for one in pq.read_schema(path).names if one in columns]
        if self.spark:
            table = self.backend.read_parquet(str(path)).select(there)
            return table if scored is None or RISK not in columns else self._joined(table, scored)
        return self._handed_on(path, there, name, scored if RISK in columns else None)

    def _joined(self, table: ir.Table, scored: Path) -> ir.Table:
        column = self.backend.read_parquet(str(scored)).rename(scored_id=CUSTOMER_ID)
        own = table.drop(RISK) if RISK in table.columns else table
        return own.left_join(column, own[CUSTOMER_ID] == column.scored_id).drop("scored_id")

    def _handed_on(self, path: Path, there: list[str], name: str, scored: Path | None) -> ir.Table:
        own = [one for one in there if scored is None or one != RISK]
        schema = pa.schema([pq.read_schema(path).field(one) for one in own])
        if scored is not None:
            schema = schema.append(pa.field(RISK, pa.float64()))
        table = self.backend.create_table(name, schema=ibis.Schema.from_pyarrow(schema), temp=True)
        for batch in _batches(path, own, scored, schema):
            if self.backend.name == "postgres":
                _copied(self.backend.con, name, batch)
            else:
                self.backend.insert(name, pa.Table.from_batches([batch]))
        return table


def _batches(path: Path, names: list[str], scored: Path | None, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path) as file:
        own = file.iter_batches(batch_size=_ROWS, columns=names, use_threads=False)
        if scored is None:
            yield from (one.select(names) for one in own)
            return
        with pq.ParquetFile(scored) as column:
            at, chances = 0, column.read(columns=[RISK], use_threads=False).column(RISK).combine_chunks()
        for one in own:
            chance = chances.slice(at, one.num_rows)
            at += one.num_rows
            yield pa.RecordBatch.from_arrays([*one.select(names).columns, chance], schema=schema)


def _copied(connection: Any, name: str, batch: pa.RecordBatch) -> None:
    """Rows one by one through an insert would take a hundred times as long."""
    columns = [one.to_pylist() for one in batch.columns]
    listed = ", ".join('"' + one.replace('"', '""') + '"' for one in batch.schema.names)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{name}" ({listed}) FROM STDIN') as copy:
        for row in zip(*columns, strict=True):
            copy.write_row(row)


def _by_url(url: str) -> Any:
    scheme = urlsplit(url).scheme.split("+", 1)[0]
    if scheme in ("postgresql", "postgres"):
        return ibis.connect("postgres:" + url.split(":", 1)[1])
    if scheme in ("clickhouse", "trino"):
        return ibis.connect(url)
    raise InputError(
        title=Text("没有这种引擎", "No such engine"),
        message=Text(f"不认识“{_shown(url)}”。", f"“{_shown(url)}” is not known."),
        next_step=Text(
            "请写 postgresql://…、spark://主机:7077、clickhouse://… 或 trino://…；不写则用本机的 DuckDB。",
            "Give postgresql://…, spark://host:7077, clickhouse://… or trino://…; without it DuckDB works here.",
        ),
    )


def _spark(url: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError(
            title=Text("没有安装 Spark", "Spark is not installed"),
            message=Text("这台机器没有 pyspark。", "This machine has no pyspark."),
            next_step=Text(
                "请安装 pyspark 4.0 和 Java 17 或 21（pip install 'pyspark>=4.0,<4.1'）。",
                "Install pyspark 4.0 and Java 17 or 21 (pip install 'pyspark>=4.0,<4.1').",
            ),
        ) from error
    # Days as they are, and a figure that there is not is unknown, as it is to every other engine.
    session = (
        SparkSession.builder.master(url)
        .appName("stayline")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "false")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)


def _shown(url: str) -> str:
    """The address without a password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}" if parts.netloc else url


def _unreachable(shown: str, error: Exception) -> InputError:
    said = next(iter(str(error).strip().splitlines()), type(error).__name__)[:160]
    return InputError(
        title=Text("引擎连不上", "The engine cannot be reached"),
        message=Text(f"连不上 {shown}：{said}", f"{shown} cannot be reached: {said}"),
        next_step=Text("请核对地址，或不写 --engine 用本机的 DuckDB。",
                       "Check the address, or leave --engine out: DuckDB works here."),
    )  # fmt: skip
