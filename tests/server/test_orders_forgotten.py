"""A desk is told of an order that has ended for a time that the site sets, and no longer; the order stays on record."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from alembic import command
from alembic.config import Config
from order_kit import order_of, sell, told
from server_kit import NOON, StillClock, add_agent, agent, given, read_page
from sqlalchemy import func, select

from core.domain.order_state import ORDER_STATE, OrderState, order_id
from core.domain.task import Task
from core.server import migrations
from core.server.access.caller import Caller
from core.server.cli import main
from core.server.db import orders, settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.db.schema import content, placed_order
from core.server.orders.forgetting import forget_ended
from core.server.orders.moving import move
from core.server.purge.erasing import erase
from core.server.sync.pull import pull
from core.wire.push import Saved


@pytest.fixture
def he(database: Database) -> Caller:
    return add_agent(database, agent())


@pytest.fixture
def task(database: Database, he: Caller) -> Task:
    return given(database, to=he.staff_number)


def accept(database: Database, sale: Saved) -> None:
    with database.write() as unit:
        for state in (OrderState.CONFIRMED, OrderState.ACCEPTED):
            move(unit, str(order_id(sale.id)), state, by="crm")


def documents(database: Database) -> int:
    with database.read() as unit:
        return unit.conn.execute(select(func.count()).where(content.c.kind == ORDER_STATE)).scalar_one()


def test_orders_of_who_was_erased_are_not_looked_at_for_good(
    database: Database, he: Caller, task: Task, clock: StillClock
) -> None:
    accept(database, sell(database, he, task))
    erase(database, task.customer_id, by="test")
    clock.forward(days=91)
    assert forget_ended(database) == 1
    with database.read() as unit:
        assert orders.told_long_enough(unit, 10) == []


def test_what_ended_long_ago_is_told_no_longer(database: Database, he: Caller, task: Task, clock: StillClock) -> None:
    sale = sell(database, he, task)
    accept(database, sale)
    page = pull(database, staff_number="2043", rights=he.rights, cursor="", limit=500)
    cursor = read_page(page.body).cursor
    clock.forward(days=89)
    assert forget_ended(database) == 0
    assert len(told(database, he)) == 1
    clock.forward(days=2)
    assert forget_ended(database) == 1
    assert told(database, he) == []
    assert documents(database) == 0
    # A desk that had it forgets it; the order itself stands.
    page = pull(database, staff_number="2043", rights=he.rights, cursor=cursor, limit=500)
    assert [one.key for one in read_page(page.body).changes if one.deleted] == [f"{ORDER_STATE}/{sale.id}"]
    assert order_of(database, sale).state is OrderState.ACCEPTED
    assert forget_ended(database) == 0


def test_what_is_under_way_is_told_however_old_it_is(
    database: Database, he: Caller, task: Task, clock: StillClock
) -> None:
    sell(database, he, task)
    clock.forward(days=400)
    assert forget_ended(database) == 0
    assert len(told(database, he)) == 1


def test_the_site_says_how_long(database: Database, he: Caller, task: Task, clock: StillClock) -> None:
    with database.write() as unit:
        settings.put_site(unit, msgspec.structs.replace(settings.site(unit), orders_told_days=200))
    accept(database, sell(database, he, task))
    clock.forward(days=199)
    assert forget_ended(database) == 0
    clock.forward(days=2)
    assert forget_ended(database) == 1


def test_the_command_takes_no_shorter_time_than_desks_count_on_and_some_hours_to_reply(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--data", str(tmp_path)]) == 0
    assert main(["site", "set", "--orders-told-days", "120", "--data", str(tmp_path)]) == 0
    assert "orders_told_days  120" in capsys.readouterr().out
    assert main(["site", "set", "--orders-told-days", "30", "--data", str(tmp_path)]) != 0
    assert "90" in capsys.readouterr().err
    assert main(["site", "set", "--reply-within-h", "24", "--data", str(tmp_path)]) == 0
    assert "reply_within_h    24" in capsys.readouterr().out
    assert main(["site", "set", "--reply-within-h", "0", "--data", str(tmp_path)]) != 0


def test_orders_that_had_ended_before_are_told_for_ninety_days_too(tmp_path: Path, clock: StillClock) -> None:
    engine = open_engine(sqlite_url(tmp_path))
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    row = {
        "tenant_id": "main", "outcome_id": "o", "customer_id": "C1", "staff_number": "2043", "team_id": "A",
        "created_at": NOON, "changed_at": NOON, "tries": 0, "body": b"{}",
    }  # fmt: skip
    with engine.begin() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "0006")
        conn.execute(placed_order.insert(), [
            row | {"id": "ended", "state": "accepted", "due_at": None},
            row | {"id": "open", "state": "pending", "due_at": NOON},
        ])  # fmt: skip
        command.upgrade(config, "head")
        due = {found.id: found.due_at for found in conn.execute(select(placed_order.c.id, placed_order.c.due_at))}
    engine.dispose()
    assert due == {"ended": NOON + timedelta(days=90), "open": NOON}
