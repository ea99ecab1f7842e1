"""Telling desks how packages, points and contests stand: only what is news, and only those whom it concerns now."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec

from core.domain import decoding
from core.domain.people import Right
from core.server.db import feed, people, published
from core.server.db.engine import Database, Unit
from core.server.team.teams import leads_of
from core.wire.pull import ContentDocument, Kind


class Told(NamedTuple):
    """A document, and whose desks it is for."""

    kind: str
    name: str
    value: msgspec.Struct
    audience: frozenset[str]


def tell_news(database: Database, found: Callable[[Unit], Iterable[Told]]) -> int:
    """Tell what says something else than before, or to others; whom it concerns no more forgets it. How many did."""
    with database.read() as unit:
        news = [one for one in found(unit) if _is_news(unit, one)]
    for one in news:
        # A transaction each: an upload waits for one at most.
        with database.write() as unit:
            body = msgspec.Raw(msgspec.json.encode(one.value))
            piece = ContentDocument(kind=one.kind, name=one.name, version=int(unit.now.timestamp()), body=body)
            published.put_for(unit, piece, one.audience)
    return len(news)


def readers(unit: Unit, team: str) -> frozenset[str]:
    """Whom it concerns how a team stands: its leads, who stands in for them, and planners."""
    return leads_of(unit, team) | planners(unit)


def planners(unit: Unit) -> frozenset[str]:
    return frozenset(one.agent.staff_number for one in people.everyone(unit) if Right.PLAN in one.agent.rights)


def _is_news(unit: Unit, one: Told) -> bool:
    before = published.body(unit, one.kind, one.name)
    if before is None or not _same(decoding.decode(before, type(one.value)), one.value):
        return True
    return feed.holders(unit, Kind.CONTENT, published.content_key(one.kind, one.name)) != one.audience


def _same(before: msgspec.Struct, now: msgspec.Struct) -> bool:
    """The moment at which it was reckoned is no news by itself."""
    at = getattr(now, "as_of", None)
    return (msgspec.structs.replace(before, as_of=at) if isinstance(at, datetime) else before) == now
