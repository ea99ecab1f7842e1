"""Orders for the server's tests: a sale pushed from a desk, and a CRM and gateway in the test's hand."""

from datetime import date
from typing import Any

from server_kit import read_page, saved, send, verdicts

from core.domain import decoding
from core.domain.customer import Care
from core.domain.order import Order
from core.domain.order_state import ORDER_STATE, OrderTold, PlacedOrder, order_id
from core.domain.task import Task
from core.server.access.caller import Caller
from core.server.db import customers, orders
from core.server.db.engine import Database
from core.server.sync.pull import pull
from core.wire.pull import ContentDocument, Kind
from core.wire.push import Saved


def an_order(**changes: Any) -> Order:
    values: dict[str, Any] = {
        "product": "飞享 118",
        "price_fen": 11800,
        "term_months": 12,
        "locked": False,
        "starts_on": date(2026, 12, 1),
        "read_back": True,
        "consent": True,
    }
    return Order(**(values | changes))


def sell(database: Database, caller: Caller, of: Task, **changes: Any) -> Saved:
    """The agent saves a sale, and the server takes it."""
    sale = saved(of, caller.staff_number, success=True, result="order_agreed", order=an_order(), **changes)
    assert verdicts(send(database, caller, sale)) == ["accepted"]
    return sale


def order_of(database: Database, sale: Saved) -> PlacedOrder:
    with database.read() as unit:
        found = orders.get(unit, str(order_id(sale.outcome.id)))
    assert found is not None
    return found


def pulled(database: Database, caller: Caller) -> list[Any]:
    page = pull(database, staff_number=caller.staff_number, rights=caller.rights, cursor="", limit=500)
    return list(read_page(page.body).changes)


def told(database: Database, caller: Caller) -> list[OrderTold]:
    """The orders that this person's desk hears of."""
    documents = [
        decoding.decode(change.body, ContentDocument)
        for change in pulled(database, caller)
        if change.kind is Kind.CONTENT and not change.deleted
    ]
    return [decoding.decode(one.body, OrderTold) for one in documents if one.kind == ORDER_STATE]


def timeline(database: Database, customer_id: str) -> list[str]:
    with database.read() as unit:
        care = customers.section(unit, customer_id, "care", Care) or Care()
    return [entry.label.zh for entry in care.orders]
