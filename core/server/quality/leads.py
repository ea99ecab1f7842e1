"""Who inspects whose calls: the leads of a team, and who stands in for them."""

from sqlalchemy import select

from core.domain.people import RIGHTS, Agent, Right
from core.server.access.caller import Caller
from core.server.db import authority, people
from core.server.db.engine import Unit
from core.server.db.schema import app_user

_SCORING = sorted(role.value for role, rights in RIGHTS.items() if Right.SCORE in rights)


def leads(unit: Unit) -> dict[str, tuple[str, ...]]:
    """Staff numbers of who scores, by team; deputies of the day among them."""
    rows = unit.conn.execute(
        select(app_user.c.team_id, app_user.c.staff_number).where(
            app_user.c.tenant_id == unit.tenant, app_user.c.role.in_(_SCORING), app_user.c.disabled_at.is_(None)
        )
    )
    by_team: dict[str, set[str]] = {}
    able = set()
    for row in rows:
        by_team.setdefault(row.team_id, set()).add(row.staff_number)
        able.add(row.staff_number)
    for team, staff_number, _ in authority.deputies(unit):
        if staff_number in able:
            by_team.setdefault(team, set()).add(staff_number)
    return {team: tuple(sorted(staff)) for team, staff in by_team.items()}


def leads_of(unit: Unit, team: str) -> tuple[str, ...]:
    return leads(unit).get(team, ())


def inspects(unit: Unit, caller: Caller, team: str) -> bool:
    """Whether the caller is a lead of that team, or stands in for one."""
    return caller.may(Right.SCORE) and caller.staff_number in leads_of(unit, team)


def agent_of(unit: Unit, staff_number: str) -> Agent | None:
    account = people.get(unit, staff_number)
    return None if account is None else account.agent


def name_of(unit: Unit, staff_number: str) -> str:
    """Empty for nobody; the number itself where they are gone."""
    found = agent_of(unit, staff_number) if staff_number else None
    return found.name if found else staff_number
