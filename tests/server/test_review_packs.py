"""Packs hold what came of a team's calls, as it stands now, and go to those alone who lead the team or plan."""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from review_kit import all_details, frame_of, lead, listed, planner
from server_kit import NOON, StillClock, add_agent, agent, callback, document, given, saved, send, stored, verdicts

from core.domain import decoding
from core.domain.call import CallRecord, Direction
from core.domain.offered import OfferMade, Reply
from core.domain.outcome import Contact, PathStep
from core.domain.people import Right
from core.domain.reviewed import CallDetail
from core.domain.task import Tier
from core.domain.text import Text
from core.review.frame import LEFT, NEVER, NOT_DUE, ON_NET, UNKNOWN, Stage, number_of
from core.server.access.caller import Caller
from core.server.db import authority, packs
from core.server.db.engine import Database
from core.server.loading import load
from core.server.review.departures import keep_departures
from core.server.review.handing_out import piece
from core.wire.push import Saved
from core.wire.review import CALLS, Pack, PackPart


def _called(at: datetime = NOON, *, talk_s: int = 90, number: str = "10000000001") -> CallRecord:
    return CallRecord(
        direction=Direction.OUTBOUND, number=number, dialled_at=at, answered_at=at, talk_time_s=talk_s, wrap_up_s=12
    )


def _calls_of(pack: Pack) -> PackPart:
    return next(part for part in pack.parts if part.name == CALLS)


def _record(database: Database, caller: Caller, index: int, **changes: Any) -> str:
    """A call of a task on that desk; the id of its outcome."""
    task = given(database, index, to=caller.staff_number)
    item = saved(task, caller.staff_number, **({"call": _called()} | changes))
    assert verdicts(send(database, caller, item)) == ["accepted"]
    return str(item.id)


def test_a_call_stands_in_the_pack_of_its_team_and_day(database: Database) -> None:
    # EVAL-07
    load(database, [(document(1, tier=Tier.GOLD), None)])
    one = add_agent(database, agent("2043"))
    chief = lead(database)
    offer = OfferMade(offer="free-data", version=1, kind="data", name=Text("流量", "Data"), reply=Reply.REFUSED)
    _record(database, one, 1, success=True, reason="price", offers=(offer,))
    frame = frame_of(database, chief)
    calls = frame.calls
    assert [pack.period for pack in frame.packs] == ["2026-11-23"]
    assert len(calls) == 1
    words = {name: calls.word(name, 0) for name in ("agent", "team", "scenario", "contact", "reason", "area", "tier")}
    assert words == {
        "agent": "2043", "team": "A", "scenario": "4g-upgrade", "contact": "owner", "reason": "price",
        "area": "东岭区", "tier": "gold",
    }  # fmt: skip
    assert calls["day"][0] == number_of(date(2026, 11, 23))
    assert (calls["hour"][0], calls["weekday"][0]) == (12, 0)
    assert [calls[name][0] for name in ("dialled", "connected", "owner", "effective", "success")] == [True] * 5
    assert (calls["talk_s"][0], calls["wrap_s"][0], calls["offers_refused"][0]) == (90, 12, 1)
    assert frame.offers.word("offer", 0) == "free-data"
    assert calls["stages"][0] == Stage.DIALLED | Stage.OWNER | Stage.EFFECTIVE | Stage.SUCCESS
    assert frame.agent_name("2043") == "员工2043"
    assert frame.team_name("A") == "A 班"


def test_a_correction_takes_the_place_of_what_it_corrects_on_the_day_of_the_call(
    database: Database, clock: StillClock
) -> None:
    one, chief = add_agent(database, agent("2043")), lead(database)
    first = _record(database, one, 1, success=True, note="答应续约")
    before = listed(database, chief).packs[0]
    clock.forward(days=3)
    again = saved(None, "2043", customer_id="C1", call=_called(), corrects=first, result="refused", recorded_at=clock())
    outcome = msgspec.structs.replace(again.outcome, task_id="T1", corrects=decoding.convert(first, type(again.id)))
    answers = send(database, one, msgspec.structs.replace(again, outcome=outcome))
    assert verdicts(answers) == ["accepted"]
    frame = frame_of(database, chief)
    assert len(frame.calls) == 1
    assert frame.calls["day"][0] == number_of(date(2026, 11, 23))
    assert not frame.calls["success"][0]
    assert frame.calls["corrected"][0]
    after = next(pack for pack in listed(database, chief).packs if pack.period == before.period)
    assert after.version == before.version + 1
    detail = all_details(database, chief)[0]
    assert isinstance(detail, CallDetail)
    assert [(one.note, one.success) for one in detail.earlier] == [("答应续约", True)]


