"""Members taken in page by page, each with a last look at what came between the drawing and now."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import msgspec

from core.domain.campaign import Arm, Barrier, CampaignState, MemberState
from core.domain.campaign_notes import Why
from core.server.campaigns.refusing import Interrupted
from core.server.campaigns.sifting import busy_among, drawn_among, shipped_policy, state_behind
from core.server.db import campaigns
from core.server.db.campaigns import Member
from core.server.db.engine import Database, Unit
from core.server.one_run import one_run_at_a_time

PAGE = 2_000
"""members in one transaction: nobody who saves waits for all of them"""


def take_in(
    database: Database, campaign_id: str, members: Sequence[Member], reasons: Mapping[str, Why], *,
    drawn: Collection[str], state: CampaignState, since: datetime | None,
) -> list[Member]:  # fmt: skip
    """The members as they are kept. `drawn`: those of whom chance has just decided; `since`: when they began to be
    chosen, None where they are only looked at again.

    Whoever was drawn elsewhere meanwhile, or got a task, is no part of the drawing: whether they did hangs on nothing
    that chance decided here, so that the arms stay as even as they were. Raises Interrupted where the campaign is not
    in that state any more, or somebody else chooses for it."""
    kept: list[Member] = []
    for at in range(0, len(members), PAGE):
        with database.write() as unit:
            one_run_at_a_time(unit)
            _refuse_moved(unit, campaign_id, state, since)
            page = _still_free(unit, campaign_id, members[at : at + PAGE], drawn)
            told = {one.customer_id: reasons[one.customer_id] for one in page if one.customer_id in reasons}
            campaigns.add_members(unit, campaign_id, page, told)
        kept += page
    return kept


def drop_unnamed(
    database: Database, campaign_id: str, named: Collection[str], *, among: Collection[str] | None = None
) -> None:
    """Of those of whom chance has not decided, all of them or `among` these, whoever is not `named` any more: what they
    were chosen for is gone, and they are not drawn for it later (ID-11)."""
    with database.read() as unit:
        held = campaigns.held_undrawn(unit, campaign_id)
    gone = sorted(one for one in held if one not in named and (among is None or one in among))
    for at in range(0, len(gone), PAGE):
        page = gone[at : at + PAGE]
        with database.write() as unit:
            campaigns.bar(unit, campaign_id, dict.fromkeys(page, (MemberState.BLOCKED, Barrier.GONE)))
            campaigns.forget_reasons(unit, campaign_id, page)


def let_go(database: Database, campaign_id: str, since: datetime) -> None:
    """Nobody chooses for it any more, and it may be tried again at once; a start that came to nothing leaves nobody
    behind. `since`: when it began."""
    with database.write() as unit:
        kept = campaigns.get(unit, campaign_id, lock=True)
        if kept is None or kept.standing.choosing_since != since:
            return
        campaigns.set_standing(unit, campaign_id, msgspec.structs.replace(kept.standing, choosing_since=None))
        if kept.state is CampaignState.DRAFT:
            campaigns.drop_members(unit, campaign_id)


def _refuse_moved(unit: Unit, campaign_id: str, state: CampaignState, since: datetime | None) -> None:
    kept = campaigns.get(unit, campaign_id, lock=True)
    if kept is None or kept.state is not state or kept.standing.choosing_since != since:
        raise Interrupted


def _still_free(unit: Unit, campaign_id: str, page: Sequence[Member], drawn: Collection[str]) -> list[Member]:
    ids = [one.customer_id for one in page if one.customer_id in drawn]
    barred = dict.fromkeys(busy_among(unit, ids), Barrier.OPEN_TASK)
    elsewhere = drawn_among(unit, ids, shipped_policy().other_campaign_days, but=campaign_id)
    barred |= dict.fromkeys(elsewhere, Barrier.OTHER_CAMPAIGN)
    return [
        one._replace(arm=Arm.NOT_DRAWN, state=state_behind(barrier), barrier=barrier)
        if (barrier := barred.get(one.customer_id)) is not None
        else one
        for one in page
    ]
