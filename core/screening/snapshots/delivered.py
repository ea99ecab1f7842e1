"""DATA-01: a snapshot made of files that the operator's warehouse delivers, by DuckDB, whatever they are as a whole.

Files of the same columns are parts of one table; tables of other columns are laid beside it by the customer's id. Every
file is looked at as a whole before anything of it is kept: a customer who stands twice refuses the delivery.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from duckdb.func import PythonUDFType
from msgspec import Struct

from core.domain.factor import Factor, Library
from core.domain.indicator import IndicatorType
from core.domain.warning_rule import LEFT_ON
from core.screening.snapshots.cells_sql import TYPES, filled, id_of, literal, quoted, read_from, value
from core.screening.snapshots.delivered_columns import Delivered, read_columns
from core.screening.snapshots.delivered_errors import in_two, no_column, nobody, not_taken, twice_there, unreadable
from core.screening.snapshots.in_utf8 import InUtf8
from core.screening.snapshots.record import Seen
from core.screening.snapshots.writing import CUSTOMER_ID, OWNER, TAKEN_AT, TENANT

MEMORY_MB, THREADS = 1_000, 2
GROUP = 61_440
"""customers in a row group"""
_FEW, _SOME = 3, 1_000
_GONE, _OURS = "gone", "ours"


class Part(Struct, frozen=True, kw_only=True):
    """Files of the same columns."""

    files: list[str]
    scan: str
    """SQL that reads them"""
    types: dict[str, str]
    """DuckDB's, by column"""
    columns: Delivered


class Loaded(Struct, frozen=True, kw_only=True):
    """What was seen of a delivery that is written."""

    rows: int
    nameless: int
    """rows without a customer's id, left out"""
    some: list[str]
    """ids of some of its customers"""
    columns: dict[str, Seen]
    rows_of: dict[str, int]
    """customers with any value, by source"""
    absent: list[str]
    """factors of which nothing was delivered"""
    unknown: list[str]
    """columns that are no factor"""


