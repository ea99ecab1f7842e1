"""A campaign's life: paused, resumed, stopped, ended; tasks that nobody opened go with it."""

import msgspec

from core.domain.campaign import CAMPAIGN_MOVES, CampaignState
from core.domain.clock import local_day
from core.domain.task import TaskState
from core.server.campaigns.drafting import found
from core.server.campaigns.recalling import ANYWHERE, GIVEN_TO_NOBODY, any_unopened, give_back, recall
from core.server.campaigns.refusing import unusable
from core.server.campaigns.renewing import take_back_unlisted
from core.server.campaigns.words import STATE_NAMES
from core.server.db import audit, campaigns
from core.server.db.audit import Action
from core.server.db.campaigns import UNDER_WAY, Kept
from core.server.db.engine import Database, Unit
from core.server.one_run import one_run_at_a_time


def move(unit: Unit, kept: Kept, to: CampaignState, *, by: str, why: str = "") -> None:
    """Raises InputError where it cannot come there from where it is."""
    if to not in CAMPAIGN_MOVES[kept.state]:
        before, after = STATE_NAMES[kept.state], STATE_NAMES[to]
        raise unusable(f"活动是“{before.zh}”，不能改为“{after.zh}”。",
                       f"It is {before.en.lower()} and cannot become {after.en.lower()}.")  # fmt: skip
    campaigns.set_state(unit, kept.campaign.id, to)
    if not CAMPAIGN_MOVES[to]:
        campaigns.forget_all_reasons(unit, kept.campaign.id)
    audit.write(
        unit, writer=by, action=Action.CAMPAIGN_MOVED, object_=kept.campaign.id, before=kept.state.value,
        after=to.value, why=why[:200],
    )  # fmt: skip


def set_state(database: Database, campaign_id: str, to: CampaignState, *, by: str, why: str = "") -> int:
    """How many tasks were taken back. A draft is started by `starting.start`.

    Paused: what lies on desks stays, what nobody was given waits with the campaign. Stopped: whatever nobody opened is
    gone from desks, what was opened finishes. Raises InputError."""
    if to is CampaignState.ENDED:
        raise unusable("活动到最后一天自己结束；要提前结束，请停止，或改最后一天。",
                       "It ends by itself on its last day: to end it earlier stop it, or change that day.")  # fmt: skip
    with database.write() as unit:
        # A round that has seen it run ends first, so that what it made is taken back with the rest.
        one_run_at_a_time(unit)
        kept = found(unit, campaign_id, lock=True)
        if kept.state is CampaignState.DRAFT and to is CampaignState.RUNNING:
            raise unusable("草稿要先选客户。", "A draft has its members chosen first.")
        move(unit, kept, to, by=by, why=why)
        if to is CampaignState.RUNNING:
            give_back(unit, campaign_id)
            # Who was held is looked at anew.
            campaigns.set_standing(unit, campaign_id, msgspec.structs.replace(kept.standing, looked_at=None))
    return _take_back(database, campaign_id, to)


def _take_back(database: Database, campaign_id: str, state: CampaignState) -> int:
    states = _taken_from(state)
    return recall(database, campaign_id, states) if states else 0


def _taken_from(state: CampaignState) -> tuple[TaskState, ...]:
    """States of the tasks that are taken back as a campaign comes there."""
    if state is CampaignState.STOPPED:
        return ANYWHERE
    return GIVEN_TO_NOBODY if state is CampaignState.PAUSED else ()


def take_back_left(database: Database) -> int:
    """How many tasks were taken back: of campaigns that stand still what a stop or a pause that was cut short has left,
    and what has come off a desk during a pause with nobody having opened it; of members whom a list that came anew left
    out, what the list's own taking back did not come to."""
    with database.read() as unit:
        still = [
            one
            for one in campaigns.every(unit, (CampaignState.PAUSED, CampaignState.STOPPED))
            if one.campaign.ends_on >= local_day(unit.now)
            and any_unopened(unit, one.campaign.id, _taken_from(one.state))
        ]
    taken = sum(_take_back(database, one.campaign.id, one.state) for one in still)
    return taken + take_back_unlisted(database)


def end_past(database: Database) -> int:
    """Campaigns whose last day is over have ended; their tasks expire with that day."""
    with database.read() as unit:
        past = [
            one.campaign.id
            for one in campaigns.every(unit, UNDER_WAY)
            if one.campaign.ends_on < local_day(unit.now)
        ]  # fmt: skip
    for campaign_id in past:
        with database.write() as unit:
            kept = campaigns.get(unit, campaign_id, lock=True)
            if kept is not None and kept.state in UNDER_WAY:
                move(unit, kept, CampaignState.ENDED, by="server")
    return len(past)
