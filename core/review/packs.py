"""Packs to a frame: parts of many packs laid one after the other, their words made one vocabulary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from core.domain.errors import StaylineError
from core.domain.reviewed import CallDetail
from core.domain.text import Text
from core.review.derive import derived_callbacks, derived_calls
from core.review.frame import Array, Frame, PackId, Table
from core.review.pack_layout import LAYOUT, WORDS
from core.wire.review import CALLBACKS, CALLS, DISPATCHED, OFFERS

_detail = msgspec.json.Decoder(CallDetail).decode
_TEAM = "team"


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
) -> Frame:
    """The frame of these packs. `now` is the server's time of the last pull, in seconds since 1970: promises that fell
    due by then are due. Raises PackUnreadable."""
    calls, starts = _joined(CALLS, packs)
    offers, _ = _joined(OFFERS, packs, shift={"call": starts})
    callbacks, _ = _joined(CALLBACKS, packs)
    dispatched, _ = _joined(DISPATCHED, packs)
    return Frame(
        calls=derived_calls(calls, starts, on_net_day),
        offers=offers,
        callbacks=derived_callbacks(callbacks, now),
        dispatched=dispatched,
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


def _joined(
    part: str, packs: Sequence[LoadedPack], *, shift: Mapping[str, Sequence[int]] | None = None
) -> tuple[Table, list[int]]:
    """One table of all packs, and where each pack's rows begin in it. `shift` is added to a column, pack by pack."""
    batches = [_batch(pack, part) for pack in packs]
    lengths = [batch.num_rows for batch in batches]
    starts = [0, *np.cumsum(lengths).tolist()]
    total = starts.pop()
    spans = [slice(start, start + length) for start, length in zip(starts, lengths, strict=True)]
    columns: dict[str, Array] = {}
    words: dict[str, tuple[str, ...]] = {}
    for name, kind in LAYOUT[part].items():
        if kind == WORDS:
            columns[name], words[name] = _coded(batches, spans, name, total)
            continue
        column = columns[name] = np.zeros(total, dtype=kind)
        for at, (batch, span) in enumerate(zip(batches, spans, strict=True)):
            values = _values(batch, name)
            if values is not None:
                column[span] = values + shift[name][at] if shift and name in shift else values
    if part not in (OFFERS,):
        columns[_TEAM], words[_TEAM] = _teams(packs, spans, total)
    return Table(columns, words), starts


def _batch(pack: LoadedPack, part: str) -> Any:
    body = pack.parts.get(part)
    if body is None:
        return pa.table({})
    try:
        with pa.ipc.open_file(pa.py_buffer(body)) as reader:
            return reader.read_all()
    except (pa.ArrowInvalid, OSError) as error:
        raise _unreadable() from error


def _values(batch: Any, name: str) -> Array | None:
    if name not in batch.column_names or not batch.num_rows:
        return None
    values: Array = batch.column(name).chunk(0).to_numpy()
    return values


def _coded(batches: Sequence[Any], spans: Sequence[slice], name: str, total: int) -> tuple[Array, tuple[str, ...]]:
    """The column's codes in one vocabulary, whose first word is the empty one."""
    places: dict[str, int] = {"": 0}
    found: list[tuple[slice, Any, list[int]]] = []
    for batch, span in zip(batches, spans, strict=True):
        if name in batch.column_names and batch.num_rows:
            chunk = batch.column(name).chunk(0)
            own = [places.setdefault(word, len(places)) for word in chunk.dictionary.to_pylist()]
            found.append((span, chunk.indices.to_numpy(), own))
    width = np.int16 if len(places) < 32_768 else np.int32
    column = np.zeros(total, dtype=width)
    for span, indices, own in found:
        np.take(np.array(own, dtype=width), indices, out=column[span])
    return column, tuple(places)


def _teams(packs: Sequence[LoadedPack], spans: Sequence[slice], total: int) -> tuple[Array, tuple[str, ...]]:
    places: dict[str, int] = {"": 0}
    column = np.zeros(total, dtype=np.int16)
    for pack, span in zip(packs, spans, strict=True):
        column[span] = places.setdefault(pack.id.team, len(places))
    return column, tuple(places)


def _unreadable() -> PackUnreadable:
    return PackUnreadable(
        title=Text("复盘数据读不出来", "Review data cannot be read"),
        message=Text("本机的一份复盘数据与本版本不符。", "One piece of review data does not fit this version."),
        next_step=Text("联网后会自动重新下载；仍不行请更新程序。", "It is fetched again once online; else update."),
    )
