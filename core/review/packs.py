"""Packs to a frame: parts of many packs laid one after the other, their words made one vocabulary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from core.domain import decoding
from core.domain.errors import StaylineError
from core.domain.reviewed import CallDetail
from core.domain.text import Text
from core.review.derive import dated, derived_callbacks, derived_calls, with_roles
from core.review.frame import Array, Frame, PackId, Table
from core.review.pack_layout import LAYOUT, WORDS
from core.wire.review import (
    CALLBACKS,
    CALLS,
    CLOSINGS,
    CONTACTS,
    DISPATCHED,
    ELSEWHERE,
    LATER,
    OFFERS,
    PROMISES,
    SCORES,
)

_detail = decoding.decoder(CallDetail).decode
_TEAM = "team"
_OWN = (CALLBACKS, DISPATCHED, PROMISES, CONTACTS, CLOSINGS, ELSEWHERE)
"""parts whose rows have a day and an agent of their own"""
_RENAMED = {"acquirer": "dealer", "dealer": "false_dealer"}
"""columns that the frame calls by another name than packs: earlier desks know `dealer` as that of false data alone"""
_NOTHING = pa.Table.from_arrays([], names=[])


def _schemas(index: Any) -> dict[str, Any]:
    code = pa.dictionary(index, pa.string())
    return {
        part: pa.schema([(name, code if kind == WORDS else pa.type_for_alias(kind)) for name, kind in layout.items()])
        for part, layout in LAYOUT.items()
    }


_READ = pa.ipc.IpcReadOptions(use_threads=False)
"""most packs are small: handing their columns to other threads costs more than it saves"""
_NARROW, _WIDE = _schemas(pa.int16()), _schemas(pa.int32())
"""by part; the wide ones hold more than 32,767 words a column"""


class PackUnreadable(StaylineError):
    """A part is no Arrow file of ours; its bytes are those that the server named, so it must be made anew there."""


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack as it lies on this machine; of `parts` those of the figures are read."""

    id: PackId
    made_at: float
    """seconds since 1970"""
    parts: Mapping[str, bytes]


def load(
    packs: Sequence[LoadedPack],
    *,
    now: float,
    names: Mapping[str, str] | None = None,
    on_net_day: date | None = None,
    roles: Mapping[str, str] | None = None,
) -> Frame:
    """The frame of these packs. `now` is the server's time of the last pull, in seconds since 1970: promises that fell
    due by then are due. `roles` are what agents are, by staff number. Raises PackUnreadable."""
    known = dict(roles or {})
    calls, starts = _joined(CALLS, packs)
    own = {part: with_roles(_joined(part, packs)[0], known) for part in _OWN}
    hung = {part: _of_calls(part, packs, starts) for part in (OFFERS, SCORES, LATER)}
    return Frame(
        calls=with_roles(derived_calls(calls, starts, on_net_day), known),
        offers=hung[OFFERS],
        callbacks=derived_callbacks(own[CALLBACKS], now),
        dispatched=own[DISPATCHED],
        promises=dated(own[PROMISES]),
        contacts=dated(own[CONTACTS]),
        closings=dated(own[CLOSINGS]),
        scores=hung[SCORES],
        later=hung[LATER],
        elsewhere=own[ELSEWHERE],
        packs=tuple(pack.id for pack in packs),
        names=dict(names or {}),
        made_at=max((pack.made_at for pack in packs), default=0.0),
        on_net_day=on_net_day,
    )


def details(body: bytes, rows: Sequence[int]) -> list[CallDetail]:
    """The details of these rows of a pack, in their order; unpacks the batches alone that they lie in.

    Raises PackUnreadable, also for a row that is not there."""
    try:
        with pa.ipc.open_file(pa.py_buffer(body)) as reader:
            return _details_in(reader, rows)
    except (pa.ArrowInvalid, OSError, IndexError, msgspec.DecodeError) as error:
        raise _unreadable() from error


def _details_in(reader: Any, rows: Sequence[int]) -> list[CallDetail]:
    if not rows:
        return []
    first = reader.get_batch(0)
    size, kept = first.num_rows, {0: first}
    found = []
    for row in rows:
        number, within = divmod(row, size)
        batch = kept.get(number)
        if batch is None:
            batch = kept[number] = reader.get_batch(number)
        found.append(_detail(batch.column(0)[within].as_py()))
    return found


