"""When each source last came, or that it failed, as whoever delivers it tells."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from core.domain import decoding
from core.domain.errors import InputError
from core.domain.factor import Library, Source
from core.domain.text import Text
from core.screening.snapshots.health import Arrival
from core.server.db import audit, settings
from core.server.db.audit import Action
from core.server.db.engine import Unit

_KEY = "source_arrivals"


def arrivals(unit: Unit) -> dict[str, Arrival]:
    """By id of the source; a source of which nobody told is absent."""
    kept = settings.read(unit, _KEY)
    return {} if kept is None else decoding.decode(kept, dict[str, Arrival])


def tell(unit: Unit, sources: Iterable[str], *, at: datetime, failed: str = "", by: str) -> None:
    """Keep it, and put it on record. After a failure the source is held until it is told to have come."""
    names = sorted(sources)
    known = arrivals(unit) | {name: Arrival(at=at, failed=failed) for name in names}
    settings.write(unit, _KEY, msgspec.json.encode(known).decode())
    for name in names:
        audit.write(unit, writer=by, action=Action.SOURCE_TOLD, object_=name, failed=bool(failed))


def named_source(library: Library, name: str) -> Source:
    """The source with that id or Chinese label; raises InputError naming those that there are."""
    for one in library.sources.values():
        if name in (one.id, one.label.zh):
            return one
    known = ", ".join(f"{one.id}（{one.label.zh}）" for one in library.sources.values())
    raise InputError(
        title=Text("没有这个来源", "No such source"),
        message=Text(f"没有来源“{name}”。", f"There is no source “{name}”."),
        next_step=Text(f"现有：{known}。", f"There are: {known}."),
    )
