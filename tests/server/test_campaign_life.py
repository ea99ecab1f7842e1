"""A campaign that is paused, stopped or cut short: what nobody opened is gone, what goes on is as it was."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from campaign_kit import ZERO, Centre, terms
from msgspec import Raw
from msgspec.structs import replace
from running_kit import publish
from server_kit import StillClock, add_agent, agent, saved, send
from sqlalchemy import update

from core.domain.campaign import Audience, Barrier, CampaignState, MemberState
from core.domain.customer import Care
from core.domain.errors import InputError
from core.domain.list_quality import LIST_QUALITY
from core.domain.offer_content import OFFER
from core.domain.outcome import Contact
from core.domain.task import TaskState
from core.server.campaigns import dispatching, drafting, life, lists
from core.server.campaigns.dispatching import Seen, dispatch_campaigns, page_of
from core.server.campaigns.lists_kept import entries, name_of
from core.server.campaigns.sifting import shipped_policy
from core.server.db import campaigns, customers, published, tasks
from core.server.db.engine import Database
from core.server.db.feed import EVERYONE
from core.server.db.schema import campaign_member
from core.server.leases import reap
from core.server.list_quality.holding import confirm, look_at_lists
from core.server.one_run import one_run_at_a_time
from core.wire.campaigns import ListRow, PutCampaignList
from core.wire.pull import ContentDocument

K = "silent-november"
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""
_A_MOMENT_S = 0.5


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path / "data", clock)


@pytest.fixture
def anywhere(database: Database, tmp_path: Path, clock: StillClock) -> Centre:
    """On SQLite and on PostgreSQL."""
    return Centre(database, tmp_path / "data", clock)


def move(centre: Centre, to: CampaignState) -> int:
    return life.set_state(centre.database, K, to, by="9001")


def made(centre: Centre) -> tuple[int, int]:
    """A page of a round: tasks that wait for the giving out which follows."""
    with centre.database.write() as unit:
        one_run_at_a_time(unit)
        return page_of(unit, shipped_policy(), Seen(), "server")


@pytest.mark.parametrize("other", [{"skills": ("other",)}, {"skills": (ZERO,), "areas": ("南浦区",)}])
def test_whom_no_desk_with_room_may_take_is_not_looked_at_in_each_round(
    anywhere: Centre, monkeypatch: pytest.MonkeyPatch, other: dict[str, Any]
) -> None:
    # TASK-06: a base of a province would be gone through twice a minute, since somebody else has room
    add_agent(anywhere.database, agent("2044", daily_target=5, **other))
    anywhere.listed(8)
    anywhere.start()
    assert dispatch_campaigns(anywhere.database, actor="server") == 5
    looked: list[Any] = []
    found = dispatching._bar
    monkeypatch.setattr(dispatching, "_bar", lambda *given: looked.append(given) or found(*given))
    assert dispatch_campaigns(anywhere.database, actor="server") == 0
    assert looked == []
    add_agent(anywhere.database, agent("2045", skills=(ZERO,), daily_target=2))
    assert dispatch_campaigns(anywhere.database, actor="server") == 2


def test_what_is_gone_since_it_began_keeps_no_bound_from_changing(centre: Centre) -> None:
    # EVAL-01: an offer that is sold no more is left off, and the last day can be put off with it or without
    gift = ContentDocument(kind=OFFER, name="gift", version=1, body=Raw(b"{}"))
    with centre.database.write() as unit:
        published.put(unit, [gift, replace(gift, name="card"), replace(gift, name="voucher")])
    centre.listed(4, offers=("gift", "card"), a_day=1)
    centre.start()
    with centre.database.write() as unit:
        published.drop(unit, OFFER, "gift", audience=EVERYONE)
    asked = {"audience": Audience(list_id="all"), "control_percent": 0.0, "a_day": 1}
    later = terms(**asked, offers=("gift", "card")).ends_on + timedelta(days=5)
    for offers in (("gift", "card"), ("card",)):
        with centre.database.write() as unit:
            drafting.change(unit, terms(**asked, offers=offers, ends_on=later), by="9001")
        assert (centre.told().ends_on, centre.told().offers) == (later, offers)
    with centre.database.write() as unit, pytest.raises(InputError, match="offers cannot change any more"):
        drafting.change(unit, terms(**asked, offers=("card", "voucher"), ends_on=later), by="9001")
    centre.keep()
    (made,) = centre.tasks()
    assert [one.value.en for one in made.in_use if one.name == "offers"] == ["card"]


def test_why_somebody_was_chosen_is_told_again_after_a_pause(centre: Centre) -> None:
    # TASK-18, ID-12: the task that is made anew says what the first one said, and the warning stands once
    centre.know(3)
    centre.snapshot()
    centre.draft(control_percent=0.0)
    centre.start()
    made(centre)
    before = {one.customer_id: (one.reason, one.figure, one.in_use) for one in centre.tasks()}
    assert all(in_use for _reason, _figure, in_use in before.values())
    assert move(centre, CampaignState.PAUSED) == 3
    move(centre, CampaignState.RUNNING)
    assert dispatch_campaigns(centre.database, actor="server") == 3
    again = [one for one in centre.tasks() if one.state is not TaskState.CANCELLED]
    assert {one.customer_id: (one.reason, one.figure, one.in_use) for one in again} == before
    with centre.database.read() as unit:
        care = customers.section(unit, "C1", "care", Care)
    assert care is not None
    assert len(care.warnings) == 1


def test_who_was_let_go_for_good_is_not_called_after_a_pause(centre: Centre) -> None:
    # ID-11: the reason of one was gone as the agent opened the task
    centre.listed(3)
    centre.start()
    dispatch_campaigns(centre.database, actor="server")
    with centre.database.write() as unit:
        unit.conn.execute(
            update(campaign_member)
            .where(campaign_member.c.customer_id == "C2")
            .values(state=MemberState.RECALLED.value, barrier=Barrier.GONE.value)
        )
    move(centre, CampaignState.PAUSED)
    move(centre, CampaignState.RUNNING)
    assert centre.members()["C2"].state is MemberState.RECALLED


def test_what_was_taken_back_is_no_part_of_the_day(centre: Centre) -> None:
    # TASK-06: three a day are three who may be called
    centre.listed(6, a_day=3)
    centre.start()
    assert made(centre)[0] == 3
    assert move(centre, CampaignState.PAUSED) == 3
    move(centre, CampaignState.RUNNING)
    assert dispatch_campaigns(centre.database, actor="server") == 3
    assert dispatch_campaigns(centre.database, actor="server") == 0
    states = Counter(one.state for one in centre.members().values())
    assert states == {MemberState.DISPATCHED: 3, MemberState.READY: 3}


def test_a_days_number_is_filled_past_those_for_whom_no_desk_has_room(centre: Centre) -> None:
    # TASK-03, TASK-06: the likeliest live where the only agent is full
    add_agent(centre.database, agent("2043", skills=(ZERO,), daily_target=5, areas=("东岭区",)))
    add_agent(centre.database, agent("2044", skills=(ZERO,), daily_target=0, areas=("西河区",)))
    centre.know(3, area="西河区")
    centre.know(3, start=4)
    rows = tuple(ListRow(customer_id=f"C{at}", score=1 - at / 10) for at in range(1, 7))
    with centre.database.write() as unit:
        lists.put_list(unit, "all", PutCampaignList(name="全部", rows=rows), by="9001")
    centre.draft(audience=Audience(list_id="all"), control_percent=0.0, a_day=2)
    centre.start()
    assert dispatch_campaigns(centre.database, actor="server") == 2
    assert [one.customer_id for one in centre.tasks()] == ["C4", "C5"]


def test_a_stop_that_was_cut_short_is_ended_by_the_next_round(centre: Centre) -> None:
    # TASK-18: the server was killed once the stop was on record
    centre.listed(4)
    centre.start()
    dispatch_campaigns(centre.database, actor="server")
    with centre.database.write() as unit:
        campaigns.set_state(unit, K, CampaignState.STOPPED)
    centre.keep()
    assert {one.state for one in centre.tasks()} == {TaskState.CANCELLED}
    assert {one.state for one in centre.members().values()} == {MemberState.RECALLED}


def test_what_comes_off_a_desk_during_a_pause_goes_to_no_other(centre: Centre) -> None:
    # TASK-18
    centre.listed(3)
    centre.start()
    dispatch_campaigns(centre.database, actor="server")
    assert move(centre, CampaignState.PAUSED) == 0
    add_agent(centre.database, agent("2043", skills=()))
    centre.clock.forward(days=4)
    reap(centre.database)
    assert {one.state for one in centre.tasks()} == {TaskState.WAITING}
    centre.keep()
    assert {one.state for one in centre.tasks()} == {TaskState.CANCELLED}
    move(centre, CampaignState.RUNNING)
    assert {one.state for one in centre.members().values()} == {MemberState.READY}


def test_a_stop_during_a_round_takes_back_what_that_round_makes(anywhere: Centre) -> None:
    # TASK-18: the round has read that the campaign runs
    anywhere.listed(4)
    anywhere.start()
    stop = Thread(target=move, args=(anywhere, CampaignState.STOPPED))
    with anywhere.database.write() as unit:
        one_run_at_a_time(unit)
        stop.start()
        stop.join(_A_MOMENT_S)
        assert page_of(unit, shipped_policy(), Seen(), "server") == (4, 4)
    stop.join()
    assert {one.state for one in anywhere.tasks()} == {TaskState.CANCELLED}


def test_a_customer_whom_somebody_holds_is_waited_for(anywhere: Centre) -> None:
    # TASK-18: a desk pushes something of one of them as the campaign is stopped
    anywhere.listed(4)
    anywhere.start()
    dispatch_campaigns(anywhere.database, actor="server")
    stop = Thread(target=move, args=(anywhere, CampaignState.STOPPED))
    with anywhere.database.write() as unit:
        assert tasks.lock_customer(unit, "C2")
        stop.start()
        stop.join(_A_MOMENT_S)
        assert stop.is_alive()
    stop.join()
    assert {one.state for one in anywhere.tasks()} == {TaskState.CANCELLED}


def test_no_campaign_is_ended_by_hand(centre: Centre) -> None:
    # TASK-18: its tasks would go on without it
    centre.listed(2)
    centre.start()
    with pytest.raises(InputError, match="stop it"):
        move(centre, CampaignState.ENDED)


def test_a_campaign_whose_numbers_are_wrong_makes_no_more_tasks(centre: Centre) -> None:
    # TASK-08: none of its tasks wait, since they are made as there is room
    publish(centre.database, LIST_QUALITY)
    add_agent(centre.database, agent("2043", skills=(ZERO,), daily_target=30))
    centre.listed(60)
    centre.start()
    assert dispatch_campaigns(centre.database, actor="server") == 30
    for one in centre.tasks():
        found = saved(one, "2043", contact=Contact.BAD_NUMBER, success=False, result="wrong_number", scenario=ZERO)
        send(centre.database, centre.agent, found)
    assert not [one for one in centre.tasks() if one.state is TaskState.WAITING]
    assert look_at_lists(centre.database) == {K}
    assert dispatch_campaigns(centre.database, actor="server") == 0
    assert look_at_lists(centre.database) == {K}, "until somebody confirms it"
    confirm(centre.database, K, by="9001")
    assert dispatch_campaigns(centre.database, actor="server") == 30


def test_a_long_list_is_kept_whole_or_not_at_all(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    # ID-06, ID-07: also where its first rows name nobody who is here
    centre.know(3)
    monkeypatch.setattr(lists, "LIST_ROWS_MOST", 2)
    rows = [ListRow(customer_id=one) for one in ("nobody", "none", "C1", "C2", "C3")]
    report = lists.put_whole(centre.database, "long", rows, name="长名单", append=False, by="9001")
    assert (report.customers, [one.row for one in report.flaws]) == (3, [1, 2])
    audited = lists.audit.write

    def dies(*args: Any, **named: Any) -> None:
        audited(*args, **named)
        raise ConnectionError

    monkeypatch.setattr(lists.audit, "write", dies)
    with pytest.raises(ConnectionError):
        lists.put_whole(centre.database, "long", rows[2:], name="短名单", append=False, by="9001")
    with centre.database.read() as unit:
        assert (name_of(unit, "long"), len(entries(unit, "long"))) == ("长名单", 3)
