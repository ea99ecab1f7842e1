"""A sale that a desk saved becomes one order that waits for the customer, whatever is pushed again or corrected."""

from uuid import uuid4

import msgspec
import pytest
from order_kit import an_order, order_of, pulled, sell, timeline, told
from server_kit import add_agent, agent, document, given, outcome, saved, send, stored, verdicts

from core.domain import decoding
from core.domain.errors import InputError
from core.domain.order_state import ORDER_MOVES, OrderState, order_id
from core.domain.task import Task, TaskState
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import audit, orders, people
from core.server.db.engine import Database
from core.server.loading import load
from core.server.orders.moving import move
from core.wire.pull import Kind
from core.wire.push import Saved


@pytest.fixture
def he(database: Database) -> Caller:
    return add_agent(database, agent())


@pytest.fixture
def task(database: Database, he: Caller) -> Task:
    return given(database, to=he.staff_number)


def moved(database: Database, sale: Saved, to: OrderState, **how: object) -> None:
    with database.write() as unit:
        move(unit, str(order_id(sale.outcome.id)), to, by="crm", **how)  # type: ignore[arg-type]


def open_tasks(database: Database, caller: Caller) -> list[Task]:
    """Those on this person's desk."""
    tasks = [one for one in pulled(database, caller) if one.kind is Kind.TASK and not one.deleted]
    return [decoding.decode(one.body, Task) for one in tasks]


def test_a_sale_makes_one_order_that_waits_for_the_customer(database: Database, he: Caller, task: Task) -> None:
    # OUTCOME-06, OUTCOME-12
    sale = sell(database, he, task)
    assert verdicts(send(database, he, sale)) == ["duplicate"]
    made = order_of(database, sale)
    assert (made.state, made.order, made.agent) == (OrderState.PENDING, sale.outcome.order, "2043")
    assert made.asked_at is None
    (heard,) = told(database, he)
    assert (heard.first_outcome, heard.state, heard.asked) == (sale.outcome.id, OrderState.PENDING, False)
    assert timeline(database, "C1") == ["飞享 118 · 待二次确认，短信还没有发出"]


def test_nobody_else_hears_of_the_order(database: Database, he: Caller, task: Task) -> None:
    other = add_agent(database, agent("2051"))
    sell(database, he, task)
    assert told(database, other) == []


def test_without_read_back_or_consent_nothing_is_ordered(database: Database, he: Caller, task: Task) -> None:
    # OUTCOME-12
    sale = saved(task, he.staff_number, success=True, order=an_order(consent=False))
    send(database, he, sale)
    made = order_of(database, sale)
    assert made.state is OrderState.FAILED
    assert made.reason is not None
    assert "明确同意" in made.reason.zh


def test_a_suspension_is_ordered_confirmed_and_followed_though_no_success(
    database: Database, he: Caller, task: Task
) -> None:
    # OUTCOME-12, INTEG-07
    service = an_order(product="停机保号", price_fen=500)
    kept = saved(task, he.staff_number, success=False, result="suspended", order=service)
    assert verdicts(send(database, he, kept)) == ["accepted"]
    assert order_of(database, kept).state is OrderState.PENDING
    noted = msgspec.structs.replace(kept.outcome, id=uuid4(), corrects=kept.outcome.id, note="改了备注")
    send(database, he, Saved(outcome=noted))
    assert (order_of(database, kept).state, order_of(database, kept).outcome_id) == (OrderState.PENDING, noted.id)
    dropped = msgspec.structs.replace(noted, id=uuid4(), corrects=noted.id, order=None, result="transferred")
    send(database, he, Saved(outcome=dropped))
    assert order_of(database, kept).state is OrderState.WITHDRAWN


def test_a_correction_takes_back_what_has_not_left(database: Database, he: Caller, task: Task) -> None:
    sale = sell(database, he, task)
    no_sale = msgspec.structs.replace(
        sale.outcome, id=uuid4(), corrects=sale.outcome.id, success=False, order=None, result="not_needed"
    )
    assert verdicts(send(database, he, Saved(outcome=no_sale))) == ["accepted"]
    assert order_of(database, sale).state is OrderState.WITHDRAWN


def test_a_corrected_sale_keeps_its_one_order(database: Database, he: Caller, task: Task) -> None:
    sale = sell(database, he, task)
    again = msgspec.structs.replace(sale.outcome, id=uuid4(), corrects=sale.outcome.id, note="改了备注")
    send(database, he, Saved(outcome=again))
    third = msgspec.structs.replace(again, id=uuid4(), corrects=again.id, note="又改")
    send(database, he, Saved(outcome=third))
    made = order_of(database, sale)
    assert (made.state, made.outcome_id) == (OrderState.PENDING, third.id)
    with database.read() as unit:
        assert orders.listed(unit, list(OrderState)).count == 1


