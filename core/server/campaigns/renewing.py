"""A list that was brought in anew while campaigns choose from it (ID-06, 07: checked, filtered, supplemented)."""

import msgspec
from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from core.domain.campaign import Arm, Audience, Barrier, Campaign, CampaignState, MemberState
from core.domain.text import Text
from core.server.campaigns.lists_kept import customers_of
from core.server.campaigns.quota import to_reach
from core.server.campaigns.recalling import ANYWHERE, Whose, any_unopened, recall
from core.server.db import campaigns, outreach
from core.server.db.campaigns import UNDER_WAY
from core.server.db.engine import Database, Unit
from core.server.db.schema import campaign_member, campaign_reason, task
from core.server.one_run import one_run_at_a_time


def renew(unit: Unit, list_id: str) -> None:
    """Whoever was taken off the list is not called from now on, and may be again once they are back on it; arms stay as
    chance drew them. Whoever is new is chosen in the server's next round. What lies on desks is taken back afterwards,
    by `take_back_unlisted`: the list waits for nobody who holds a customer."""
    one_run_at_a_time(unit)
    for each in campaigns.every(unit, [CampaignState.DRAFT, *UNDER_WAY]):
        if list_id not in (each.campaign.audience.list_id, each.campaign.audience.more_list_id):
            continue
        kept = campaigns.get(unit, each.campaign.id, lock=True)
        if kept is None:
            continue
        standing = msgspec.structs.replace(kept.standing, lists_brought=kept.standing.lists_brought + 1)
        campaigns.set_standing(unit, kept.campaign.id, standing)
        take_off(unit, kept.campaign)


def choosing_from(unit: Unit, list_id: str) -> tuple[Text, ...]:
    """Names of the campaigns under way that choose from that list."""
    under_way = [one.campaign for one in campaigns.every(unit, UNDER_WAY)]
    return tuple(one.name for one in under_way if list_id in (one.audience.list_id, one.audience.more_list_id))


def take_off(unit: Unit, campaign: Campaign) -> None:
    """By the lists as they are now: whoever is on none of them waits no more, whoever came back does again."""
    if _chooses_from(campaign.audience, ""):
        _take_off(unit, campaign)


def _names_all(audience: Audience) -> bool:
    """Whether nobody is chosen but from its lists; else a rule may name whoever is on none of them."""
    return bool(audience.list_id) or not (audience.rules or audience.model)


def _listed(unit: Unit, audience: Audience, column: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a column names somebody who stands on one of its lists."""
    return or_(*(column.in_(customers_of(unit, one)) for one in (audience.list_id, audience.more_list_id) if one))


def _take_off(unit: Unit, campaign: Campaign) -> None:
    member = campaign_member
    listed = _listed(unit, campaign.audience, member.c.customer_id)
    mine = and_(member.c.tenant_id == unit.tenant, member.c.campaign_id == campaign.id)
    # What a pause took back waits as well. Whoever is held out stays so whatever the list says.
    waits = or_(
        member.c.state.in_([MemberState.READY.value, MemberState.HELD.value]),
        and_(member.c.state == MemberState.RECALLED.value, member.c.barrier == ""),
        and_(member.c.state == MemberState.DISPATCHED.value, outreach.not_left()),
    )
    off = {"state": MemberState.BLOCKED.value, "barrier": Barrier.GONE.value, "dispatched_at": None}
    unit.conn.execute(update(member).where(mine, member.c.arm != Arm.CONTROL.value, waits, ~listed).values(**off))
    gone = and_(member.c.state == MemberState.BLOCKED.value, member.c.barrier == Barrier.GONE.value)
    undrawn = select(member.c.customer_id).where(mine, gone, member.c.arm == Arm.NOT_DRAWN.value)
    # Whoever comes back undrawn is chosen anew, with reasons of that day; those drawn are not chosen a second time.
    reason = campaign_reason
    unit.conn.execute(
        delete(reason).where(
            reason.c.tenant_id == unit.tenant, reason.c.campaign_id == campaign.id, reason.c.customer_id.in_(undrawn)
        )
    )
    placeless = and_(member.c.state == MemberState.HELD.value, member.c.barrier == Barrier.QUOTA.value)
    _bring_back(unit, campaign, and_(mine, or_(gone, placeless), member.c.dispatched_at.is_(None), listed))


def _bring_back(unit: Unit, campaign: Campaign, left: ColumnElement[bool]) -> None:
    """Of those drawn to be called whom a list had left out: dispatch looks at those for whom the quota has a place as
    at any other; the rest wait for one."""
    member = campaign_member
    statement = select(member.c.customer_id).where(left, member.c.arm == Arm.TREATED.value)
    back = list(unit.conn.execute(statement.order_by(*campaigns.BEST_FIRST)).scalars())
    places = to_reach(campaign, campaigns.treated(unit, campaign.id), len(back))
    campaigns.make_ready(unit, campaign.id, back[:places])
    campaigns.bar(unit, campaign.id, dict.fromkeys(back[places:], (MemberState.HELD, Barrier.QUOTA)))


def take_back_unlisted(database: Database, list_id: str = "") -> int:
    """How many tasks were taken back of those whom a list that came anew leaves out, as a stop takes them back: what
    somebody opened finishes. Of the campaigns under way that choose from that list; of all where none is named."""
    with database.read() as unit:
        anew = [one.campaign for one in campaigns.every(unit, UNDER_WAY) if one.standing.lists_brought]
        found = [
            one
            for one in anew
            if _chooses_from(one.audience, list_id)
            and any_unopened(unit, one.id, ANYWHERE, unlisted=_unlisted(one.audience))
        ]
    return sum(recall(database, one.id, ANYWHERE, unlisted=_unlisted(one.audience)) for one in found)


def _chooses_from(audience: Audience, list_id: str) -> bool:
    named = {audience.list_id, audience.more_list_id} - {""}
    return bool(named) and _names_all(audience) and (not list_id or list_id in named)


def _unlisted(audience: Audience) -> Whose:
    return lambda unit: ~_listed(unit, audience, task.c.customer_id)
