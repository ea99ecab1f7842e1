"""Whose desks have what a team's leads call the problems that calls met."""

import msgspec

from core.domain import decoding
from core.domain.causes import CAUSE_NAME
from core.domain.people import Right
from core.domain.takeaway import CauseName
from core.server.db import feed, people, published
from core.server.db.engine import Database, Unit
from core.server.team.teams import leads_of
from core.wire.pull import ContentDocument, Kind


def put_name(unit: Unit, team: str, value: CauseName) -> None:
    """A name that the team gives a group; to its readers and to nobody else."""
    piece = ContentDocument(
        kind=CAUSE_NAME,
        name=f"{team}/{value.key}",
        version=int(value.at.timestamp()),
        body=msgspec.Raw(msgspec.json.encode(value)),
    )
    published.put_for(unit, piece, _readers(unit, team, value))


def retell_names(database: Database) -> int:
    """Who leads a team by now, or stands in, has its names; who does no more forgets them. How many were told anew."""
    with database.read() as unit:
        names = [name for name in published.names(unit, CAUSE_NAME) if _elsewhere(unit, name)]
    for name in names:
        # A transaction each: an upload waits for one at most.
        with database.write() as unit:
            put_name(unit, _team(name), _value(unit, name))
    return len(names)


def _elsewhere(unit: Unit, name: str) -> bool:
    told = feed.holders(unit, Kind.CONTENT, published.content_key(CAUSE_NAME, name))
    return told != _readers(unit, _team(name), _value(unit, name))


def _readers(unit: Unit, team: str, value: CauseName) -> frozenset[str]:
    """Who leads the team now, or stands in; planners of the team, and who gave the name while they are in it."""
    own = (account.agent for account in people.everyone(unit) if account.agent.team == team)
    return leads_of(unit, team) | {
        one.staff_number for one in own if Right.PLAN in one.rights or one.staff_number == value.agent
    }


def _team(name: str) -> str:
    return name.split("/", 1)[0]


def _value(unit: Unit, name: str) -> CauseName:
    body = published.body(unit, CAUSE_NAME, name)
    assert body is not None, "a name that is listed is there"
    return decoding.decode(body, CauseName)
