"""A snapshot as a table that an engine can be asked about, and what all its customers share."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
from msgspec import Struct

from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.factor import Library, Rank
from core.domain.text import Text
from core.domain.warning_rule import LEFT_ON
from core.rules.worked import Moment, rank_of
from core.screening.compiling import EARLIER, ENGINE_TYPES, Compiler
from core.screening.engines import Engine
from core.screening.model.published import published_model
from core.screening.snapshots.cells_sql import quoted, read_from
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.scored import RISK, Scores
from core.screening.snapshots.writing import CUSTOMER_ID

MEMORY_MB = 700
THREADS = 2
NO_CUTS: Mapping[tuple[str, float], float] = {}


class Frame(Struct, frozen=True):
    """`table` has one row a customer, `customer_id` and the factors by name."""

    table: ir.Table
    library: Library
    moment: Moment

    def compiler(self) -> Compiler:
        return Compiler(self.table, self.library, self.moment)


def opened_frame(
    shelf: Shelf,
    snapshot: Snapshot,
    library: Library,
    names: frozenset[str],
    *,
    model: str | None = None,
    engine: Engine | None = None,
    threads: int = THREADS,
) -> Frame:
    """The frame for rules that ask for these factors: on DuckDB within a bound of memory, or on that engine.

    `model` (the published one by default) is whose chances of leaving stand for the factor `RISK`, now and in the
    snapshot before; where it has not scored a snapshot that one's own values stand. Raises InputError where the
    snapshot lacks one of the factors or has it as another type.
    """
    opened = engine.table if engine else partial(_narrow, _duckdb(shelf.folder / "spill", threads))
    asked = {CUSTOMER_ID, LEFT_ON, *library.asked_by(names)}
    if model is None:
        model = published_model(shelf.data, shelf.tenant)
    now = opened(shelf.path(snapshot.id), asked, "now", _column(shelf, snapshot.id, model))
    before = shelf.path(snapshot.before) if snapshot.before else None
    earlier = None
    if before is not None and before.exists() and (wanted := _earlier_of(library, asked)):
        earlier = opened(before, {CUSTOMER_ID, *wanted}, "before", _column(shelf, snapshot.before, model))
    return frame_of(now, library, snapshot, names, earlier=earlier)


def _duckdb(spill: Path, threads: int) -> Any:
    return ibis.duckdb.connect(threads=threads, memory_limit=f"{MEMORY_MB}MB", temp_directory=str(spill))


def _column(shelf: Shelf, snapshot_id: str, model: str) -> Path | None:
    """None also where the file is another since it was scored: row by row the chances would be other customers'."""
    scores = Scores(shelf.data, shelf.tenant)
    scored = scores.find(snapshot_id, model) if model else None
    if scored is None or scored.snapshot_sha256 != shelf.named(snapshot_id).sha256:
        return None
    return scores.path(scored.snapshot, scored.model)


def _narrow(engine: Any, path: Path, asked: Collection[str], name: str, scored: Path | None) -> ir.Table:
    """The columns that are asked for: to plan over all of them takes longer than to count the customers of a city."""
    file, raw = f"read_parquet({read_from(path)})", engine.con
    there = raw.execute(f"DESCRIBE SELECT * FROM {file}").fetchall()
    # Hundreds of columns make a long footer: it is read once more, and not with each question.
    raw.execute("SET parquet_metadata_cache = true")
    columns = [row[0] for row in there if row[0] in asked]
    if scored is None or RISK not in asked:
        raw.execute(f"CREATE VIEW {name} AS SELECT {', '.join(map(quoted, columns))} FROM {file}")
        return engine.table(name)
    own = ", ".join(quoted(one) for one in columns if one != RISK)
    # Both files have the same customers in the same order: nothing is looked up, nothing held.
    raw.execute(
        f"CREATE VIEW {name} AS SELECT * FROM (SELECT {own} FROM {file}) POSITIONAL JOIN"
        f" (SELECT {RISK} FROM read_parquet({read_from(scored)}))"
    )
    return engine.table(name)


