"""Orders on their way when the seller's customers go to somebody else: the new one sees them and sees to their end."""

import msgspec
import pytest
from case_kit import hand_over, keys_of
from order_kit import order_of, sell, told
from server_kit import StillClock, add_agent, agent, document, given, send, stored, task, verdicts
from sqlalchemy import select

from core.domain.customer import Document
from core.domain.order_state import ORDER_STATE, OrderState
from core.domain.people import Role
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import orders, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.db.schema import audit
from core.server.loading import load
from core.server.orders.forgetting import forget_ended
from core.server.orders.moving import move
from core.server.portfolios import tell_portfolios

WHY = Text("欠费未清", "arrears")


@pytest.fixture
def me(database: Database) -> Caller:
    return add_agent(database, agent("1027", role=Role.VIP_SPECIALIST, team="vip", skills=("4g-upgrade",)))


@pytest.fixture
def other(database: Database) -> Caller:
    return add_agent(database, agent("1028", role=Role.VIP_SPECIALIST, team="vip", skills=("4g-upgrade",)))


def _named(manager: str) -> Document:
    one = document(1)
    assert one.identity is not None
    one.identity = msgspec.structs.replace(one.identity, manager_staff_number=manager)
    return one


def handed(database: Database, who: Caller, leaves: str, to: str) -> None:
    assert verdicts(send(database, who, hand_over(who, leaves, to))) == ["accepted"]


def failed(database: Database, order_id: str) -> None:
    with database.write() as unit:
        move(unit, order_id, OrderState.FAILED, by="crm", reason=WHY)


def test_who_takes_over_sees_the_sellers_orders_and_the_seller_still_knows_how_they_end(
    database: Database, me: Caller, other: Caller
) -> None:
    # VIP-11, INTEG-07
    sale = sell(database, me, given(database, to="1027"))
    handed(database, me, "1027", "1028")
    (one,) = told(database, other)
    assert (one.follower, one.sold_by, one.customer) == ("1028", me.agent.name, "吴**")
    assert one.is_followed_by("1028")
    (own,) = told(database, me)
    assert not own.is_followed_by("1027")
    with database.write() as unit:
        move(unit, str(one.id), OrderState.CONFIRMED, by="sms")
    assert [told(database, who)[0].state for who in (me, other)] == [OrderState.CONFIRMED] * 2
    # The sale is the seller's for good.
    placed = order_of(database, sale)
    assert (placed.agent, placed.follower) == ("1027", "1028")


def test_an_order_that_fails_comes_back_to_who_follows_it(database: Database, me: Caller, other: Caller) -> None:
    # INTEG-07, VIP-11
    sale = sell(database, me, given(database, to="1027"))
    handed(database, me, "1027", "1028")
    order = order_of(database, sale)
    failed(database, str(order.id))
    back = stored(database, f"order-{order.id}")
    assert back.assigned_to == "1028"
    assert "欠费未清" in back.reason.zh


def test_handed_back_the_order_is_the_sellers_alone_again(database: Database, me: Caller, other: Caller) -> None:
    # VIP-11
    sell(database, me, given(database, to="1027"))
    handed(database, me, "1027", "1028")
    handed(database, other, "1028", "1027")
    (own,) = told(database, me)
    assert own.is_followed_by("1027")
    assert own.sold_by == ""
    assert told(database, other) == []


def test_an_order_that_has_ended_stays_where_it_was(database: Database, me: Caller, other: Caller) -> None:
    sale = sell(database, me, given(database, to="1027"))
    failed(database, str(order_of(database, sale).id))
    handed(database, me, "1027", "1028")
    assert told(database, other) == []


def test_both_desks_forget_an_order_that_ended_long_ago(
    database: Database, clock: StillClock, me: Caller, other: Caller
) -> None:
    sale = sell(database, me, given(database, to="1027"))
    handed(database, me, "1027", "1028")
    failed(database, str(order_of(database, sale).id))
    with database.read() as unit:
        days = settings.site(unit).orders_told_days
    clock.forward(days=days + 1)
    assert forget_ended(database) == 1
    kept = {key for who in ("1027", "1028") for key in keys_of(database, who) if key.startswith(f"{ORDER_STATE}/")}
    assert kept == set()


def test_the_orders_of_a_named_customer_follow_to_the_new_manager(database: Database) -> None:
    # TASK-05, INTEG-07
    former, new = (add_agent(database, agent(who, role=Role.PHONE_ACCOUNT_MANAGER)) for who in ("11", "12"))
    load(database, [(_named("11"), task(1, to="11", lease_epoch=1))])
    tell_portfolios(database)
    sell(database, former, stored(database, "T1"))
    load(database, [(_named("12"), None)])
    tell_portfolios(database)
    (one,) = told(database, new)
    assert one.is_followed_by("12")
    with database.read() as unit:
        assert [order.follower for order in orders.open_followed_by(unit, "12")] == ["12"]
        assert orders.open_followed_by(unit, "11") == []
        kept = unit.conn.execute(select(audit.c.action).where(audit.c.action == Action.CASES_HANDED_OVER.value)).all()
        assert len(kept) == 1


def test_a_former_manager_with_an_open_task_leaves_the_orders_to_the_new_one(database: Database) -> None:
    # TASK-05, INTEG-07
    former, new = (add_agent(database, agent(who, role=Role.PHONE_ACCOUNT_MANAGER)) for who in ("11", "12"))
    load(database, [(_named("11"), task(1, to="11", lease_epoch=1))])
    tell_portfolios(database)
    sell(database, former, stored(database, "T1"))
    load(database, [(_named("12"), task(2, customer_id="C1", to="11", lease_epoch=1))])
    tell_portfolios(database)
    with database.read() as unit:
        assert tasks.keeps_customer(unit, "11", "C1")
    (one,) = told(database, new)
    assert one.is_followed_by("12")
    (own,) = told(database, former)
    assert not own.is_followed_by("11")
    # Told once: the next round finds nothing to pass on.
    before = keys_of(database, "12")
    tell_portfolios(database)
    assert keys_of(database, "12") == before
