"""Whose day somebody leads: a lead their own team and those that they are deputy of, planners all of them."""

from sqlalchemy import select

from core.domain.errors import Refused
from core.domain.people import Agent, Right, Role
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import authority, people
from core.server.db.engine import Unit
from core.server.db.schema import app_user

_AT_WORK = frozenset(
    {Role.OUTBOUND_REPRESENTATIVE, Role.PHONE_ACCOUNT_MANAGER, Role.VIP_SPECIALIST, Role.CALLBACK_STAFF}
)


def led_teams(unit: Unit, caller: Caller) -> frozenset[str] | None:
    """None: all teams."""
    if caller.may(Right.PLAN) or caller.may(Right.ADMINISTER):
        return None
    return authority.deputised(unit, caller.staff_number) | {caller.agent.team}


def leads(unit: Unit, caller: Caller, team: str) -> bool:
    """Whether the caller leads that team, or stands in for who does; an administrator leads all."""
    if caller.may(Right.ADMINISTER):
        return True
    own = caller.agent.team == team or team in authority.deputised(unit, caller.staff_number)
    return caller.may(Right.ANSWER_AUTHORITY) and own


def leads_of(unit: Unit, team: str) -> frozenset[str]:
    """Staff numbers of the team's leads, and of those who stand in for them now."""
    return every_lead(unit).get(team, frozenset()) if team else frozenset()


def every_lead(unit: Unit) -> dict[str, frozenset[str]]:
    """By team."""
    rows = unit.conn.execute(
        select(app_user.c.staff_number, app_user.c.team_id).where(
            app_user.c.tenant_id == unit.tenant,
            app_user.c.role == Role.TEAM_LEAD.value,
            app_user.c.disabled_at.is_(None),
        )
    )
    own = {row.staff_number: row.team_id for row in rows}
    pairs = [*own.items(), *((staff, team) for team, staff, _ in authority.deputies(unit) if staff in own)]
    return {team: frozenset(staff for staff, led in pairs if led == team) for _, team in pairs}


def led_agents(unit: Unit, caller: Caller) -> list[Agent]:
    """Those who work tasks in the caller's teams and are not disabled, by team and staff number."""
    teams = led_teams(unit, caller)
    found = (account.agent for account in people.everyone(unit) if not account.disabled)
    mine = [one for one in found if one.role in _AT_WORK and (teams is None or one.team in teams)]
    return sorted(mine, key=lambda one: (one.team, one.staff_number))


def led_agent(unit: Unit, caller: Caller, staff_number: str) -> Agent:
    """One of them; raises Refused for anybody else: who works elsewhere is nobody else's business."""
    for one in led_agents(unit, caller):
        if one.staff_number == staff_number:
            return one
    raise Refused(
        code="not_your_team",
        title=Text("不是您班组的坐席", "Nobody of your team"),
        message=Text(
            f"工号 {staff_number} 不在您的班组，或已停用。", f"{staff_number} is in no team of yours, or disabled."
        ),
        next_step=Text("请核对工号，或找对方的班长。", "Check the number, or ask their own lead."),
    )
