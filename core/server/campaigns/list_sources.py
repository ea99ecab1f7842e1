"""Lists that the database itself knows: who left the net (WINBACK-01, 02), and members of another campaign by what came
of it, such as for a survey before and after, or a call to those who were given something (TASK-14)."""

from datetime import timedelta

from sqlalchemy import and_, select

from core.domain.campaign import Arm, Barrier, MemberState
from core.domain.clock import local_day
from core.domain.outcome import Contact
from core.server.campaigns.drafting import found as found_campaign
from core.server.campaigns.refusing import unusable
from core.server.db.campaigns import UNDER_WAY
from core.server.db.engine import Unit
from core.server.db.schema import campaign_member, departure, outcome, task
from core.wire.campaigns import ListRow, Whom

_SENT = frozenset({Barrier.UNDELIVERED.value})
"""barriers of those who were dispatched all the same"""


def departed(unit: Unit, *, within_days: int) -> tuple[ListRow, ...]:
    """Who left within so many days, the latest first."""
    since = local_day(unit.now) - timedelta(days=within_days)
    statement = (
        select(departure.c.customer_id, departure.c.left_on)
        .where(departure.c.tenant_id == unit.tenant, departure.c.left_on >= since)
        .order_by(departure.c.left_on.desc(), departure.c.customer_id)
    )
    return tuple(
        ListRow(customer_id=row.customer_id, reason=f"{row.left_on} 离网，请回来")
        for row in unit.conn.execute(statement)
    )


def members_of(unit: Unit, campaign_id: str, whom: Whom) -> tuple[ListRow, ...]:
    """By customer id. Raises InputError where there is no such campaign, and for whom one under way holds out: a call
    about anything would be taken for its effect."""
    kept = found_campaign(unit, campaign_id)
    if whom is Whom.CONTROL and kept.state in UNDER_WAY:
        raise unusable(
            f"活动“{kept.campaign.name.zh}”还在进行：对照组现在联系了，就看不出它的效果。等它结束再生成名单。",
            f"“{kept.campaign.name.en}” is under way: calling those whom it holds out would hide its effect. Make the"
            " list once it is over.",
        )
    member = campaign_member
    statement = select(member.c.customer_id, member.c.arm, member.c.state, member.c.barrier).where(
        member.c.tenant_id == unit.tenant, member.c.campaign_id == campaign_id
    )
    found = unit.conn.execute(statement.order_by(member.c.customer_id)).all()
    if whom is Whom.ALL:
        wanted = {row.customer_id for row in found if row.arm != Arm.NOT_DRAWN.value}
    elif whom is Whom.CONTROL:
        wanted = {row.customer_id for row in found if row.arm == Arm.CONTROL.value}
    elif whom is Whom.AGREED:
        wanted = _with(unit, campaign_id, agreed=True)
    else:
        reached = _with(unit, campaign_id, agreed=False)
        sent = {row.customer_id for row in found if row.state == MemberState.DISPATCHED.value or row.barrier in _SENT}
        wanted = reached if whom is Whom.REACHED else sent - reached
    return tuple(ListRow(customer_id=row.customer_id) for row in found if row.customer_id in wanted)


def _with(unit: Unit, campaign_id: str, *, agreed: bool) -> set[str]:
    met = outcome.c.success.is_(True) if agreed else outcome.c.contact == Contact.OWNER.value
    statement = (
        select(outcome.c.customer_id)
        .join(task, and_(task.c.tenant_id == outcome.c.tenant_id, task.c.id == outcome.c.task_id))
        .where(
            task.c.tenant_id == unit.tenant, task.c.list_id == campaign_id, outcome.c.corrected_by == "",
            outcome.c.superseded.is_(False), met,
        )
    )  # fmt: skip
    return set(unit.conn.execute(statement).scalars())
