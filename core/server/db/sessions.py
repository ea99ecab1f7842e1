"""Sessions that go on: whose they are, on what machine, when they were last heard; and ending them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from core.server.db.engine import Unit
from core.server.db.people import Account, account_of
from core.server.db.schema import app_user, refresh_token, session, team, user_skill

_HOLDER = (
    select(app_user, team.c.name.label("team_name"), user_skill.c.scenario, session.c.id.label("session_id"))
    .join(team, (team.c.tenant_id == app_user.c.tenant_id) & (team.c.id == app_user.c.team_id))
    .outerjoin(
        session,
        (session.c.tenant_id == app_user.c.tenant_id)
        & (session.c.staff_number == app_user.c.staff_number)
        & (session.c.id == bindparam("session"))
        & session.c.ended_at.is_(None),
    )
    .outerjoin(
        user_skill,
        (user_skill.c.tenant_id == app_user.c.tenant_id) & (user_skill.c.staff_number == app_user.c.staff_number),
    )
    .where(app_user.c.tenant_id == bindparam("tenant"), app_user.c.staff_number == bindparam("staff"))
    .order_by(user_skill.c.scenario)
)
"""made once: it is asked with every request, and making it would cost several times what it does"""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One that could be gone on with."""

    id: str
    staff_number: str
    device: str
    """as the desk called its machine; empty from one that does not tell"""
    started_at: datetime
    heard_at: datetime
    """when its tokens were last renewed, which a desk does each quarter of an hour"""


def holder(unit: Unit, session_id: str, staff_number: str) -> tuple[Account | None, bool]:
    """The user as they are now, and whether that session is theirs and nobody has ended it."""
    asked = {"tenant": unit.tenant, "session": session_id, "staff": staff_number}
    rows = unit.conn.execute(_HOLDER, asked).all()
    if not rows:
        return None, False
    skills = [row.scenario for row in rows if row.scenario is not None]
    return account_of(rows[0], skills), rows[0].session_id is not None


def going_on(unit: Unit, staff_number: str = "") -> list[OpenSession]:
    """By staff number and begin; those of everybody where none is named."""
    heard = func.max(refresh_token.c.issued_at).label("heard_at")
    statement = (
        select(session.c.id, session.c.staff_number, session.c.device, session.c.started_at, heard)
        .join(
            refresh_token,
            (refresh_token.c.tenant_id == session.c.tenant_id) & (refresh_token.c.session_id == session.c.id),
        )
        .where(session.c.tenant_id == unit.tenant, session.c.ended_at.is_(None), refresh_token.c.expires_at > unit.now)
        .group_by(session.c.id, session.c.staff_number, session.c.device, session.c.started_at)
        .order_by(session.c.staff_number, session.c.started_at)
    )
    if staff_number:
        statement = statement.where(session.c.staff_number == staff_number)
    return [OpenSession(*row) for row in unit.conn.execute(statement)]


def end(unit: Unit, ids: list[str]) -> int:
    """From the next request on they are refused; gives how many went on until now."""
    return unit.conn.execute(
        update(session)
        .where(session.c.tenant_id == unit.tenant, session.c.id.in_(ids), session.c.ended_at.is_(None))
        .values(ended_at=unit.now)
    ).rowcount