def test_an_agent_who_changed_teams_counts_where_they_were(database: Database, clock: StillClock) -> None:
    chief, other = lead(database), lead(database, "B", "3002")
    _record(database, add_agent(database, agent("2043")), 1)
    clock.forward(days=1)
    moved = add_agent(database, agent("2043", team="B", team_name="B 班"))
    at = clock()
    _record(database, moved, 2, call=_called(at), recorded_at=at)
    assert [frame_of(database, who).calls["day"].tolist() for who in (chief, other)] == [
        [number_of(date(2026, 11, 23))],
        [number_of(date(2026, 11, 24))],
    ]


@pytest.mark.parametrize("off", [timedelta(hours=9), timedelta(days=-400)])
def test_a_desk_whose_clock_jumped_counts_by_the_servers_time(database: Database, off: timedelta) -> None:
    one, chief = add_agent(database, agent("2043")), lead(database)
    stated = NOON + off
    task = given(database, 1, to="2043")
    answers = send(database, one, saved(task, "2043", call=_called(stated), recorded_at=stated))
    assert verdicts(answers) == ["accepted"]
    calls = frame_of(database, chief).calls
    assert calls["clock_wrong"].tolist() == [True]
    assert calls["at"][0] == NOON.timestamp()


def test_a_lead_sees_the_own_team_a_planner_all_and_agents_none(database: Database) -> None:
    one, two = add_agent(database, agent("2043")), add_agent(database, agent("2050", team="B", team_name="B 班"))
    _record(database, one, 1, note="机主说宽带慢")
    _record(database, two, 2)
    chief, office = lead(database), planner(database)
    assert {pack.team for pack in listed(database, chief).packs} == {"A"}
    assert {pack.team for pack in listed(database, office).packs} == {"A", "B"}
    assert Right.REVIEW not in one.rights
    theirs = next(_calls_of(pack) for pack in listed(database, office).packs if pack.team == "B")
    assert piece(database, chief, theirs.digest, offset=0, length=10) is None
    # Who stands in for the other team's lead has its packs as long as that lasts.
    with database.write() as unit:
        authority.put_deputy(unit, "B", chief.staff_number, unit.now + timedelta(days=1))
    assert {pack.team for pack in listed(database, chief).packs} == {"A", "B"}
    assert piece(database, chief, theirs.digest, offset=0, length=10) is not None
    assert "2050" in listed(database, chief).names
    with database.write() as unit:
        authority.drop_deputy(unit, "B", chief.staff_number)
    named, nameless = all_details(database, chief)[0], all_details(database, office)[0]
    assert isinstance(named, CallDetail)
    assert isinstance(nameless, CallDetail)
    assert (named.name, named.note, named.number_masked) == ("吴文静", "机主说宽带慢", "100 **** 0001")
    assert (nameless.name, nameless.note, nameless.number_masked, nameless.customer_id) == ("", "", "", "")


def test_numbers_in_notes_stay_out_of_the_packs(sqlite: Database, clock: StillClock) -> None:
    # A note may hold a number that the customer gave: no lead's machine needs it.
    one, chief = add_agent(sqlite, agent("2043")), lead(sqlite)
    first = _record(sqlite, one, 1, note="改打 10000000417")
    again = saved(None, "2043", customer_id="C1", call=_called(), corrects=first, note="10000000417")
    outcome = msgspec.structs.replace(again.outcome, task_id="T1", corrects=decoding.convert(first, type(again.id)))
    promise = callback(stored(sqlite, "T1"), "2043", NOON, outcome_id=outcome.id, text="10000000417 找他")
    assert verdicts(send(sqlite, one, Saved(outcome=outcome, follow_ups=(promise,)))) == ["accepted"]
    detail = all_details(sqlite, chief)[0]
    assert isinstance(detail, CallDetail)
    assert [detail.note, detail.earlier[0].note, detail.follow_ups[0].text] == [
        "*********17", "改打 *********17", "*********17 找他",
    ]  # fmt: skip


def test_a_part_is_fetched_in_pieces_and_a_replaced_one_is_gone(database: Database) -> None:
    one, chief = add_agent(database, agent("2043")), lead(database)
    _record(database, one, 1, path=(PathStep(step="greeting", answer="yes", at=NOON),))
    old = _calls_of(listed(database, chief).packs[0])
    whole = piece(database, chief, old.digest, offset=0, length=2**20)
    assert whole is not None
    halves = [piece(database, chief, old.digest, offset=at, length=100) for at in range(0, len(whole) + 100, 100)]
    assert b"".join(half for half in halves if half) == whole
    _record(database, one, 2)
    listed(database, chief)
    assert piece(database, chief, old.digest, offset=0, length=10) is None


