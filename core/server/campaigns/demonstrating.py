"""Brings the demonstration's finished campaign in: as it would stand had this server led it."""

from datetime import date, timedelta

from core.demo.texted import TextedCampaign
from core.domain.campaign import Arm, Barrier, CampaignState, MemberState, Route
from core.domain.outreach import ContactState, OutgoingContact
from core.server.db import campaigns, outreach
from core.server.db.campaigns import Member
from core.server.db.engine import Database, Unit
from core.server.outreach.moving import contact_id

_DELIVERED_AFTER = timedelta(minutes=1)


def load_texted(database: Database, found: TextedCampaign) -> dict[str, date]:
    """Who left the net of it, by id; nothing where it is there already, or chose nobody."""
    with database.write() as unit:
        if not found.members or campaigns.get(unit, found.campaign.id) is not None:
            return {}
        campaigns.add(unit, found.campaign)
        members = [
            Member(
                customer_id=one.customer_id, arm=one.arm, stratum=one.stratum,
                state=MemberState.DISPATCHED if one.arm is Arm.TREATED else MemberState.BLOCKED,
                barrier=None if one.arm is Arm.TREATED else Barrier.CONTROL,
                route=Route.SMS if one.arm is Arm.TREATED else None, rule_id="silent-user", model_id="", score=None,
                expected=None, drawn_at=found.drawn_at,
            )
            for one in found.members
        ]  # fmt: skip
        campaigns.add_members(unit, found.campaign.id, members, {})
        texted = [one.customer_id for one in found.members if one.arm is Arm.TREATED]
        campaigns.sent(unit, found.campaign.id, dict.fromkeys(texted, ""))
        outreach.add(unit, [_delivered(unit, found, one) for one in texted])
        campaigns.set_state(unit, found.campaign.id, CampaignState.ENDED)
    return {one.customer_id: one.left_on for one in found.members if one.left_on is not None}


def _delivered(unit: Unit, found: TextedCampaign, customer_id: str) -> OutgoingContact:
    """Without it the text would be taken for one that has yet to leave."""
    return OutgoingContact(
        id=contact_id(unit, found.campaign.id, customer_id), campaign_id=found.campaign.id, customer_id=customer_id,
        route=Route.SMS, state=ContactState.DELIVERED, made_at=found.drawn_at, sent_at=found.drawn_at,
        reported_at=found.drawn_at + _DELIVERED_AFTER,
    )  # fmt: skip
