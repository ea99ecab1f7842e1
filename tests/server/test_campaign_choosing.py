"""Members are chosen while other things go on: nobody is drawn twice, or held out and called at once."""

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from campaign_kit import BUSY, SILENT, TODAY, ZERO, Centre, terms
from msgspec import Raw
from msgspec.structs import replace
from server_kit import NOON, StillClock, document, task

from core.domain.campaign import Arm, Audience, Barrier, CampaignState, MemberState, Trigger
from core.domain.condition import Condition
from core.domain.errors import InputError
from core.domain.offer_content import OFFER
from core.domain.warning_rule import WarningRule
from core.server.campaigns import drafting, life, lists, relooking, starting
from core.server.campaigns.apart import Engine
from core.server.campaigns.keeping import CampaignKeeper
from core.server.campaigns.relooking import look_again
from core.server.database_sink import DatabaseSink
from core.server.db import campaigns, planned_rules, published
from core.server.db.engine import Database
from core.server.db.feed import EVERYONE
from core.server.db.schema import campaign as campaign_table
from core.server.importing import propose, run_import
from core.server.loading import load
from core.server.screening import making
from core.server.screening.arrivals import tell
from core.server.screening.night import Phase, run_night
from core.server.screening.running import Desk, run
from core.server.screening.taking import take
from core.wire.campaigns import ListRow, PutCampaignList
from core.wire.pull import ContentDocument

K = "silent-november"
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path / "data", clock)


@pytest.fixture
def anywhere(database: Database, tmp_path: Path, clock: StillClock) -> Centre:
    """On SQLite and on PostgreSQL."""
    return Centre(database, tmp_path / "data", clock)


def before(patch: pytest.MonkeyPatch, where: Any, name: str, does: Callable[[], object]) -> None:
    """Once, as that is about to be called."""
    found = getattr(where, name)

    def first(*args: Any, **named: Any) -> Any:
        patch.setattr(where, name, found)
        does()
        return found(*args, **named)

    patch.setattr(where, name, first)


def drawn(centre: Centre, campaign_id: str) -> dict[str, Arm]:
    return {key: one.arm for key, one in centre.members(campaign_id).items() if one.arm is not Arm.NOT_DRAWN}