def test_what_the_crm_has_is_not_taken_back_here(database: Database, he: Caller, task: Task) -> None:
    sale = sell(database, he, task)
    moved(database, sale, OrderState.CONFIRMED)
    moved(database, sale, OrderState.SUBMITTED)
    no_sale = msgspec.structs.replace(sale.outcome, id=uuid4(), corrects=sale.outcome.id, success=False, order=None)
    send(database, he, Saved(outcome=no_sale))
    assert order_of(database, sale).state is OrderState.SUBMITTED
    (back,) = open_tasks(database, he)
    assert back.reason.zh == "CRM 已收到订单（飞享 118）：记录已更正为未办，请到 CRM 取消"
    assert timeline(database, "C1") == ["飞享 118 · 已提交，等系统受理，记录已更正为未办，请到 CRM 取消"]
    again = msgspec.structs.replace(no_sale, id=uuid4(), corrects=no_sale.id, note="改了备注")
    send(database, he, Saved(outcome=again))
    moved(database, sale, OrderState.ACCEPTED)
    (still,) = open_tasks(database, he)
    assert still.reason == back.reason
    assert told(database, he)[0].taken_back


def test_what_is_a_sale_after_all_is_not_to_be_cancelled(database: Database, he: Caller, task: Task) -> None:
    sale = sell(database, he, task)
    moved(database, sale, OrderState.CONFIRMED)
    moved(database, sale, OrderState.ACCEPTED)
    no_sale = msgspec.structs.replace(sale.outcome, id=uuid4(), corrects=sale.outcome.id, success=False, order=None)
    send(database, he, Saved(outcome=no_sale))
    after_all = msgspec.structs.replace(sale.outcome, id=uuid4(), corrects=no_sale.id)
    send(database, he, Saved(outcome=after_all))
    assert timeline(database, "C1") == ["飞享 118 · 已受理"]


def test_a_failure_comes_back_to_its_agent_as_a_task(database: Database, he: Caller, task: Task) -> None:
    # INTEG-07
    sale = sell(database, he, task)
    assert stored(database, task.id).state is TaskState.DONE
    moved(database, sale, OrderState.CONFIRMED)
    moved(database, sale, OrderState.FAILED, reason=Text("欠费 30.00 元", "30.00 yuan in arrears"))
    (back,) = open_tasks(database, he)
    assert (back.assigned_to, back.customer_id, back.priority) == ("2043", "C1", 0)
    assert back.reason == Text(
        "订单没办成（飞享 118）：欠费 30.00 元", "Order failed (飞享 118): 30.00 yuan in arrears"
    )
    assert back.lease_epoch == 1
    answered = Saved(outcome=outcome(back, "2043"))
    assert verdicts(send(database, he, answered)) == ["accepted"]


def test_a_failure_joins_the_task_that_the_customer_has(database: Database, he: Caller, task: Task) -> None:
    sale = sell(database, he, task)
    newer = msgspec.structs.replace(stored(database, task.id), id="T9", state=TaskState.WAITING, assigned_to="")
    load(database, [(document(1), newer)])
    moved(database, sale, OrderState.FAILED, reason=Text("协议期内", "under contract"))
    joined = stored(database, "T9")
    assert (joined.assigned_to, joined.state) == ("2043", TaskState.ASSIGNED)
    assert joined.reason.zh == "订单没办成（飞享 118）：协议期内；流量超套"


def test_a_failure_of_someone_who_left_waits_for_the_team(database: Database, he: Caller, task: Task) -> None:
    sale = sell(database, he, task)
    with database.write() as unit:
        people.set_disabled(unit, he.staff_number, True)
    moved(database, sale, OrderState.FAILED, reason=Text("欠费", "arrears"))
    waiting = stored(database, f"order-{order_id(sale.outcome.id)}")
    assert (waiting.state, waiting.assigned_to) == (TaskState.WAITING, "")


def test_a_customer_who_wants_no_calls_gets_none_for_a_failure(database: Database, he: Caller, task: Task) -> None:
    sale = sell(database, he, task, opt_out=True)
    moved(database, sale, OrderState.FAILED, reason=Text("欠费", "arrears"))
    assert [one for one in pulled(database, he) if one.kind is Kind.TASK and not one.deleted] == []
    assert [one.state for one in told(database, he)] == [OrderState.FAILED]


@pytest.mark.parametrize("before", list(OrderState))
def test_an_order_goes_only_where_it_may(database: Database, he: Caller, task: Task, before: OrderState) -> None:
    sale = sell(database, he, task)
    made = order_of(database, sale)
    for after in OrderState:
        with database.write() as unit:
            orders.put(unit, msgspec.structs.replace(made, state=before), due_at=None)
        if after is before or after in ORDER_MOVES[before]:
            moved(database, sale, after)
            assert order_of(database, sale).state is after
        else:
            with pytest.raises(InputError):
                moved(database, sale, after)


def test_every_step_is_on_record(database: Database, he: Caller, task: Task) -> None:
    sale = sell(database, he, task)
    moved(database, sale, OrderState.CONFIRMED)
    moved(database, sale, OrderState.ACCEPTED)
    moved(database, sale, OrderState.ACCEPTED)
    assert [step.state for step in order_of(database, sale).steps] == ["pending", "confirmed", "accepted"]
    assert timeline(database, "C1") == ["飞享 118 · 已受理"]
    with database.read() as unit:
        assert audit.verify(unit) == []
        assert audit.count(unit) == 2


def test_a_later_list_keeps_what_the_timeline_says_of_orders(database: Database, he: Caller, task: Task) -> None:
    sell(database, he, task)
    load(database, [(msgspec.structs.replace(document(1), version=2), None)])
    assert timeline(database, "C1") == ["飞享 118 · 待二次确认，短信还没有发出"]
