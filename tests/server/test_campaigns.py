"""A campaign from its draft to its end: whom it chooses and holds out, what bars a call, its tasks and how they go."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from campaign_kit import BUSY, SILENT, TODAY, ZERO, Centre, terms
from msgspec import structs
from server_kit import SCENARIO, StillClock, add_agent, agent, dialled, document, saved, send, task
from sqlalchemy import select

from core.content.resources import folder
from core.domain.campaign import (
    Arm,
    Audience,
    Barrier,
    CampaignState,
    Forecast,
    MemberState,
    Route,
    Trigger,
)
from core.domain.campaign_notes import Standing
from core.domain.enabling import Switch
from core.domain.errors import InputError
from core.domain.people import Role, SkillLevel
from core.domain.task import TaskState, TaskType, Tier
from core.server import binding
from core.server.campaigns import drafting, life, lists, lists_kept
from core.server.campaigns.content import load_routes
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.campaigns.list_sources import Whom, departed, members_of
from core.server.campaigns.relooking import look_again
from core.server.campaigns.routing import route_for
from core.server.campaigns.sifting import drawn_lately
from core.server.db import campaigns
from core.server.db.enabling import switch
from core.server.db.engine import Database
from core.server.db.schema import task as task_table
from core.server.leases import reap
from core.server.loading import load
from core.server.review.departures import keep_departures
from core.server.screening.arrivals import tell
from core.server.screening.running import Desk, run
from core.wire.campaigns import ListFlaw, ListReport, ListRow, PutCampaignList

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path / "data", clock)


@pytest.fixture
def anywhere(database: Database, tmp_path: Path, clock: StillClock) -> Centre:
    """On SQLite and on PostgreSQL."""
    return Centre(database, tmp_path / "data", clock)


def test_a_campaign_chooses_holds_out_and_fills_the_room_there_is(centre: Centre) -> None:
    # ID-03, TASK-06, EVAL-08; DATA-03: rule, campaign, task
    centre.know(20)
    centre.know(5, start=21, indicators=BUSY)
    centre.snapshot()
    centre.draft(forecast=Forecast(reached_percent=50, agreed_percent=25))
    looked = centre.engine.preview("silent-november")
    assert (looked.members.chosen, looked.members.treated, looked.members.control) == (20, 16, 4)
    assert (looked.room_now, looked.a_day, looked.days) == (5, 5, 10)
    assert centre.members() == {}, "a preview keeps nothing"
    started = centre.start()
    assert (started.state, started.members.ready, started.members.control) == (CampaignState.RUNNING, 16, 4)
    assert centre.tasks() == []
    assert dispatch_campaigns(centre.database, actor="server") == 5
    made = centre.tasks()
    assert len(made) == 5, "no more than the agent has room for"
    assert {one.assigned_to for one in made} == {"2043"}
    assert {one.reason.zh for one in made} != {""}
    assert dispatch_campaigns(centre.database, actor="server") == 0
    control = {key for key, one in centre.members().items() if one.arm is Arm.CONTROL}
    assert not control & {one.customer_id for one in made}
    with centre.database.read() as unit:
        listed = unit.conn.execute(select(task_table.c.list_id).distinct()).scalars().all()
    assert listed == ["silent-november"]
    desk = Desk(centre.database, centre.data)
    by_hand = run(desk, desk.named([ZERO]), scenario="", limit=0, confirmed=True, by="planner")[0]
    assert (by_hand.made, by_hand.held) == (0, 20), "a rule run by hand leaves those drawn to the campaign"


def test_who_may_not_be_called_is_counted_before_anybody_is(centre: Centre) -> None:
    # TASK-16, TASK-17, ID-11
    centre.know(1, start=11, area="西河区")
    centre.listed(10)
    with centre.database.write() as unit:
        more = PutCampaignList(name="全部", rows=(ListRow(customer_id="C11"),), append=True)
        lists.put_list(unit, "all", more, by="9001")
    load(centre.database, [(document(1, indicators=SILENT), task(1, scenario=SCENARIO))])
    held = task(2, to="2043")
    load(centre.database, [(document(2, indicators=SILENT), held)])
    send(centre.database, centre.agent, dialled("2043", 2))
    with centre.database.write() as unit:
        switch(unit, Switch(type=TaskType.ZERO_USAGE_VISIT, on=False, area="西河区"), by="9001")
    found = {one.barrier: one.members for one in centre.engine.preview("silent-november").members.barriers}
    assert found == {Barrier.OPEN_TASK: 2, Barrier.NOT_ENABLED: 1}
    centre.start()
    states = {key: (one.state, one.barrier, one.arm) for key, one in centre.members().items()}
    assert states["C1"] == (MemberState.HELD, Barrier.OPEN_TASK, Arm.NOT_DRAWN)
    assert states["C11"] == (MemberState.HELD, Barrier.NOT_ENABLED, Arm.NOT_DRAWN)
    with centre.database.write() as unit:
        switch(unit, Switch(type=TaskType.ZERO_USAGE_VISIT, on=True, area="西河区"), by="9001")
    assert look_again(centre.database, force=True) == 1
    assert centre.members()["C11"].state is MemberState.READY


def test_a_refusal_heard_meanwhile_is_met_at_the_latest_as_it_is_dispatched(centre: Centre) -> None:
    # TASK-16
    centre.listed(3)
    centre.start()
    with centre.database.write() as unit:
        binding.bind(unit, "C2", writer="2043", outcome_id="")
    assert dispatch_campaigns(centre.database, actor="server") == 2
    barred = centre.members()["C2"]
    assert (barred.state, barred.barrier, barred.arm) == (MemberState.BLOCKED, Barrier.OPTED_OUT, Arm.TREATED)


def test_the_quota_holds_and_the_reserve_is_drawn_once_it_is_raised(centre: Centre) -> None:
    # TASK-07
    centre.listed(20, quota=4, control_percent=20.0)
    started = centre.start()
    assert (started.members.treated, started.members.control, started.members.held) == (4, 1, 15)
    drawn = {key: one.arm for key, one in centre.members().items() if one.arm is not Arm.NOT_DRAWN}
    with centre.database.write() as unit:
        changed = terms(audience=Audience(list_id="all"), quota=8)
        drafting.change(unit, changed, by="9001")
    look_again(centre.database, force=True)
    after = centre.members()
    assert sum(one.arm is Arm.TREATED for one in after.values()) in (7, 8)
    assert {key: after[key].arm for key in drawn} == drawn, "whom chance decided on stays"
    segments = centre.engine.next_segments("silent-november").segments
    assert segments[0].ready == sum(one.barrier is Barrier.QUOTA for one in after.values())


def test_a_stopped_campaign_takes_back_what_nobody_opened(anywhere: Centre) -> None:
    # TASK-18
    anywhere.listed(8)
    anywhere.start()
    dispatch_campaigns(anywhere.database, actor="server")
    first = anywhere.tasks()[0]
    index = int(first.customer_id[1:])
    call = dialled("2043", index)
    call = structs.replace(call, dial=structs.replace(call.dial, task_id=first.id))
    send(anywhere.database, anywhere.agent, call)
    assert life.set_state(anywhere.database, "silent-november", CampaignState.STOPPED, by="9001", why="停") == 4
    left = anywhere.tasks()
    assert [one.id for one in left if one.state is not TaskState.CANCELLED] == [first.id], "an opened one finishes"
    told_ = anywhere.told()
    assert (told_.state, told_.members.recalled, told_.done.cancelled) == (CampaignState.STOPPED, 4, 4)
    with anywhere.database.read() as unit:
        assert campaigns.reasons(unit, "silent-november", list(anywhere.members())) == {}, "needed for nothing any more"
    with pytest.raises(InputError, match="cannot become"):
        life.set_state(anywhere.database, "silent-november", CampaignState.RUNNING, by="9001")
    assert dispatch_campaigns(anywhere.database, actor="server") == 0


def test_a_paused_campaign_leaves_desks_alone_and_goes_on_later(centre: Centre) -> None:
    centre.listed(8)
    centre.start()
    dispatch_campaigns(centre.database, actor="server")
    assert life.set_state(centre.database, "silent-november", CampaignState.PAUSED, by="9001") == 0
    assert len([one for one in centre.tasks() if one.assigned_to == "2043"]) == 5
    centre.keep()
    assert len(centre.tasks()) == 5
    life.set_state(centre.database, "silent-november", CampaignState.RUNNING, by="9001")
    life.set_state(centre.database, "silent-november", CampaignState.STOPPED, by="9001")
    assert {one.state for one in centre.tasks()} == {TaskState.CANCELLED}


def test_a_campaign_ends_on_its_day_and_its_tasks_with_it(centre: Centre) -> None:
    # TASK-18
    centre.listed(3, ends_on=TODAY)
    centre.start()
    centre.keep()
    assert {one.state for one in centre.tasks()} == {TaskState.ASSIGNED}
    centre.clock.forward(days=1)
    reap(centre.database)
    centre.keep()
    assert {one.state for one in centre.tasks()} == {TaskState.EXPIRED}
    assert centre.told().state is CampaignState.ENDED


def test_a_daily_one_chooses_anew_from_each_snapshot_and_nobody_twice(centre: Centre) -> None:
    # ID-03, ID-05
    centre.know(4)
    centre.snapshot()
    centre.draft(trigger=Trigger.DAILY, control_percent=0.0)
    centre.start()
    before = centre.members()
    centre.know(3, start=5)
    centre.keep()
    assert centre.members().keys() == before.keys(), "no snapshot has them yet"
    centre.snapshot()
    centre.keep()
    after = centre.members()
    assert after.keys() - before.keys() == {"C5", "C6", "C7"}
    assert {after[one].drawn_at for one in before} == {one.drawn_at for one in before.values()}


def test_a_source_that_failed_holds_the_campaign_and_says_so(centre: Centre) -> None:
    # ID-10
    centre.know(4)
    with centre.database.write() as unit:
        tell(unit, ["billing"], at=unit.now, failed="文件不完整", by="planner")
    centre.snapshot()
    centre.draft(trigger=Trigger.DAILY, control_percent=0.0)
    with pytest.raises(InputError) as refused:
        centre.start()
    assert "文件不完整" in refused.value.message.zh
    assert centre.told().state is CampaignState.DRAFT
    with centre.database.write() as unit:
        tell(unit, ["billing"], at=unit.now, by="planner")
        # As if it had been started on an earlier day.
        campaigns.set_state(unit, "silent-november", CampaignState.RUNNING)
        campaigns.set_standing(unit, "silent-november", Standing(confirmed=True))
    centre.keep()
    why = centre.told().why
    assert why is not None
    assert "文件不完整" in why.zh
    centre.snapshot()
    centre.keep()
    assert (centre.told().why, centre.told().members.treated) == (None, 4)


def test_a_list_is_checked_filtered_and_supplemented(centre: Centre) -> None:
    # ID-06, ID-07
    centre.know(6, indicators=BUSY)
    centre.know(2, start=7, indicators=BUSY, area="西河区")
    rows = (
        ListRow(customer_id="C1", reason="店长推荐：老客户"), ListRow(number="10000000002"), ListRow(customer_id="C1"),
        ListRow(customer_id="nobody"), ListRow(), ListRow(customer_id="C7"),
    )  # fmt: skip
    with centre.database.write() as unit:
        found = lists.put_list(unit, "store-7", PutCampaignList(name="七号店", rows=rows), by="9001")
        lists.put_list(
            unit,
            "more",
            PutCampaignList(name="补充", rows=(ListRow(customer_id="C3"), ListRow(customer_id="C1"))),
            by="9001",
        )
    assert [(one.row, one.flaw) for one in found.flaws] == [
        (3, ListFlaw.DOUBLE), (4, ListFlaw.UNKNOWN), (5, ListFlaw.EMPTY),
    ]  # fmt: skip
    assert found.customers == 3
    audience = Audience(list_id="store-7", more_list_id="more", areas=("东岭区",))
    centre.draft(audience=audience, control_percent=0.0)
    centre.start()
    assert centre.members().keys() == {"C1", "C2", "C3"}, "C7 lives elsewhere"
    dispatch_campaigns(centre.database, actor="server")
    assert {one.customer_id: one.reason.zh for one in centre.tasks()} == {
        "C1": "店长推荐：老客户", "C2": "名单“七号店”", "C3": "名单“七号店”",
    }  # fmt: skip


def test_a_list_that_comes_in_parts_is_there_with_its_last_one_or_not_at_all(centre: Centre) -> None:
    # ID-06
    centre.know(4)

    def put(*ids: str, append: bool = False, part: bool = False) -> ListReport:
        rows = tuple(ListRow(customer_id=one) for one in ids)
        with centre.database.write() as unit:
            return lists.put_list(
                unit, "long", PutCampaignList(name="长", rows=rows, append=append, part=part), by="9001"
            )

    def listed() -> list[tuple[str, int]]:
        with centre.database.read() as unit:
            return [(one.list_id, one.customers) for one in lists_kept.told(unit)]

    put("nobody", part=True)
    put("C1", "C2", append=True, part=True)
    assert listed() == []
    with pytest.raises(InputError, match="long"):
        centre.draft(audience=Audience(list_id="long"))
    assert put(part=True).customers == 0
    put("C1", part=True)
    found = put("C1", "C3", append=True)
    assert ([(one.row, one.flaw) for one in found.flaws], found.customers) == ([(1, ListFlaw.DOUBLE)], 2)
    assert listed() == [("long", 2)]
    with pytest.raises(InputError, match="parts do not replace"):
        put("C4", part=True)
    assert listed() == [("long", 2)]


def test_whoever_wants_no_calls_is_told_by_the_row_that_was_kept(centre: Centre) -> None:
    # ID-06
    centre.know(2)
    rows = (ListRow(customer_id="C1"), ListRow(customer_id="C2"), ListRow(customer_id="C1"))
    with centre.database.write() as unit:
        binding.bind(unit, "C1", writer="2043", outcome_id="")
        found = lists.put_list(unit, "twice", PutCampaignList(name="重复", rows=rows), by="9001")
    assert [(one.row, one.flaw) for one in found.flaws] == [(1, ListFlaw.OPTED_OUT), (3, ListFlaw.DOUBLE)]


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


UNMEANT: list[tuple[dict[str, Any], str]] = [
    ({"ends_on": TODAY - timedelta(days=1), "starts_on": TODAY}, "before it starts"),
    ({"starts_on": date(2020, 1, 1), "ends_on": date(2020, 1, 2)}, "is over"),
    ({"control_percent": 100.0}, "control group"),
    ({"control_percent": float("nan")}, "control group"),
    ({"quota": -1}, "quota"),
    ({"scenario": "nonsense"}, "no scenario"),
    ({"offers": ("nonsense",)}, "no offer"),
    ({"audience": Audience(rules=(ZERO,), areas=("火星区",))}, "火星区"),
    ({"audience": Audience()}, "does not say whom"),
    ({"audience": Audience(list_id="nonsense")}, "no list"),
    ({"audience": Audience(rules=(ZERO,), at_least=0.5)}, "no model"),
    ({"strata": ("colour",)}, "Strata"),
    ({"id": "a b"}, "cannot be used"),
]


def test_what_cannot_be_meant_is_refused_before_anybody_is_chosen(centre: Centre) -> None:
    centre.know(1)
    for changes, words in UNMEANT:
        with pytest.raises(InputError, match=words):
            centre.draft(**changes)
    with centre.database.read() as unit:
        assert campaigns.every(unit) == []


def test_rules_that_match_nobody_or_everybody_stop_before_anybody_is_called(centre: Centre) -> None:
    centre.know(3, indicators=BUSY)
    centre.snapshot()
    centre.draft()
    with pytest.raises(InputError, match="Nobody matches"):
        centre.engine.preview("silent-november")
    centre.know(3)
    centre.snapshot()
    with pytest.raises(InputError, match="Too many match"):
        centre.start(confirmed=False)
    assert centre.members() == {}
    centre.start()
    assert len(centre.members()) == 3
    with centre.database.write() as unit, pytest.raises(InputError, match="no-such-rule"):
        drafting.draft(unit, terms(id="unknown", audience=Audience(rules=("no-such-rule",))), by="9001")


def test_who_belongs_to_one_campaign_is_left_alone_by_the_others(centre: Centre) -> None:
    # EVAL-08: a call by another campaign would blur what the first one changed
    centre.listed(10, control_percent=20.0)
    centre.start()
    centre.draft(id="second", audience=Audience(list_id="all"))
    found = {one.barrier: one.members for one in centre.engine.preview("second").members.barriers}
    assert found == {Barrier.OTHER_CAMPAIGN: 10}, "those held out too"
    with centre.database.read() as unit:
        assert len(drawn_lately(unit, 30)) == 10, "nor do rules that are run by hand"


def test_whom_an_ended_campaign_held_out_is_left_alone_until_its_effect_can_be_told(centre: Centre) -> None:
    # EVAL-01, WINBACK-02: a campaign that follows may call those who were called
    centre.listed(10, control_percent=20.0, ends_on=TODAY)
    centre.start()
    control = {key for key, one in centre.members().items() if one.arm is Arm.CONTROL}
    centre.clock.forward(days=1)
    centre.keep()
    assert centre.told().state is CampaignState.ENDED
    with centre.database.read() as unit:
        assert drawn_lately(unit, 30) == control
    centre.clock.forward(days=30)
    with centre.database.read() as unit:
        assert drawn_lately(unit, 30) == frozenset()


def test_lists_come_of_who_left_and_of_what_came_of_another_campaign(centre: Centre) -> None:
    # WINBACK-01, WINBACK-02, TASK-14
    centre.listed(5, control_percent=20.0)
    centre.start()
    dispatch_campaigns(centre.database, actor="server")
    first = centre.tasks()[0]
    send(centre.database, centre.agent, saved(first, "2043", scenario=ZERO))
    keep_departures(centre.database, {"C1": TODAY, "C2": TODAY - timedelta(days=200)}, as_of=TODAY, by="9001")
    with centre.database.read() as unit:
        assert [one.customer_id for one in departed(unit, within_days=90)] == ["C1"]
        found = {whom: {one.customer_id for one in members_of(unit, "silent-november", whom)} for whom in Whom}
    control = {key for key, one in centre.members().items() if one.arm is Arm.CONTROL}
    assert found[Whom.CONTROL] == control
    assert found[Whom.REACHED] == {first.customer_id}
    assert found[Whom.UNREACHED] == found[Whom.ALL] - control - {first.customer_id}


def test_that_a_list_runs_dry_is_told_with_how_sure_it_is(centre: Centre) -> None:
    # TASK-07
    centre.listed(6, target_agreed=50)
    centre.start()
    dry = centre.told().runs_dry
    assert dry is not None
    assert (dry.dry, dry.left, dry.expected_high) == (True, 6, 6), "six customers cannot agree fifty times"
