"""TASK-07: whom to go on with once a list runs dry: the reserve, the next-likeliest of the model, the next rule.

Asks the engine and the model: for a process of its own."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from core.domain.campaign import CALLS, CAMPAIGN_MOVES, Arm, Campaign, Route, calls
from core.domain.errors import InputError
from core.domain.running_dry import forecast_rate
from core.domain.text import Text
from core.domain.warning_rule import RuleUse, WarningRule
from core.server.campaigns.counting import done, member_counts
from core.server.campaigns.drafting import found
from core.server.campaigns.laying import lay_out
from core.server.campaigns.refusing import unusable
from core.server.campaigns.telling import runs_dry
from core.server.db.engine import Database
from core.server.screening.running import Desk
from core.wire.campaigns import NextSegment, NextSegments, SegmentKind

STEP = 0.1
"""by which the model's least probability is lowered"""
_MOST = 8
_ANEW = Text("要接着联系，请另建活动。", "To reach more customers draft another one.")


def next_segments(database: Database, data: Path, campaign_id: str, *, root: Path | None = None) -> NextSegments:
    """Those with most to call first, after the reserve. Raises InputError where there is no such campaign, or it is
    over."""
    with database.read() as unit:
        kept = found(unit, campaign_id)
        if not CAMPAIGN_MOVES[kept.state]:
            raise unusable("活动已经结束，不再联系别的客户。", "It is over and goes on with nobody.", next_step=_ANEW)
        members, came = member_counts(unit, campaign_id), done(unit, campaign_id)
        dry = runs_dry(unit, kept, members, came)
    over = came.finished + came.expired
    rate = came.agreed / over if over else forecast_rate(kept.campaign.forecast)
    rate = rate if calls(kept.campaign) else None
    reserve = sum(one.members for one in members.barriers if one.barrier.value == "quota")
    segments = [
        _segment(SegmentKind.RESERVE, "", Text("后备：超出总量的客户", "The reserve beyond the quota"), reserve, rate)
    ]
    segments += _of_model(database, data, kept.campaign, reserve, rate, root)
    segments += _of_rules(database, data, kept.campaign, rate, root)
    return NextSegments(runs_dry=dry, segments=tuple(one for one in segments if one.ready)[:_MOST])


def _segment(kind: SegmentKind, id_: str, name: Text, ready: int, rate: float | None) -> NextSegment:
    expected = None if rate is None else round(ready * rate)
    return NextSegment(kind=kind, id=id_, name=name, ready=ready, expected_agreed=expected)


def _of_model(
    database: Database, data: Path, campaign: Campaign, reserve: int, rate: float | None, root: Path | None
) -> list[NextSegment]:
    """Those whom a lower bound adds to the reserve."""
    audience = campaign.audience
    if not audience.model or not audience.at_least:
        return []
    lower = max(0.0, round(audience.at_least - STEP, 4))
    wider = msgspec.structs.replace(campaign, audience=msgspec.structs.replace(audience, at_least=lower))
    name = Text(
        f"模型概率从 {audience.at_least:g} 放宽到 {lower:g}",
        f"The model's bound from {audience.at_least:g} to {lower:g}",
    )
    more = max(0, _ready(database, data, wider, root) - reserve)
    return [_segment(SegmentKind.MODEL, f"{lower:g}", name, more, rate)]


def _of_rules(
    database: Database, data: Path, campaign: Campaign, rate: float | None, root: Path | None
) -> list[NextSegment]:
    """Rules of the same scenario that it does not use."""
    if not campaign.audience.rules:
        return []
    desk = Desk(database, data, root=root)
    unused = [
        one
        for one in desk.rules.values()
        if one.use is RuleUse.CALL and one.scenario == campaign.scenario and one.id not in campaign.audience.rules
    ]
    found_ = [_segment(SegmentKind.RULE, one.id, one.name, _ready_of(database, data, campaign, one, root), rate)
              for one in _sound(desk, unused)]  # fmt: skip
    return sorted(found_, key=lambda one: -one.ready)


def _sound(desk: Desk, rules: Sequence[WarningRule]) -> list[WarningRule]:
    return [one for one in rules if not desk.faults(one)]


def _ready_of(database: Database, data: Path, campaign: Campaign, rule: WarningRule, root: Path | None) -> int:
    audience = msgspec.structs.replace(campaign.audience, rules=(rule.id,))
    return _ready(database, data, msgspec.structs.replace(campaign, audience=audience), root)


def _ready(database: Database, data: Path, campaign: Campaign, root: Path | None) -> int:
    """New customers who would be drawn if there were no quota; of a campaign that calls those who would be called."""
    try:
        everybody = msgspec.structs.replace(campaign, quota=0)
        laid = lay_out(database, data, everybody, root=root, words=False, expect=False)
    except InputError:
        # Nobody matches, or a source holds it: no segment to go on with.
        return 0
    ways = CALLS if calls(campaign) else frozenset(Route)
    return sum(one.arm is Arm.TREATED and one.route in ways for one in laid.members)
