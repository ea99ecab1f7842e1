"""Items as they come over the wire: decoded one by one, so that a poisoned one never blocks the rest."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.domain import decoding
from core.wire.push import Item

MAX_ITEMS = 500
MAX_ITEM_BYTES = 256_000
_NOBODY = UUID(int=0)
_INT64 = 1 << 63
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)
"""an escape of a JSON text, whole pairs of surrogates first"""
_decode_item = decoding.decoder(Item).decode


_BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]')
"""or a text, in which brackets mean nothing"""
_DEEPEST = 60
"""brackets within each other, the batch's own among them: several times what an item has"""


class _Envelope(msgspec.Struct):
    items: list[msgspec.Raw]


_decode_envelope = decoding.decoder(_Envelope).decode


class BadBatch(ValueError):
    """Not a batch at all."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """An item with the bytes that it came as."""

    id: UUID
    body: bytes
    item: Item

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.body).digest()


@dataclass(frozen=True, slots=True)
class Poisoned:
    """What cannot be read as an item; `id` as far as it could be made out."""

    id: UUID
    why: str
    body: bytes = b""
    """as it came; nothing of what is too large"""
    outcome_of: str = ""
    """the agent whom an outcome names as its own; empty where it is no outcome"""

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.body).digest()


def decode_batch(body: bytes) -> list[Decoded | Poisoned]:
    """The batch's items in their order; raises BadBatch."""
    try:
        raws = _raws(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise BadBatch(type(error).__name__) from error
    if len(raws) > MAX_ITEMS:
        raise BadBatch("too many items")
    return [_decode(bytes(raw)) for raw in raws]


def _raws(body: bytes) -> list[msgspec.Raw]:
    try:
        return _decode_envelope(body).items
    except RecursionError:
        # So is what lies deeper than anything that a desk writes.
        shallow = _without_depths(body)
        if shallow == body:
            raise
        return _raws(shallow)
    except msgspec.DecodeError:
        # Half a surrogate pair is JSON by its grammar, but no text: as a NUL it is its item's flaw, not the batch's.
        whole = _ESCAPE.sub(_no_half, body)
        if whole == body:
            raise
        return _decode_envelope(whole).items


def _without_depths(body: bytes) -> bytes:
    """A NUL in place of each part that lies too deep."""
    kept, depth, end = list[bytes](), 0, 0
    for found in _BRACKET.finditer(body):
        bracket = found[0]
        if bracket in b"[{":
            depth += 1
            if depth == _DEEPEST:
                kept += [body[end : found.start()], rb'"\u0000"']
        elif bracket in b"]}":
            if depth == _DEEPEST:
                end = found.end()
            depth -= 1
    return b"".join([*kept, body[end:]]) if depth == 0 else body


def _no_half(escape: re.Match[bytes]) -> bytes:
    return rb"\u0000" if escape["half"] else escape[0]


def _decode(body: bytes) -> Decoded | Poisoned:
    if len(body) > MAX_ITEM_BYTES:
        return _poisoned(body, "too large", kept=b"")
    try:
        item = _decode_item(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, ValueError, OverflowError) as error:
        why = decoding.flaw(error)[:200] if isinstance(error, msgspec.ValidationError) else "malformed"
        return _poisoned(body, why, kept=body)
    flaw = next(_flaws(item), None)
    return Decoded(item.id, body, item) if flaw is None else _poisoned(body, flaw, kept=body)


def _poisoned(body: bytes, why: str, *, kept: bytes) -> Poisoned:
    """With the id of what is no item, so that the desk can tell which one is meant, and whose outcome it was to be."""
    try:
        found: Any = decoding.plain(body)
        kind = found["kind"]
        inner = found["outcome" if kind == "outcome" else kind]
        agent = inner.get("agent") if kind == "outcome" else ""
        return Poisoned(UUID(inner["id"]), why, kept, agent if isinstance(agent, str) else "")
    except (msgspec.MsgspecError, RecursionError, KeyError, TypeError, ValueError, AttributeError, UnicodeDecodeError):
        return Poisoned(_NOBODY, why)


def _flaws(value: Any) -> Iterator[str]:
    """What neither database can keep, or what has no meaning: found here, not by the database."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _flaws(getattr(value, name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _flaws(part)
    elif isinstance(value, datetime):
        if value.tzinfo is None:
            yield "a time without its zone"
        elif not 2000 <= value.year <= 2200:
            yield "a time out of range"
    elif isinstance(value, str):
        if "\0" in value:
            yield "a NUL in a text"
    elif isinstance(value, int) and not -_INT64 <= value < _INT64:
        yield "an integer out of range"
