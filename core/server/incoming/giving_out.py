"""Giving out at once: to a desk where somebody sits now."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.domain.presence import AgentState, Seen, seen
from core.server.db import presence
from core.server.db.engine import Database, Unit
from core.server.db.presence import Presence
from core.server.desks import Desk
from core.server.dispatching import dispatch_at_once


def give_at_once(database: Database, task_id: str, *, heard: Mapping[str, datetime], actor: str) -> bool:
    """Whether it was given; what nobody who is there may take waits for the usual dispatch.

    `heard`: when desks last asked this process for anything."""

    def there(unit: Unit, found: list[Desk]) -> list[Desk]:
        return _there(unit, found, heard)

    return bool(dispatch_at_once(database, [task_id], actor=actor, there=there).assignments)


def _there(unit: Unit, found: Sequence[Desk], heard: Mapping[str, datetime]) -> list[Desk]:
    """Desks that are signed in, were heard of lately and have not ended their day."""
    staff = [one.agent.staff_number for one in found]
    known, signed_in = presence.of(unit, staff), presence.signed_in(unit, staff)

    def is_there(who: str) -> bool:
        kept = known.get(who, Presence())
        times = [at for at in (kept.heard_at, heard.get(who)) if at is not None]
        here = seen(heard_at=max(times, default=None), signed_in=who in signed_in, now=unit.now) is Seen.HERE
        return here and kept.state is not AgentState.OFF

    return [one for one in found if is_there(one.agent.staff_number)]
