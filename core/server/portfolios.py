"""A phone account manager's desk holds the named customers (TASK-05): whoever came to a portfolio, or left it, is told.

Lists and accounts change in processes of their own, so the feed is brought in line with the customers as they stand,
now and then; where nothing has changed this reads two indexes and writes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, select

from core.domain.people import Right
from core.server.db import audit, customers, feed, orders, people, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.feed import Entry
from core.server.db.schema import customer
from core.server.db.schema import feed as feed_table
from core.server.orders.handing_on import hand_on
from core.wire.pull import Kind

_BATCH = 200
"""customers in one transaction: no desk is held up for longer than some milliseconds"""


@dataclass(frozen=True, slots=True)
class Told:
    """How many customers came to portfolios and how many left them."""

    came: int = 0
    left: int = 0


def tell_portfolios(database: Database) -> Told:
    """Every manager's desk gets whom it lacks and loses whom it has no reason to hold any more."""
    with database.read() as unit:
        managers = [
            one.agent.staff_number
            for one in people.everyone(unit)
            if Right.PORTFOLIO in one.agent.rights and not one.disabled
        ]
        came = {staff: _lacking(unit, staff) for staff in managers}
        left = {staff: _beyond(unit, staff) for staff in managers}
        passed = _followed_beside(unit, frozenset(managers))
    for staff, ids in passed.items():
        for batch in _batches(ids):
            _pass(database, staff, batch)
    return Told(
        came=sum(_give(database, staff, batch) for staff, ids in came.items() for batch in _batches(ids)),
        left=sum(_take(database, staff, batch) for staff, ids in left.items() for batch in _batches(ids)),
    )


def _lacking(unit: Unit, manager: str) -> list[str]:
    held = exists().where(
        feed_table.c.tenant_id == unit.tenant,
        feed_table.c.audience == manager,
        feed_table.c.kind == Kind.CUSTOMER.value,
        feed_table.c.key == customer.c.id,
        ~feed_table.c.deleted,
    )
    statement = select(customer.c.id).where(customer.c.tenant_id == unit.tenant, customer.c.manager == manager, ~held)
    return list(unit.conn.execute(statement.order_by(customer.c.id)).scalars())


def _beyond(unit: Unit, manager: str) -> list[str]:
    """Held customers of other managers: most of them for a task, which is looked at one by one."""
    statement = (
        select(feed_table.c.key)
        .join(customer, and_(customer.c.tenant_id == feed_table.c.tenant_id, customer.c.id == feed_table.c.key))
        .where(
            feed_table.c.tenant_id == unit.tenant,
            feed_table.c.audience == manager,
            feed_table.c.kind == Kind.CUSTOMER.value,
            ~feed_table.c.deleted,
            customer.c.manager != manager,
        )
        .order_by(feed_table.c.key)
    )
    return [key for key in unit.conn.execute(statement).scalars() if not tasks.keeps_customer(unit, manager, key)]


def _followed_beside(unit: Unit, managers: frozenset[str]) -> dict[str, list[str]]:
    """Customers by who follows their orders although another is their manager by now. An open task may keep a customer
    on the former one's desk for weeks: what the CRM answers is the new one's at once."""
    found: dict[str, list[str]] = defaultdict(list)
    for customer_id, follower in orders.open_beside_manager(unit, managers):
        found[follower].append(customer_id)
    return {staff: list(dict.fromkeys(ids)) for staff, ids in found.items()}


def _pass(database: Database, manager: str, ids: Sequence[str]) -> None:
    with database.write() as unit:
        _pass_orders(unit, manager, frozenset(one for one in ids if tasks.lock_customer(unit, one)))


def _batches(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH)]


def _give(database: Database, manager: str, ids: Sequence[str]) -> int:
    with database.write() as unit:
        # Customers are held before their rows of the feed, as everywhere, and in their order.
        named = (
            select(customer.c.id)
            .where(customer.c.tenant_id == unit.tenant, customer.c.id.in_(ids), customer.c.manager == manager)
            .order_by(customer.c.id)
            .with_for_update()
        )
        still = list(unit.conn.execute(named).scalars())
        feed.publish(unit, [Entry(manager, Kind.CUSTOMER, one) for one in still])
        return len(still)


def _take(database: Database, manager: str, ids: Sequence[str]) -> int:
    with database.write() as unit:
        gone = [one for one in ids if tasks.lock_customer(unit, one) and not tasks.keeps_customer(unit, manager, one)]
        feed.publish(unit, [Entry(manager, Kind.CUSTOMER, one, deleted=True) for one in gone])
        _pass_orders(unit, manager, frozenset(gone))
        return len(gone)


def _pass_orders(unit: Unit, manager: str, gone: frozenset[str]) -> None:
    """What the former manager sold them and has not ended yet is the new one's to follow, where there is one."""
    passed: Counter[str] = Counter()
    for order in orders.open_followed_by(unit, manager) if gone else ():
        head = customers.head(unit, order.customer_id) if order.customer_id in gone else None
        account = people.get(unit, head.manager) if head is not None else None
        if account is not None and not account.disabled and Right.CALL in account.agent.rights:
            passed[account.agent.staff_number] += hand_on(unit, order, account.agent.staff_number)
    for to, count in sorted(passed.items()):
        audit.write(unit, writer="server", action=Action.CASES_HANDED_OVER, object_=manager, to=to, orders=count)
