"""Other systems name customers by the ids of the lists that brought them: each way in knows them by these."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from server_kit import add_agent, agent
from sqlalchemy import select

from core.domain.people import Role
from core.domain.text import Text
from core.server.cases.tickets import take_ticket
from core.server.cli import main
from core.server.customer_ids import of_source
from core.server.db import customers, incoming, schema
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.incoming.taking import take_event
from core.wire.casework import HotlineTicket, TicketKind
from core.wire.incoming import IncomingEvent

THEIRS = "VICT7789"
OURS = of_source(THEIRS)
NAME = "金丝雀"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A centre that took a list."""
    listed, data = tmp_path / "list.csv", tmp_path / "data"
    listed.write_text(f"客户编号,手机号码,客户姓名\n{THEIRS},10000000001,吴文静\n", "utf-8")
    assert main(["init", "--data", str(data)]) == 0
    assert main(["import", str(listed), "--scenario", "4g-upgrade", "--no-tasks", "--data", str(data)]) == 0
    return data


@pytest.fixture
def centre(data: Path) -> Iterator[Database]:
    database = Database(open_engine(sqlite_url(data)))
    yield database
    database.close()


# TASK-09, TASK-10
def test_events_and_tickets_find_who_is_meant(centre: Database) -> None:
    now = datetime.now(UTC)
    take_event(centre, "crm", IncomingEvent(id="E-1", kind="sales-lead", customer_id=THEIRS, at=now))
    hotline = add_agent(centre, agent("9", role=Role.PLANNER))
    words = Text("漫游收费有疑问", "A question on roaming charges")
    asked = HotlineTicket(id="H-1", kind=TicketKind.CALLBACK, customer_id=THEIRS, at=now, words=words)
    take_ticket(centre, hotline, asked)
    with centre.read() as unit:
        kept = incoming.get(unit, "E-1")
        assert kept is not None
        assert kept.customer_id == OURS
        assert set(unit.conn.execute(select(schema.hotline_ticket.c.customer_id)).scalars()) == {OURS}


# EVAL-01
def test_who_left_is_found_by_it(data: Path, centre: Database, tmp_path: Path) -> None:
    left = tmp_path / "left.csv"
    left.write_text(f"{THEIRS},2026-01-05\n", "utf-8")
    assert main(["on-net", str(left), "--as-of", "2026-01-06", "--data", str(data)]) == 0
    with centre.read() as unit:
        assert list(unit.conn.execute(select(schema.departure.c.customer_id)).scalars()) == [OURS]


# DATA-01, ID-08
def test_a_warehouse_delivers_by_it(data: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    place = ("--data", str(data))
    delivered, other = tmp_path / "crm.csv", tmp_path / "billing.csv"
    delivered.write_text(f"客户编号,tenure\nNEW1,3\n{THEIRS},40\n", "utf-8")
    other.write_text(f"客户编号,balance\n{OURS},900\nNEW1,100\n", "utf-8")
    (tmp_path / "left.csv").write_text(f"{THEIRS},2026-01-05\n", "utf-8")
    assert main(["on-net", str(tmp_path / "left.csv"), "--as-of", "2026-01-06", *place]) == 0
    assert main(["snapshot", "load", str(delivered), str(other), *place]) == 0
    assert "None of the" not in capsys.readouterr().err
    kept = pq.read_table(next((data / "snapshots").glob("*.parquet"))).to_pylist()
    found = {one["customer_id"]: (one["tenure"], one["balance"], one["left_on"]) for one in kept}
    assert found == {OURS: (40, 900, date(2026, 1, 5)), of_source("NEW1"): (3, 100, None)}


# Reliability S8: who asks to be erased gives the id that they have on a bill
def test_who_asks_is_erased_and_told_who_saw_them(
    data: Path, centre: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    event = IncomingEvent(id="E-1", kind="unheard-of", customer_id=THEIRS, at=datetime.now(UTC), fields={"who": NAME})
    take_event(centre, "crm", event)
    assert main(["audit", "who", THEIRS, "--data", str(data)]) == 0
    assert "told of an event" in capsys.readouterr().out
    assert main(["erase", THEIRS, "--data", str(data)]) == 0
    with centre.read() as unit:
        assert customers.head(unit, OURS) is None
        kept = incoming.get(unit, "E-1")
        assert kept is not None
        assert NAME not in str(kept.event.fields)
    capsys.readouterr()
    assert main(["audit", "who", THEIRS, "--data", str(data)]) == 0
    assert "erased the customer" in capsys.readouterr().out


def test_what_came_before_the_list_is_erased_as_well(tmp_path: Path) -> None:
    data, listed = tmp_path / "data", tmp_path / "list.csv"
    assert main(["init", "--data", str(data)]) == 0
    database = Database(open_engine(sqlite_url(data)))
    now = datetime.now(UTC)
    early = IncomingEvent(id="E-1", kind="sales-lead", customer_id=THEIRS, at=now, fields={"who": NAME})
    take_event(database, "crm", early)
    listed.write_text(f"客户编号,手机号码,客户姓名\n{THEIRS},10000000001,吴文静\n", "utf-8")
    assert main(["import", str(listed), "--scenario", "4g-upgrade", "--no-tasks", "--data", str(data)]) == 0
    assert main(["erase", THEIRS, "--data", str(data)]) == 0
    with database.read() as unit:
        kept = incoming.get(unit, "E-1")
    database.close()
    assert kept is not None
    assert NAME not in str(kept.event.fields)
