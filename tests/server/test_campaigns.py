"""A campaign from its draft to its end: whom it chooses and holds out, what bars a call, its tasks and how they go."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from campaign_kit import BUSY, SILENT, TODAY, ZERO, Centre, terms
from server_kit import SCENARIO, StillClock, dialled, document, send, task
from sqlalchemy import select

from core.domain.campaign import Arm, Audience, Barrier, CampaignState, Forecast, MemberState, Trigger
from core.domain.campaign_notes import Standing
from core.domain.enabling import Switch
from core.domain.errors import InputError
from core.domain.task import TaskType
from core.server import binding
from core.server.campaigns import drafting, lists
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.campaigns.relooking import look_again
from core.server.db import campaigns
from core.server.db.enabling import switch
from core.server.db.engine import Database
from core.server.db.schema import task as task_table
from core.server.loading import load
from core.server.screening.arrivals import tell
from core.server.screening.running import Desk, run
from core.wire.campaigns import ListRow, PutCampaignList

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path / "data", clock)


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


def test_who_agrees_to_nothing_that_sells_is_told_as_blocked_where_the_campaign_sells(centre: Centre) -> None:
    # TASK-16
    centre.listed(4, scenario="4g-upgrade")
    with centre.database.write() as unit:
        drafting.draft(unit, terms(id="care", audience=Audience(list_id="all"), control_percent=0.0), by="9001")
    centre.know(2, indicators=SILENT | {"marketing_consent": False})
    looked = centre.engine.preview("silent-november")
    assert [(one.barrier, one.members) for one in looked.members.barriers] == [(Barrier.NO_CONSENT, 2)]
    assert (looked.members.treated, looked.members.blocked, looked.called) == (2, 2, 2)
    assert centre.engine.preview("care").members.barriers == (), "about their own line they are called"
    centre.start()
    load(centre.database, [(document(3, indicators=SILENT | {"marketing_consent": False}), None)])
    assert dispatch_campaigns(centre.database, actor="server") == 1
    barred = centre.members()["C3"]
    assert (barred.state, barred.barrier, barred.arm) == (MemberState.BLOCKED, Barrier.NO_CONSENT, Arm.TREATED)


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
    assert sum(one.arm is Arm.TREATED for one in after.values()) == 8
    assert {key: after[key].arm for key in drawn} == drawn, "whom chance decided on stays"
    segments = centre.engine.next_segments("silent-november").segments
    assert segments[0].ready == sum(one.barrier is Barrier.QUOTA for one in after.values())


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


def test_that_a_list_runs_dry_is_told_with_how_sure_it_is(centre: Centre) -> None:
    # TASK-07
    centre.listed(6, target_agreed=50)
    centre.start()
    dry = centre.told().runs_dry
    assert dry is not None
    assert (dry.dry, dry.left, dry.expected_high) == (True, 6, 6), "six customers cannot agree fifty times"
