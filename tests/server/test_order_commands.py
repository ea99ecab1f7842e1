"""Orders at the server's command line: seen, confirmed or declined by a person, with the order's state in words."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from order_kit import order_of, sell
from server_kit import StillClock, add_agent, agent, given

from core.domain.order_state import OrderState, order_id
from core.server.cli import main
from core.server.db import orders
from core.server.db.engine import Database
from core.wire.push import Saved


@pytest.fixture
def sales(sqlite: Database) -> list[Saved]:
    he = add_agent(sqlite, agent())
    return [sell(sqlite, he, given(sqlite, index, to=he.staff_number)) for index in (1, 2)]


def test_a_person_confirms_or_declines_where_there_is_no_gateway(
    sqlite: Database, sales: list[Saved], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # OUTCOME-12
    place = ["--data", str(tmp_path)]
    first, second = (str(order_id(sale.id)) for sale in sales)
    assert main(["orders", "list", *place]) == 0
    listed = capsys.readouterr().out
    assert first in listed
    assert "待二次确认，短信还没有发出 / To be confirmed; the SMS has not gone out" in listed
    assert main(["orders", "confirm", first, *place]) == 0
    assert main(["orders", "decline", second, *place]) == 0
    assert [order_of(sqlite, sale).state for sale in sales] == [OrderState.CONFIRMED, OrderState.DECLINED]
    assert order_of(sqlite, sales[0]).steps[-1].by.startswith("cli")
    assert main(["orders", "confirm", second, *place]) == 1
    assert main(["orders", "confirm", "no-such-order", *place]) == 1
    capsys.readouterr()
    assert main(["orders", "list", "--state", "declined", *place]) == 0
    assert capsys.readouterr().out.count("飞享 118") == 1


def test_where_no_order_is_under_way_the_list_says_so(
    sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--data", str(tmp_path)]
    assert main(["orders", "list", *place]) == 0
    assert capsys.readouterr().out.startswith("没有在办的订单；")
    assert main(["orders", "list", "--customer", "C1", *place]) == 0
    assert capsys.readouterr().out.startswith("没有这样的订单")


def test_the_newest_orders_are_listed_and_what_is_left_out_is_said(
    sqlite: Database, sales: list[Saved], clock: StillClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.forward(minutes=5)
    he = add_agent(sqlite, agent("2051"))
    newest = sell(sqlite, he, given(sqlite, 3, to=he.staff_number))
    place = ["--data", str(tmp_path)]
    assert main(["orders", "list", "--limit", "1", *place]) == 0
    said = capsys.readouterr().out
    assert str(order_id(newest.id)) in said
    assert "共 3 个，以上是最新的 1 个" in said
    for narrowed, sale in ((["--customer", "C2"], sales[1]), (["--agent", "2051"], newest)):
        assert main(["orders", "list", *narrowed, *place]) == 0
        said = capsys.readouterr().out
        assert (said.count("飞享 118"), str(order_id(sale.id)) in said) == (1, True)
        assert "共" not in said
    with pytest.raises(SystemExit):
        main(["orders", "list", "--limit", "0", *place])


@pytest.mark.parametrize("way", [["--crm", "http://crm.example"], ["--sms", "sms.example"]])
def test_the_server_refuses_an_address_that_it_could_not_use(
    sqlite: Database, tmp_path: Path, way: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--port", "0", *way, "--data", str(tmp_path)]) == 1
    assert "https" in capsys.readouterr().err


def test_what_somebody_follows_for_another_is_listed_with_what_they_sold(
    sqlite: Database, sales: list[Saved], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # INTEG-07
    placed = order_of(sqlite, sales[0])
    with sqlite.write() as unit:
        orders.edit(unit, msgspec.structs.replace(placed, taken_over_by="2051"))
    place = ["--data", str(tmp_path)]
    for who, count in ((placed.agent, 2), ("2051", 1), ("2052", 0)):
        assert main(["orders", "list", "--agent", who, *place]) == 0
        said = capsys.readouterr().out
        assert said.count("飞享 118") == count
        assert (f"{placed.agent}→2051" in said) is (count > 0)


def test_a_command_whose_reader_has_gone_ends_quietly(sales: list[Saved], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "core.server.cli", "orders", "list", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
