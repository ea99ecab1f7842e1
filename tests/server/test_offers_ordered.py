"""An accepted offer that costs or binds the customer leaves as an order of its own, beside the plan's."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from order_kit import an_order, pulled, timeline, told
from server_kit import add_agent, agent, given, number_of, saved, send, verdicts

from core.domain import decoding
from core.domain.customer import Care
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.offered import OfferMade, Reply
from core.domain.order import Order
from core.domain.order_state import OrderState, PlacedOrder, order_id
from core.domain.task import Task
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import customers, orders, records
from core.server.db.engine import Database
from core.server.exporting import Export, headers, rows
from core.server.orders.confirming import ask_of
from core.server.orders.moving import move
from core.server.orders.worker import order_out
from core.wire.pull import Kind
from core.wire.push import Saved

SPEED, PACK = "speed-up-pay-later", "data-pack"
NAMES = {SPEED: Text("提速先用后付", "Speed up now, pay later"), PACK: Text("月末流量包", "Month-end data pack")}
REASON = Text("欠费 30.00 元", "30.00 yuan in arrears")


@pytest.fixture
def he(database: Database) -> Caller:
    return add_agent(database, agent())


@pytest.fixture
def task(database: Database, he: Caller) -> Task:
    return given(database, to=he.staff_number)


def ordered(offer: str, **changes: Any) -> Order:
    values: dict[str, Any] = {
        "product": NAMES[offer].zh, "price_fen": 2000, "term_months": 0, "next_bill": True,
        "until": date(2026, 12, 23), "starts_on": date(2026, 11, 23),
    }  # fmt: skip
    return an_order(**(values | changes))


def accepted(offer: str, **changes: Any) -> OfferMade:
    values: dict[str, Any] = {
        "version": 1, "kind": "pay_later", "name": NAMES[offer], "reply": Reply.ACCEPTED, "benefit": offer,
        "cost_fen": 500, "until": date(2026, 12, 23), "read_back": True, "order": ordered(offer),
    }  # fmt: skip
    return OfferMade(offer=offer, **(values | changes))


def brings(task: Task, offer: str, kind: FollowUpKind, text: str) -> FollowUp:
    return FollowUp(
        id=uuid4(), outcome_id=UUID(int=0), task_id=task.id, customer_id="C1", agent="2043", kind=kind, text=text,
        number="10099990000", department="branch", offer=offer,
    )  # fmt: skip


def a_call(database: Database, he: Caller, task: Task, *offers: OfferMade, **more: Any) -> Saved:
    """A plan is sold and the offers are accepted; each brings a text and a work order."""
    brought = [
        brings(task, one.offer, kind, f"{one.name.zh}：{kind}")
        for one in offers
        for kind in (FollowUpKind.SMS, FollowUpKind.WORK_ORDER)
    ]
    values: dict[str, Any] = {"success": True, "result": "order_agreed", "order": an_order()}
    sale = saved(task, he.staff_number, *brought, offers=offers, **(values | more))
    assert verdicts(send(database, he, sale)) == ["accepted"]
    return sale


def placed(database: Database, sale: Saved, offer: str = "") -> PlacedOrder | None:
    with database.read() as unit:
        return orders.get(unit, str(order_id(sale.outcome.id, offer)))


def moved(database: Database, sale: Saved, offer: str, *states: OrderState, **how: Any) -> None:
    for state in states:
        with database.write() as unit:
            move(unit, str(order_id(sale.outcome.id, offer)), state, by="crm", **how)


def history(database: Database) -> dict[str, Reply]:
    with database.read() as unit:
        care = customers.section(unit, "C1", "care", Care) or Care()
    return {one.offer: one.reply for one in care.offers}


def waiting(database: Database, sale: Saved) -> list[tuple[str, FollowUpKind]]:
    with database.read() as unit:
        return sorted((one.offer, one.kind) for one in records.waiting_follow_ups(unit, outcome_id=str(sale.id)))


def exported(database: Database, what: Export) -> list[dict[str, object]]:
    with database.read() as unit:
        return [dict(zip(headers(what), row, strict=True)) for row in rows(unit, what)]


def corrected(database: Database, he: Caller, sale: Saved, offers: Sequence[OfferMade], *brought: FollowUp) -> Saved:
    new = uuid4()
    outcome = msgspec.structs.replace(sale.outcome, id=new, corrects=sale.outcome.id, offers=tuple(offers), note="改")
    again = [msgspec.structs.replace(one, id=uuid4(), outcome_id=new) for one in brought]
    record = Saved(outcome=outcome, follow_ups=tuple(again))
    assert verdicts(send(database, he, record)) == ["accepted"]
    return record


def test_plan_and_offers_leave_as_an_order_each_however_often_they_are_pushed(
    database: Database, he: Caller, task: Task
) -> None:
    # OFFER-04, INTEG-07, OUTCOME-12
    sale = a_call(database, he, task, accepted(SPEED), accepted(PACK))
    assert verdicts(send(database, he, sale)) == ["duplicate"]
    with database.read() as unit:
        assert orders.listed(unit, list(OrderState)).count == 3
    assert {(one.offer, one.what.en, one.state) for one in told(database, he)} == {
        ("", "飞享 118", OrderState.PENDING),
        (SPEED, "Speed up now, pay later", OrderState.PENDING),
        (PACK, "Month-end data pack", OrderState.PENDING),
    }
    assert [line for line in sorted(timeline(database, "C1")) if not line.startswith("工单")] == [
        "提速先用后付 · 待二次确认，短信还没有发出", "月末流量包 · 待二次确认，短信还没有发出",
        "飞享 118 · 待二次确认，短信还没有发出",
    ]  # fmt: skip


def test_the_crm_is_told_what_the_offer_binds_to(database: Database, he: Caller, task: Task) -> None:
    sale = a_call(database, he, task, accepted(SPEED))
    moved(database, sale, SPEED, OrderState.CONFIRMED)
    order = placed(database, sale, SPEED)
    assert order is not None
    out = order_out(order)
    assert (out.offer, out.product, out.price_fen, out.next_bill, out.until) == (
        SPEED, "提速先用后付", 2000, True, date(2026, 12, 23),
    )  # fmt: skip


def test_an_offer_accepted_in_a_call_that_sold_no_plan_leaves_all_the_same(
    database: Database, he: Caller, task: Task
) -> None:
    sale = a_call(database, he, task, accepted(PACK), success=False, order=None, result="not_needed")
    assert [one.offer for one in told(database, he)] == [PACK]
    assert placed(database, sale) is None


def test_what_was_only_mentioned_or_needs_no_confirmation_makes_no_order(
    database: Database, he: Caller, task: Task
) -> None:
    a_call(
        database, he, task, accepted(PACK, reply=Reply.MADE), accepted(SPEED, order=None), success=False, order=None
    )  # fmt: skip
    assert told(database, he) == []


def test_an_offer_that_was_not_read_back_is_not_ordered(database: Database, he: Caller, task: Task) -> None:
    # OUTCOME-12
    sale = a_call(database, he, task, accepted(PACK, order=ordered(PACK, read_back=False)))
    order = placed(database, sale, PACK)
    assert order is not None
    assert order.state is OrderState.FAILED
    assert history(database) == {PACK: Reply.MADE}


def test_each_order_asks_with_its_own_text(database: Database, he: Caller, task: Task) -> None:
    sale = a_call(database, he, task, accepted(SPEED), accepted(PACK))
    with database.read() as unit:
        asks = {one.offer: ask_of(unit, one) for one in orders.of_outcome(unit, str(sale.id))}
    texts = {offer: (ask.number, ask.text) for offer, ask in asks.items() if ask}
    assert texts[SPEED] == ("10099990000", "提速先用后付：sms")
    assert texts[PACK] == ("10099990000", "月末流量包：sms")
    number, plan = texts[""]
    assert number == number_of(1)
    assert "飞享 118" in plan


def test_without_a_text_of_the_agents_the_server_words_the_offer(database: Database, he: Caller, task: Task) -> None:
    sale = saved(task, "2043", offers=(accepted(SPEED),), result="not_needed")
    send(database, he, sale)
    with database.read() as unit:
        (order,) = orders.of_outcome(unit, str(sale.id))
        ask = ask_of(unit, order)
    assert ask is not None
    assert "提速先用后付，一次性 20 元（记在下个月账单），到 2026-12-23 为止，可随时更改，2026-11-23 起生效" in ask.text
    assert "确认请回复 Y" in ask.text


def test_what_is_paid_by_the_month_says_so_to_the_customer_and_to_the_crm(
    database: Database, he: Caller, task: Task
) -> None:
    # OUTCOME-12
    by_month = ordered(PACK, next_bill=False, monthly=True, until=None)
    sale = saved(task, "2043", offers=(accepted(PACK, order=by_month),), result="not_needed")
    send(database, he, sale)
    with database.write() as unit:
        (order,) = orders.of_outcome(unit, str(sale.id))
        ask = ask_of(unit, order)
        confirmed = move(unit, str(order.id), OrderState.CONFIRMED, by="1")
    assert ask is not None
    assert "月末流量包，每月 20 元，没有期限" in ask.text
    assert order_out(confirmed).monthly


@pytest.mark.parametrize("end", [OrderState.DECLINED, OrderState.LAPSED, OrderState.FAILED])
def test_an_offer_whose_order_comes_to_nothing_may_be_made_again_and_sends_nobody(
    database: Database, he: Caller, task: Task, end: OrderState
) -> None:
    # OFFER-05, FOLLOW-05
    sale = a_call(database, he, task, accepted(SPEED), accepted(PACK))
    moved(database, sale, SPEED, end)
    assert history(database) == {SPEED: Reply.MADE, PACK: Reply.ACCEPTED}
    assert [row["优惠成本（分） offers_cost_fen"] for row in exported(database, Export.OUTCOMES)] == [500]
    assert waiting(database, sale) == [(PACK, FollowUpKind.SMS), (PACK, FollowUpKind.WORK_ORDER)]
    again = corrected(database, he, sale, sale.outcome.offers, *sale.follow_ups)
    assert history(database) == {SPEED: Reply.MADE, PACK: Reply.ACCEPTED}
    assert {offer for offer, _ in waiting(database, again)} == {PACK}


def test_a_callback_that_was_promised_with_an_offer_stands(database: Database, he: Caller, task: Task) -> None:
    promise = brings(task, SPEED, FollowUpKind.CALLBACK, "到期前回拨")
    sale = saved(task, "2043", promise, offers=(accepted(SPEED),), result="not_needed")
    assert verdicts(send(database, he, sale)) == ["accepted"]
    moved(database, sale, SPEED, OrderState.DECLINED)
    assert waiting(database, sale) == [(SPEED, FollowUpKind.CALLBACK)]


def test_nobody_sets_up_what_the_customer_has_not_confirmed(database: Database, he: Caller, task: Task) -> None:
    # FOLLOW-05
    sale = a_call(database, he, task, accepted(SPEED), accepted(PACK))
    assert exported(database, Export.WORK_ORDERS) == []
    moved(database, sale, SPEED, OrderState.CONFIRMED)
    assert [row["内容 text"] for row in exported(database, Export.WORK_ORDERS)] == ["提速先用后付：work_order"]
    assert len(exported(database, Export.SMS)) == 2


def test_work_that_was_exported_is_called_back_by_the_next_export_when_the_crm_refuses_its_order(
    database: Database, he: Caller, task: Task
) -> None:
    # FOLLOW-05, INTEG-07
    sale = a_call(database, he, task, accepted(SPEED), accepted(PACK))
    for offer in (SPEED, PACK):
        moved(database, sale, offer, OrderState.CONFIRMED)
    assert {row["状态 state"] for row in exported(database, Export.WORK_ORDERS)} == {"有效 valid"}
    moved(database, sale, SPEED, OrderState.FAILED)
    told = {row["内容 text"]: row["状态 state"] for row in exported(database, Export.WORK_ORDERS)}
    assert told["提速先用后付：work_order"] == "撤回：订单没办成 off: its order failed"
    with database.read() as unit:
        later = unit.now + timedelta(seconds=1)
        assert list(rows(unit, Export.WORK_ORDERS, since=later)) == [], "it is told in the exports since then alone"


def test_work_that_nobody_was_given_yet_is_not_called_back(database: Database, he: Caller, task: Task) -> None:
    # FOLLOW-05
    sale = a_call(database, he, task, accepted(SPEED))
    moved(database, sale, SPEED, OrderState.DECLINED)
    assert exported(database, Export.WORK_ORDERS) == []


def test_a_failure_says_which_offer_it_is(database: Database, he: Caller, task: Task) -> None:
    # INTEG-07
    sale = a_call(database, he, task, accepted(SPEED), accepted(PACK))
    for offer in (SPEED, PACK):
        moved(database, sale, offer, OrderState.CONFIRMED)
        moved(database, sale, offer, OrderState.FAILED, reason=REASON)
    (back,) = [
        decoding.decode(one.body, Task) for one in pulled(database, he) if one.kind is Kind.TASK and not one.deleted
    ]
    assert back.reason == Text(
        "订单没办成（月末流量包）：欠费 30.00 元；订单没办成（提速先用后付）：欠费 30.00 元",
        "Order failed (Month-end data pack): 30.00 yuan in arrears;"
        " Order failed (Speed up now, pay later): 30.00 yuan in arrears",
    )


@pytest.mark.parametrize(
    ("plan", "offer", "shown", "state"),
    [
        (OrderState.ACCEPTED, OrderState.ACCEPTED, "是 yes", "accepted"),
        (OrderState.ACCEPTED, OrderState.SUBMITTED, "待受理 pending", "submitted"),
        (OrderState.ACCEPTED, OrderState.FAILED, "否 no", "failed"),
        (OrderState.SUBMITTED, OrderState.FAILED, "否 no", "failed"),
    ],
)
def test_a_sale_is_exported_once_and_as_a_success_once_all_its_orders_are_accepted(
    database: Database, he: Caller, task: Task, plan: OrderState, offer: OrderState, shown: str, state: str
) -> None:
    sale = a_call(database, he, task, accepted(SPEED))
    moved(database, sale, "", OrderState.CONFIRMED, plan)
    moved(database, sale, SPEED, OrderState.CONFIRMED, offer)
    (row,) = exported(database, Export.OUTCOMES)
    assert (row["成功 success"], row["订单 order"]) == (shown, state)


def test_taking_an_offer_back_withdraws_its_order_alone(database: Database, he: Caller, task: Task) -> None:
    sale = a_call(database, he, task, accepted(SPEED), accepted(PACK))
    record = corrected(database, he, sale, (accepted(PACK), accepted(SPEED, reply=Reply.MADE, order=None)))
    assert {one.offer: one.state for one in told(database, he)} == {
        "": OrderState.PENDING, PACK: OrderState.PENDING, SPEED: OrderState.WITHDRAWN,
    }  # fmt: skip
    moved(database, sale, "", OrderState.CONFIRMED, OrderState.ACCEPTED)
    moved(database, sale, PACK, OrderState.CONFIRMED, OrderState.ACCEPTED)
    rows_ = {row["编号 id"]: row["成功 success"] for row in exported(database, Export.OUTCOMES)}
    assert rows_[str(record.id)] == "是 yes"


def test_an_offer_taken_back_that_the_crm_has_is_to_be_cancelled_there(
    database: Database, he: Caller, task: Task
) -> None:
    sale = a_call(database, he, task, accepted(SPEED))
    moved(database, sale, SPEED, OrderState.CONFIRMED, OrderState.SUBMITTED)
    corrected(database, he, sale, (accepted(SPEED, reply=Reply.MADE, order=None),))
    (back,) = [one for one in pulled(database, he) if one.kind is Kind.TASK and not one.deleted]
    reason = decoding.decode(back.body, Task).reason
    assert reason.zh == "CRM 已收到订单（提速先用后付）：记录已更正为未办，请到 CRM 取消"
