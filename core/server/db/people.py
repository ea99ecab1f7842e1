"""Users, teams and skills in the database."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import msgspec
from sqlalchemy import Column, ColumnElement, Row, delete, select, update

from core.domain import decoding
from core.domain.errors import InputError
from core.domain.people import Agent, Role, SkillLevel
from core.domain.text import Text
from core.server.db.engine import Unit
from core.server.db.schema import app_user, session, team, user_skill
from core.server.db.upsert import upsert


@dataclass(frozen=True, slots=True)
class Account:
    """A user as sign-in and dispatch need them."""

    agent: Agent
    password_hash: str
    disabled: bool


def put_team(unit: Unit, team_id: str, name: str) -> None:
    upsert(unit, team, [{"tenant_id": unit.tenant, "id": team_id, "name": name}], keys=("tenant_id", "id"))


def team_name(unit: Unit, team_id: str) -> str:
    """What the team is called; empty where there is none such."""
    statement = select(team.c.name).where(team.c.tenant_id == unit.tenant, team.c.id == team_id)
    return unit.conn.execute(statement).scalar_one_or_none() or ""


def teams(unit: Unit) -> dict[str, str]:
    """What each team is called, by its code."""
    rows = unit.conn.execute(select(team.c.id, team.c.name).where(team.c.tenant_id == unit.tenant))
    return {row.id: row.name for row in rows}


def put(unit: Unit, agent: Agent, *, password_hash: str) -> bool:
    """Add or replace a user with their team and skills; True where the user is new."""
    put_team(unit, agent.team, agent.team_name or agent.team)
    new = get(unit, agent.staff_number) is None
    values = {
        "tenant_id": unit.tenant,
        "staff_number": agent.staff_number,
        "name": agent.name,
        "role": agent.role.value,
        "team_id": agent.team,
        "level": agent.level.value,
        "daily_target": agent.daily_target,
        "areas": msgspec.json.encode(agent.areas).decode(),
        "password_hash": password_hash,
        "disabled_at": None,
        "created_at": unit.now,
    }
    upsert(unit, app_user, [values], keys=("tenant_id", "staff_number"), keep=("created_at", "disabled_at"))
    unit.conn.execute(
        delete(user_skill).where(user_skill.c.tenant_id == unit.tenant, user_skill.c.staff_number == agent.staff_number)
    )
    skills = [
        {"tenant_id": unit.tenant, "staff_number": agent.staff_number, "scenario": scenario}
        for scenario in dict.fromkeys(agent.skills)
    ]
    if skills:
        unit.conn.execute(user_skill.insert(), skills)
    return new


def get(unit: Unit, staff_number: str) -> Account | None:
    found = _accounts(unit, lambda column: column == staff_number)
    return found[0] if found else None


def require(unit: Unit, staff_number: str) -> Account:
    """The account; raises InputError where there is none such."""
    account = get(unit, staff_number)
    if account is None:
        raise InputError(
            title=Text("没有这个工号", "No such staff number"),
            message=Text(f"库中没有工号 {staff_number}。", f"There is no user {staff_number}."),
            next_step=Text("用 user list 查看全部工号。", "See all of them with: user list."),
        )
    return account


def some(unit: Unit, staff_numbers: Collection[str]) -> list[Account]:
    """Those of the users that are there, by staff number."""
    return _accounts(unit, lambda column: column.in_(staff_numbers))


def everyone(unit: Unit) -> list[Account]:
    """All users by staff number, the disabled among them."""
    return _accounts(unit, None)


def _accounts(unit: Unit, whose: Callable[[Column[str]], ColumnElement[bool]] | None) -> list[Account]:
    users = (
        select(app_user, team.c.name.label("team_name"))
        .join(team, (team.c.tenant_id == app_user.c.tenant_id) & (team.c.id == app_user.c.team_id))
        .where(app_user.c.tenant_id == unit.tenant)
        .order_by(app_user.c.staff_number)
    )
    skills = select(user_skill.c.staff_number, user_skill.c.scenario).where(user_skill.c.tenant_id == unit.tenant)
    if whose is not None:
        users, skills = users.where(whose(app_user.c.staff_number)), skills.where(whose(user_skill.c.staff_number))
    by_staff: dict[str, list[str]] = {}
    for number, scenario in unit.conn.execute(skills.order_by(user_skill.c.scenario)):
        by_staff.setdefault(number, []).append(scenario)
    return [account_of(row, by_staff.get(row.staff_number, ())) for row in unit.conn.execute(users)]


def account_of(row: Row[tuple[object, ...]], skills: Iterable[str]) -> Account:
    """Of a row that holds the columns of `app_user` and `team_name`."""
    agent = Agent(
        staff_number=row.staff_number,
        name=row.name,
        role=Role(row.role),
        team=row.team_id,
        team_name=row.team_name,
        skills=tuple(skills),
        level=SkillLevel(row.level),
        daily_target=row.daily_target,
        areas=decoding.decode(row.areas, tuple[str, ...]),
    )
    return Account(agent, row.password_hash, row.disabled_at is not None)


def set_disabled(unit: Unit, staff_number: str, disabled: bool) -> None:
    """Takes effect at the person's next request; raises InputError for an unknown staff number."""
    require(unit, staff_number)
    unit.conn.execute(
        update(app_user)
        .where(app_user.c.tenant_id == unit.tenant, app_user.c.staff_number == staff_number)
        .values(disabled_at=unit.now if disabled else None)
    )
    if disabled:
        end_sessions(unit, staff_number)


def set_password(unit: Unit, staff_number: str, password_hash: str) -> None:
    """Ends the person's sessions; raises InputError for an unknown staff number."""
    require(unit, staff_number)
    unit.conn.execute(
        update(app_user)
        .where(app_user.c.tenant_id == unit.tenant, app_user.c.staff_number == staff_number)
        .values(password_hash=password_hash)
    )
    end_sessions(unit, staff_number)


def end_sessions(unit: Unit, staff_number: str) -> None:
    unit.conn.execute(
        update(session)
        .where(session.c.tenant_id == unit.tenant, session.c.staff_number == staff_number, session.c.ended_at.is_(None))
        .values(ended_at=unit.now)
    )