def frame_of(
    table: ir.Table, library: Library, snapshot: Snapshot, names: frozenset[str], *, earlier: ir.Table | None = None
) -> Frame:
    """The same over a table of any engine that ibis knows."""
    asked = library.asked_by(names)
    _refuse_lacking(table, library, asked)
    table = _with_earlier(table, library, asked, earlier)
    day = local_day(snapshot.taken_at)
    plain = Compiler(table, library, Moment(day))
    return Frame(table, library, Moment(day, _cuts(plain, table, library, asked)))


def _with_earlier(table: ir.Table, library: Library, asked: frozenset[str], earlier: ir.Table | None) -> ir.Table:
    wanted = _earlier_of(library, asked)
    if not wanted:
        return table
    types = {name: table.schema()[name] for name in wanted}
    if earlier is None:
        return table.mutate(**{EARLIER + name: ibis.null(types[name]) for name in wanted})
    known = earlier.schema()
    columns: dict[str, Any] = {
        EARLIER + name: _as(earlier[name], types[name]) if name in known else ibis.null(types[name]) for name in wanted
    }
    slim = earlier.select(earlier_id=earlier[CUSTOMER_ID], **columns)
    return table.left_join(slim, table[CUSTOMER_ID] == slim.earlier_id).drop("earlier_id")


def _as(value: Any, kind: dt.DataType) -> Any:
    """Most engines have no cast that gives nothing where it fails, and seldom is one needed."""
    return value if value.type().copy(nullable=True) == kind.copy(nullable=True) else value.try_cast(kind)


def _earlier_of(library: Library, asked: AbstractSet[str]) -> list[str]:
    """The factors whose value in the snapshot before is asked for."""
    workings = (library.factors[one].working for one in asked if one in library.factors)
    return sorted({working.earlier for working in workings if working and working.earlier})


def _cuts(
    compiler: Compiler, table: ir.Table, library: Library, asked: frozenset[str]
) -> Mapping[tuple[str, float], float]:
    workings = (library.factors[one].working for one in asked)
    ranks: set[Rank] = {rank for one in workings if one for rank in (one.in_top, one.in_bottom) if rank}
    if not ranks:
        return NO_CUTS
    found: dict[tuple[str, float], float] = {}
    for rank in sorted(ranks, key=lambda one: (one.factor, one.at)):
        values = table.select(value=compiler.value(rank.factor)).filter(lambda one: one.value.notnull())
        count = values.count().to_pyarrow().as_py()
        if count:
            at = max(1, rank_of(count, rank.at))
            # The last of so many, and not one behind so many: ibis cannot say that to Spark.
            first = values.order_by("value").limit(at)
            found[rank.factor, rank.at] = first.aggregate(cut=first.value.max()).to_pyarrow()["cut"][0].as_py()
    return found


def _refuse_lacking(table: ir.Table, library: Library, asked: frozenset[str]) -> None:
    schema = table.schema()
    base = [library.factors[name] for name in sorted(asked) if library.factors[name].working is None]
    lacking = [one for one in base if one.name not in schema]
    retyped = [one for one in base if one.name in schema and not ENGINE_TYPES[one.kind](schema[one.name])]
    if lacking or retyped:
        raise _unfit([one.label for one in lacking], [one.label for one in retyped])


def _unfit(lacking: Sequence[Text], retyped: Sequence[Text]) -> InputError:
    zh = [f"缺少{_listed(lacking)}"] if lacking else []
    zh += [f"{_listed(retyped)}类型不对"] if retyped else []
    en = [f"it lacks {_listed_en(lacking)}"] if lacking else []
    en += [f"{_listed_en(retyped)} have another type"] if retyped else []
    return InputError(
        title=Text("快照与规则不符", "The snapshot does not fit the rules"),
        message=Text(f"快照{'；'.join(zh)}。", f"The snapshot does not fit: {'; '.join(en)}."),
        next_step=Text("请重新取一次快照；列若改了名，请改因子库。",
                       "Take a snapshot anew; where a column was renamed, correct the library of factors."),
    )  # fmt: skip


def _listed(labels: Sequence[Text]) -> str:
    return "、".join(f"“{one.zh}”" for one in labels)


def _listed_en(labels: Sequence[Text]) -> str:
    return ", ".join(f"“{one.en}”" for one in labels)
