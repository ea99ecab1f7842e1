"""Columns to Arrow IPC: what a server makes. The same columns give the same bytes, so that a digest tells a change."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from core.review.frame import Array
from core.review.pack_layout import LAYOUT, WORDS

_NARROW = 32_767
DETAIL_BATCH = 500
"""rows of details in one batch: opening a call unpacks so many"""


def write_part(part: str, columns: Mapping[str, Sequence[Any]]) -> bytes:
    """One part of figures as an IPC file; `columns` has all of the layout's, of one length."""
    return _part(part, columns) if len(next(iter(columns.values()))) else _without_rows(part)


def write_rows(part: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The same, row by row; each has all columns of the layout."""
    return write_part(part, {name: [row[name] for row in rows] for name in LAYOUT[part]})


@cache
def _without_rows(part: str) -> bytes:
    """Most days of a team have no case and no score."""
    return _part(part, dict.fromkeys(LAYOUT[part], ()))


def _part(part: str, columns: Mapping[str, Sequence[Any]]) -> bytes:
    arrays = [_array(columns[name], kind) for name, kind in LAYOUT[part].items()]
    table = pa.Table.from_arrays(arrays, names=list(LAYOUT[part]))
    return _file(table, "lz4", max(table.num_rows, 1))


def write_details(bodies: Sequence[bytes]) -> bytes:
    """Details in the order of the rows of `calls`, each an encoded domain.reviewed.CallDetail."""
    return _file(pa.Table.from_arrays([_of_bytes(pa.binary(), bodies)], names=["body"]), "zstd", DETAIL_BATCH)


def _array(values: Sequence[Any], kind: str) -> pa.Array:
    if kind != WORDS:
        return _of_numbers(np.array(values, dtype=kind))
    words = sorted({*values, ""})
    place = {word: at for at, word in enumerate(words)}
    indices = np.array([place[value] for value in values], dtype=np.int16 if len(words) <= _NARROW else np.int32)
    dictionary = _of_bytes(pa.string(), [word.encode() for word in words])
    return pa.DictionaryArray.from_arrays(_of_numbers(indices), dictionary)


def _of_numbers(values: Array) -> pa.Array:
    # From buffers throughout: `pa.array` imports pandas to look whether it was given any of its own.
    kind = pa.from_numpy_dtype(values.dtype)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def _of_bytes(kind: Any, values: Sequence[bytes]) -> pa.Array:
    ends = np.cumsum([0, *map(len, values)], dtype=np.int32)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(values))])


def _file(table: pa.Table, compression: str, batch: int) -> bytes:
    sink = pa.BufferOutputStream()
    # Most packs are small: handing them to other threads costs more than it saves.
    options = pa.ipc.IpcWriteOptions(compression=compression, use_threads=False)
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=batch)
    return bytes(sink.getvalue())