def test_nothing_new_leaves_a_pack_as_it_is(database: Database, clock: StillClock) -> None:
    _record(database, add_agent(database, agent("2043")), 1)
    chief = lead(database)
    before = listed(database, chief).packs
    clock.forward(days=2)
    after = listed(database, chief).packs
    assert [(pack.version, pack.parts) for pack in after] == [(pack.version, pack.parts) for pack in before]


def test_days_become_months_once_they_are_old(database: Database, clock: StillClock) -> None:
    one, chief = add_agent(database, agent("2043")), lead(database)
    _record(database, one, 1)
    listed(database, chief)
    clock.forward(days=45)
    at = clock()
    _record(database, one, 2, call=_called(at), recorded_at=at)
    frame = frame_of(database, chief)
    assert [pack.period for pack in frame.packs] == ["2026-11", "2027-01-07"]
    assert len(frame.calls) == 2
    with database.read() as unit:
        assert set(packs.made(unit)) == {("A", "2026-11"), ("A", "2027-01-07")}


def test_callbacks_are_held_against_the_nearest_dial(database: Database, clock: StillClock) -> None:
    # glossary: called within ±15 min of the promise ÷ promises due
    one, chief = add_agent(database, agent("2043")), lead(database)
    for index, minutes in ((1, 10), (2, 40), (3, None)):
        clock.now = NOON
        task = given(database, index, to="2043")
        due = NOON + timedelta(hours=2)
        send(database, one, saved(task, "2043", callback(task, "2043", due), result="later", call=_called()))
        if minutes is not None:
            clock.now = at = due + timedelta(minutes=minutes)
            again = msgspec.structs.replace(task, lease_epoch=task.lease_epoch)
            send(database, one, saved(again, "2043", call=_called(at), recorded_at=at))
    clock.now = NOON + timedelta(minutes=30)
    assert not frame_of(database, chief).callbacks["due"].any()
    clock.now = NOON + timedelta(hours=3)
    promised = frame_of(database, chief).callbacks
    assert sorted(promised["off_s"].tolist()) == [600, 2400, NEVER]
    assert promised["due"].all()


def test_the_funnel_knows_what_each_call_was_the_first_to_reach(database: Database, clock: StillClock) -> None:
    one, chief = add_agent(database, agent("2043")), lead(database)
    task = given(database, 1, to="2043")
    due = NOON + timedelta(hours=1)
    missed = saved(task, "2043", callback(task, "2043", due), call=_called(talk_s=0), contact=Contact.UNANSWERED)
    clock.now = NOON
    send(database, one, missed)
    clock.now = at = NOON + timedelta(hours=1)
    send(database, one, saved(task, "2043", call=_called(at, talk_s=12), recorded_at=at))
    frame = frame_of(database, chief)
    assert frame.calls["stages"].tolist() == [Stage.DIALLED, Stage.OWNER]
    assert frame.dispatched["tasks"].tolist() == [1]
    assert frame.dispatched.word("agent", 0) == "2043"


def test_who_left_the_net_counts_once_so_many_days_are_over(database: Database, clock: StillClock) -> None:
    one, chief = add_agent(database, agent("2043")), lead(database)
    for index in (1, 2):
        _record(database, one, index)
    assert frame_of(database, chief).calls["on_net_7"].tolist() == [UNKNOWN, UNKNOWN]
    clock.forward(days=20)
    left = {"C1": date(2026, 11, 28)}
    assert keep_departures(database, left, as_of=date(2026, 12, 10), by="boss") == 1
    calls = frame_of(database, chief).calls
    assert sorted(calls["on_net_7"].tolist()) == [LEFT, ON_NET]
    assert sorted(calls["on_net_14"].tolist()) == [LEFT, ON_NET]
    assert calls["on_net_30"].tolist() == [NOT_DUE, NOT_DUE]
    assert keep_departures(database, left, as_of=date(2026, 12, 11), by="boss") == 0


def test_outcomes_from_before_are_placed_by_themselves(database: Database) -> None:
    _record(database, add_agent(database, agent("2043")), 1)
    chief = lead(database)
    with database.write() as unit:
        from core.server.db.schema import review_call, review_touch

        unit.conn.execute(review_call.delete())
        unit.conn.execute(review_touch.delete())
    assert len(frame_of(database, chief).calls) == 1
