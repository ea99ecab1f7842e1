"""Opening a customer of one's areas without a task, and what bars it: another team works on them, or one has opened as
many as anybody needs for a day."""

from datetime import timedelta

from sqlalchemy import exists, func, select

from core.domain.errors import Refused
from core.domain.text import Text
from core.server.access.caller import Caller, may_open
from core.server.db import audit, authority, customers, feed, people, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.db.feed import Entry
from core.server.db.schema import access_grant, app_user, case_hold, customer, lease
from core.server.db.upsert import upsert
from core.wire.pull import Kind

OPEN_FOR = timedelta(hours=24)
"""so long a desk may pull whom it opened"""


class NotOpened(Refused):
    """The customer may be known to whoever asks, and is not opened all the same."""


def open_customer(unit: Unit, caller: Caller, customer_id: str) -> bytes | None:
    """The document of one of one's areas, which the desk holds for a day from now on. Raises NotOpened.

    None also where it is another area's: whether a customer exists is nobody else's business."""
    head = customers.head(unit, customer_id)
    if head is None or not may_open(unit, caller, customer_id, head.area):
        return None
    tasks.lock_customer(unit, customer_id)
    new = not tasks.keeps_customer(unit, caller.staff_number, customer_id)
    if new:
        refuse_other_teams(unit, caller, customer_id)
    values = {
        "tenant_id": unit.tenant,
        "customer_id": customer_id,
        "staff_number": caller.staff_number,
        "until": unit.now + OPEN_FOR,
    }
    upsert(unit, access_grant, [values], keys=("tenant_id", "customer_id", "staff_number"))
    if not feed.holds(unit, caller.staff_number, Kind.CUSTOMER, customer_id):
        feed.publish(unit, [Entry(caller.staff_number, Kind.CUSTOMER, customer_id)])
    audit.write(unit, writer=caller.staff_number, action=Action.CUSTOMER_OPENED, object_=customer_id)
    if new:
        refuse_too_many(unit, caller)
    return customers.documents(unit, [customer_id], caller.rights).get(customer_id)


def refuse_other_teams(unit: Unit, caller: Caller, customer_id: str) -> None:
    """Raises NotOpened where desks of other teams hold the customer and none of one's own does.

    One's own are the team that one is of and those that one is a lead's deputy of."""
    holders = tasks.holders(unit, customer_id)
    if not holders:
        return
    statement = select(app_user.c.team_id).where(
        app_user.c.tenant_id == unit.tenant, app_user.c.staff_number.in_(holders), app_user.c.disabled_at.is_(None)
    )
    theirs = set(unit.conn.execute(statement).scalars())
    if not theirs or theirs & (authority.deputised(unit, caller.staff_number) | {caller.agent.team}):
        return
    names = sorted(people.team_name(unit, one) or one for one in theirs)
    raise NotOpened(
        code="other_team",
        title=Text("客户在其他班组", "With another team"),
        message=Text(
            f"这位客户现在由{'、'.join(names)}跟进，没有打开。",
            f"{', '.join(names)} is working on this customer, who was not opened.",
        ),
        next_step=Text(
            "客户来电请转接该班组；需要由您跟进时，请找该班组的班长。",
            "Put a caller through to that team; to take the customer over, ask its lead.",
        ),
    )


def refuse_too_many(unit: Unit, caller: Caller) -> None:
    """Raises NotOpened where the desk holds more than the site's bound of customers that it has only by opening them.

    Asked once the new one is among them and the caller's chain of the audit is held: nobody opens two at a time then.
    """
    most = settings.site(unit).opened_24h
    mine = (access_grant.c.tenant_id == unit.tenant) & (access_grant.c.staff_number == caller.staff_number)
    of_task = exists().where(
        lease.c.tenant_id == unit.tenant,
        lease.c.staff_number == caller.staff_number,
        lease.c.customer_id == access_grant.c.customer_id,
    )
    of_case = exists().where(
        case_hold.c.tenant_id == unit.tenant,
        case_hold.c.staff_number == caller.staff_number,
        case_hold.c.customer_id == access_grant.c.customer_id,
    )
    named = exists().where(
        customer.c.tenant_id == unit.tenant,
        customer.c.id == access_grant.c.customer_id,
        customer.c.manager == caller.staff_number,
    )
    statement = select(func.count()).where(mine, access_grant.c.until > unit.now, ~of_task, ~of_case, ~named)
    if unit.conn.execute(statement).scalar_one() <= most:
        return
    raise NotOpened(
        code="opened_enough",
        title=Text("不经任务打开的客户已到上限", "As many as may be opened without a task"),
        message=Text(
            f"24 小时内最多不经任务打开 {most} 位客户，这一位没有打开。",
            f"At most {most} customers may be opened without a task within 24 hours; this one was not opened.",
        ),
        next_step=Text(
            "请先办理派给您的任务；上限不够时请找班长。",
            "Work on the tasks that were given to you; if the bound is too low, tell your team lead.",
        ),
    )
