"""Who saw a customer is told from the audit, and asking for it stands there too."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from inside_kit import inside
from server_kit import NOON, StillClock, add_agent, agent, document, given, number_of, send, task
from sqlalchemy import select, update

from core.domain.call import Reveal
from core.domain.people import Role
from core.server.claiming import claim_next
from core.server.cli import main
from core.server.commands.audit import HOW
from core.server.db import audit, schema
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.dispatching import PIECE, dispatch_waiting
from core.server.loading import load
from core.server.purge.erasing import erase
from core.server.who_saw import LEASED, Seen, who_saw
from core.wire.push import Revealed
from tests.server_process import ServerProcess


def seen(database: Database, customer_id: str) -> list[Seen]:
    with database.read() as unit:
        return who_saw(unit, customer_id)


def told(found: list[Seen]) -> set[tuple[str, str, str]]:
    return {(one.staff_number, one.how, one.what) for one in found}


def test_dispatch_names_its_tasks_in_pieces_and_each_customer_finds_whose_desk_it_was(database: Database) -> None:
    # S7: assignments stand in the chain
    many = PIECE + 20
    add_agent(database, agent("1", daily_target=many))
    load(database, [(document(n), task(n)) for n in range(many)])
    dispatch_waiting(database, actor="server")
    with database.read() as unit:
        rows = unit.conn.execute(select(schema.audit.c.payload).where(schema.audit.c.action == "dispatch")).all()
        assert audit.verify(unit) == []
    assert len(rows) == 2
    assert all(len(row.payload) < 16 * PIECE for row in rows)
    assert told(seen(database, "C7")) == {("1", "dispatch", "T7")}
    assert told(seen(database, f"C{many - 1}")) == {("1", "dispatch", f"T{many - 1}")}


def test_an_entry_that_is_gone_is_made_up_for_by_the_lease(sqlite: Database, clock: StillClock) -> None:
    add_agent(sqlite, agent("1"))
    given(sqlite, 1, to="1")
    assert told(seen(sqlite, "C1")) == {("1", LEASED, "T1")}


def test_who_asked_for_a_task_unmasked_and_exported_is_told(sqlite: Database, clock: StillClock) -> None:
    she = add_agent(sqlite, agent("1"))
    add_agent(sqlite, agent("2"))
    with sqlite.write() as unit:
        audit.write(unit, writer="cli:old", action=Action.EXPORT, object_="outcomes", rows=3)
    clock.forward(hours=1)
    load(sqlite, [(document(n), task(n, created_at=clock.now)) for n in (1, 2)])
    claim_next(sqlite, ["1", "2"])
    shown = next(one.what for one in seen(sqlite, "C1") if one.how == "task_claimed")
    assert shown == "T1"
    at = NOON + timedelta(hours=1)
    send(sqlite, she, Revealed(reveal=Reveal(id=uuid4(), customer_id="C1", number=number_of(1), at=at, agent="1")))
    with sqlite.write() as unit:
        audit.write(unit, writer="cli:new", action=Action.EXPORT, object_="outcomes", rows=7)
    found = seen(sqlite, "C1")
    assert told(found) >= {("1", "task_claimed", "T1"), ("1", "reveal", ""), ("cli:new", "export", "outcomes (7)")}
    assert not any(one.staff_number in ("2", "cli:old") for one in found), "nor what was before the customer came"
    assert {one.name for one in found if one.staff_number == "1"} == {"员工1"}
    assert [one.certain for one in found] == [True, True, False]


def test_one_who_was_erased_still_finds_whose_desks_it_was(sqlite: Database) -> None:
    add_agent(sqlite, agent("1"))
    load(sqlite, [(document(1), task(1))])
    dispatch_waiting(sqlite, actor="server")
    erase(sqlite, "C1", by="server")
    with sqlite.write() as unit:
        unit.conn.execute(update(schema.audit).where(schema.audit.c.action == "dispatch").values(payload=None))
    assert {one.staff_number for one in seen(sqlite, "C1")} == {"1", "server"}


@pytest.fixture
def server(tmp_path: Path) -> ServerProcess:
    with ServerProcess(tmp_path) as running:
        running.publish_content()
        running.add_user(agent("1", areas=("东岭区",)))
        running.add_user(agent("2", areas=("东岭区",), role=Role.PHONE_ACCOUNT_MANAGER))
        running.load([(document(n), None) for n in (1, 2)])
        for staff_number in ("1", "2"):
            _look(running, staff_number)
        return running


def _look(server: ServerProcess, staff_number: str) -> None:
    sign_in = {"staff_number": staff_number, "password": "stayline-demo"}
    token = requests.post(f"{server.url}/v1/session", json=sign_in, timeout=15).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    asked = {"number": number_of(int(staff_number))}
    found = requests.post(f"{server.url}/v1/customers/search", json=asked, headers=headers, timeout=15)
    assert [one["customer_id"] for one in found.json()["customers"]] == [f"C{staff_number}"]
    assert requests.get(f"{server.url}/v1/customers/C1", headers=headers, timeout=15).status_code == 200


def test_the_command_names_who_opened_and_who_found_a_customer_and_is_on_record(
    server: ServerProcess, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "who", "C1", "--data", str(tmp_path)]) == 0
    said = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [(line[1], line[2], line[3].split(" / ")[1]) for line in said] == [
        ("1", "员工1", "was shown them in a search"),
        ("1", "员工1", "opened the customer"),
        ("2", "员工2", "opened the customer"),
    ]
    assert main(["audit", "--data", str(tmp_path), "who", "C1"]) == 0
    assert "asked who saw them" in capsys.readouterr().out
    assert main(["audit", "who", "C404", "--data", str(tmp_path)]) == 0
    assert "Nobody is on record" in capsys.readouterr().out
    assert main(["audit", "--data", str(tmp_path)]) == 0


# Reliability S1
def test_a_lead_who_looked_at_the_desk_is_told_once_a_day(
    sqlite: Database, tmp_path: Path, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    add_agent(sqlite, agent("1"))
    add_agent(sqlite, agent("3001", role=Role.TEAM_LEAD))
    given(sqlite, 1, to="1")
    with inside(sqlite, tmp_path, "3001") as lead:
        for _ in range(3):
            assert len(lead.ask("GET", "/v1/team/1/tasks").json()["tasks"]) == 1
        given(sqlite, 2, to="1")
        lead.ask("GET", "/v1/team/1/tasks")
        assert [told(seen(sqlite, f"C{n}")) - {("1", LEASED, f"T{n}")} for n in (1, 2)] == [
            {("3001", "desk_seen", "T1")}, {("3001", "desk_seen", "T2")},
        ]  # fmt: skip
        with sqlite.read() as unit:
            assert len(unit.conn.execute(select(schema.audit).where(schema.audit.c.action == "desk_seen")).all()) == 2
        clock.forward(hours=24)
        lead.renew()
        lead.ask("GET", "/v1/team/1/tasks")
    assert [one.at for one in seen(sqlite, "C1") if one.how == "desk_seen"] == [NOON, clock.now]


@pytest.mark.parametrize(
    "action",
    [
        Action.EVENT_TAKEN, Action.TICKET_TAKEN, Action.DESK_SEEN, Action.TASK_SETTLED, Action.CALLBACK_MOVED,
        Action.DIAL_FORBIDDEN, Action.QUIET_CHANGED, Action.CARD_REDEEMED, Action.CASE_OPENED, Action.CASE_CLOSED,
        Action.COMMITMENT_MADE, Action.SLOT_BOOKED, Action.SLOT_CANCELLED, Action.OPT_OUT, Action.OPT_OUT_RELEASED,
        Action.CUSTOMER_OPENED, Action.CUSTOMER_NOT_OPENED, Action.REVEAL, Action.ERASED,
    ],
)  # fmt: skip
def test_whatever_was_done_with_a_customer_is_told_in_words(action: Action) -> None:
    assert HOW[action.value].zh != action.value
