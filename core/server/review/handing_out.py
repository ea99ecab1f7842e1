"""Who gets which packs: a lead those of the own team and of those they stand in for, a planner all; without the right
to see persons, nameless."""

import msgspec

from core.domain.people import Right
from core.server.access.caller import Caller
from core.server.db import packs, people
from core.server.db.engine import Database, Unit
from core.server.review.call_columns import NAMELESS
from core.server.review.departures import on_net_day
from core.server.review.making import BUDGET_S, refresh
from core.server.team.teams import led_teams
from core.wire.review import DETAILS, FIGURES, LONGEST_PIECE, Pack, PackList


def pack_list(database: Database, caller: Caller, *, budget_s: float = BUDGET_S) -> PackList:
    """The packs that the caller may see, as of now where that can be done in `budget_s` seconds."""
    waiting = refresh(database, budget_s=budget_s)
    with database.read() as unit:
        teams = _teams(unit, caller)
        found = packs.listed(unit, teams=teams)
        agents = [account.agent for account in people.everyone(unit)]
        if teams is not None:
            agents = [one for one in agents if one.team in teams]
        names = {one.staff_number: one.name for one in agents} | {f"team:{one.team}": one.team_name for one in agents}
        return PackList(
            packs=tuple(_of(pack, caller) for pack in found),
            names=names,
            roles={one.staff_number: one.role.value for one in agents},
            server_time=unit.now,
            on_net_day=on_net_day(unit),
            waiting=waiting,
        )


def piece(database: Database, caller: Caller, digest: str, *, offset: int, length: int) -> bytes | None:
    """Up to `length` bytes of a part from `offset` on; None where it is none of the caller's, or not any more."""
    with database.read() as unit:
        body = packs.part(unit, digest, teams=_teams(unit, caller), names=(*FIGURES, _details(caller)))
    return None if body is None else body[offset : offset + min(length, LONGEST_PIECE)]


def _teams(unit: Unit, caller: Caller) -> list[str] | None:
    """None: all. A deputy has the packs of the team that they stand in for, for as long as they do."""
    teams = None if caller.may(Right.PLAN) else led_teams(unit, caller)
    return None if teams is None else sorted(teams)


def _details(caller: Caller) -> str:
    return DETAILS if caller.may(Right.SEE_IDENTITY) else NAMELESS


def _of(pack: Pack, caller: Caller) -> Pack:
    """With the details that the caller may see, under the one name that desks know."""
    own = _details(caller)
    parts = [
        msgspec.structs.replace(part, name=DETAILS) if part.name == own else part
        for part in pack.parts
        if part.name in FIGURES or part.name == own
    ]
    return msgspec.structs.replace(pack, parts=tuple(parts))
