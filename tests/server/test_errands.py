"""What calls ask of departments: handed over once, followed to its end, back with its agent where it went wrong."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from errand_kit import Days, Office, an_errand, errand_of, follow_up, told
from order_kit import an_order, sell, timeline
from server_kit import NOON, StillClock, add_agent, agent, given, saved, send, stored, verdicts

from core.domain.errand import (
    Errand,
    ErrandChange,
    ErrandKind,
    ErrandState,
    ErrandVerdict,
    PlacedErrand,
    Stage,
    chain,
    errand_words,
)
from core.domain.follow_up import FollowUpKind
from core.domain.offered import OfferMade, Reply
from core.domain.order_state import OrderState, order_id
from core.domain.outcome import Contact
from core.domain.people import Role
from core.domain.task import Task
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import tasks
from core.server.db.engine import Database
from core.server.departments import worker
from core.server.departments.lateness import mark_late
from core.server.departments.moving import locked, withdraw
from core.server.exporting import Export, rows
from core.server.orders.moving import move as move_order
from core.server.publishing import publish_shipped
from core.wire.departments import ErrandAnswer
from core.wire.errands import ErrandAnswered, ErrandAsked, ErrandChanged
from core.wire.push import Saved

ALONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""where the database is of no concern"""
LATE = "工单超时未办（提速到 500M），请向客户说明"


@pytest.fixture
def he(database: Database) -> Caller:
    return add_agent(database, agent())


@pytest.fixture
def task(database: Database, he: Caller) -> Task:
    return given(database, to=he.staff_number)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def days(database: Database, office: Office, clock: StillClock) -> Days:
    return Days(database, office, clock)


def call(database: Database, he: Caller, task: Task, *kinds: FollowUpKind) -> Saved:
    made = saved(task, he.staff_number)
    ways = tuple(
        follow_up(task, he.staff_number, kind, outcome_id=made.outcome.id)
        for kind in kinds or [FollowUpKind.WORK_ORDER]
    )
    made = Saved(outcome=made.outcome, follow_ups=ways)
    assert verdicts(send(database, he, made)) == ["accepted"]
    return made


def exported(database: Database, what: Export = Export.WORK_ORDERS) -> int:
    with database.read() as unit:
        return len(list(rows(unit, what)))


def test_a_work_order_goes_its_way_to_the_first_bill(
    database: Database, he: Caller, task: Task, office: Office, days: Days
) -> None:
    # FOLLOW-05, INTEG-04
    made = call(database, he, task)
    assert exported(database) == 1
    seen = []
    for answer in (
        ErrandAnswer(state=ErrandState.SUBMITTED),
        ErrandAnswer(state=ErrandState.ACCEPTED, reference="BM-1"),
        ErrandAnswer(state=ErrandState.IN_PROGRESS, stage=Stage.CONTACTED),
        ErrandAnswer(state=ErrandState.IN_PROGRESS, stage=Stage.SET_UP),
        ErrandAnswer(state=ErrandState.DONE, stage=Stage.COMPLETED, bill_on=date(2026, 12, 1)),
    ):
        office.says = answer
        days.go_on()
        (one,) = told(database, he)
        seen.append(errand_words(one).zh)
    assert seen == ["已派出，待接单", "已接单", "已联系客户", "施工开通", "竣工，2026-12-01 起出账"]
    assert [stage for stage, reached in chain(one, date(2026, 11, 30)) if reached][-1] is Stage.COMPLETED
    assert all(reached for _, reached in chain(one, date(2026, 12, 1)))
    assert (len(office.handed), one.reference, exported(database)) == (1, "BM-1", 0)
    assert timeline(database, task.customer_id) == ["工单 · branch · 竣工，2026-12-01 起出账"]
    assert errand_of(made, database).state is ErrandState.DONE


@ALONE
def test_one_that_is_refused_comes_back_with_the_reason(
    database: Database, he: Caller, task: Task, office: Office, days: Days
) -> None:
    # TASK-12
    call(database, he, task)
    office.says = ErrandAnswer(state=ErrandState.REFUSED, reason_zh="端口已满", reason_en="no free port")
    days.go_on()
    with database.read() as unit:
        (back,) = tasks.open_of(unit, task.customer_id)
    assert (back.assigned_to, back.reason) == (
        he.staff_number,
        Text("工单被退回（提速到 500M）：端口已满", "Work order refused (提速到 500M): no free port"),
    )


