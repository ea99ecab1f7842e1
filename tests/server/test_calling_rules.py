"""The server asks the calling rules as a desk does: before it gives a task out, and of what desks tell it."""

import argparse
import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from server_kit import NOON, StillClock, add_agent, agent, dialled, document, send, stored, task, verdicts
from sqlalchemy import select, text

from core.content.calendars import load_calendar
from core.domain.calendar import Window
from core.domain.campaign import Route
from core.domain.customer import Care, Document, Ticket
from core.domain.outreach import ContactState, OutgoingContact
from core.domain.task import Task, TaskState, TaskType
from core.domain.text import Text
from core.server import calling_hours
from core.server import housekeeping as housekeeping_room
from core.server.calling_rules import CallingRules, ask_again, let_rest
from core.server.claiming import claim_next
from core.server.commands import site
from core.server.db import outreach, refusals, schema, settings
from core.server.db.claims import CLAIM
from core.server.db.engine import Database, Unit
from core.server.desks import WaitsFor
from core.server.dispatch import Dispatched
from core.server.dispatching import desks, dispatch_waiting
from core.server.housekeeping import housekeeping
from core.server.http.services import Services
from core.server.loading import load
from core.server.one_run import one_run_at_a_time
from core.server.outstanding import outstanding
from core.wire.claiming import NoTask

HOUR = timedelta(hours=1)
THRICE = Care(dials=[NOON - HOUR * n for n in (1, 2, 3)])
COMPLAINS = Care(
    tickets=[
        Ticket(
            id="1",
            kind=Text("投诉", "Complaint"),
            topic=Text("信号弱", "Weak"),
            complaint=True,
            opened_at=NOON - 48 * HOUR,
        )
    ]
)


def claimed(database: Database, *asking: str) -> list[str]:
    return [one.task.id if one.task else str(one.why) for one in claim_next(database, asking)]


def dispatched(database: Database) -> set[str]:
    return {one.task.id for one in dispatch_waiting(database, actor="t").assignments}


def hours(database: Database, first: str, last: str) -> None:
    with database.write() as unit:
        settings.put_site(unit, msgspec.structs.replace(settings.site(unit), call_from=first, call_until=last))


@pytest.fixture
def city(database: Database) -> Database:
    """An agent, and who may not be called before who may: a cap used up, a complaint, hours of their own."""
    add_agent(database, agent("1"))
    noon = document(3)
    assert noon.contact is not None
    noon.contact.quiet = [Window(11 * 60, 14 * 60)]
    load(
        database, [(document(1, care=THRICE), task(1, priority=0)), (document(2, care=COMPLAINS), task(2, priority=0))]
    )
    load(database, [(noon, task(3, priority=0)), (document(4), task(4, priority=9))])
    return database


# TASK-16, VIP-03
def test_a_task_whose_customer_may_not_be_called_is_not_claimed_and_waits(city: Database, clock: StillClock) -> None:
    assert claimed(city, "1", "1") == ["T4", "nothing_fits"]
    assert {stored(city, f"T{n}").state for n in (1, 2, 3)} == {TaskState.WAITING}
    with city.read() as unit:
        assert [(one.why, one.tasks) for one in outstanding(unit, desks(unit))] == [(WaitsFor.REST, 3)]
    clock.forward(hours=3)
    assert claimed(city, "1", "1", "1") == ["T3", "nothing_fits", "nothing_fits"], "14:00: three dials in a day still"
    clock.forward(hours=20)
    assert claimed(city, "1", "1") == ["T1", "nothing_fits"]


# TASK-16, VIP-03
def test_dispatch_gives_their_place_to_who_may_be_called(city: Database) -> None:
    add_agent(city, agent("1", daily_target=1))
    assert dispatched(city) == {"T4"}
    assert dispatched(city) == set()


# TASK-16
def test_nothing_is_claimed_outside_hours_and_desks_are_filled_for_when_they_begin(city: Database) -> None:
    hours(city, "13:30", "20:00")
    assert claim_next(city, ["1"])[0].why is NoTask.NOT_NOW
    assert dispatched(city) == {"T4"}, "at half past one T3's customer is still left in peace"


# VIP-03
def test_what_the_customer_waits_for_is_given_out_whatever_they_complained_of(city: Database) -> None:
    load(city, [(document(5, care=COMPLAINS), task(5, type=TaskType.COMPLAINT_REVISIT))])
    load(city, [(document(6, care=COMPLAINS), task(6, owed=True))])
    assert sorted(claimed(city, "1", "1", "1", "1")) == ["T4", "T5", "T6", "nothing_fits"]


