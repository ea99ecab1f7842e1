"""TASK-06: members of campaigns under way who were not reached yet, put in order anew by the uplift model that counts
and the newest snapshot: either may have come after they were chosen.

Asks the model: for a process of its own."""

from pathlib import Path

from core.domain.campaign import Arm, CampaignState, MemberState
from core.domain.text import Text
from core.server.campaigns.expecting import expected_of
from core.server.campaigns.taking_in import PAGE
from core.server.db import campaigns
from core.server.db.engine import Database
from core.server.screening.running import Desk

_WAIT = (MemberState.READY, MemberState.HELD)


def expect_again(database: Database, data: Path, desk: Desk) -> list[Text]:
    """What has to be said of it. Where the model cannot be asked they stay in the order that they had."""
    said: list[Text] = []
    with database.read() as unit:
        running = [one.campaign for one in campaigns.every(unit, [CampaignState.RUNNING])]
    for campaign in running:
        with database.read() as unit:
            waiting = [
                one.customer_id
                for one in campaigns.members(unit, campaign.id)
                if one.state in _WAIT and one.arm is not Arm.CONTROL
            ]
        if not waiting:
            continue
        expected = expected_of(database, data, campaign, desk, waiting)
        if not expected.model:
            said += expected.cautions
            continue
        name = campaign.name
        said += [Text(f"{name.zh}：{one.zh}", f"{name.en}: {one.en}") for one in expected.cautions]
        for at in range(0, len(waiting), PAGE):
            page = {one: expected.of(one) for one in waiting[at : at + PAGE]}
            with database.write() as unit:
                campaigns.set_expected(unit, campaign.id, page)
    return said
