"""Orders on their way: the customer is asked once, the CRM has each order once, and whoever is down is asked again."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from order_kit import an_order, order_of, sell, told
from server_kit import StillClock, add_agent, agent, given, number_of, saved, send

from core.domain.errors import InputError
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.order_state import OrderState, order_id
from core.domain.task import Task
from core.server.access.caller import Caller
from core.server.db import customers, orders, records, settings, tasks
from core.server.db.engine import Database
from core.server.db.schema import placed_order
from core.server.orders.confirming import take_reply
from core.server.orders.port import PortDown
from core.server.orders.worker import NO_NUMBER, OrderWorker
from core.server.outside import rounds as working
from core.wire.crm import Ask, OrderAnswer, OrderOut, Reply, Verdict
from core.wire.push import Saved

RECEIVED = OrderAnswer(verdict=Verdict.RECEIVED)
ACCEPTED = OrderAnswer(verdict=Verdict.ACCEPTED, effective_from=date(2026, 12, 3), reference="CRM-1")
REFUSED = OrderAnswer(verdict=Verdict.REFUSED, reason_zh="欠费 30.00 元", reason_en="30.00 yuan in arrears")


class Crm:
    """Answers as told; keeps what it was handed."""

    def __init__(self) -> None:
        self.answer: OrderAnswer | None = RECEIVED
        self.handed: list[OrderOut] = []
        self.looked = 0

    def place(self, order: OrderOut) -> OrderAnswer:
        if self.answer is None:
            raise PortDown("away")
        self.handed.append(order)
        return self.answer

    def look(self, order_id: UUID) -> OrderAnswer | None:
        if self.answer is None:
            raise PortDown("away")
        self.looked += 1
        return self.answer if any(one.id == order_id for one in self.handed) else None


class Gateway:
    def __init__(self) -> None:
        self.says: Reply = Reply.NONE
        self.sent: dict[UUID, Ask] = {}

    def ask(self, order_id: UUID, ask: Ask) -> Reply:
        assert order_id not in self.sent
        self.sent[order_id] = ask
        return Reply.NONE

    def reply(self, order_id: UUID) -> Reply | None:
        return self.says if order_id in self.sent else None


@pytest.fixture
def crm() -> Crm:
    return Crm()


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def he(database: Database) -> Caller:
    return add_agent(database, agent())


@pytest.fixture
def task(database: Database, he: Caller) -> Task:
    return given(database, to=he.staff_number)


@pytest.fixture
def later(
    database: Database, clock: StillClock, crm: Crm, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """Some minutes pass, and the worker looks at everything that is due."""
    worker = OrderWorker(database, crm=crm, confirmations=gateway)
    passed = [0.0]
    monkeypatch.setattr(working, "monotonic", lambda: passed[0])

    def go_on() -> None:
        clock.forward(minutes=2)
        passed[0] += 120
        worker.round()

    return go_on


def test_from_the_call_to_the_acceptance(
    database: Database, he: Caller, task: Task, crm: Crm, gateway: Gateway, later: Callable[[], None]
) -> None:
    # INTEG-07, OUTCOME-12
    sale = sell(database, he, task)
    states = []
    later()
    later()
    states.append(order_of(database, sale).state)
    (ask,) = gateway.sent.values()
    assert ask.number == number_of(1)
    assert "飞享 118，每月 118 元，期限 12 个月，可随时更改，2026-12-01 起生效" in ask.text
    assert told(database, he)[0].asked
    gateway.says = Reply.YES
    later()
    states.append(order_of(database, sale).state)
    crm.answer = ACCEPTED
    later()
    states.append(order_of(database, sale).state)
    assert states == [OrderState.PENDING, OrderState.SUBMITTED, OrderState.ACCEPTED]
    (handed,) = crm.handed
    assert (handed.id, handed.product, handed.read_back, handed.consent) == (
        order_id(sale.outcome.id), "飞享 118", True, True,
    )  # fmt: skip
    (heard,) = told(database, he)
    assert (heard.state, heard.effective_from) == (OrderState.ACCEPTED, date(2026, 12, 3))
    assert order_of(database, sale).reference == "CRM-1"


def test_an_order_that_nobody_can_be_asked_about_comes_back_and_does_not_wait_for_ever(
    database: Database, he: Caller, task: Task, gateway: Gateway, later: Callable[[], None]
) -> None:
    # OUTCOME-12
    sale = sell(database, he, task)
    with database.write() as unit:
        orders.edit(unit, msgspec.structs.replace(order_of(database, sale), number=""))
        customers.edit_contact(unit, "C1", lambda contact: contact.numbers.clear())
    later()
    later()
    failed = order_of(database, sale)
    assert (failed.state, failed.reason, gateway.sent) == (OrderState.FAILED, NO_NUMBER, {})
    assert told(database, he)[0].state is OrderState.FAILED


def test_the_text_that_the_agent_planned_is_sent_and_not_exported_again(
    database: Database, he: Caller, task: Task, gateway: Gateway, later: Callable[[], None]
) -> None:
    planned = FollowUp(
        id=uuid4(), outcome_id=UUID(int=0), task_id=task.id, customer_id="C1", agent="2043", kind=FollowUpKind.SMS,
        number="10099990000", template="second_confirmation", text="确认请回复 Y",
    )  # fmt: skip
    sale = saved(task, "2043", planned, success=True, order=an_order())
    send(database, he, sale)
    later()
    assert list(gateway.sent.values()) == [Ask(number="10099990000", text="确认请回复 Y")]
    with database.read() as unit:
        assert records.waiting_follow_ups(unit, outcome_id=str(sale.outcome.id)) == []
    again = uuid4()
    brought_along = msgspec.structs.replace(sale.follow_ups[0], id=uuid4(), outcome_id=again)
    corrected = msgspec.structs.replace(sale.outcome, id=again, corrects=sale.outcome.id, note="改")
    send(database, he, Saved(outcome=corrected, follow_ups=(brought_along,)))
    later()
    assert len(gateway.sent) == 1
    with database.read() as unit:
        assert records.waiting_follow_ups(unit, outcome_id=str(again)) == []
    assert told(database, he)[0].outcome_id == again


def test_who_says_no_has_not_ordered(
    database: Database, he: Caller, task: Task, crm: Crm, gateway: Gateway, later: Callable[[], None]
) -> None:
    # OUTCOME-12
    sale = sell(database, he, task)
    gateway.says = Reply.NO
    later()
    later()
    later()
    assert order_of(database, sale).state is OrderState.DECLINED
    assert crm.handed == []


@pytest.mark.parametrize("hours", [72, 24])
def test_who_does_not_reply_within_the_sites_hours_has_not_ordered(
    database: Database, he: Caller, task: Task, clock: StillClock, later: Callable[[], None], hours: int
) -> None:
    with database.write() as unit:
        site = settings.site(unit)
        assert site.reply_within_h == 72
        settings.put_site(unit, msgspec.structs.replace(site, reply_within_h=hours))
    sale = sell(database, he, task)
    later()
    clock.forward(seconds=(timedelta(hours=hours) - timedelta(minutes=10)).total_seconds())
    later()
    assert order_of(database, sale).state is OrderState.PENDING
    clock.forward(minutes=10)
    later()
    assert order_of(database, sale).state is OrderState.LAPSED


def test_a_refusal_says_why(
    database: Database, he: Caller, task: Task, crm: Crm, gateway: Gateway, later: Callable[[], None]
) -> None:
    sale = sell(database, he, task)
    gateway.says, crm.answer = Reply.YES, REFUSED
    for _ in range(3):
        later()
    failed = order_of(database, sale)
    assert failed.state is OrderState.FAILED
    assert failed.reason is not None
    assert (failed.reason.zh, failed.reason.en) == ("欠费 30.00 元", "30.00 yuan in arrears")


def test_a_crm_that_is_away_gets_the_order_once_it_is_back(
    database: Database, he: Caller, task: Task, crm: Crm, gateway: Gateway, later: Callable[[], None]
) -> None:
    sale = confirmed_while_away(database, he, task, crm, gateway, later)
    assert order_of(database, sale).state is OrderState.CONFIRMED
    crm.answer = ACCEPTED
    later()
    assert order_of(database, sale).state is OrderState.ACCEPTED
    assert len(crm.handed) == 1


def test_after_days_of_tries_an_order_is_still_tried(
    database: Database, he: Caller, task: Task, crm: Crm, gateway: Gateway, later: Callable[[], None]
) -> None:
    sale = confirmed_while_away(database, he, task, crm, gateway, later)
    with database.write() as unit:
        unit.conn.execute(placed_order.update().values(tries=5000))
    later()
    crm.answer = ACCEPTED
    later()
    assert order_of(database, sale).state is OrderState.ACCEPTED


def test_a_side_that_is_down_for_days_is_asked_every_minute(
    database: Database, he: Caller, task: Task, crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    sale = sell(database, he, task)
    reply(database, sale, Reply.YES)
    worker = OrderWorker(database, crm=crm, confirmations=None)
    crm.answer = None
    (side,) = worker._sides
    side.failures = 5000
    monkeypatch.setattr(working, "monotonic", lambda: 0.0)
    worker.round()
    assert side.rests_until == 60


def test_an_order_that_cannot_be_worked_on_holds_up_no_other(
    database: Database, he: Caller, crm: Crm, clock: StillClock
) -> None:
    bad, good = (sell(database, he, given(database, index, to=he.staff_number)) for index in (1, 2))
    for sale in (bad, good):
        reply(database, sale, Reply.YES)
        clock.forward(seconds=1)
    place = crm.place

    def stumble(order: OrderOut) -> OrderAnswer:
        if order.id == order_id(bad.outcome.id):
            raise ZeroDivisionError
        return place(order)

    crm.place = stumble  # type: ignore[method-assign]
    OrderWorker(database, crm=crm, confirmations=None).round()
    assert [one.id for one in crm.handed] == [order_id(good.outcome.id)]


def test_an_error_that_nobody_thought_of_does_not_end_the_worker(
    database: Database, he: Caller, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    worker = OrderWorker(database, crm=Crm(), confirmations=None)
    rounds: list[int] = []

    def stumble(*_: object) -> int:
        rounds.append(len(rounds))
        if len(rounds) == 3:
            stop.set()
        raise ZeroDivisionError

    monkeypatch.setattr(worker, "round", stumble)
    worker.run(stop, every_s=0)
    assert len(rounds) == 3


def test_an_order_whose_receipt_was_lost_is_not_handed_over_again(
    database: Database, he: Caller, task: Task, crm: Crm, gateway: Gateway, later: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    sale = sell(database, he, task)
    place = crm.place

    def heard_and_gone(order: OrderOut) -> OrderAnswer:
        place(order)
        raise PortDown("the line broke")

    monkeypatch.setattr(crm, "place", heard_and_gone)
    gateway.says = Reply.YES
    for _ in range(3):
        later()
    monkeypatch.setattr(crm, "place", place)
    crm.answer = ACCEPTED
    later()
    assert order_of(database, sale).state is OrderState.ACCEPTED
    assert len(crm.handed) == 1


@pytest.mark.parametrize("answer", [RECEIVED, ACCEPTED])
def test_a_sale_corrected_while_the_crm_takes_it_is_to_be_cancelled_there(
    database: Database, he: Caller, task: Task, crm: Crm, answer: OrderAnswer
) -> None:
    sale = sell(database, he, task)
    reply(database, sale, Reply.YES)
    crm.answer, place = answer, crm.place

    def meanwhile(order: OrderOut) -> OrderAnswer:
        take_back(database, he, sale)
        return place(order)

    crm.place = meanwhile  # type: ignore[method-assign]
    OrderWorker(database, crm=crm, confirmations=None).round()
    assert order_of(database, sale).state is (
        OrderState.SUBMITTED if answer is RECEIVED else OrderState.ACCEPTED
    )  # fmt: skip
    (back,) = open_tasks(database, task.customer_id)
    assert (back.assigned_to, back.reason.en) == (
        "2043", "Order in the CRM (飞享 118): corrected to no sale: cancel it in the CRM",
    )  # fmt: skip


def test_a_sale_taken_back_is_not_handed_to_a_crm_that_has_not_heard_of_it(
    database: Database, he: Caller, task: Task, crm: Crm, gateway: Gateway, later: Callable[[], None]
) -> None:
    sale = confirmed_while_away(database, he, task, crm, gateway, later)
    take_back(database, he, sale)
    assert order_of(database, sale).state is OrderState.CONFIRMED
    crm.answer = ACCEPTED
    later()
    assert order_of(database, sale).state is OrderState.WITHDRAWN
    assert (crm.handed, open_tasks(database, task.customer_id)) == ([], [])


def test_without_a_gateway_the_order_waits_and_a_command_confirms_it(
    database: Database, he: Caller, task: Task, crm: Crm, clock: StillClock
) -> None:
    sale = sell(database, he, task)
    worker = OrderWorker(database, crm=crm, confirmations=None)
    clock.forward(hours=100)
    worker.round()
    assert order_of(database, sale).state is OrderState.PENDING
    assert not told(database, he)[0].asked
    reply(database, sale, Reply.YES)
    worker.round()
    assert order_of(database, sale).state is OrderState.SUBMITTED
    reply(database, sale, Reply.YES)
    with pytest.raises(InputError, match="cannot become"):
        reply(database, sale, Reply.NO)


def test_two_workers_hand_an_order_over_once(database: Database, he: Caller, task: Task) -> None:
    sale = sell(database, he, task)
    reply(database, sale, Reply.YES)
    meet = threading.Barrier(2, timeout=30)
    handed: list[UUID] = []

    class Slow(Crm):
        def place(self, order: OrderOut) -> OrderAnswer:
            handed.append(order.id)
            return RECEIVED

    def work() -> None:
        worker = OrderWorker(database, crm=Slow(), confirmations=None)
        meet.wait()
        worker.round()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(handed) == 1


def confirmed_while_away(
    database: Database, he: Caller, task: Task, crm: Crm, gateway: Gateway, later: Callable[[], None]
) -> Saved:
    """A sale that the customer confirms while the CRM is away, and that is tried a few times."""
    sale = sell(database, he, task)
    gateway.says, crm.answer = Reply.YES, None
    for _ in range(6):
        later()
    return sale


def take_back(database: Database, he: Caller, sale: Saved) -> None:
    no_sale = msgspec.structs.replace(sale.outcome, id=uuid4(), corrects=sale.outcome.id, success=False, order=None)
    send(database, he, Saved(outcome=no_sale))


def open_tasks(database: Database, customer_id: str) -> list[Task]:
    with database.read() as unit:
        return tasks.open_of(unit, customer_id)


def reply(database: Database, sale: Saved, what: Reply) -> None:
    with database.write() as unit:
        take_reply(unit, str(order_id(sale.outcome.id)), what, by="cli:test")
