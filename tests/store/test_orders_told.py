"""What the server tells of orders: kept, shown with the day's records, and a sale is a success once it is accepted."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from store_kit import NOW, a_page, a_task, put, saved

from core.domain.offered import OfferMade, Reply
from core.domain.order import Order
from core.domain.order_state import ORDER_STATE, OrderState, OrderTold, order_id, order_name
from core.domain.ordered import UNTOLD
from core.domain.text import Text
from core.store.store import Store
from core.wire.pull import Change, ContentDocument
from core.wire.push import Saved

PACK = Text("流量包", "Data pack")
DAY = (NOW - timedelta(hours=12), NOW + timedelta(hours=12))
ORDER = Order(
    product="飞享 118", price_fen=11800, term_months=12, locked=False, starts_on=date(2026, 12, 1), read_back=True,
    consent=True,
)  # fmt: skip


def a_sale(index: int) -> Saved:
    return saved(a_task(index), success=True, order=ORDER)


def with_offer(index: int, **changes: Any) -> Saved:
    """A sale of a plan, and a pack accepted beside it."""
    pack = OfferMade(
        offer="data-pack", version=1, kind="value_added", name=PACK, reply=Reply.ACCEPTED,
        order=msgspec.structs.replace(ORDER, product=PACK.zh, price_fen=1000, term_months=0),
    )  # fmt: skip
    return saved(a_task(index), offers=(pack,), **({"success": True, "order": ORDER} | changes))


def told(sale: Saved, state: OrderState, offer: str = "") -> Change:
    value = OrderTold(
        id=order_id(sale.id, offer), first_outcome=sale.id, customer_id=sale.outcome.customer_id, product="飞享 118",
        price_fen=11800, state=state, at=NOW, offer=offer,
    )  # fmt: skip
    body = msgspec.Raw(msgspec.json.encode(value))
    return put(ContentDocument(kind=ORDER_STATE, name=order_name(sale.id, offer), version=1, body=body))


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
    assert [(one.state, one.told) for one in rows[first.id].orders] == [(OrderState.PENDING, None)]
    assert [one.state for one in rows[second.id].orders] == [OrderState.FAILED]
    assert sorted(len(row.orders) for row in rows.values()) == [0, 1, 1]


@pytest.mark.parametrize(
    ("plan", "pack", "success", "awaited"),
    [
        (OrderState.ACCEPTED, OrderState.ACCEPTED, 1, 0),
        (OrderState.ACCEPTED, None, 0, 1),
        (None, OrderState.ACCEPTED, 0, 1),
        (OrderState.ACCEPTED, OrderState.SUBMITTED, 0, 1),
        (OrderState.SUBMITTED, OrderState.FAILED, 0, 0),
        (OrderState.ACCEPTED, OrderState.DECLINED, 0, 0),
    ],
)
def test_a_sale_of_several_orders_counts_once_all_are_accepted(
    store: Store, plan: OrderState | None, pack: OrderState | None, success: int, awaited: int
) -> None:
    # OUTCOME-12, OFFER-04
    sale = with_offer(1)
    store.save(sale)
    changes = [told(sale, plan)] if plan else []
    changes += [told(sale, pack, "data-pack")] if pack else []
    store.apply(a_page(*changes), now=NOW)
    figures = store.day_figures(*DAY)
    assert (figures.success, figures.awaited) == (success, awaited)
    (row,) = store.saved_between(*DAY)
    assert [(one.what.en, one.state) for one in row.orders] == [
        ("飞享 118", plan or OrderState.PENDING), ("Data pack", pack or OrderState.PENDING),
    ]  # fmt: skip


def test_an_offer_accepted_in_a_call_without_a_sale_is_shown_and_no_success(store: Store) -> None:
    sale = with_offer(1, success=False, order=None)
    store.save(sale)
    store.apply(a_page(told(sale, OrderState.ACCEPTED, "data-pack")), now=NOW)
    (row,) = store.saved_between(*DAY)
    assert [one.state for one in row.orders] == [OrderState.ACCEPTED]
    figures = store.day_figures(*DAY)
    assert (figures.success, figures.awaited) == (0, 0)


def test_a_sale_of_which_nothing_was_told_for_long_stands_as_it_was_recorded(store: Store) -> None:
    # It is older than orders that are followed, or its order ended so long ago that nobody tells of it.
    store.save(a_sale(1))
    assert store.day_figures(*DAY, as_of=NOW + UNTOLD - timedelta(days=1)).awaited == 1
    later = NOW + UNTOLD + timedelta(days=1)
    figures = store.day_figures(*DAY, as_of=later)
    assert (figures.success, figures.awaited) == (1, 0)
    (row,) = store.saved_between(*DAY, as_of=later)
    assert [one.state for one in row.orders] == [None]


def test_a_corrected_sale_follows_the_order_of_its_call(store: Store) -> None:
    sale = a_sale(1)
    again = Saved(outcome=msgspec.structs.replace(sale.outcome, id=uuid4(), corrects=sale.id, note="改"))
    store.save(sale)
    store.save(again)
    store.apply(a_page(told(sale, OrderState.ACCEPTED)), now=NOW)
    assert store.day_figures(*DAY).success == 1
    assert {one.state for row in store.saved_between(*DAY) for one in row.orders} == {OrderState.ACCEPTED}


def test_orders_are_there_after_a_restart_and_forgotten_with_the_mirror(
    store: Store, reopened: Callable[[], Store]
) -> None:
    sale = a_sale(1)
    store.apply(a_page(told(sale, OrderState.SUBMITTED)), now=NOW)
    again = reopened()
    assert [one.state for one in again.orders()] == [OrderState.SUBMITTED]
    again.clear_mirror()
    assert again.orders() == []