def test_what_is_late_by_the_servers_clock_comes_back_once_and_may_still_be_done(
    database: Database, he: Caller, task: Task, office: Office, days: Days, clock: StillClock
) -> None:
    # TASK-12
    call(database, he, task)
    days.go_on()
    assert mark_late(database) == 0
    clock.forward(hours=49)
    assert (mark_late(database), mark_late(database)) == (1, 0)
    (one,) = told(database, he)
    assert (errand_words(one).zh, one.overdue) == ("超时 · 已派出，待接单", True)
    with database.read() as unit:
        (back,) = tasks.open_of(unit, task.customer_id)
    assert (back.reason.zh, back.assigned_to) == (LATE, he.staff_number)
    office.says = ErrandAnswer(state=ErrandState.DONE)
    days.go_on()
    assert errand_words(told(database, he)[0]).zh == "竣工"


@ALONE
def test_a_department_that_is_away_gets_it_once_it_is_back(
    database: Database, he: Caller, task: Task, office: Office, days: Days
) -> None:
    # INTEG-04
    office.says = None
    made = call(database, he, task)
    for _ in range(3):
        days.go_on()
    assert (errand_of(made, database).state, office.handed) == (ErrandState.WAITING, [])
    office.says = ErrandAnswer(state=ErrandState.ACCEPTED)
    days.go_on()
    assert (errand_of(made, database).state, len(office.handed)) == (ErrandState.ACCEPTED, 1)


@ALONE
def test_a_department_that_forgot_it_is_given_it_anew(
    database: Database, he: Caller, task: Task, office: Office, days: Days
) -> None:
    call(database, he, task)
    days.go_on()
    office.handed.clear()
    days.go_on()
    days.go_on()
    assert len(office.handed) == 1


def test_a_correction_takes_back_what_it_leaves_out_and_asks_nothing_twice(
    database: Database, he: Caller, task: Task, office: Office, days: Days
) -> None:
    made = call(database, he, task, FollowUpKind.WORK_ORDER, FollowUpKind.ESCALATION)
    days.go_on()
    again = saved(task, he.staff_number, corrects=made.outcome.id)
    kept = follow_up(task, he.staff_number, outcome_id=again.outcome.id)
    assert verdicts(send(database, he, Saved(outcome=again.outcome, follow_ups=(kept,)))) == ["accepted"]
    states = {one.errand.kind: one.state for one in told(database, he)}
    assert states == {ErrandKind.WORK_ORDER: ErrandState.SUBMITTED, ErrandKind.ESCALATION: ErrandState.WITHDRAWN}
    days.go_on()
    (taken_back,) = [one for one in office.handed if one.withdrawn]
    assert (taken_back.kind, taken_back.revision, len(office.handed)) == (ErrandKind.ESCALATION, 2, 3)


@ALONE
def test_nothing_is_set_up_before_the_customer_has_confirmed(
    database: Database, he: Caller, task: Task, office: Office, days: Days
) -> None:
    # FOLLOW-05
    offer = OfferMade(
        offer="winter-speed", version=1, kind="service", name=Text("冬季提速", "Winter speed"), reply=Reply.ACCEPTED,
        order=an_order(),
    )  # fmt: skip
    made = saved(task, he.staff_number, offers=(offer,))
    work = follow_up(task, he.staff_number, outcome_id=made.outcome.id, offer="winter-speed")
    assert verdicts(send(database, he, Saved(outcome=made.outcome, follow_ups=(work,)))) == ["accepted"]
    days.go_on()
    assert office.handed == []
    with database.write() as unit:
        move_order(unit, str(order_id(made.outcome.id, "winter-speed")), OrderState.CONFIRMED, by="sms")
    days.go_on()
    assert len(office.handed) == 1
    with database.write() as unit:
        move_order(unit, str(order_id(made.outcome.id, "winter-speed")), OrderState.FAILED, by="crm")
    days.go_on()
    days.go_on()
    assert [one.withdrawn for one in office.handed] == [False, True]


def test_a_visit_needs_consent_and_a_time_and_may_be_moved_by_agreement(
    database: Database, he: Caller, task: Task, office: Office, days: Days
) -> None:
    # FOLLOW-04
    publish_shipped(database)
    visit = an_errand(task, he.staff_number, kind=ErrandKind.HOME_VISIT, due_at=NOON + timedelta(days=1))
    answer = send(database, he, ErrandAsked(errand=visit)).answers[0]
    assert (answer.verdict, answer.code) == ("rejected", "needs_consent")
    agreed = an_errand(task, he.staff_number, kind=ErrandKind.HOME_VISIT, consent=True, due_at=visit.due_at)
    assert verdicts(send(database, he, ErrandAsked(errand=agreed))) == ["accepted"]
    days.go_on()
    later = NOON + timedelta(days=3)
    change = ErrandChange(
        id=uuid4(), errand=agreed.id, agent=he.staff_number, at=NOON, due_at=later, agreed_with=Contact.OWNER
    )
    assert verdicts(send(database, he, ErrandChanged(errand_change=change))) == ["accepted"]
    days.go_on()
    assert [(one.revision, one.due_at) for one in office.handed] == [(1, visit.due_at), (2, later)]
    (one,) = told(database, he)
    assert one.answer_by == later + timedelta(hours=4)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"department": "nobody"}, "unknown_department"),
        ({"kind": ErrandKind.ESCALATION}, "unknown_department"),
        ({"text": "请回拨 10012345678"}, "number_in_errand"),
        ({"text": "  "}, "malformed"),
        ({"customer_id": "JC9999999"}, "unknown_customer"),
        ({"customer_id": ""}, "unknown_customer"),
    ],
)
def test_what_no_department_could_work_on_is_not_taken(sqlite: Database, changes: dict[str, object], code: str) -> None:
    he = add_agent(sqlite, agent())
    task = given(sqlite, to=he.staff_number)
    publish_shipped(sqlite)
    asked: Errand = an_errand(task, he.staff_number, **changes)
    assert send(sqlite, he, ErrandAsked(errand=asked)).answers[0].code == code