def test_two_campaigns_that_start_at_once_share_nobody(anywhere: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    # EVAL-01: else one would call whom the other holds out
    anywhere.listed(20, control_percent=50.0)
    anywhere.draft(id="second", audience=Audience(list_id="all"), control_percent=50.0, quota=4)
    before(monkeypatch, starting, "take_in", lambda: anywhere.start("second"))
    told = anywhere.start()
    first, second = drawn(anywhere, K), drawn(anywhere, "second")
    assert len(second) == 8
    assert len(first) == 12
    assert not first.keys() & second.keys()
    assert (told.members.held, told.members.barriers[0].barrier) == (8, Barrier.OTHER_CAMPAIGN)


def test_who_got_a_task_while_members_were_chosen_is_not_held_out(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    # EVAL-01
    centre.listed(4, control_percent=50.0)
    before(monkeypatch, starting, "take_in", lambda: load(centre.database, [(document(1), task(1))]))
    centre.start()
    barred = centre.members()["C1"]
    assert (barred.arm, barred.state, barred.barrier) == (Arm.NOT_DRAWN, MemberState.HELD, Barrier.OPEN_TASK)


def test_a_rule_that_runs_while_a_campaign_starts_leaves_its_members_alone(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    # EVAL-01, ID-03
    centre.know(6)
    centre.snapshot()
    centre.draft(control_percent=50.0)
    before(monkeypatch, making, "_with_why", centre.start)
    desk = Desk(centre.database, centre.data)
    made = run(desk, desk.named([ZERO]), scenario="", limit=0, confirmed=True, by="planner")[0]
    assert (made.made, made.held) == (0, 6)


def test_terms_stand_still_while_members_are_chosen(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    # EVAL-01: the arms that were drawn would be of another share than the one that is told
    centre.listed(4, control_percent=50.0)

    def change() -> None:
        changed = terms(audience=Audience(list_id="all"), control_percent=10.0)
        with centre.database.write() as unit, pytest.raises(InputError, match="wait a little"):
            drafting.change(unit, changed, by="9001")

    before(monkeypatch, starting, "take_in", change)
    assert centre.start().control_percent == 50.0


def test_a_campaign_that_is_stopped_while_it_chooses_keeps_nobody(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    # TASK-18: whoever is chosen after the stop would never be called, and count as if they might have been
    centre.know(4)
    centre.snapshot()
    centre.draft(control_percent=0.0, trigger=Trigger.DAILY)
    centre.start()
    centre.know(3, start=5)
    centre.snapshot()
    stop = lambda: life.set_state(centre.database, K, CampaignState.STOPPED, by="9001")  # noqa: E731
    before(monkeypatch, starting, "take_in", stop)
    centre.keep()
    assert centre.members().keys() == {"C1", "C2", "C3", "C4"}
    with centre.database.read() as unit:
        assert campaigns.reasons(unit, K, ["C5", "C6", "C7"]) == {}


def test_a_campaign_that_is_paused_while_it_chooses_chooses_once_it_goes_on(
    anywhere: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    # ID-03, TASK-18: of a list no snapshot ever comes, and what the pause cut short would never be chosen
    anywhere.listed(4, starts_on=TODAY + timedelta(days=1))
    anywhere.start()
    anywhere.clock.forward(days=1)
    before(monkeypatch, starting, "take_in", lambda: pause(anywhere))
    anywhere.keep()
    assert anywhere.members() == {}
    assert anywhere.told().why is None, "a pause is no trouble"
    life.set_state(anywhere.database, K, CampaignState.RUNNING, by="9001")
    anywhere.keep()
    assert drawn(anywhere, K).keys() == {"C1", "C2", "C3", "C4"}


def pause(centre: Centre) -> None:
    life.set_state(centre.database, K, CampaignState.PAUSED, by="9001")


def test_who_rests_is_asked_again_after_a_pause_that_came_as_they_were(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    # VIP-03, TASK-16
    centre.know(2)
    centre.know(1, start=3, indicators={**SILENT, "complaints_open": 1})
    centre.snapshot()
    centre.draft(control_percent=0.0)
    centre.start()
    centre.know(1, start=3, indicators={**SILENT, "complaints_open": 0})
    centre.snapshot()
    before(monkeypatch, starting, "take_in", lambda: pause(centre))
    centre.keep()
    assert centre.members()["C3"].barrier is Barrier.REST
    life.set_state(centre.database, K, CampaignState.RUNNING, by="9001")
    centre.keep()
    assert centre.members()["C3"].arm is Arm.TREATED


def test_terms_that_can_be_met_no_more_keep_that_campaign_alone_waiting(anywhere: Centre) -> None:
    # ID-03, ID-10: its planner reads why; the others are chosen for, and nothing is begun every minute
    gift = ContentDocument(kind=OFFER, name="gift", version=1, body=Raw(b"{}"))
    with anywhere.database.write() as unit:
        published.put(unit, [gift])
    anywhere.know(4)
    anywhere.snapshot()
    anywhere.draft(id="a-gift", offers=("gift",), trigger=Trigger.DAILY)
    anywhere.draft(id="b-none", trigger=Trigger.DAILY)
    for one in ("a-gift", "b-none"):
        anywhere.start(one)
    anywhere.know(3, start=5)
    anywhere.snapshot()
    with anywhere.database.write() as unit:
        published.drop(unit, OFFER, gift.name, audience=EVERYONE)
    for _round in range(2):
        anywhere.keep()
    why = anywhere.told("a-gift").why
    assert why is not None
    assert why.en.startswith("There is no offer “gift”.")
    assert drawn(anywhere, "b-none").keys() == {"C5", "C6", "C7"}
    with anywhere.database.write() as unit:
        published.put(unit, [gift])
    anywhere.clock.forward(days=1)
    anywhere.keep()
    assert anywhere.told("a-gift").why is None, "asked again the next day, without a snapshot"


def test_a_rule_that_asks_for_what_there_is_no_more_is_told_to_the_planner(centre: Centre) -> None:
    # ID-08, ID-10
    centre.know(4)
    centre.snapshot()
    rule = replace(Desk(centre.database, centre.data).rules[ZERO], id="own-silent", version=1)
    use_rule(centre, rule)
    centre.draft(trigger=Trigger.DAILY, audience=Audience(rules=("own-silent",)))
    centre.start()
    use_rule(centre, replace(rule, version=2, when=Condition(field="gone_since", known=True)))
    centre.snapshot()
    centre.keep()
    why = centre.told().why
    assert why is not None
    assert "unknown field `gone_since`" in why.en
    assert centre.told().members.ready + centre.told().members.dispatched > 0, "those chosen before are called"


def test_the_night_says_what_holds_a_campaign(centre: Centre) -> None:
    # ID-05, ID-10: whoever reads of the night would take it for chosen
    centre.know(4)
    centre.snapshot()
    centre.draft(trigger=Trigger.DAILY)
    centre.start()
    with centre.database.write() as unit:
        tell(unit, ["service"], at=unit.now, failed="文件不完整", by="planner")
    told: list[Phase] = []
    night = run_night(
        centre.database, centre.data, lambda: take(centre.database, centre.data, by="job"), by="job", tell=told.append
    )
    assert [one.en for one in night.troubles if one.en.startswith("Care for silent users: ")]
    assert [one.done for one in told if one.name.en == "campaigns"] == [0]


def use_rule(centre: Centre, rule: WarningRule) -> None:
    with centre.database.write() as unit:
        planned_rules.add_version(unit, rule, by="9001", note="-")
        planned_rules.use(unit, rule.id, rule.version, by="9001", note="-")


def test_a_start_that_broke_leaves_nobody_and_may_be_tried_again(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.listed(4)

    def broken(*_: object, **__: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(starting, "_note", broken)
        with pytest.raises(ConnectionError):
            centre.start()
    assert centre.members() == {}
    assert centre.start().members.ready == 4


def test_who_is_looked_at_again_was_not_drawn_elsewhere_meanwhile(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    # EVAL-01, TASK-07
    centre.listed(4, quota=2)
    centre.start()
    held = [key for key, one in centre.members().items() if one.barrier is Barrier.QUOTA]
    with centre.database.write() as unit:
        drafting.change(unit, terms(audience=Audience(list_id="all"), control_percent=0.0), by="9001")
    centre.draft(id="second", audience=Audience(list_id="all"), control_percent=0.0)
    before(monkeypatch, relooking, "take_in", lambda: centre.start("second"))
    assert look_again(centre.database) == 0
    assert drawn(centre, "second").keys() == set(held)
    assert not drawn(centre, K).keys() & set(held)


def test_whose_rest_is_over_is_called_by_a_campaign_at_will(centre: Centre) -> None:
    # ID-03, VIP-03, TASK-16: a complaint is settled after the campaign has chosen
    centre.know(4)
    centre.know(2, start=5, indicators={**SILENT, "complaints_open": 1})
    centre.snapshot()
    centre.draft(control_percent=0.0)
    centre.start()
    resting = {key for key, one in centre.members().items() if one.barrier is Barrier.REST}
    assert resting == {"C5", "C6"}
    centre.know(1, start=5, indicators={**SILENT, "complaints_open": 0})
    centre.know(1, start=7)
    centre.keep()
    assert centre.members()["C5"].barrier is Barrier.REST, "no snapshot tells it yet"
    centre.snapshot()
    centre.keep()
    after = centre.members()
    assert (after["C5"].arm, after["C5"].state) == (Arm.TREATED, MemberState.DISPATCHED)
    assert after["C6"].barrier is Barrier.REST
    assert "C7" not in after, "one at will chooses once"
    assert next(one for one in centre.tasks() if one.customer_id == "C5").in_use, "with the reason"


def test_where_nobody_knows_who_rests_a_list_is_told_so(centre: Centre) -> None:
    # TASK-16, ID-10: without a snapshot, and with a source that failed
    def said() -> list[str]:
        return [one.en for one in centre.engine.preview(K).cautions if "rest" in one.en]

    centre.listed(4)
    (without,) = said()
    assert without.startswith("There is no snapshot, so nobody knows who is at a moment of rest")
    with centre.database.write() as unit:
        tell(unit, ["service"], at=unit.now, failed="文件不完整", by="planner")
    centre.snapshot()
    (failed,) = said()
    assert "Rules of rest were not asked, since a source of theirs failed or is late" in failed
    with centre.database.write() as unit:
        tell(unit, ["service"], at=unit.now, by="planner")
    centre.snapshot()
    assert said() == []


def test_whom_a_campaign_has_drawn_gets_no_task_of_a_list(centre: Centre, tmp_path: Path) -> None:
    # ID-06, EVAL-01: else a list that is imported would call whom the campaign holds out
    path = tmp_path / "base.csv"
    path.write_text("手机号码,客户姓名,套餐费\n10000000001,吴文静,59\n10000000002,何静,79\n", "utf-8")

    def imported(*, tasks: bool) -> int:
        sink = DatabaseSink(centre.database, source="base", file=path, scenario=ZERO, by="9001", tasks=tasks)
        sink.finish(run_import(propose(path), scenario=ZERO, sink=sink, now=NOON))
        return sink.in_campaigns

    assert imported(tasks=False) == 0
    rows = (ListRow(number="10000000001"), ListRow(number="10000000002"))
    with centre.database.write() as unit:
        lists.put_list(unit, "all", PutCampaignList(name="全部", rows=rows), by="9001")
    centre.draft(audience=Audience(list_id="all"), control_percent=50.0)
    centre.start()
    assert imported(tasks=True) == 2
    assert centre.tasks() == []
    life.set_state(centre.database, K, CampaignState.STOPPED, by="9001")
    assert imported(tasks=True) == 0
    assert len(centre.tasks()) == 2


def test_whoever_is_not_named_any_more_is_not_drawn_later(centre: Centre) -> None:
    # ID-11, TASK-07: of the reserve one is active again by the next snapshot
    centre.know(5)
    centre.snapshot()
    centre.draft(trigger=Trigger.DAILY, control_percent=0.0, quota=2)
    centre.start()
    reserve = sorted(key for key, one in centre.members().items() if one.barrier is Barrier.QUOTA)
    active = reserve[0]
    centre.know(1, start=int(active[1:]), indicators=BUSY)
    centre.snapshot()
    centre.keep()
    assert centre.members()[active].barrier is Barrier.GONE
    with centre.database.write() as unit:
        drafting.change(unit, terms(trigger=Trigger.DAILY, control_percent=0.0, quota=5), by="9001")
    look_again(centre.database, force=True)
    assert drawn(centre, K).keys() == {"C1", "C2", "C3", "C4", "C5"} - {active}
    centre.know(1, start=int(active[1:]))
    centre.snapshot()
    centre.keep()
    assert drawn(centre, K).keys() == {"C1", "C2", "C3", "C4", "C5"}, "silent again: chosen again"


def test_what_breaks_in_the_process_apart_says_nothing_of_customers(
    centre: Centre, capfd: pytest.CaptureFixture[str]
) -> None:
    # SECURITY.md: a traceback with the values of its variables would
    centre.listed(2)
    with centre.database.write() as unit:
        broken = b'{"id": "silent-november", "name": "\xe5\x90\xb4\xe6\x96\x87\xe9\x9d\x99 13912345678"}'
        unit.conn.execute(campaign_table.update().values(body=broken))
    with pytest.raises(InputError, match="did not finish"):
        Engine(centre.database, centre.data).preview(K)
    said = capfd.readouterr().err
    assert "campaign's question failed" in said
    assert "吴文静" not in said
    assert "13912345678" not in said


def test_a_reserve_that_may_not_be_drawn_is_not_looked_at(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    # TASK-07: of a base of millions nearly everybody may be in it, and every hour would read them all
    centre.listed(6, quota=2)
    centre.start()
    asked: list[str] = []
    monkeypatch.setattr(relooking, "_barriers", lambda _unit, _campaign, held: asked.extend(held) or {})
    assert look_again(centre.database, force=True) == 0
    assert asked == []
    with centre.database.write() as unit:
        drafting.change(unit, terms(audience=Audience(list_id="all"), control_percent=0.0, quota=5), by="9001")
    assert look_again(centre.database, force=True) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="processes are held by signals of POSIX")
def test_a_choosing_that_stands_still_is_ended_and_holds_up_no_other(centre: Centre) -> None:
    # ID-03
    centre.listed(3, starts_on=TODAY + timedelta(days=1))
    centre.start()
    centre.clock.forward(days=1)
    keeper = CampaignKeeper(Engine(centre.database, centre.data), longest_s=0.0)
    try:
        keeper.keep()
        assert keeper._begun is not None
        child = keeper._begun._child
        assert child.pid is not None
        os.kill(child.pid, signal.SIGSTOP)
        keeper.keep()
        assert child.exitcode == -signal.SIGKILL
        assert keeper._begun is not None
        assert keeper._begun._child.pid != child.pid
    finally:
        keeper.close()
