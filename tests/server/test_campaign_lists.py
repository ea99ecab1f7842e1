"""Lists that campaigns choose from: checked row by row, brought in parts, made of who left and of other campaigns."""

from datetime import timedelta
from pathlib import Path

import pytest
from campaign_kit import BUSY, SCRIPTS, TODAY, ZERO, Centre
from msgspec import structs
from server_kit import SCENARIO, StillClock, saved, send

from core.domain.campaign import Arm, Audience, Barrier
from core.domain.errors import InputError
from core.server import binding
from core.server.calling_rules import consent_withheld_by
from core.server.campaigns import life, lists, lists_kept
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.campaigns.list_sources import Whom, departed, members_of
from core.server.db import published, refusals
from core.server.db.engine import Database
from core.server.review.departures import keep_departures
from core.wire.campaigns import ListFlaw, ListReport, ListRow, PutCampaignList


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path / "data", clock)


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


def test_what_a_list_says_of_who_wants_no_calls_binds_as_an_import_s_does(centre: Centre) -> None:
    # ID-06, ID-07, TASK-16, OUTCOME-11
    centre.know(4)
    rows = (
        ListRow(customer_id="C1"), ListRow(customer_id="C2", wants_no_calls=True),
        ListRow(number="10000000003", wants_no_calls=True), ListRow(number="10000000009", wants_no_calls=True),
    )  # fmt: skip
    with centre.database.write() as unit:
        found = lists.put_list(unit, "said", PutCampaignList(name="有人拒接", rows=rows), by="9001")
    assert [(one.row, one.flaw) for one in found.flaws] == [
        (2, ListFlaw.OPTED_OUT), (3, ListFlaw.OPTED_OUT), (4, ListFlaw.UNKNOWN),
    ]  # fmt: skip
    with centre.database.read() as unit:
        assert consent_withheld_by(unit, ["C1", "C2"]) == set()
    rows = (ListRow(customer_id="C4", wants_no_calls=True), ListRow(customer_id="C1", withholds_consent=True))
    lists.put_whole(centre.database, "said", rows, name="又有人", append=True, by="9001")
    with centre.database.read() as unit:
        assert consent_withheld_by(unit, ["C1", "C2"]) == {"C1"}
    centre.know(1, start=9)
    with centre.database.read() as unit:
        assert refusals.met(unit, refusals.numbers_of(unit, ["C1", "C2", "C3", "C4", "C9"])).keys() == {
            "C2", "C3", "C4", "C9",
        }, "whoever comes later is bound by the number"  # fmt: skip
    centre.draft(audience=Audience(list_id="said"), control_percent=0.0)
    assert centre.start().members.ready == 1
    assert {one for one, member in centre.members().items() if member.barrier is Barrier.OPTED_OUT} == {
        "C2", "C3", "C4",
    }  # fmt: skip


def test_who_has_left_is_called_by_a_win_back_alone(centre: Centre) -> None:
    # ID-06, ID-11, WINBACK-01
    centre.listed(6, scenario=SCENARIO)
    keep_departures(centre.database, {"C1": TODAY, "C2": TODAY - timedelta(days=30)}, as_of=TODAY, by="9001")
    rows = tuple(ListRow(customer_id=f"C{at}") for at in (1, 2, 3))
    with centre.database.write() as unit:
        told = lists.put_list(unit, "some", PutCampaignList(name="有人走了", rows=rows), by="9001")
        gone = lists.put_list(unit, "gone", PutCampaignList(name="都走了", rows=rows[:2]), by="9001")
    assert [(one.row, one.flaw) for one in told.flaws] == [(1, ListFlaw.LEFT), (2, ListFlaw.LEFT)]
    assert gone.flaws == ()
    preview = centre.engine.preview("silent-november")
    assert preview.members.ready == 4
    assert any("其中 2 位已离网" in one.zh for one in preview.cautions)
    assert centre.start().members.ready == 4
    assert {one for one, member in centre.members().items() if member.barrier is Barrier.GONE} == {"C1", "C2"}
    keep_departures(centre.database, {"C3": TODAY}, as_of=TODAY, by="9001")
    dispatch_campaigns(centre.database, actor="server")
    assert [one.customer_id for one in centre.tasks()] == ["C4", "C5", "C6"], "C3 left after the draw"
    with centre.database.write() as unit:
        published.put(unit, [structs.replace(SCRIPTS[0], name="win-back")])
    centre.draft(id="back", audience=Audience(list_id="gone"), scenario="win-back", control_percent=0.0)
    assert not any("已离网" in one.zh for one in centre.engine.preview("back").cautions)
    centre.start("back")
    assert {member.barrier for member in centre.members("back").values()} <= {None, Barrier.NO_AGENT}


def test_lists_come_of_who_left_and_of_what_came_of_another_campaign(centre: Centre) -> None:
    # WINBACK-01, WINBACK-02, TASK-14
    centre.listed(5, control_percent=20.0)
    centre.start()
    dispatch_campaigns(centre.database, actor="server")
    first = centre.tasks()[0]
    send(centre.database, centre.agent, saved(first, "2043", scenario=ZERO))
    keep_departures(centre.database, {"C1": TODAY, "C2": TODAY - timedelta(days=200)}, as_of=TODAY, by="9001")
    with centre.database.read() as unit, pytest.raises(InputError, match="whom it holds out would hide its effect"):
        members_of(unit, "silent-november", Whom.CONTROL)
    centre.clock.forward(days=10)
    assert life.end_past(centre.database) == 1
    with centre.database.read() as unit:
        assert [one.customer_id for one in departed(unit, within_days=90)] == ["C1"]
        found = {whom: {one.customer_id for one in members_of(unit, "silent-november", whom)} for whom in Whom}
    control = {key for key, one in centre.members().items() if one.arm is Arm.CONTROL}
    assert found[Whom.CONTROL] == control
    assert found[Whom.REACHED] == {first.customer_id}
    assert found[Whom.UNREACHED] == found[Whom.ALL] - control - {first.customer_id}
