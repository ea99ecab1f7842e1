"""What is sold is checked where it arrives: the record stays, its order fails with the reason."""

import functools
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from order_kit import an_order, order_of, timeline
from server_kit import NOON, SCENARIO, add_agent, agent, document, given, saved, send, verdicts
from sqlalchemy import select

from core.content import dispositions, scripts
from core.content.offer_rules import eligibility_rules
from core.content.offers import offering_rules, offers_beyond
from core.content.plans import catalogue
from core.domain.charge import Charge
from core.domain.customer import Billing, Care, Contract, Identity, OrderEvent, Services, Ticket
from core.domain.offer import Offer
from core.domain.offer_content import ELIGIBILITY, OFFER, OFFERING, PLANS
from core.domain.offer_kind import OfferKind
from core.domain.offered import OfferMade, Reply
from core.domain.order import Order, Trial
from core.domain.order_state import OrderState, PlacedOrder, order_id
from core.domain.outcome import Contact, Verification
from core.domain.task import Task
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import customers, orders, published, records, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.db.schema import audit as entries
from core.server.loading import load
from core.server.orders.checking import NOT_THE_OWNER
from core.server.orders.moving import move
from core.server.orders.worker import order_out
from core.wire.pull import ContentDocument
from core.wire.push import Saved

PLAN = Text("4G 飞享 58", "4G Fly 58")
DAY = timedelta(days=1)
LOCK = Contract(kind=Text("机补", "Subsidy"), ends_on=date(2027, 3, 31), locked=True)
BACK = Trial(ends_on=date(2027, 1, 31), back_to="fx-77", back_to_name=Text("4G 飞享 77", "4G Fly 77"))


def fly(**changes: Any) -> Order:
    values: dict[str, Any] = {"product": PLAN.zh, "price_fen": 5_800, "term_months": 0, "code": "fx-58"}
    return an_order(**(values | {"charge": Charge.MONTH} | changes))


@functools.cache
def offers() -> dict[str, Offer]:
    return {one.id: one for one in offers_beyond()}


@functools.cache
def content() -> list[ContentDocument]:
    """What the checks ask for."""
    pieces: dict[tuple[str, str], Any] = {
        (PLANS, PLANS): catalogue(),
        (ELIGIBILITY, ELIGIBILITY): eligibility_rules(),
        ("script", SCENARIO): scripts()[SCENARIO],
        ("dispositions", SCENARIO): dispositions()[SCENARIO],
        (OFFERING, OFFERING): offering_rules(),
        (OFFER, "own-plan"): offers()["own-plan"],
    }
    return [
        ContentDocument(kind=kind, name=name, version=one.version, body=msgspec.Raw(msgspec.json.encode(one)))
        for (kind, name), one in pieces.items()
    ]


@pytest.fixture
def he(database: Database) -> Caller:
    with database.write() as unit:
        published.put(unit, content())
    return add_agent(database, agent())


@pytest.fixture
def task(database: Database, he: Caller) -> Task:
    return given(database, to=he.staff_number)


def known(database: Database, task: Task, **sections: Any) -> None:
    """What the server knows of the customer."""
    values = {"identity": Identity(name="客户一", plan_code="fx-77", prepaid=False), "version": 2}
    load(database, [(msgspec.structs.replace(document(1), **(values | sections)), None)])


def sold(database: Database, caller: Caller, task: Task, order: Order, **changes: Any) -> Saved:
    values = {"success": True, "result": "order_agreed"} | changes
    sale = saved(task, caller.staff_number, order=order, **values)
    assert verdicts(send(database, caller, sale)) == ["accepted"]
    return sale


def reason(database: Database, sale: Saved) -> str:
    """Why its order failed; empty: it goes on. The record is kept either way."""
    with database.read() as unit:
        assert records.get_outcome(unit, str(sale.outcome.id)) is not None
    placed = order_of(database, sale)
    assert (placed.state is OrderState.FAILED) is (placed.reason is not None)
    return placed.reason.zh if placed.reason is not None else ""


def test_a_sale_at_the_catalogues_price_goes_on_and_leaves_by_its_code(
    database: Database, he: Caller, task: Task
) -> None:
    # INTEG-07
    known(database, task)
    sale = sold(database, he, task, fly(version=1))
    assert reason(database, sale) == ""
    with database.write() as unit:
        moved = move(unit, str(order_id(sale.outcome.id)), OrderState.CONFIRMED, by="sms")
    out = order_out(moved)
    assert (out.code, out.version, out.charge, out.monthly) == ("fx-58", 1, Charge.MONTH, True)


