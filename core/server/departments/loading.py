"""Errands, commitments and later events of before, as the demo has them: written together, and told to their desks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.domain.commitment import Commitment
from core.domain.errand import OPEN_ERRANDS, ErrandState, PlacedErrand
from core.domain.later_event import LaterEvent
from core.server.db import errands
from core.server.db.engine import Database, Unit
from core.server.departments import committing
from core.server.departments.binding import take_event
from core.server.departments.telling import tell

LOOKED_AT_AGAIN = timedelta(hours=6)
"""what stands somewhere in its course stays there for a while: a demo's departments would have all done in a minute"""
_TOLD_FOR = timedelta(days=60)


def load_errands(
    database: Database,
    placed: Sequence[PlacedErrand],
    commitments: Sequence[Commitment],
    later: Sequence[LaterEvent],
    *,
    teams: dict[str, str],
) -> int:
    """`teams` are by staff number; what is known already stays as it is. Returns how many errands were new."""
    with database.write() as unit:
        fresh = [one for one in placed if errands.get(unit, str(one.id)) is None]
        for one in fresh:
            errands.add(unit, [one], team_id=teams.get(one.errand.agent, ""), due_at=_due(unit, one))
            tell(unit, one)
        for made in commitments:
            committing.make(unit, made, team_id=teams.get(made.agent, ""))
        for event in later:
            take_event(unit, event, by="server")
    return len(fresh)


def _due(unit: Unit, placed: PlacedErrand) -> datetime:
    if placed.state is ErrandState.WAITING:
        return unit.now
    return unit.now + (LOOKED_AT_AGAIN if placed.state in OPEN_ERRANDS else _TOLD_FOR)
