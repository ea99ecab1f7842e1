"""Brings the demonstration's finished campaign in: as it would stand had this server led it."""

from datetime import date

from core.demo.texted import TextedCampaign
from core.domain.campaign import Arm, Barrier, CampaignState, MemberState, Route
from core.server.db import campaigns
from core.server.db.campaigns import Member
from core.server.db.engine import Database


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
        campaigns.sent(
            unit, found.campaign.id, {one.customer_id: "" for one in found.members if one.arm is Arm.TREATED}
        )
        campaigns.set_state(unit, found.campaign.id, CampaignState.ENDED)
    return {one.customer_id: one.left_on for one in found.members if one.left_on is not None}