@pytest.mark.parametrize(
    ("order", "sections", "told"),
    [
        # CONTRACT-02, OFFER-13
        (fly(price_fen=3_800), {}, "每月 58 元，订单写的是每月 38 元"),
        (fly(code="", product="4G飞享58", charge=None), {"billing": Billing(arrears_fen=1_250)}, "有欠费"),
        (
            fly(),
            {
                "services": Services(
                    contracts=[Contract(kind=Text("机补", "S"), ends_on=date(2027, 3, 31), locked=True)]
                )
            },
            "机补协议期内",
        ),
        (fly(code="", product="4G 随便", charge=None), {}, "套餐目录里没有“4G 随便”"),
        (fly(term_months=24), {}, "在目录里不签协议期，订单写的是期限 24 个月"),
        (fly(trial=msgspec.structs.replace(BACK, back_to="zz-1")), {}, "不能承诺试用后换回"),
        (fly(code="fx-77", product="4G 飞享 77", price_fen=7_700, ends_trial=True), {}, "没有可以换回这一档的试用"),
    ],
)
def test_what_catalogue_and_rules_refuse_fails_with_its_reason(
    database: Database, he: Caller, task: Task, order: Order, sections: dict[str, Any], told: str
) -> None:
    known(database, task, **sections)
    assert told in reason(database, sold(database, he, task, order))


def put_together(price_fen: int, **changes: Any) -> OfferMade:
    """A plan of the customer's own, as a desk records it."""
    offer = offers()["own-plan"]
    steps = tuple(group.steps[1] for group in offer.choose)
    order = fly(
        product=offer.name.zh, price_fen=price_fen, code=offer.id, version=offer.version, chosen=steps, name=offer.name
    )
    return OfferMade(
        offer=offer.id, version=offer.version, kind=offer.kind, name=offer.name, reply=Reply.ACCEPTED,
        benefit=offer.benefit, price_fen=price_fen, order=msgspec.structs.replace(order, **changes),
    )  # fmt: skip


def offer_reason(database: Database, he: Caller, task: Task, made: OfferMade) -> str:
    sale = saved(task, he.staff_number, offers=(made,), result="not_needed")
    assert verdicts(send(database, he, sale)) == ["accepted"]
    with database.read() as unit:
        (order,) = orders.of_outcome(unit, str(sale.id))
    return order.reason.zh if order.reason is not None else ""


def test_an_offer_that_is_ordered_is_held_to_its_price_and_to_being_one(
    database: Database, he: Caller, task: Task
) -> None:
    # OFFER-12; that its rules are asked as well, the order that goes on after a correction shows
    known(database, task)
    assert "按优惠是每月 37 元，订单写的是每月 20 元" in offer_reason(database, he, task, put_together(2_000))
    other = given(database, 2, to=he.staff_number)
    invented = msgspec.structs.replace(put_together(3_700), offer="half-price")
    assert "没有“自选套餐”这项优惠" in offer_reason(database, he, other, invented)


def test_a_sale_while_a_complaint_was_open_fails_and_one_before_it_does_not(
    database: Database, he: Caller, task: Task
) -> None:
    # SCRIPT-09
    complaint = Ticket(
        id="x", kind=Text("投诉", "Complaint"), topic=Text("网速", "Speed"), complaint=True, opened_at=NOON - DAY
    )
    known(database, task, care=Care(tickets=[complaint]))
    assert "投诉" in reason(database, sold(database, he, task, fly()))
    other = given(database, 2, to=he.staff_number)
    later = msgspec.structs.replace(complaint, opened_at=NOON + timedelta(hours=1))
    who = Identity(name="客户二", plan_code="fx-77", prepaid=False)
    load(database, [(msgspec.structs.replace(document(2), version=2, identity=who, care=Care(tickets=[later])), None)])
    assert reason(database, sold(database, he, other, fly())) == ""


@pytest.mark.parametrize(
    "who", [{"verification": Verification.FAMILY, "contact": Contact.FAMILY}, {"verification": Verification.NOT_ASKED}]
)
def test_nobody_but_the_verified_owner_takes_a_plan_or_an_offer(
    database: Database, he: Caller, task: Task, who: dict[str, Any]
) -> None:
    # SCRIPT-22, OUTCOME-11
    known(database, task)
    gift = OfferMade(
        offer="free-data", version=1, kind=OfferKind.FREE_USE, name=Text("送流量", "Free data"), reply=Reply.ACCEPTED,
        benefit="b", cost_fen=500,
    )  # fmt: skip
    sale = sold(database, he, task, fly(), offers=(gift,), **who)
    assert reason(database, sale) == NOT_THE_OWNER.zh
    with database.read() as unit:
        care = customers.section(unit, "C1", "care", Care)
        assert care is not None
        assert [(one.reply, one.cost_fen) for one in care.offers] == [(Reply.MADE, 0)]
        found = unit.conn.execute(select(entries.c.object).where(entries.c.action == Action.OFFER_NOT_GIVEN.value))
        assert list(found.scalars()) == [str(sale.outcome.id)]


