"""TASK-05: a phone account manager's desk holds the named customers, and those alone."""

from typing import Any

import msgspec
from server_kit import add_agent, agent, document, given, read_page, saved, send, stored, task, verdicts

from core.domain.people import RIGHTS, Role
from core.server.access.caller import Caller
from core.server.db.engine import Database
from core.server.loading import load
from core.server.portfolios import Told, tell_portfolios
from core.server.sync.pull import pull

MANAGER = Role.PHONE_ACCOUNT_MANAGER


def named(index: int, manager: str = "11") -> Any:
    one = document(index)
    assert one.identity is not None
    one.identity = msgspec.structs.replace(one.identity, manager_staff_number=manager)
    return one


def held(database: Database, who: str = "11") -> set[str]:
    """Customers on that desk after a pull from the start."""
    page = read_page(pull(database, staff_number=who, rights=RIGHTS[MANAGER], cursor="", limit=2000).body)
    return {change.key for change in page.changes if change.kind.value == "customer"}


def a_manager(database: Database) -> Caller:
    return add_agent(database, agent("11", role=MANAGER))


def test_named_customers_come_to_their_managers_desk_and_stay(database: Database) -> None:
    a_manager(database)
    add_agent(database, agent("2"))
    load(database, [(named(1), None), (named(2), None), (named(3, "12"), None)])
    assert tell_portfolios(database) == Told(came=2)
    assert held(database) == {"C1", "C2"}
    assert tell_portfolios(database) == Told()


def test_a_finished_task_leaves_the_customer_in_the_portfolio(database: Database) -> None:
    me = a_manager(database)
    load(database, [(named(1), task(1, to="11", lease_epoch=1))])
    given(database, 2, to="11", lease_epoch=1)
    tell_portfolios(database)
    done = saved(stored(database, "T1"), "11"), saved(stored(database, "T2"), "11")
    assert verdicts(send(database, me, *done)) == ["accepted", "accepted"]
    assert held(database) == {"C1"}
    # The manager calls again, without a task.
    assert verdicts(send(database, me, saved(None, "11", customer_id="C1"))) == ["accepted"]


def test_who_gets_another_manager_leaves_the_desk_unless_a_task_keeps_them(database: Database) -> None:
    a_manager(database)
    load(database, [(named(1), None), (named(2), task(2, to="11", lease_epoch=1))])
    tell_portfolios(database)
    load(database, [(named(1, "12"), None), (named(2, "12"), None)])
    assert tell_portfolios(database) == Told(left=1)
    assert held(database) == {"C2"}


def test_being_named_gives_nobody_else_a_portfolio(database: Database) -> None:
    # ROLE-01
    add_agent(database, agent("2"))
    load(database, [(named(1, "2"), None)])
    assert tell_portfolios(database) == Told()
    assert held(database, "2") == set()
