"""Practice at the desk: the drills that are here, where each rehearsal stands, and how it went (SCRIPT-11, KB-04)."""

import msgspec
from msgspec import Struct, structs

from core.content.decode_practice import decode_drill
from core.desk.desk import Desk
from core.domain import decoding
from core.domain.drill import Drill
from core.guidance.drill import DrillRun, DrillState
from core.store.settings import PRACTICE

KIND = "drill"


class Rehearsal(Struct, frozen=True, kw_only=True):
    """One drill as this agent has practised it."""

    state: DrillState
    said: str = ""
    """the agent's own words at the turn in view"""
    times: int = 0
    """gone through to the end"""
    best: int = 0
    """most right answers of those times"""


class Practice(Struct, frozen=True, kw_only=True):
    """Kept on this machine for the agent alone: nobody is judged by a rehearsal."""

    latest: str = ""
    """id of the drill in view"""
    rehearsals: dict[str, Rehearsal] = {}

    def of(self, drill: Drill) -> Rehearsal:
        """Where that drill stands; a new version begins anew, and what was reached before stays told."""
        found = self.rehearsals.get(drill.id)
        fresh = DrillState(drill=drill.id, version=drill.version)
        if found is None:
            return Rehearsal(state=fresh)
        return found if found.state.version == drill.version else structs.replace(found, state=fresh, said="")

    def put(self, drill: Drill, rehearsal: Rehearsal) -> "Practice":
        """With that rehearsal, its drill being the one in view."""
        return Practice(latest=drill.id, rehearsals={**self.rehearsals, drill.id: rehearsal})


def drills(desk: Desk) -> list[Drill]:
    """Those that the server has published, by id. Raises ContentError."""
    return [decode_drill(body) for body in desk.store.contents(KIND)]


def practice(desk: Desk) -> Practice:
    kept = desk.store.setting(PRACTICE)
    return decoding.decode(kept, Practice) if kept else Practice()


def keep_practice(desk: Desk, kept: Practice) -> None:
    desk.store.put_setting(PRACTICE, msgspec.json.encode(kept).decode())


def after(rehearsal: Rehearsal, run: DrillRun) -> Rehearsal:
    """The rehearsal once `run` has moved; a drill that has just ended counts."""
    ended = run.ended and run.state() != rehearsal.state
    return Rehearsal(
        state=run.state(),
        said=rehearsal.said,
        times=rehearsal.times + ended,
        best=max(rehearsal.best, run.score().right) if ended else rehearsal.best,
    )
