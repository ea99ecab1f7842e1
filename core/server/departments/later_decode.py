"""What departments tell of calls, event by event: one that cannot be read does not keep the others away."""

import hashlib

import msgspec
from msgspec import Struct

from core.domain import decoding
from core.domain.later_event import LaterEvent
from core.server.outside.reading import read_answer

_event = decoding.decoder(LaterEvent).decode
_BODY_MOST = 4_000


class Strange(Struct, frozen=True):
    """An event that this server does not understand: of a kind that only a newer one knows, say."""

    key: str
    """of its bytes: the same event again is the same"""
    why: str
    body: bytes
    """as it came, its first 4,000 bytes"""


class LaterTold(Struct, frozen=True, kw_only=True):
    """One answer to `GET /later`, `core.wire.departments.LaterEvents` as far as it can be read."""

    events: tuple[LaterEvent, ...] = ()
    after: str = ""
    strange: tuple[Strange, ...] = ()


class _Answer(Struct):
    events: tuple[msgspec.Raw, ...]
    after: str = ""


def read_later(body: bytes) -> LaterTold:
    """Raises PortDown where not even the list of events can be read."""
    told = read_answer(body, _Answer)
    events, strange = list[LaterEvent](), list[Strange]()
    for one in told.events:
        found = read_event(bytes(one))
        if isinstance(found, Strange):
            strange.append(found)
        else:
            events.append(found)
    return LaterTold(events=tuple(events), after=told.after, strange=tuple(strange))


def read_event(body: bytes) -> LaterEvent | Strange:
    try:
        return _event(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return Strange(later_key(body), str(error), body[:_BODY_MOST])


def later_key(body: bytes) -> str:
    """By which an event that was put aside is the same again."""
    return hashlib.sha256(body).hexdigest()[:24]
