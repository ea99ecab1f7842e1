"""A small team with its lead, for the tests of a lead's day."""

from server_kit import SCENARIO, add_agent, agent, given

from core.domain.people import Role
from core.server.access.caller import Caller
from core.server.db.engine import Database

DISCONNECT = "broadband-disconnect"


def a_team(database: Database) -> Caller:
    """Agents 1 and 2 of team A with both scenarios, 3 with one; agent 5 of team B. Returns team A's lead."""
    for who in ("1", "2"):
        add_agent(database, agent(who, skills=(SCENARIO, DISCONNECT)))
    add_agent(database, agent("3", skills=(DISCONNECT,)))
    add_agent(database, agent("5", team="B", team_name="二班"))
    return add_agent(database, agent("8", role=Role.TEAM_LEAD))


def some_tasks(database: Database, who: str, *indexes: int) -> None:
    for index in indexes:
        given(database, index, to=who, lease_epoch=1)
