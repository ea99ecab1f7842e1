"""Columns to Arrow IPC: what a server makes. The same columns give the same bytes, so that a digest tells a change."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from core.review.pack_layout import LAYOUT, WORDS

DETAIL_BATCH = 500
"""rows of details in one batch: opening a call unpacks so many"""


def write_part(part: str, columns: Mapping[str, Sequence[Any]]) -> bytes:
    """One part of figures as an IPC file; `columns` has all of the layout's, of one length."""
    arrays = [_array(columns[name], kind) for name, kind in LAYOUT[part].items()]
    table = pa.table(arrays, names=list(LAYOUT[part]))
    return _file(table, "lz4", max(table.num_rows, 1))


def write_details(bodies: Sequence[bytes]) -> bytes:
    """Details in the order of the rows of `calls`, each an encoded domain.reviewed.CallDetail."""
    return _file(pa.table([pa.array(bodies, pa.binary())], names=["body"]), "zstd", DETAIL_BATCH)


def _array(values: Sequence[Any], kind: str) -> pa.Array:
    if kind != WORDS:
        return pa.array(values, pa.type_for_alias(kind))
    words = sorted({*values, ""})
    width = pa.int8() if len(words) <= 127 else pa.int16() if len(words) <= 32_767 else pa.int32()
    place = {word: at for at, word in enumerate(words)}
    indices = pa.array([place[value] for value in values], width)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def _file(table: pa.Table, compression: str, batch: int) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=compression)
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=batch)
    return bytes(sink.getvalue())
