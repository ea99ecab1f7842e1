"""A snapshot as a table that an engine can be asked about, and what all its customers share."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
from msgspec import Struct

from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.factor import Library, Rank
from core.domain.text import Text
from core.rules.worked import Moment, rank_of
from core.screening.compiling import EARLIER, Compiler
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
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
    shelf: Shelf, snapshot: Snapshot, library: Library, names: frozenset[str], *, threads: int = THREADS
) -> Frame:
    """The frame for rules that ask for these factors, on DuckDB within a bound of memory.

    Raises InputError where the snapshot lacks one of the factors or has it as another type.
    """
    engine = ibis.duckdb.connect(
        threads=threads, memory_limit=f"{MEMORY_MB}MB", temp_directory=str(shelf.folder / "spill")
    )
    before = shelf.path(snapshot.before) if snapshot.before else None
    there = before if before is not None and before.exists() else None
    asked = {CUSTOMER_ID, *library.asked_by(names)}
    tables = [
        _narrow(engine, path, asked, name) for path, name in ((shelf.path(snapshot.id), "now"), (there, "before"))
    ]  # fmt: skip
    now, earlier = tables
    assert now is not None
    return frame_of(now, library, snapshot, names, earlier=earlier)


def _narrow(engine: ibis.BaseBackend, path: Path | None, asked: AbstractSet[str], name: str) -> ir.Table | None:
    """The columns that are asked for: to plan over all of them takes longer than to count the customers of a city."""
    if path is None:
        return None
    table = engine.read_parquet(str(path))
    return engine.create_view(name, table.select([one for one in table.columns if one in asked]))


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
    workings = (library.factors[one].working for one in asked)
    wanted = sorted({working.earlier for working in workings if working and working.earlier})
    if not wanted:
        return table
    types = {name: table.schema()[name] for name in wanted}
    if earlier is None:
        return table.mutate(**{EARLIER + name: ibis.null(types[name]) for name in wanted})
    known = earlier.schema()
    columns: dict[str, Any] = {
        EARLIER + name: earlier[name].try_cast(types[name]) if name in known else ibis.null(types[name])
        for name in wanted
    }
    slim = earlier.select(earlier_id=earlier[CUSTOMER_ID], **columns)
    return table.left_join(slim, table[CUSTOMER_ID] == slim.earlier_id).drop("earlier_id")


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
            cut = values.order_by("value").limit(1, offset=at - 1).to_pyarrow()
            found[rank.factor, rank.at] = cut["value"][0].as_py()
    return found


def _refuse_lacking(table: ir.Table, library: Library, asked: frozenset[str]) -> None:
    from core.screening.compiling import ENGINE_TYPES

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
