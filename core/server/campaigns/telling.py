"""A campaign as planners see it: its terms, its state, its members and what came of its tasks."""

import msgspec

from core.domain.campaign import Campaign, CampaignState, calls
from core.domain.clock import local_day
from core.domain.running_dry import forecast_rate, outlook
from core.domain.text import Text
from core.server.campaigns.counting import done, left_to_call, member_counts
from core.server.db import campaigns, outreach
from core.server.db.campaigns import UNDER_WAY, Kept
from core.server.db.engine import Unit
from core.server.list_quality.holding import held
from core.wire.campaigns import (
    AudienceTold,
    CampaignDone,
    Campaigns,
    CampaignTold,
    ContactCount,
    ForecastTold,
    MemberCounts,
    RunsDry,
)

_ORDER = (
    CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.DRAFT, CampaignState.STOPPED, CampaignState.ENDED
)  # fmt: skip


def all_told(unit: Unit) -> Campaigns:
    """Those that run first, then the newest."""
    kept = sorted(campaigns.every(unit), key=lambda one: one.campaign.created_at, reverse=True)
    kept.sort(key=lambda one: _ORDER.index(one.state))
    return Campaigns(at=unit.now, campaigns=tuple(told(unit, one) for one in kept))


def told(unit: Unit, kept: Kept) -> CampaignTold:
    members, came = member_counts(unit, kept.campaign.id), done(unit, kept.campaign.id)
    campaign = kept.campaign
    fields = msgspec.structs.asdict(campaign) | {
        "audience": AudienceTold(**msgspec.structs.asdict(campaign.audience)),
        "forecast": ForecastTold(**msgspec.structs.asdict(campaign.forecast)),
    }
    return CampaignTold(
        **fields,
        state=kept.state,
        changed_at=kept.changed_at,
        why=kept.standing.why or _held(unit, campaign),
        members=members,
        done=came,
        runs_dry=runs_dry(unit, kept, members, came),
        contacts=tuple(
            ContactCount(route=route, state=state, contacts=number)
            for (_, route, state), number in sorted(outreach.counts(unit, campaign.id).items())
        ),
    )


def _held(unit: Unit, campaign: Campaign) -> Text | None:
    """TASK-08: agents found too much wrong in its list."""
    poor = sorted(held(unit) & {campaign.id, campaign.audience.list_id})
    if not poor:
        return None
    return Text(
        f"名单里错号错人太多，暂缓派出。管理员核对后用 lists confirm {poor[0]} 放行。",
        f"Agents found too much wrong in its list: it waits. An administrator lets it go on: lists confirm {poor[0]}.",
    )


def runs_dry(unit: Unit, kept: Kept, members: MemberCounts, came: CampaignDone) -> RunsDry | None:
    """None where no target is stated, nobody was chosen yet, nobody is to be called any more, or it calls nobody."""
    target = kept.campaign.target_agreed
    if not target or not members.chosen or kept.state not in UNDER_WAY or not calls(kept.campaign):
        return None
    over = came.finished + came.expired
    left = left_to_call(unit, kept.campaign.id) + came.open
    forecast = forecast_rate(kept.campaign.forecast)
    found = outlook(target=target, agreed=came.agreed, over=over, left=left, forecast=forecast)
    today = local_day(unit.now)
    begun = (today - kept.campaign.starts_on).days + 1
    pace = over / begun if begun > 0 else 0.0
    return RunsDry(
        target=target,
        agreed=came.agreed,
        left=left,
        rate=found.rate,
        rate_from=found.rate_from,
        rate_low=found.rate_low,
        rate_high=found.rate_high,
        expected=found.expected,
        expected_low=found.expected_low,
        expected_high=found.expected_high,
        days_left=max(0, (kept.campaign.ends_on - today).days + 1),
        days_of_work=left / pace if pace else None,
        dry=found.dry,
        likely=found.likely,
    )
