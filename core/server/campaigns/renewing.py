"""A list that was brought in anew while campaigns choose from it (ID-06, 07: checked, filtered, supplemented)."""

import msgspec
from sqlalchemy import and_, or_, update

from core.domain.campaign import Arm, Audience, Barrier, Campaign, CampaignState, MemberState
from core.server.campaigns.lists_kept import customers_of
from core.server.db import campaigns
from core.server.db.campaigns import UNDER_WAY
from core.server.db.engine import Unit
from core.server.db.schema import campaign_member
from core.server.dispatching import one_run_at_a_time


def renew(unit: Unit, list_id: str) -> None:
    """Whoever was taken off the list is not called from now on, and may be again once they are back on it; arms stay as
    chance drew them. Whoever is new is chosen in the server's next round."""
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


def take_off(unit: Unit, campaign: Campaign) -> None:
    """By the lists as they are now: whoever is on none of them waits no more, whoever came back does again."""
    audience = campaign.audience
    if (audience.list_id or audience.more_list_id) and _names_all(audience):
        _take_off(unit, campaign)


def _names_all(audience: Audience) -> bool:
    """Whether nobody is chosen but from its lists; else a rule may name whoever is on none of them."""
    return bool(audience.list_id) or not (audience.rules or audience.model)


def _take_off(unit: Unit, campaign: Campaign) -> None:
    member, audience = campaign_member, campaign.audience
    listed = [
        member.c.customer_id.in_(customers_of(unit, one)) for one in (audience.list_id, audience.more_list_id) if one
    ]
    mine = and_(member.c.tenant_id == unit.tenant, member.c.campaign_id == campaign.id)
    # Whoever is held out stays so whatever the list says.
    waiting = and_(
        member.c.arm != Arm.CONTROL.value, member.c.state.in_([MemberState.READY.value, MemberState.HELD.value])
    )
    off = {"state": MemberState.BLOCKED.value, "barrier": Barrier.GONE.value}
    unit.conn.execute(update(member).where(mine, waiting, ~or_(*listed)).values(**off))
    # Of those drawn nobody is chosen a second time; dispatch looks at them as at any other.
    left = and_(
        member.c.arm == Arm.TREATED.value, member.c.state == MemberState.BLOCKED.value,
        member.c.barrier == Barrier.GONE.value, member.c.dispatched_at.is_(None),
    )  # fmt: skip
    back = {"state": MemberState.READY.value, "barrier": ""}
    unit.conn.execute(update(member).where(mine, left, or_(*listed)).values(**back))
