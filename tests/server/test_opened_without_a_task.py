"""Who may open customers without a task opens nobody who is on another team's desk, and not a whole base in a day."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from case_kit import opened
from inside_kit import Inside, inside
from server_kit import StillClock, add_agent, agent, document, task

from core.domain.people import Role
from core.server.access.caller import Caller
from core.server.db import schema, settings, tasks
from core.server.db.engine import Database
from core.server.loading import load
from core.server.sync.effects import given_to, given_up

Asks = Callable[[str], Inside]
MANAGER = "31"


@pytest.fixture
def asks(database: Database, tmp_path: Path) -> Iterator[Asks]:
    """River's agent 21 and lead 22 without areas, which stand for the whole centre; spring's agent 11, manager 31."""
    for who, team, role in (
        ("21", "river", Role.OUTBOUND_REPRESENTATIVE),
        ("22", "river", Role.TEAM_LEAD),
        ("23", "river", Role.VIP_SPECIALIST),
        ("11", "spring", Role.OUTBOUND_REPRESENTATIVE),
        (MANAGER, "spring", Role.PHONE_ACCOUNT_MANAGER),
    ):
        add_agent(database, agent(who, team=team, team_name=f"班组{team}", role=role))
    with ExitStack() as stack:
        yield lambda who: stack.enter_context(inside(database, tmp_path, who))


def refused(database: Database) -> list[tuple[str, str]]:
    """Who was kept from opening whom, as the audit has it."""
    with database.read() as unit:
        statement = schema.audit.select().where(schema.audit.c.action == "customer_not_opened")
        return [
            (row.writer, row.object)
            for row in unit.conn.execute(statement.order_by(schema.audit.c.object, schema.audit.c.writer))
        ]


def pulled(who: Inside) -> set[str]:
    return {change["key"] for change in who.ask("GET", "/v1/pull").json()["changes"] if change["kind"] == "customer"}


# Reliability S1
def test_nobody_opens_who_is_on_another_teams_desk(database: Database, asks: Asks) -> None:
    named = document(3)
    assert named.identity is not None
    named.identity = msgspec.structs.replace(named.identity, manager_staff_number=MANAGER)
    load(database, [(document(1), task(1, to="11")), (named, None), (document(4), None), (document(2), None)])
    opened(database, Caller(agent("11", team="spring"), "s"), 2)
    for person in (river := asks("21"), asks("22")):
        for customer in ("C1", "C2", "C3"):
            answer = person.ask("GET", f"/v1/customers/{customer}")
            assert (answer.status_code, answer.json()["code"]) == (403, "other_team")
            assert "班组spring" in answer.json()["detail_zh"]
            assert answer.json()["next_zh"]
    assert refused(database) == [(who, one) for one in ("C1", "C2", "C3") for who in ("21", "22")]
    assert pulled(river) == set()
    assert river.ask("GET", "/v1/customers/C4").status_code == 200, "on nobody's desk"
    assert asks(MANAGER).ask("GET", "/v1/customers/C1").status_code == 200, "a colleague of the same team"


# Reliability S1
def test_who_calls_in_is_opened_by_the_team_that_knows_them(database: Database, asks: Asks) -> None:
    load(database, [(document(1), task(1, to="23")), (document(2), task(2, to="21"))])
    assert asks("21").ask("GET", "/v1/customers/C1").status_code == 200
    assert asks("22").ask("GET", "/v1/customers/C2").status_code == 200
    assert refused(database) == []


# Reliability S1
def test_a_person_opens_so_many_in_a_day_and_no_more(database: Database, asks: Asks, clock: StillClock) -> None:
    load(database, [(document(index), None) for index in range(1, 6)] + [(document(6), task(6, to="21"))])
    with database.write() as unit:
        settings.put_site(unit, msgspec.structs.replace(settings.site(unit), opened_24h=2))
    person = asks("21")
    assert [person.ask("GET", f"/v1/customers/C{one}").status_code for one in (6, 1, 2, 1, 3)] == [200] * 4 + [403]
    answer = person.ask("GET", "/v1/customers/C4")
    assert (answer.status_code, answer.json()["code"]) == (403, "opened_enough")
    assert "2 位" in answer.json()["detail_zh"]
    assert refused(database) == [("21", "C3"), ("21", "C4")]
    assert pulled(person) == {"C1", "C2", "C6"}
    assert asks("23").ask("GET", "/v1/customers/C3").status_code == 200, "the bound is each person's own"
    clock.forward(hours=25)
    assert asks("21").ask("GET", "/v1/customers/C3").status_code == 200


# Reliability S1
def test_a_time_at_a_store_is_booked_for_nobody_on_another_teams_desk(database: Database, asks: Asks) -> None:
    load(database, [(document(1), task(1, to="11")), (document(2), task(2, to="23")), (document(3), None)])

    def booked(customer: str) -> str:
        slot = {"store": "s", "slot": {"begins_at": "2036-11-23T04:00:00Z"}, "customer_id": customer}
        return str(asks("21").ask("PUT", f"/v1/slots/{uuid4()}", json=slot).json()["code"])

    # There are no stores here: whoever may book is told of that.
    assert [booked(one) for one in ("C1", "C2", "C3")] == ["other_team", "stores_silent", "stores_silent"]


# Reliability S1
def test_who_spoke_with_a_customer_books_what_was_agreed(database: Database, asks: Asks) -> None:
    load(database, [(document(1), task(1, to="21"))])
    with database.write() as unit:
        held = tasks.get(unit, "T1")
        assert held is not None
        tasks.change(unit, held, given_to(given_up(held), "11", unit.now + timedelta(hours=1)))
    slot = {"store": "s", "slot": {"begins_at": "2036-11-23T04:00:00Z"}, "customer_id": "C1"}
    answer = asks("21").ask("PUT", f"/v1/slots/{uuid4()}", json=slot)
    assert answer.json()["code"] == "stores_silent"