# TASK-16
def test_many_who_may_not_be_called_hold_up_nobody_behind_them(sqlite: Database) -> None:
    add_agent(sqlite, agent("1"))
    load(sqlite, [(document(n, care=THRICE), task(n, priority=0)) for n in range(1800)])
    load(sqlite, [(document(5000), task(5000, priority=9))])
    assert claimed(sqlite, "1") == ["nothing_fits"], "so far a claim does not look"
    assert claimed(sqlite, "1") == ["T5000"], "but the next does not look at them again"


def forbidden(database: Database) -> list[tuple[str, str]]:
    """What the audit says of dials that the rules were against: whose chain, and why."""
    with database.read() as unit:
        rows = unit.conn.execute(schema.audit.select().where(schema.audit.c.action == "dial_forbidden")).all()
    return [(row.writer, msgspec.json.decode(row.payload)["why"]) for row in rows]


# TASK-16
def test_dials_against_the_rules_are_kept_for_they_happened_and_stand_in_the_audit(city: Database) -> None:
    me = add_agent(city, agent("1"))
    (first,) = claim_next(city, ["1"])
    assert first.task is not None
    made = [dialled("1", 4, at=NOON - HOUR / 2 + HOUR / 60 * n) for n in range(4)]
    night = dialled("1", 4, at=NOON - 9 * HOUR)
    assert verdicts(send(city, me, *made, night)) == ["accepted"] * 5
    assert forbidden(city) == [("1", "cap_24h"), ("1", "hours")]
    with city.read() as unit:
        assert len(unit.conn.execute(schema.dial.select()).all()) == 5


# OUTCOME-11: what a customer says in a call forbids the next one
def test_a_refusal_forbids_what_is_dialled_after_it_alone(city: Database, clock: StillClock) -> None:
    me = add_agent(city, agent("1"))
    claim_next(city, ["1"])
    with city.write() as unit:
        refusals.hear(unit, "C4", [], outcome_id="", staff_number="1")
    clock.forward(hours=1)
    send(city, me, dialled("1", 4, at=NOON - HOUR / 60), dialled("1", 4, at=NOON + HOUR / 60))
    assert forbidden(city) == [("1", "opted_out")]


def withheld(index: int, **changes: Any) -> tuple[Document, Task]:
    """A customer who agrees to no calls that sell, and a task of theirs."""
    return document(index, indicators={"marketing_consent": False}), task(index, **changes)


# TASK-16
def test_who_agrees_to_no_calls_that_sell_is_called_about_their_own_line_alone(city: Database) -> None:
    add_agent(city, agent("2", skills=("4g-upgrade", "low-balance", "complaint-revisit")))
    own = {"type": TaskType.CHURN_INCLINED_VISIT, "scenario": "low-balance"}
    load(city, [withheld(5, priority=0), withheld(6, priority=1, **own), withheld(7, priority=1, owed=True)])
    assert claimed(city, "2", "2", "2", "2") == ["T6", "T7", "T4", "nothing_fits"]
    with city.read() as unit:
        assert (WaitsFor.REST, 4) in [(one.why, one.tasks) for one in outstanding(unit, desks(unit))]
    load(city, [(document(5, indicators={"marketing_consent": True}), task(5))])
    with city.write() as unit:
        ask_again(unit)
    assert claimed(city, "2") == ["T5"], "asked anew, they agreed"


# TASK-16
def test_a_call_that_sold_to_who_agreed_to_none_stands_in_the_audit(city: Database) -> None:
    me = add_agent(city, agent("1"))
    load(city, [withheld(5, to="1", lease_epoch=1)])
    assert verdicts(send(city, me, dialled("1", 5))) == ["accepted"]
    assert forbidden(city) == [("1", "no_consent")]


