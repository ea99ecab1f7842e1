"""Decoders of JSON, made one at a time: no other module lets msgspec meet a type for the first time.

msgspec notes what it learns of a Struct bit by bit, and a thread that needs the Struct meanwhile works with the half of
it, which ends the process (seen with 0.22.0: four threads that decode the same new type at once).
"""

import re
from functools import cache
from threading import RLock
from typing import Any, TypeVar, overload

import msgspec
from msgspec.json import Decoder

__all__ = ["Decoder", "convert", "decode", "decoder", "flaw", "plain"]

T = TypeVar("T")
_one_at_a_time = RLock()
_PLACE = re.compile(r" - at `[^`]*`\Z")


@overload
def decoder(kind: type[T]) -> Decoder[T]: ...
@overload
def decoder(kind: Any) -> Decoder[Any]: ...
def decoder(kind: Any) -> Decoder[Any]:
    """Turns JSON into a `kind`; may be used by any thread."""
    with _one_at_a_time:
        return Decoder(kind)


@overload
def decode(body: bytes | str, kind: type[T]) -> T: ...
@overload
def decode(body: bytes | str, kind: Any) -> Any: ...
def decode(body: bytes | str, kind: Any) -> Any:
    """`body` as a `kind`; raises msgspec.ValidationError or msgspec.DecodeError where it is none."""
    return _kept(kind).decode(body)


@overload
def convert(value: object, kind: type[T]) -> T: ...
@overload
def convert(value: object, kind: Any) -> Any: ...
def convert(value: object, kind: Any) -> Any:
    """Plain values as a `kind`; raises msgspec.ValidationError where they are none."""
    _kept(kind)
    return msgspec.convert(value, kind)


def plain(body: bytes | str) -> Any:
    """`body` as dicts, lists and words: where no type is known. Raises msgspec.DecodeError."""
    return msgspec.json.decode(body)


def flaw(error: msgspec.ValidationError) -> str:
    """What was expected and where, without the value that was found: for logs, which are to name nobody."""
    words = str(error)
    place = _PLACE.search(words)
    said = words[: place.start()] if place else words
    return re.split("['\"]", said, maxsplit=1)[0].rstrip() + (place[0] if place else "")


@cache
def _kept(kind: Any) -> Decoder[Any]:
    return decoder(kind)
