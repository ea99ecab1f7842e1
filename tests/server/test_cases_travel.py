"""A repair case at the server: opened once, told to those who work on it, minded by the clock, handed over whole."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from case_kit import (
    began,
    cases_of,
    customer,
    event,
    hand_over,
    keys_of,
    opened,
    promised,
    promises_of,
    publish_repairs,
    turn,
)
from errand_kit import an_errand
from server_kit import NOON, StillClock, add_agent, agent, document, given, saved, send, stored, task, verdicts

from core.content.departments import load_departments
from core.content.resources import folder
from core.domain.authority import UsedGrant
from core.domain.case import (
    Allowed,
    CauseFound,
    Checked,
    Contacted,
    ContactMissed,
    Ended,
    Joined,
    Noted,
    Parted,
    Passed,
    Reopened,
    Satisfaction,
)
from core.domain.commitment import Commitment, Rhythm
from core.domain.customer import Care
from core.domain.department import DEPARTMENT, Department, Takes
from core.domain.duty import Shift
from core.domain.errand import ErrandChange, ErrandKind, ErrandState, ErrandVerdict
from core.domain.outcome import Contact
from core.domain.people import Role
from core.domain.promise import Fulfilled, Moved, PromiseState
from core.domain.task import TaskCustomer, TaskState, Tier
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.cases.duty import keep_duty, on_duty, put_shifts
from core.server.cases.minding import mind_cases
from core.server.cli import main
from core.server.db import audit, authority, customers, presence, published, tasks
from core.server.db.engine import Database
from core.server.departments.committing import raise_due
from core.server.departments.moving import move
from core.server.dispatching import dispatch_waiting
from core.server.loading import load
from core.wire.errands import CommitmentMade, ErrandAnswered, ErrandAsked, ErrandChanged
from core.wire.pull import ContentDocument

VIP = Role.VIP_SPECIALIST


@pytest.fixture
def database(sqlite: Database) -> Database:
    """What both databases may see differently is in `test_cases_on_both.py`."""
    return sqlite


@pytest.fixture
def me(database: Database) -> Caller:
    publish_repairs(database)
    return add_agent(database, agent("1027", role=VIP, team="vip", name="苏梅", skills=("4g-upgrade", "vip-care")))


@pytest.fixture
def other(database: Database) -> Caller:
    return add_agent(database, agent("1028", role=VIP, team="vip", name="白予安", skills=("4g-upgrade", "vip-care")))


@pytest.fixture
def lead(database: Database) -> Caller:
    return add_agent(database, agent("3003", role=Role.TEAM_LEAD, team="vip", name="沈怀瑾"))


def test_a_case_is_told_to_its_owner_its_team_and_its_lead_alone(
    database: Database, me: Caller, other: Caller, lead: Caller
) -> None:
    # VIP-08, TASK-12, ROLE-02: a colleague of another team joins.
    afar = add_agent(database, agent("1101", role=Role.PHONE_ACCOUNT_MANAGER, team="river", name="秦素云"))
    add_agent(database, agent("3002", role=Role.TEAM_LEAD, team="river"))
    customer(database)
    case = opened(database, me)
    assert [case in cases_of(database, who) for who in ("1027", "3003", "1028", "1101", "3002")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert verdicts(
        send(database, me, event(me, case, Joined(staff_number="1101", name=""), at=NOON + timedelta(seconds=1)))
    ) == ["accepted"]
    found = cases_of(database, "1101")[case]
    assert [one.name for one in found.team] == ["秦素云"]
    # Whoever works on it has the customer at hand; the lead reads it without.
    assert "C1" in keys_of(database, "1101")
    assert "C1" not in keys_of(database, "3003")
    note = event(afar, case, Noted(words="当地运营商说卡太旧"), at=NOON + timedelta(seconds=2))
    stranger = event(other, case, Noted(words="路过"))
    assert verdicts(send(database, afar, note)) == ["accepted"]
    assert verdicts(send(database, other, stranger)) == ["rejected"]
    assert [one.by_name for one in cases_of(database, "1027")[case].log] == ["苏梅", "苏梅", "秦素云"]


def test_what_the_server_knows_better_than_the_desk_is_the_servers(database: Database, me: Caller) -> None:
    customer(database, tier=Tier.GOLD)
    claimed = opened(database, me, tier=Tier.DIAMOND, first_contact_due=NOON + timedelta(days=30), customer="吴文静")
    case = cases_of(database, "1027")[claimed]
    assert (case.began.tier, case.began.customer) == (Tier.GOLD, "吴**")
    assert case.began.first_contact_due == NOON + timedelta(hours=4)
    for forged in (
        ContactMissed(due=NOON),
        Passed(to="1027", to_name="", summary=Text("", "")),
        Noted(words="客户电话 10000000001"),
        Noted(words="长" * 401),
        Joined(staff_number="7777", name=""),
    ):
        assert verdicts(send(database, me, event(me, claimed, forged))) == ["rejected"]
    unknown = event(me, uuid4(), Noted(words="没有这个案子"))
    assert verdicts(send(database, me, unknown, event(me, claimed, began(me)))) == ["rejected", "rejected"]


def test_what_a_specialist_grants_is_the_specialists_and_within_their_authority(
    database: Database, me: Caller, lead: Caller
) -> None:
    # VIP-07: 300 yuan in one case; a lead's grant comes with the call for which the lead gave it.
    customer(database)
    case = opened(database, me)
    given_away = Allowed(what=Text("送漫游包", "A roaming pack"), fen=25_000, by="3003", by_name="沈怀瑾")
    assert verdicts(send(database, me, event(me, case, given_away))) == ["accepted"]
    found = cases_of(database, "1027")[case]
    assert [(one.fen, one.by, one.by_name) for one in found.allowed] == [(25_000, "1027", "苏梅")]
    again = msgspec.structs.replace(given_away, fen=6_000)
    nothing = msgspec.structs.replace(given_away, fen=-1)
    assert verdicts(send(database, me, event(me, case, again), event(me, case, nothing))) == ["rejected", "rejected"]
    assert verdicts(send(database, lead, event(lead, case, again))) == ["accepted"]
    assert sorted(one.by for one in cases_of(database, "1027")[case].allowed) == ["1027", "3003"]


def test_no_time_from_a_desk_lies_ahead_of_when_it_came_and_a_late_word_says_so(
    database: Database, clock: StillClock, me: Caller, lead: Caller
) -> None:
    # VIP-08: a desk that claims to live a day ahead gains no day for the first word.
    customer(database)
    case = opened(database, me, at=NOON + timedelta(hours=23))
    ahead = [event(me, case, Noted(words=words), at=NOON + timedelta(hours=23)) for words in ("先查卡", "再查漫游")]
    assert verdicts(send(database, me, *ahead)) == ["accepted", "accepted"]
    found = cases_of(database, "1027")[case]
    assert found.began.first_contact_due == NOON + timedelta(hours=2)
    assert found.last_at - NOON < timedelta(seconds=1)
    assert [getattr(one.what, "words", "") for one in found.log] == ["", "先查卡", "再查漫游"]
    promise = promised(database, me, case=case)
    clock.forward(minutes=90)
    mind_cases(database)
    done = turn(me, promise, Fulfilled(words="已回复"), at=NOON + timedelta(minutes=30))
    assert verdicts(send(database, me, done)) == ["accepted"]
    kept = promises_of(database, "3003")[promise]
    assert (kept.state, kept.told_at) == (PromiseState.KEPT, clock.now)


def test_who_helps_leaves_for_themselves_alone(database: Database, me: Caller, other: Caller) -> None:
    # TASK-12
    add_agent(database, agent("1029", role=VIP, team="vip"))
    customer(database)
    case = opened(database, me)
    both = [event(me, case, Joined(staff_number=one, name="")) for one in ("1028", "1029")]
    assert verdicts(send(database, me, *both)) == ["accepted", "accepted"]
    later = NOON + timedelta(minutes=1)
    theirs = event(other, case, Parted(staff_number="1029"), at=later)
    assert verdicts(send(database, other, theirs)) == ["rejected"]
    assert verdicts(send(database, other, event(other, case, Parted(staff_number="1028"), at=later))) == ["accepted"]
    assert case not in cases_of(database, "1028")
    assert "C1" not in keys_of(database, "1028")
    assert verdicts(send(database, me, event(me, case, Parted(staff_number="1029"), at=later))) == ["accepted"]
    assert cases_of(database, "1027")[case].team == ()


def test_the_same_event_once_more_is_a_duplicate(database: Database, me: Caller) -> None:
    customer(database)
    case = opened(database, me)
    note = event(me, case, Noted(words="客户明早回国"))
    assert verdicts(send(database, me, note)) == ["accepted"]
    assert verdicts(send(database, me, note)) == ["duplicate"]
    assert len(cases_of(database, "1027")[case].log) == 2


def test_a_first_contact_that_is_overdue_reaches_the_lead_once(
    database: Database, clock: StillClock, me: Caller, lead: Caller
) -> None:
    # VIP-08
    customer(database)
    case = opened(database, me)
    clock.forward(minutes=119)
    assert mind_cases(database) == (0, 0)
    clock.forward(minutes=2)
    assert mind_cases(database) == (1, 0)
    assert mind_cases(database) == (0, 0)
    assert cases_of(database, "3003")[case].contact_missed


def test_a_call_is_the_first_contact_and_its_grants_are_on_the_case(
    database: Database, clock: StillClock, me: Caller
) -> None:
    # VIP-07: what a lead granted stands with whose authority it was.
    held = given(database, to="1027")
    case = opened(database, me)
    clock.forward(minutes=20)
    unanswered = saved(held, "1027", contact=Contact.UNANSWERED, recorded_at=clock.now)
    assert verdicts(send(database, me, unanswered)) == ["accepted"]
    assert cases_of(database, "1027")[case].awaits_contact
    grant = UsedGrant(request=uuid4(), fen=5000, by="3003", by_name="沈怀瑾")
    spoke = saved(None, "1027", customer_id="C1", recorded_at=clock.now, grants=(grant,))
    assert verdicts(send(database, me, spoke)) == ["accepted"]
    found = cases_of(database, "1027")[case]
    assert found.contacted_at is not None
    assert [(one.fen, one.by_name) for one in found.allowed] == [(5000, "沈怀瑾")]
    # A call from before the case is none of its.
    earlier = opened(database, me, at=clock.now)
    old = saved(None, "1027", customer_id="C1", recorded_at=NOON - timedelta(hours=3))
    assert verdicts(send(database, me, old)) == ["accepted"]
    assert cases_of(database, "1027")[earlier].awaits_contact


def test_a_promise_is_broken_by_the_servers_clock_and_kept_by_what_the_desk_did_in_time(
    database: Database, clock: StillClock, me: Caller, lead: Caller
) -> None:
    customer(database)
    case = opened(database, me)
    late, offline, moved = (promised(database, me, case=case) for _ in range(3))
    later = turn(me, moved, Moved(due_at=NOON + timedelta(hours=5), why="客户说晚点"))
    assert verdicts(send(database, me, later)) == ["accepted"]
    clock.forward(minutes=61)
    mind_cases(database)
    assert {promises_of(database, "3003")[one].state for one in (late, offline)} == {PromiseState.BROKEN}
    assert promises_of(database, "1027")[moved].is_open
    done = turn(me, offline, Fulfilled(words="已回复"), at=NOON + timedelta(minutes=30))
    assert verdicts(send(database, me, done)) == ["accepted"]
    assert promises_of(database, "1027")[offline].state is PromiseState.KEPT
    assert promises_of(database, "1027")[late].is_owed
    # Only before its time, and only to a time ahead.
    back = turn(me, moved, Moved(due_at=NOON - timedelta(hours=1)))
    assert verdicts(send(database, me, back)) == ["rejected"]


def test_a_promise_without_a_case_keeps_the_customer_on_the_desk(database: Database, me: Caller, other: Caller) -> None:
    # A customer who calls back is found by number.
    customer(database)
    promise = promised(database, me)
    assert "C1" in keys_of(database, "1027")
    assert verdicts(send(database, other, turn(other, promise, Fulfilled()))) == ["rejected"]
    assert verdicts(send(database, me, turn(me, promise, Fulfilled(words="已到账")))) == ["accepted"]
    assert "C1" not in keys_of(database, "1027")


def test_a_grudging_acceptance_becomes_a_warning_and_a_call(database: Database, me: Caller) -> None:
    # FOLLOW-03
    customer(database)
    case = opened(database, me)
    ended = event(me, case, Ended(satisfaction=Satisfaction.GRUDGING, words="先这样吧"), at=NOON + timedelta(hours=1))
    assert verdicts(send(database, me, ended)) == ["accepted"]
    with database.read() as unit:
        (again,) = tasks.open_of(unit, "C1")
        care = customers.section(unit, "C1", "care", Care)
    assert (again.assigned_to, again.scenario, again.state) == ("1027", "complaint-revisit", TaskState.FOLLOW_UP)
    assert again.callback_at == NOON + timedelta(days=7)
    assert care is not None
    assert [one.code for one in care.warnings] == ["grudging_acceptance"]
    # VIEW-17: whoever opens the customer sees the case and how it ended.
    assert [(one.title.zh, one.state.zh if one.state else "") for one in care.cases] == [
        ("漫游无服务", "已结：勉强接受")
    ]
    assert verdicts(send(database, me, event(me, case, Reopened(words="又断了"), at=NOON + timedelta(hours=2)))) == [
        "accepted"
    ]
    assert cases_of(database, "1027")[case].is_open


def test_a_repair_that_satisfied_is_asked_about_after_the_trip(
    database: Database, clock: StillClock, me: Caller
) -> None:
    # FOLLOW-06, FOLLOW-08: the case is closed in the call whose outcome then closes the customer's task.
    held = given(database, to="1027")
    case = opened(database, me)
    steps = [
        event(me, case, Contacted()),
        event(me, case, Checked(step="swap_test", name=Text("换机测试", "Swap test"), finding="换机后正常")),
        event(me, case, CauseFound(words="手机不支持当地频段")),
        event(me, case, Ended(satisfaction=Satisfaction.SATISFIED), at=NOON + timedelta(hours=1)),
    ]
    assert set(verdicts(send(database, me, *steps))) == {"accepted"}
    mind_cases(database)
    assert _open(database) == [held.id], "there is one at a time"
    call = saved(stored(database, held.id), "1027", recorded_at=clock.now)
    assert verdicts(send(database, me, call)) == ["accepted"]
    assert stored(database, held.id).state is TaskState.DONE
    mind_cases(database)
    (again,) = _open(database)
    found = stored(database, again)
    assert "回国后回访" in found.reason.zh
    assert (found.assigned_to, found.state) == ("1027", TaskState.FOLLOW_UP)
    assert found.callback_at is not None
    assert found.callback_at > NOON + timedelta(days=1)
    mind_cases(database)
    assert _open(database) == [again]


def test_a_case_that_goes_on_is_not_asked_about_before_it_ends_again(
    database: Database, clock: StillClock, me: Caller
) -> None:
    # FOLLOW-03
    held = given(database, to="1027")
    case = opened(database, me)
    ended = event(me, case, Ended(satisfaction=Satisfaction.GRUDGING), at=NOON + timedelta(hours=1))
    again = event(me, case, Reopened(words="又断了"), at=NOON + timedelta(hours=2))
    assert set(verdicts(send(database, me, ended, again))) == {"accepted"}
    assert verdicts(send(database, me, saved(held, "1027", recorded_at=clock.now))) == ["accepted"]
    mind_cases(database)
    assert _open(database) == []


def _open(database: Database) -> list[str]:
    with database.read() as unit:
        return [one.id for one in tasks.open_of(unit, "C1")]


def test_a_handover_moves_cases_promises_and_tasks_with_a_summary(
    database: Database, me: Caller, other: Caller, lead: Caller
) -> None:
    # VIP-06, VIP-11
    held = given(database, to="1027")
    case = opened(database, me)
    check = Checked(step="swap_test", name=Text("换机测试", "Swap test"), finding="换机后仍无服务")
    assert verdicts(send(database, me, event(me, case, check))) == ["accepted"]
    promise = promised(database, me, case=case)
    assert verdicts(send(database, other, hand_over(other, "1027", "1028"))) == ["rejected"]
    assert verdicts(send(database, lead, hand_over(lead, "1027", "9999"))) == ["rejected"]
    given_up = hand_over(lead, "1027", "1028", "客户只在晚上方便")
    assert verdicts(send(database, lead, given_up)) == ["accepted"]
    found = cases_of(database, "1028")[case]
    assert found.owner.name == "白予安"
    passed = next(one.what for one in found.log if isinstance(one.what, Passed))
    assert "换机测试：换机后仍无服务" in passed.summary.zh
    assert "回复换卡结果" in passed.summary.zh
    assert passed.summary.zh.endswith("客户只在晚上方便")
    assert promises_of(database, "1028")[promise].owner.staff_number == "1028"
    assert stored(database, held.id).assigned_to == "1028"
    assert case not in cases_of(database, "1027")
    assert "C1" in keys_of(database, "1028")
    assert "C1" not in keys_of(database, "1027")
    with database.read() as unit:
        assert audit.verify(unit) == []


def test_a_handover_moves_what_was_promised_for_good_and_what_departments_were_asked(
    database: Database, clock: StillClock, me: Caller, other: Caller, lead: Caller
) -> None:
    # VIP-11, FOLLOW-04, FOLLOW-10: of a customer without a case, and nothing comes back to the empty desk.
    held = given(database, to="1027")
    with database.write() as unit:
        pieces = [(DEPARTMENT, one.id, msgspec.json.encode(one)) for one in load_departments(folder())]
        published.put(
            unit, [ContentDocument(kind=k, name=n, version=1, body=msgspec.Raw(body)) for k, n, body in pieces]
        )
    promise = Commitment(
        id=uuid4(), customer_id="C1", agent="1027", scenario="vip-care", text="读账单", rhythm=Rhythm.MONTHLY,
        first_on=NOON.date() + timedelta(days=1), minute=600, at=NOON,
    )  # fmt: skip
    order = an_errand(held, "1027")
    visit = an_errand(held, "1027", kind=ErrandKind.HOME_VISIT, consent=True, due_at=NOON + timedelta(days=2))
    asked = [ErrandAsked(errand=order), ErrandAsked(errand=visit)]
    assert verdicts(send(database, me, CommitmentMade(commitment=promise), *asked)) == ["accepted"] * 3
    keys = {f"commitment/{promise.id}", f"errand/{order.id}", f"errand/{visit.id}"}
    assert keys <= keys_of(database, "1027")
    assert verdicts(send(database, lead, hand_over(lead, "1027", "1028"))) == ["accepted"]
    assert keys <= keys_of(database, "1028")
    assert not keys & keys_of(database, "1027")
    assert stored(database, held.id).assigned_to == "1028"
    assert verdicts(send(database, other, saved(stored(database, held.id), "1028"))) == ["accepted"]
    clock.forward(hours=4)
    assert raise_due(database) == 1
    with database.write() as unit:
        (due,) = tasks.open_of(unit, "C1")
        assert due.assigned_to == "1028"
        move(unit, str(order.id), ErrandState.SUBMITTED, by="test")
        move(unit, str(order.id), ErrandState.REFUSED, by="test", reason=Text("没有端口", "No port"))
        (back,) = tasks.open_of(unit, "C1")
    assert "没有端口" in back.reason.zh
    # Only who has the visit now moves it.
    moved = ErrandChange(
        id=uuid4(), errand=visit.id, agent="1028", at=NOON, due_at=NOON + timedelta(days=3), agreed_with=Contact.OWNER
    )
    theirs = msgspec.structs.replace(moved, id=uuid4(), agent="1027")
    assert verdicts(send(database, me, ErrandChanged(errand_change=theirs))) == ["rejected"]
    assert verdicts(send(database, other, ErrandChanged(errand_change=moved))) == ["accepted"]


def test_who_stands_in_for_a_lead_has_the_teams_cases_promises_and_what_was_passed_on(
    database: Database, clock: StillClock, me: Caller, lead: Caller
) -> None:
    # VIP-08, ROLE-04
    deputy = add_agent(database, agent("3002", role=Role.TEAM_LEAD, team="river"))
    held = given(database, to="1027")
    inside = Department(
        id="lead", version=1, name=Text("班长", "Team lead"), does=Text("定夺", "Decides"), inside=True,
        takes=(Takes(kind=ErrandKind.ESCALATION, hours=4),),
    )  # fmt: skip
    with database.write() as unit:
        body = msgspec.Raw(msgspec.json.encode(inside))
        published.put(unit, [ContentDocument(kind=DEPARTMENT, name="lead", version=1, body=body)])
    case, promise = opened(database, me), promised(database, me)
    passed_on = an_errand(held, "1027", kind=ErrandKind.ESCALATION, department="lead")
    assert verdicts(send(database, me, ErrandAsked(errand=passed_on))) == ["accepted"]
    keep_duty(database)
    keys = {f"case/{case}", f"promise/{promise}", f"errand/{passed_on.id}"}
    done = ErrandVerdict(id=uuid4(), errand=passed_on.id, agent="3002", at=NOON, state=ErrandState.DONE, words="已回电")
    note = Noted(words="代班看过")
    assert not keys & keys_of(database, "3002")
    assert verdicts(send(database, deputy, event(deputy, case, note), ErrandAnswered(errand_verdict=done))) == [
        "rejected", "rejected",
    ]  # fmt: skip
    with database.write() as unit:
        authority.put_deputy(unit, "vip", "3002", clock.now + timedelta(days=3))
    keep_duty(database)
    assert keys <= keys_of(database, "3002")
    clock.forward(hours=25)
    mind_cases(database)
    assert cases_of(database, "3002")[case].contact_missed
    said = event(deputy, case, note, at=clock.now)
    assert verdicts(send(database, deputy, said, ErrandAnswered(errand_verdict=done))) == ["accepted", "accepted"]
    clock.forward(days=4)
    keep_duty(database)
    assert not {f"case/{case}", f"promise/{promise}"} & keys_of(database, "3002")
    assert keys & keys_of(database, "3003") >= {f"case/{case}", f"promise/{promise}"}


def test_a_lead_who_comes_later_is_told_of_what_is_open(database: Database, me: Caller) -> None:
    customer(database)
    case, promise = opened(database, me), promised(database, me)
    keep_duty(database)
    add_agent(database, agent("3004", role=Role.TEAM_LEAD, team="vip"))
    assert cases_of(database, "3004") == {}
    keep_duty(database)
    assert case in cases_of(database, "3004")
    assert promise in promises_of(database, "3004")


def test_a_call_of_a_customer_in_repair_finds_who_repairs(database: Database, me: Caller, other: Caller) -> None:
    # VIP-06: one contact follows through, whoever had the last task.
    load(database, [(document(1, tier=Tier.GOLD), None)])
    opened(database, other)
    with database.write() as unit:
        tasks.insert(unit, [task(1, customer=_vip(Tier.GOLD))])
    dispatch_waiting(database, actor="test")
    assert stored(database, "T1").assigned_to == "1028"


def test_a_diamond_customers_call_finds_who_is_on_duty(
    database: Database, clock: StillClock, me: Caller, other: Caller
) -> None:
    # VIP-11: at noon in UTC it is eight in the evening in China; nobody has the skill that the list asks for.
    everyday = (1, 2, 3, 4, 5, 6, 7)
    day = Shift(staff_number="1027", days=everyday, from_min=9 * 60, until_min=18 * 60)
    night = Shift(staff_number="1028", days=everyday, from_min=18 * 60, until_min=9 * 60)
    with database.write() as unit:
        put_shifts(unit, [day, night], by="test")
        assert on_duty(unit) == "1027"
    load(database, [(document(1, tier=Tier.DIAMOND), task(1, scenario="rare", customer=_vip(Tier.DIAMOND)))])
    assert dispatch_waiting(database, actor="test").assignments == ()
    clock.forward(hours=8)
    assert keep_duty(database) == 1
    assert stored(database, "T1").assigned_to == "1028"
    assert "duty/duty" in keys_of(database, "2043")


def test_a_diamond_customers_callback_does_not_lie_on_an_empty_desk(
    database: Database, clock: StillClock, me: Caller, other: Caller
) -> None:
    # VIP-11: 1027 until six in the evening in China, then 1028.
    everyday = (1, 2, 3, 4, 5, 6, 7)
    day = Shift(staff_number="1027", days=everyday, from_min=9 * 60, until_min=18 * 60)
    night = Shift(staff_number="1028", days=everyday, from_min=18 * 60, until_min=9 * 60)
    with database.write() as unit:
        put_shifts(unit, [day, night], by="test")
    due = {"state": TaskState.FOLLOW_UP, "assigned_to": "1027", "callback_mine": True}
    for index, hours, tier in ((1, 7, Tier.DIAMOND), (2, 9, Tier.DIAMOND), (3, 7, Tier.GOLD)):
        load(database, [(document(index, tier=tier), None)])
        at = NOON + timedelta(hours=hours)
        with database.write() as unit:
            tasks.insert(unit, [task(index, customer=_vip(tier), callback_at=at, lease_epoch=1, **due)])
    assert keep_duty(database) == 0
    clock.forward(hours=7, minutes=30)
    assert keep_duty(database) == 1
    assert [stored(database, f"T{index}").assigned_to for index in (1, 2, 3)] == ["1028", "1027", "1027"]
    assert stored(database, "T1").callback_at == NOON + timedelta(hours=7)
    # Who is marked absent is nobody's duty, and finds nobody's callback.
    with database.write() as unit:
        presence.set_away(unit, "1028", clock.now + timedelta(hours=12))
        assert on_duty(unit) == ""
    clock.forward(hours=2)
    assert keep_duty(database) == 0


def _vip(tier: Tier) -> TaskCustomer:
    return TaskCustomer(name="吴文静", numbers=("10000000001",), tier=tier)


def test_the_roster_is_set_by_command_and_its_gaps_are_told(
    sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # VIP-11
    add_agent(sqlite, agent("1027", role=VIP, team="vip", name="苏梅"))
    place = ["--data", str(tmp_path)]
    assert main(["duty", "list", *place]) == 0
    assert "没有值班安排" in capsys.readouterr().out
    assert main(["duty", "add", "1027", "--days", "1-5", "--from", "09:00", "--until", "21:00", *place]) == 0
    told = capsys.readouterr().out
    assert "苏梅" in told
    assert "星期六 00:00–24:00 没有人值班" in told
    assert main(["duty", "add", "1027", "--days", "1-5", "--from", "09:00", "--until", "21:00", *place]) == 0
    assert capsys.readouterr().out == told, "said twice, it stands once"
    assert main(["duty", "add", "1027", "--from", "9:00", "--until", "21:00", *place]) == 1
    said = capsys.readouterr().err
    assert "--from" in said
    assert "外呼时段" not in said
    assert main(["duty", "add", "1027", "--days", "8", "--from", "09:00", "--until", "21:00", *place]) == 1
    assert main(["duty", "add", "9999", "--from", "09:00", "--until", "21:00", *place]) == 1
    assert main(["duty", "clear", "1027", *place]) == 0
    assert "没有值班安排" in capsys.readouterr().out