def corrected(database: Database, he: Caller, sale: Saved, **changes: Any) -> Saved:
    record = msgspec.structs.replace(sale.outcome, id=uuid4(), corrects=sale.outcome.id, note="改", **changes)
    assert verdicts(send(database, he, Saved(outcome=record))) == ["accepted"]
    return Saved(outcome=record)


def order_after(database: Database, record: Saved) -> PlacedOrder:
    with database.read() as unit:
        (order,) = orders.of_outcome(unit, str(record.id))
    return order


def test_an_order_that_was_refused_here_goes_on_once_a_correction_passes(
    database: Database, he: Caller, task: Task
) -> None:
    # INTEG-07, OUTCOME-12
    known(database, task, billing=Billing(arrears_fen=1_250))
    sale = sold(database, he, task, fly())
    assert "有欠费" in reason(database, sale)
    assert [one.id for one in open_tasks(database)] == [f"order-{order_id(sale.outcome.id)}"]
    still = corrected(database, he, sale)
    assert order_after(database, still).state is OrderState.FAILED
    known(database, task, billing=Billing(arrears_fen=0), version=3)
    again = corrected(database, he, still)
    order = order_after(database, again)
    assert (order.state, order.reason, order.first_outcome) == (OrderState.PENDING, None, sale.outcome.id)
    assert open_tasks(database) == []


def test_an_offer_whose_order_goes_on_is_the_customers_again(database: Database, he: Caller, task: Task) -> None:
    # OFFER-05, OFFER-12
    known(database, task, services=Services(contracts=[LOCK]))
    sale = saved(task, he.staff_number, offers=(put_together(3_700),), result="not_needed")
    send(database, he, sale)
    assert replies(database) == [Reply.MADE]
    refused = order_after(database, sale).reason
    assert refused is not None
    assert "2027-03-31 前不可办：协议期内不能换成自选套餐。" in refused.zh
    free = msgspec.structs.replace(LOCK, locked=False)
    known(database, task, services=Services(contracts=[free]), version=3)
    assert order_after(database, corrected(database, he, sale)).state is OrderState.PENDING
    assert replies(database) == [Reply.ACCEPTED]


def test_a_correction_that_says_it_was_not_the_owner_stops_the_order_and_takes_gifts_back(
    database: Database, he: Caller, task: Task
) -> None:
    # SCRIPT-22, OUTCOME-11
    known(database, task)
    gift = OfferMade(
        offer="free-data", version=1, kind=OfferKind.FREE_USE, name=Text("送流量", "Free data"), reply=Reply.ACCEPTED,
        benefit="b", cost_fen=500,
    )  # fmt: skip
    sale = sold(database, he, task, fly(), offers=(gift,))
    record = corrected(database, he, sale, contact=Contact.FAMILY)
    order = order_after(database, record)
    assert (order.state, order.reason) == (OrderState.FAILED, NOT_THE_OWNER)
    assert replies(database) == [Reply.MADE]
    corrected(database, he, record, contact=Contact.FAMILY)
    assert replies(database) == [Reply.MADE]


def replies(database: Database) -> list[Reply]:
    with database.read() as unit:
        care = customers.section(unit, "C1", "care", Care) or Care()
    return [one.reply for one in care.offers]


def open_tasks(database: Database) -> list[Task]:
    with database.read() as unit:
        return tasks.open_of(unit, "C1")


def test_a_trial_runs_once_accepted_and_ends_with_the_order_that_goes_back(
    database: Database, he: Caller, task: Task
) -> None:
    # SCRIPT-14, FOLLOW-07
    known(database, task)
    sale = sold(database, he, task, fly(name=PLAN, trial=BACK), result="trial_agreed")
    assert running(database) == []
    accept(database, sale)
    assert running(database) == [("4G 飞享 58", BACK)]
    back = fly(product="4G 飞享 77", code="fx-77", price_fen=7_700, ends_trial=True)
    record = msgspec.structs.replace(sale.outcome, id=uuid4(), result="trial_returned", order=back, success=False)
    send(database, he, Saved(outcome=record))
    assert reason(database, Saved(outcome=record)) == ""
    accept(database, Saved(outcome=record))
    assert running(database) == []
    assert len(timeline(database, "C1")) == 2


def accept(database: Database, sale: Saved) -> None:
    for state in (OrderState.CONFIRMED, OrderState.ACCEPTED):
        with database.write() as unit:
            move(unit, str(order_id(sale.outcome.id)), state, by="crm")


def running(database: Database) -> list[tuple[str, Trial]]:
    with database.read() as unit:
        care = customers.section(unit, "C1", "care", Care) or Care()
    found: list[OrderEvent] = [one for one in care.orders if one.trial is not None]
    return [(one.what.zh, one.trial) for one in found if one.what is not None and one.trial is not None]