@ALONE
def test_a_root_cause_is_fed_back_and_its_answer_comes_home(
    database: Database, he: Caller, task: Task, office: Office, days: Days
) -> None:
    # FOLLOW-09
    publish_shipped(database)
    fed = an_errand(
        task, he.staff_number, kind=ErrandKind.FEEDBACK, department="network", customer_id="", scenario="",
        text="割接后东岭区漫游短信丢失",
    )  # fmt: skip
    assert verdicts(send(database, he, ErrandAsked(errand=fed))) == ["accepted"]
    office.says = ErrandAnswer(state=ErrandState.DONE, reason_zh="参数已改", reason_en="setting changed")
    days.go_on()
    (one,) = told(database, he)
    assert errand_words(one) == Text("已办结：参数已改", "Done: setting changed")


@ALONE
def test_what_is_passed_to_the_lead_stays_inside_and_the_lead_answers_it(
    database: Database, he: Caller, task: Task, office: Office, days: Days
) -> None:
    # TASK-12
    publish_shipped(database)
    lead = add_agent(database, agent("3003", role=Role.TEAM_LEAD))
    made = saved(task, he.staff_number, result="order_agreed")
    passed = follow_up(
        task, he.staff_number, FollowUpKind.ESCALATION, outcome_id=made.outcome.id, department="team_lead"
    )
    send(database, he, Saved(outcome=made.outcome, follow_ups=(passed,)))
    days.go_on()
    assert (office.handed, [one.errand.id for one in told(database, lead)]) == ([], [passed.id])
    says = ErrandVerdict(id=uuid4(), errand=passed.id, agent="3003", at=NOON, state=ErrandState.DONE, words="已回电")
    other = add_agent(database, agent("3004", role=Role.TEAM_LEAD, team="south"))
    theirs = ErrandVerdict(id=uuid4(), errand=passed.id, agent="3004", at=NOON, state=ErrandState.DONE)
    assert verdicts(send(database, other, ErrandAnswered(errand_verdict=theirs))) == ["rejected"]
    assert verdicts(send(database, lead, ErrandAnswered(errand_verdict=says))) == ["accepted"]
    assert errand_words(told(database, he)[0]).zh == "已办结：已回电"


@ALONE
def test_another_agent_neither_sees_nor_changes_it(
    database: Database, he: Caller, task: Task, office: Office, days: Days
) -> None:
    made = call(database, he, task)
    she = add_agent(database, agent("2044"))
    change = ErrandChange(id=uuid4(), errand=made.follow_ups[0].id, agent="2044", at=NOON, withdrawn=True)
    assert send(database, she, ErrandChanged(errand_change=change)).answers[0].code == "unknown_errand"
    assert told(database, she) == []


@ALONE
def test_a_sale_and_its_task_are_as_before(database: Database, he: Caller, task: Task) -> None:
    sell(database, he, task)
    assert stored(database, task.id).assigned_to == he.staff_number
    assert told(database, he) == []


@pytest.mark.postgres
def test_an_answer_and_a_withdrawal_at_once_end_in_one_of_them(
    opener: Callable[[str], Database], postgres_ready: str, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # FOLLOW-05: whoever withdraws holds the customer, and then the errand
    database = opener(postgres_ready)
    he = add_agent(database, agent())
    office = Office()
    made = call(database, he, given(database, to=he.staff_number))
    errand = errand_of(made, database)
    withdrawn: list[Future[None]] = []
    move = worker.move

    def change() -> None:
        with database.write() as unit:
            withdraw(unit, locked(unit, str(errand.id)), by="test")

    with ThreadPoolExecutor(1) as other:

        def between(*args: Any, **named: Any) -> PlacedErrand:
            if not withdrawn:
                withdrawn.append(other.submit(change))
                wait(withdrawn, timeout=1)
            return move(*args, **named)

        monkeypatch.setattr(worker, "move", between)
        Days(database, office, clock).go_on()
        withdrawn[0].result()
    assert errand_of(made, database).state is ErrandState.WITHDRAWN
