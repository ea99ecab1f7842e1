"""By which way a campaign reaches whom: by value, habit and grid, and what is not called leaves by its own."""

from pathlib import Path

import pytest
from campaign_kit import ZERO, Centre
from server_kit import StillClock, add_agent, agent

from core.content.resources import folder
from core.domain.campaign import Audience, CampaignState, MemberState, Route
from core.domain.people import Role, SkillLevel
from core.domain.task import Tier
from core.server.campaigns import life, lists
from core.server.campaigns.content import load_routes
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.campaigns.routing import route_for
from core.server.db.engine import Database
from core.wire.campaigns import ListRow, PutCampaignList


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path / "data", clock)


def test_ways_follow_value_habit_and_grid() -> None:
    # TASK-04
    routes = load_routes(folder())
    every = tuple(Route)
    grid = next(str(one) for way in routes.ways for one in way.when.in_ or ())
    told: list[tuple[dict[str, object], tuple[Route, ...], Route]] = [
        ({"value": "high"}, every, Route.MANAGER_CALL),
        ({"value": "low", "tier": "gold"}, every, Route.MANAGER_CALL),
        ({"value": "low", "sms_quarter_avg": 44}, every, Route.SMS),
        ({"value": "low", "sms_quarter_avg": 2}, every, Route.VOICE),
        ({"value": "mid", "grid": grid}, every, Route.VISIT),
        ({"value": "mid"}, every, Route.REPRESENTATIVE_CALL),
        ({"value": "low", "sms_quarter_avg": 44}, (), Route.REPRESENTATIVE_CALL),
        ({"value": "mid"}, (Route.SMS,), Route.SMS),
    ]
    for facts, allowed, expected in told:
        assert route_for(routes, allowed, facts) is expected, facts


def test_what_is_not_called_leaves_by_its_own_way_and_vips_come_first(centre: Centre) -> None:
    # TASK-04, TASK-06, VIP-01
    centre.know(1, start=9, tier=Tier.GOLD)
    centre.listed(7, routes=(Route.SMS,), campaign_id="texts", a_day=4)
    centre.start("texts")
    assert dispatch_campaigns(centre.database, actor="server") == 4
    assert dispatch_campaigns(centre.database, actor="server") == 0, "no more today"
    assert centre.tasks() == []
    sent = [one for one in centre.members("texts").values() if one.state is MemberState.DISPATCHED]
    assert {(one.route, one.task_id) for one in sent} == {(Route.SMS, "")}
    rows = (*(ListRow(customer_id=f"C{at}") for at in range(1, 8)), ListRow(customer_id="C9"))
    with centre.database.write() as unit:
        lists.put_list(unit, "vip", PutCampaignList(name="含金卡", rows=rows), by="9001")
    life.set_state(centre.database, "texts", CampaignState.STOPPED, by="9001")
    add_agent(centre.database, agent("2043", skills=(ZERO,), daily_target=1))
    add_agent(
        centre.database,
        agent("1027", role=Role.VIP_SPECIALIST, level=SkillLevel.VIP, skills=(ZERO,), daily_target=1),
    )
    centre.draft(id="calls", audience=Audience(list_id="vip"), control_percent=0.0)
    centre.start("calls")
    assert dispatch_campaigns(centre.database, actor="server") == 2
    assert centre.members("calls")["C9"].state is MemberState.DISPATCHED