class Delivery:
    """Files that are read as one; close it when done."""

    def __init__(
        self, files: Sequence[Path], library: Library, *, said: Mapping[str, str], customer: str,
        left_on: Mapping[str, date], spill: Path,
    ) -> None:  # fmt: skip
        """`left_on` stands where no file says who has left the net.

        Raises InputError where a file cannot be read, or its columns do not say what they are."""
        self._library = library
        self._engine = duckdb.connect(
            config={
                "memory_limit": f"{MEMORY_MB}MB", "threads": THREADS, "temp_directory": str(spill),
                "preserve_insertion_order": False,
            }
        )  # fmt: skip
        self._engine.execute("SET enable_progress_bar = false")
        # The day of a moment is the one in China (UTC+8), whatever zone the server is in.
        self._engine.execute("SET TimeZone = 'Etc/GMT-8'")
        self._in_utf8 = InUtf8(spill)
        self._renamed = False
        try:
            self._parts = self._read([one if _parquet(one) else self._plain(one) for one in files], said, customer)
        except BaseException:
            self.close()
            raise
        self._factors = {name: library.factors[name] for part in self._parts for name in part.columns.factors}
        self._left = LEFT_ON in library.factors and LEFT_ON not in self._factors
        if self._left:
            self._factors[LEFT_ON] = library.factors[LEFT_ON]
            gone = {"who": pa.array(list(left_on), pa.string()), LEFT_ON: pa.array(list(left_on.values()), pa.date32())}
            self._engine.register(_GONE, pa.table(gone))

    def close(self) -> None:
        self._engine.close()
        self._in_utf8.close()

    def _plain(self, file: Path) -> Path:
        try:
            return self._in_utf8.of(file)
        except OSError as error:
            raise unreadable(file) from error

    def some(self) -> list[str]:
        """Ids of some of its customers, as they were delivered."""
        part = self._parts[0]
        id_ = self._id(part)
        found = self._run(f"SELECT {id_} FROM {part.scan} WHERE {id_} IS NOT NULL LIMIT {_SOME}", part)
        return [row[0] for row in found]

    def rename(self, ours: Callable[[Sequence[str]], Sequence[str]]) -> None:
        """From now on customers have the ids that `ours` gives for theirs, a batch at a time and on several threads."""

        def batch(ids: pa.ChunkedArray) -> pa.Array:
            return pa.array(ours(ids.to_pylist()), pa.string())

        self._engine.create_function(_OURS, batch, ["VARCHAR"], "VARCHAR", type=PythonUDFType.ARROW)
        self._renamed = True

    @property
    def factors(self) -> list[Factor]:
        """Every factor that a snapshot has, delivered or not, in the order of its columns."""
        base = (one for one in self._library.factors.values() if one.working is None and one.name != CUSTOMER_ID)
        return sorted(base, key=lambda one: one.name)

    def write(self, path: Path, *, taken_at: datetime, owner: str, tenant: str) -> Loaded:
        """The delivery as a snapshot's file. Raises InputError where a customer stands twice, or nobody is there."""
        nameless = self._refuse_twice()
        came, unusable = self._look()
        marks = {TAKEN_AT: taken_at.astimezone(UTC).isoformat(), OWNER: owner, TENANT: tenant}
        listed = ", ".join(f"{name}: {literal(words)}" for name, words in marks.items())
        try:
            self._engine.execute(
                f"COPY ({self._rows()}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd,"
                f" ROW_GROUP_SIZE {GROUP}, KV_METADATA {{{listed}}})"
            )
        except duckdb.Error as error:
            raise not_taken([name for part in self._parts for name in part.files], error) from error
        rows, columns, rows_of = self._seen(path, unusable)
        if not rows:
            raise nobody()
        unknown = [one for part in self._parts for one in part.columns.unknown]
        absent = [one.name for one in self.factors if one.name not in came]
        some = self._engine.execute(f"SELECT {CUSTOMER_ID} FROM read_parquet({read_from(path)}) LIMIT {_SOME}")
        return Loaded(
            rows=rows, nameless=nameless, some=[str(row[0]) for row in some.fetchall()], columns=columns,
            rows_of=rows_of, absent=absent, unknown=unknown,
        )  # fmt: skip

    def _read(self, files: Sequence[Path], said: Mapping[str, str], customer: str) -> list[Part]:
        parts: dict[tuple[bool | str, ...], list[Path]] = {}
        for file in files:
            parts.setdefault((_parquet(file), *sorted(self._types(_scan([file]), file))), []).append(file)
        found: list[Part] = []
        for same in parts.values():
            scan = _scan(same)
            types = self._types(scan, same[0])
            columns = read_columns(list(types), self._library, file=same[0].name, said=said, customer=customer)
            taken = {name for part in found for name in part.columns.factors} & columns.factors.keys()
            if taken:
                raise in_two(self._library.factors[min(taken)], same[0].name)
            found.append(Part(files=[one.name for one in same], scan=scan, types=types, columns=columns))
        strange = sorted(said.keys() - {name for part in found for name in part.types})
        if strange:
            raise no_column(strange[0])
        return found

    def _types(self, scan: str, file: Path) -> dict[str, str]:
        try:
            return {row[0]: row[1] for row in self._engine.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()}
        except duckdb.Error as error:
            raise unreadable(file) from error

    def _id(self, part: Part) -> str:
        column = part.columns.customer
        told = id_of(column, part.types[column])
        return f"{_OURS}({told})" if self._renamed else told

    def _refuse_twice(self) -> int:
        """How many rows have no id."""
        nameless = 0
        for part in self._parts:
            id_ = self._id(part)
            twice = self._run(
                f"SELECT {id_} AS who FROM {part.scan} WHERE {id_} IS NOT NULL GROUP BY who HAVING count(*) > 1", part
            )
            if twice:
                raise twice_there(part.files[0], len(twice), sorted(row[0] for row in twice)[:_FEW])
            nameless += self._run(f"SELECT count(*) FROM {part.scan} WHERE {id_} IS NULL", part)[0][0]
        return nameless

    def _run(self, sql: str, part: Part) -> list[tuple[Any, ...]]:
        try:
            return self._engine.execute(sql).fetchall()
        except duckdb.Error as error:
            raise unreadable(Path(part.files[0])) from error

    def _value(self, part: Part, name: str) -> str:
        column = part.columns.factors[name]
        return value(
            self._factors[name].kind, column, part.types[column], in_yuan=name in part.columns.in_yuan
        )  # fmt: skip

    def _look(self) -> tuple[frozenset[str], dict[str, int]]:
        """The factors that came, and how many values are there that are none of the factor's."""
        unusable: dict[str, int] = {}
        for part in self._parts:
            doubtful = [name for name, column in part.columns.factors.items() if self._doubtful(part, name, column)]
            if not doubtful:
                continue
            counts = []
            for name in doubtful:
                column = part.columns.factors[name]
                there = filled(column, part.types[column])
                counts.append(f"count({there}) - count({self._value(part, name)})")
            found = self._run(f"SELECT {', '.join(counts)} FROM {part.scan}", part)[0]
            unusable |= {name: int(count) for name, count in zip(doubtful, found, strict=True)}
        return frozenset(self._factors), unusable

    def _doubtful(self, part: Part, name: str, column: str) -> bool:
        """Whether any cell of that type could be no value of the factor."""
        kind, type_ = self._factors[name].kind, part.types[column]
        return kind not in (IndicatorType.YES_NO, IndicatorType.TEXT) or type_ != TYPES[kind]

    def _rows(self) -> str:
        tables = []
        for part in self._parts:
            columns = [f"{self._id(part)} AS {CUSTOMER_ID}"]
            columns += [f"{self._value(part, name)} AS {quoted(name)}" for name in part.columns.factors]
            tables.append(f"(SELECT {', '.join(columns)} FROM {part.scan} WHERE {self._id(part)} IS NOT NULL)")
        joined = tables[0] + "".join(f" FULL JOIN {one} USING ({CUSTOMER_ID})" for one in tables[1:])
        if self._left:
            joined += f" LEFT JOIN {_GONE} ON {_GONE}.who = {CUSTOMER_ID}"
        shown = [
            quoted(one.name) if one.name in self._factors else f"NULL::{TYPES[one.kind]} AS {quoted(one.name)}"
            for one in self.factors
        ]
        return f"SELECT {CUSTOMER_ID}, {', '.join(shown)} FROM {joined}"

    def _seen(self, path: Path, unusable: Mapping[str, int]) -> tuple[int, dict[str, Seen], dict[str, int]]:
        """The figures of what was written, in one pass over it."""
        asked = ["count(*)"]
        sources: dict[str, list[str]] = {}
        for name, factor in self._factors.items():
            column = quoted(name)
            figure = f"CAST({column} AS DOUBLE)"
            plain = factor.kind in (IndicatorType.DATE, IndicatorType.TEXT)
            spread = ["NULL", "NULL"] if plain else [f"avg({figure})", f"stddev_pop({figure})"]
            asked += [f"count({column})", *spread]
            sources.setdefault(factor.source, []).append(column)
        # Whoever has any of a source's values counts: the first that is there decides, the rest is not looked at.
        asked += [f"count(*) FILTER (WHERE coalesce({', '.join(f'{one} IS NOT NULL OR NULL' for one in columns)}))"
                  for columns in sources.values()]  # fmt: skip
        row = self._engine.execute(f"SELECT {', '.join(asked)} FROM read_parquet({read_from(path)})").fetchall()[0]
        figures, counts = row[1 : 1 + 3 * len(self._factors)], row[1 + 3 * len(self._factors) :]
        seen = {
            name: Seen(filled=figures[3 * at], unusable=unusable.get(name, 0), mean=figures[3 * at + 1],
                       deviation=figures[3 * at + 2])
            for at, name in enumerate(self._factors)
        }  # fmt: skip
        every = {one.name: seen.get(one.name, Seen(filled=0)) for one in self.factors}
        rows_of = dict.fromkeys(self._library.sources, 0) | dict(zip(sources, counts, strict=True))
        return int(row[0]), every, rows_of


def _parquet(file: Path) -> bool:
    return file.suffix.lower() in (".parquet", ".pq")


def _scan(files: Sequence[Path]) -> str:
    """Files of one kind. A column that parts hold as different types is read as one that holds all of them."""
    listed = "[" + ", ".join(map(read_from, files)) + "]"
    if all(map(_parquet, files)):
        return f"read_parquet({listed}, union_by_name = true)"
    return f"read_csv({listed}, all_varchar = true, header = true, sample_size = 20000, union_by_name = true)"
