"""Who was held is looked at again: a barrier may have passed, a quota been raised. Without the engine."""

from datetime import timedelta

import msgspec

from core.domain.campaign import Arm, Barrier, Campaign, CampaignState, MemberState
from core.domain.clock import local_day
from core.domain.drawing import draw
from core.server.campaigns.heads import heads_of
from core.server.campaigns.quota import to_draw, to_reach
from core.server.campaigns.refusing import Interrupted
from core.server.campaigns.sifting import Centre, Sieve, shipped_policy, state_behind
from core.server.campaigns.taking_in import take_in
from core.server.db import audit, campaigns
from core.server.db.audit import Action
from core.server.db.campaigns import Kept, Member
from core.server.db.engine import Database, Unit

EVERY = timedelta(hours=1)
_ENDLESS, _SPARE = 10**9, 1_000
_ENGINE_SAID = frozenset({Barrier.REST, Barrier.SOURCE})
"""only a choosing from a later snapshot can tell otherwise"""


def look_again(database: Database, *, force: bool = False) -> int:
    """How many members of running campaigns may be called now who might not before. Each campaign hourly."""
    with database.read() as unit:
        running = campaigns.every(unit, [CampaignState.RUNNING])
        due = [one.campaign.id for one in running if force or _due(unit, one)]
    return sum(_look(database, one, force=force) for one in due)


def look_soon(unit: Unit) -> None:
    """Who is held is looked at in the next round: what held them may hold them no more."""
    for one in campaigns.every(unit, [CampaignState.RUNNING]):
        kept = campaigns.get(unit, one.campaign.id, lock=True)
        if kept is not None and kept.standing.looked_at is not None:
            standing = msgspec.structs.replace(kept.standing, looked_at=None)
            campaigns.set_standing(unit, kept.campaign.id, standing)


def _due(unit: Unit, kept: Kept) -> bool:
    if kept.standing.choosing_since is not None or kept.campaign.starts_on > local_day(unit.now):
        return False
    looked = kept.standing.looked_at
    return looked is None or unit.now - looked >= EVERY


def _claim(database: Database, campaign_id: str, *, force: bool) -> Kept | None:
    """None where another server looks at it meanwhile."""
    with database.write() as unit:
        kept = campaigns.get(unit, campaign_id, lock=True)
        if kept is None or kept.state is not CampaignState.RUNNING or not (force or _due(unit, kept)):
            return None
        standing = msgspec.structs.replace(kept.standing, looked_at=unit.now)
        campaigns.set_standing(unit, campaign_id, standing)
        return kept


def _look(database: Database, campaign_id: str, *, force: bool) -> int:
    kept = _claim(database, campaign_id, force=force)
    if kept is None:
        return 0
    campaign = kept.campaign
    with database.read() as unit:
        changed, drawn, batch = *_changed(unit, kept), unit.now.isoformat()
    try:
        changed = take_in(database, campaign.id, changed, {}, drawn=drawn, state=CampaignState.RUNNING, since=None)
    except Interrupted:
        # Who moved it, or began to choose for it, looks at them as well.
        return 0
    drawn = {one.customer_id: one.arm for one in changed if one.customer_id in drawn and one.arm is not Arm.NOT_DRAWN}
    if drawn:
        control = sum(arm is Arm.CONTROL for arm in drawn.values())
        with database.write() as unit:
            audit.write(
                unit, writer="server", action=Action.CAMPAIGN_DRAWN, object_=campaign.id, seed=campaign.seed,
                batch=batch, treated=len(drawn) - control, control=control,
            )  # fmt: skip
    return sum(one.state is MemberState.READY for one in changed)


def _changed(unit: Unit, kept: Kept) -> tuple[list[Member], dict[str, Arm]]:
    """The members whose state is another now, as they are to be, and those drawn for it."""
    campaign = kept.campaign
    treated = campaigns.treated(unit, campaign.id)
    held = _to_look_at(unit, campaign, treated)
    if not held:
        return [], {}
    found = _barriers(unit, campaign, held)
    # Drawn before, taken off a list, and back on it as others had their places.
    back = [one.customer_id for one in held if _waits_for_a_place(one) and one.customer_id not in found]
    places = to_reach(campaign, treated, len(back))
    found |= dict.fromkeys(back[places:], Barrier.QUOTA)
    clear = [one for one in held if one.arm is Arm.NOT_DRAWN and one.customer_id not in found]
    batch = unit.now.isoformat()
    wanted = clear[: to_draw(campaign, treated + places, len(clear), batch=batch)]
    strata = {one.customer_id: one.stratum for one in wanted}
    arms = draw(campaign.seed, strata, campaign.control_percent, batch=batch)
    found |= {one.customer_id: Barrier.QUOTA for one in clear if one.customer_id not in arms}
    after = [_settled(unit, one, arms.get(one.customer_id, one.arm), found.get(one.customer_id)) for one in held]
    return [new for new, old in zip(after, held, strict=True) if new != old], arms


def _waits_for_a_place(one: Member) -> bool:
    return one.arm is Arm.TREATED and one.barrier is Barrier.QUOTA


def _to_look_at(unit: Unit, campaign: Campaign, treated: int) -> list[Member]:
    """Of the reserve beyond the quota no more than may be drawn, and some for those who are barred by now: it may be
    most of the members, and this is the server's own process. Who would be reached first comes first."""
    may = to_draw(campaign, treated, _ENDLESS, batch=unit.now.isoformat())
    held = list(campaigns.held(unit, campaign.id, frozenset(Barrier) - _ENGINE_SAID - {Barrier.QUOTA}))
    if may:
        held += campaigns.held(unit, campaign.id, {Barrier.QUOTA}, limit=2 * may + _SPARE)
    return sorted(held, key=lambda one: (one.place, one.customer_id))


def _barriers(unit: Unit, campaign: Campaign, held: list[Member]) -> dict[str, Barrier]:
    heads = heads_of(unit, [one.customer_id for one in held])
    sieve = Sieve(Centre(unit, shipped_policy()), campaign)
    ways = {one.customer_id: one.route for one in held if one.route is not None}
    found: dict[str, Barrier] = {}
    for drawn in (True, False):
        ids = [one.customer_id for one in held if (one.arm is not Arm.NOT_DRAWN) is drawn]
        found |= sieve.barriers(heads, ids, ways, drawn=drawn)
    return found


def _settled(unit: Unit, one: Member, arm: Arm, barrier: Barrier | None) -> Member:
    newly = one.arm is Arm.NOT_DRAWN and arm is not Arm.NOT_DRAWN
    end = (MemberState.BLOCKED, Barrier.CONTROL) if arm is Arm.CONTROL else (state_behind(barrier), barrier)
    return one._replace(arm=arm, state=end[0], barrier=end[1], drawn_at=unit.now if newly else one.drawn_at)