# TASK-16
def test_who_rests_by_the_former_hours_is_asked_of_anew_when_they_are_widened(city: Database) -> None:
    add_agent(city, agent("1", daily_target=1))
    hours(city, "13:30", "20:00")
    assert dispatched(city) == {"T4"}
    contact = OutgoingContact(
        id=uuid4(), campaign_id="K", customer_id="C4", route=Route.SMS, state=ContactState.WAITING, made_at=NOON
    )
    with city.write() as unit:
        outreach.add(unit, [contact])
        due = outreach.due(unit, 9)[0]
        assert outreach.claim(unit, due, pause=CLAIM)
    set_site(city, "--cap-24h", "4")
    with city.read() as unit:
        assert outreach.due(unit, 9) == [], "a worker holds it at the moment"
    with city.write() as unit:
        outreach.rest(unit, due, until=NOON + 3 * HOUR)
    add_agent(city, agent("1"))
    set_site(city, "--call-from", "08:00")
    with city.read() as unit:
        assert [one.contact.id for one in outreach.due(unit, 9)] == [contact.id]
    assert claimed(city, "1", "1") == ["T1", "nothing_fits"], "the fourth dial is allowed by now"


# TASK-16: the calendar is a file, which is read when the server starts
@pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")
def test_who_rests_by_the_former_calendar_is_asked_of_anew_when_the_server_starts(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_agent(sqlite, agent("1"))
    load(sqlite, [(document(1), task(1))])
    lunch = load_calendar("cn")
    with monkeypatch.context() as patch:
        patch.setattr(
            calling_hours, "calendar", lambda _unit, _name: msgspec.structs.replace(lunch, quiet=(Window(0, 20 * 60),))
        )
        with sqlite.write() as unit:
            let_rest(unit, CallingRules(unit).barred([task(1)], unit.now))
    assert dispatched(sqlite) == set(), "they rest"
    given_out = threading.Semaphore(0)

    def told(database: Database, *, actor: str) -> Dispatched:
        done = dispatch_waiting(database, actor=actor)
        given_out.release()
        return done

    monkeypatch.setattr(housekeeping_room, "dispatch_waiting", told)
    monkeypatch.setattr(housekeeping_room, "publish_shipped", lambda _database, *, checked: [])
    with housekeeping(Services.of(sqlite, tmp_path), 60):
        assert given_out.acquire(timeout=20)
    assert stored(sqlite, "T1").assigned_to == "1"


def held(unit: Unit, task_id: str) -> None:
    unit.conn.execute(select(schema.task.c.id).where(schema.task.c.id == task_id).with_for_update())


def resting(database: Database) -> set[str]:
    with database.read() as unit:
        rows = unit.conn.execute(select(schema.task.c.id).where(schema.task.c.rests_until > unit.now))
        return set(rows.scalars())


@pytest.fixture
def two_rest(opener: Callable[[str], Database], postgres_ready: str) -> Database:
    """Two servers' database, where two tasks rest."""
    database = opener(postgres_ready)
    load(database, [(document(1), task(1)), (document(2), task(2))])
    with database.write() as unit:
        let_rest(unit, {"T1": NOON + HOUR, "T2": NOON + HOUR})
    return database


# TASK-16
@pytest.mark.postgres
def test_who_asks_anew_waits_for_a_run_that_gives_out_and_holds_nothing_of_its(two_rest: Database) -> None:
    anew = threading.Thread(target=set_site, args=(two_rest, "--cap-24h", "4"))
    with two_rest.write() as run:
        one_run_at_a_time(run)
        held(run, "T2")
        anew.start()
        until_somebody_waits(two_rest)
        let_rest(run, {"T1": NOON + HOUR})
    anew.join()
    assert resting(two_rest) == set(), "what the run said by the former rules too"


# TASK-16
@pytest.mark.postgres
def test_who_asks_anew_waits_for_no_task_that_somebody_is_at(two_rest: Database) -> None:
    with two_rest.write() as desk, two_rest.write() as unit:
        held(desk, "T1")
        unit.conn.execute(text("set local lock_timeout = '5s'"))
        ask_again(unit)
    assert resting(two_rest) == {"T1"}, "for its hour at most"


def until_somebody_waits(database: Database) -> None:
    waiting = text("select count(*) from pg_locks where not granted")
    for _ in range(200):
        with database.read() as unit:
            if unit.conn.execute(waiting).scalar_one():
                return
        threading.Event().wait(0.05)
    raise AssertionError("nobody waits")


def set_site(database: Database, *options: str) -> None:
    """By command, in this transaction's database."""
    parser = argparse.ArgumentParser()
    site.add(parser, lambda _parser: None)
    named = parser.parse_args(["set", *options])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "opened", lambda _options: nullcontext(database))
        named.run(named)
