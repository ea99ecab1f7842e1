"""What the server tells of orders: kept, shown with the day's records, and a sale is a success once it is accepted."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import msgspec
import pytest
from store_kit import NOW, a_page, a_task, put, saved

from core.domain.order_state import ORDER_STATE, OrderState, OrderTold, order_id
from core.domain.outcome import Order
from core.store.store import Store
from core.wire.pull import Change, ContentDocument
from core.wire.push import Saved

DAY = (NOW - timedelta(hours=12), NOW + timedelta(hours=12))
ORDER = Order(
    product="飞享 118", price_fen=11800, term_months=12, locked=False, starts_on=date(2026, 12, 1), read_back=True,
    consent=True,
)  # fmt: skip


def a_sale(index: int) -> Saved:
    return saved(a_task(index), success=True, order=ORDER)


def told(sale: Saved, state: OrderState) -> Change:
    value = OrderTold(
        id=order_id(sale.id), first_outcome=sale.id, customer_id=sale.outcome.customer_id, product="飞享 118",
        price_fen=11800, state=state, at=NOW,
    )  # fmt: skip
    body = msgspec.Raw(msgspec.json.encode(value))
    return put(ContentDocument(kind=ORDER_STATE, name=str(sale.id), version=1, body=body))


@pytest.mark.parametrize(
    ("state", "success", "awaited"),
    [
        (None, 1, 1),
        (OrderState.PENDING, 1, 1),
        (OrderState.CONFIRMED, 1, 1),
        (OrderState.SUBMITTED, 1, 1),
        (OrderState.ACCEPTED, 2, 0),
        (OrderState.FAILED, 1, 0),
        (OrderState.DECLINED, 1, 0),
        (OrderState.LAPSED, 1, 0),
        (OrderState.WITHDRAWN, 1, 0),
    ],
)
def test_a_sale_counts_once_it_is_accepted(store: Store, state: OrderState | None, success: int, awaited: int) -> None:
    # INTEG-07, OUTCOME-12: the other success, without an order, counts as before
    sale = a_sale(1)
    for one in (sale, saved(a_task(2), success=True), saved(a_task(3), success=False)):
        store.save(one)
    if state is not None:
        store.apply(a_page(told(sale, state)), now=NOW)
    figures = store.day_figures(*DAY)
    assert (figures.success, figures.awaited, figures.called) == (success, awaited, 3)
    of = next(iter(figures.by_scenario.values()))
    assert (of.success, of.awaited) == (success, awaited)


def test_the_days_list_says_how_each_order_stands(store: Store) -> None:
    first, second = a_sale(1), a_sale(2)
    for one in (first, second, saved(a_task(3))):
        store.save(one)
    store.apply(a_page(told(second, OrderState.FAILED)), now=NOW)
    rows = {row.outcome_id: row for row in store.saved_between(*DAY)}
    assert (rows[first.id].ordered, rows[first.id].order) == (True, None)
    failed = rows[second.id].order
    assert failed is not None
    assert failed.state is OrderState.FAILED
    assert [row.ordered for row in rows.values()].count(True) == 2


def test_a_corrected_sale_follows_the_order_of_its_call(store: Store) -> None:
    sale = a_sale(1)
    again = Saved(outcome=msgspec.structs.replace(sale.outcome, id=uuid4(), corrects=sale.id, note="改"))
    store.save(sale)
    store.save(again)
    store.apply(a_page(told(sale, OrderState.ACCEPTED)), now=NOW)
    assert store.day_figures(*DAY).success == 1
    assert {row.order.state for row in store.saved_between(*DAY) if row.order} == {OrderState.ACCEPTED}


def test_orders_are_there_after_a_restart_and_forgotten_with_the_mirror(
    store: Store, reopened: Callable[[], Store]
) -> None:
    sale = a_sale(1)
    store.apply(a_page(told(sale, OrderState.SUBMITTED)), now=NOW)
    again = reopened()
    assert [one.state for one in again.orders()] == [OrderState.SUBMITTED]
    again.clear_mirror()
    assert again.orders() == []