def _joined(part: str, packs: Sequence[LoadedPack]) -> tuple[Table, list[int]]:
    """One table of all packs, and where each pack's rows begin in it."""
    batches = [_batch(pack, part) for pack in packs]
    lengths = [batch.num_rows for batch in batches]
    starts = [0, *np.cumsum(lengths).tolist()][: len(packs)]
    full = [batch for batch in batches if batch.num_rows]
    columns, words = _columns(_unified(full, part), part) if full else _no_rows(part)
    if "agent" in columns:
        columns[_TEAM], words[_TEAM] = _teams(packs, lengths)
    return Table(columns, words), starts


def _of_calls(part: str, packs: Sequence[LoadedPack], call_starts: Sequence[int]) -> Table:
    """What hangs on calls: its column `call` counts within its pack as it is stored, within the frame as it is read."""
    table, starts = _joined(part, packs)
    lengths = np.diff([*starts, len(table)])
    shift = np.repeat(np.array(call_starts, dtype=np.int32), lengths)
    return Table({**table.columns, "call": table["call"] + shift}, table.words)


def _numbers(chunk: Any) -> Array:
    """The values in place: Arrow's own `to_numpy` would import pandas to make them."""
    kind = np.dtype(str(chunk.type))
    return np.frombuffer(chunk.buffers()[1], dtype=kind, count=len(chunk), offset=chunk.offset * kind.itemsize)


def _unified(batches: Sequence[Any], part: str) -> Any:
    """One table with one vocabulary a column."""
    for schema in (_NARROW[part], _WIDE[part]):
        try:
            completed = [_completed(batch, schema) for batch in batches]
            return pa.concat_tables(completed).unify_dictionaries().combine_chunks()
        except pa.ArrowInvalid:
            if schema is _WIDE[part]:
                raise
    raise AssertionError(part)


def _columns(table: Any, part: str) -> tuple[dict[str, Array], dict[str, tuple[str, ...]]]:
    columns, words = {}, {}
    for name, kind in LAYOUT[part].items():
        chunk = table.column(name).chunk(0)
        known = _RENAMED.get(name, name)
        columns[known] = _numbers(chunk.indices if kind == WORDS else chunk)
        if kind == WORDS:
            words[known] = tuple(chunk.dictionary.to_pylist())
    return columns, words


def _no_rows(part: str) -> tuple[dict[str, Array], dict[str, tuple[str, ...]]]:
    kinds = {_RENAMED.get(name, name): kind for name, kind in LAYOUT[part].items()}
    columns = {name: np.zeros(0, dtype="int16" if kind == WORDS else kind) for name, kind in kinds.items()}
    return columns, {name: ("",) for name, kind in kinds.items() if kind == WORDS}


def _batch(pack: LoadedPack, part: str) -> Any:
    body = pack.parts.get(part)
    if body is None:
        return _NOTHING
    try:
        with pa.ipc.open_file(pa.py_buffer(body), options=_READ) as reader:
            return reader.read_all()
    except (pa.ArrowInvalid, OSError) as error:
        raise _unreadable() from error


def _completed(table: Any, schema: Any) -> Any:
    """With all columns of the layout, in its order: an earlier server's packs lack some, a later one's have more."""
    if table.schema.equals(schema):
        return table
    there = frozenset(table.column_names)
    arrays = [
        table.column(field.name).cast(field.type) if field.name in there else _blank(field.type, table.num_rows)
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _blank(kind: Any, rows: int) -> Any:
    """Zeros, or empty words."""
    if pa.types.is_dictionary(kind):
        return pa.repeat(pa.scalar(""), rows).dictionary_encode().cast(kind)
    return pa.repeat(pa.scalar(0, kind), rows)


def _teams(packs: Sequence[LoadedPack], lengths: Sequence[int]) -> tuple[Array, tuple[str, ...]]:
    places: dict[str, int] = {"": 0}
    codes = [places.setdefault(pack.id.team, len(places)) for pack in packs]
    return np.repeat(np.array(codes, dtype=np.int16), lengths[: len(packs)]), tuple(places)


def _unreadable() -> PackUnreadable:
    return PackUnreadable(
        title=Text("复盘数据读不出来", "Review data cannot be read"),
        message=Text("本机的一份复盘数据与本版本不符。", "One piece of review data does not fit this version."),
        next_step=Text("联网后会自动重新下载；仍不行请更新程序。", "It is fetched again once online; else update."),
    )
