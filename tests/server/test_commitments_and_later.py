"""Standing commitments fall due again and again; what calls brought later finds its way back; callbacks are moved."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast
from uuid import uuid4

import msgspec
import pytest
from errand_kit import Days, Office
from order_kit import an_order, pulled, sell, timeline
from server_kit import NOON, StillClock, add_agent, agent, callback, given, saved, send, stored, verdicts

from core.domain import decoding
from core.domain.callback_move import CallbackMove
from core.domain.clock import local_day
from core.domain.commitment import COMMITMENT, Commitment, CommitmentEnd, CommitmentTold, Rhythm, next_on, occurrences
from core.domain.later_event import LATER_EVENT, LATER_MONEY, BoundEvent, LaterEvent, LaterKind, later_words
from core.domain.outcome import Contact, Intent
from core.domain.task import Task, TaskState
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.cli import main
from core.server.db import commitments, later_events, schema, settings, tasks
from core.server.db.engine import Database, Unit
from core.server.departments import committing
from core.server.departments.binding import take_event
from core.server.departments.committing import raise_due
from core.server.departments.later import Later, Look
from core.server.departments.later_decode import LaterTold, read_later
from core.server.departments.port import DepartmentPort
from core.wire.errands import CallbackMoved, CommitmentEnded, CommitmentMade
from core.wire.pull import ContentDocument
from core.wire.push import Answers, Saved

DAY = timedelta(days=1)


@pytest.fixture
def he(database: Database) -> Caller:
    return add_agent(database, agent())


@pytest.fixture
def task(database: Database, he: Caller) -> Task:
    return given(database, to=he.staff_number)


def monthly(task: Task, who: str, first: date) -> Commitment:
    return Commitment(
        id=uuid4(), customer_id=task.customer_id, agent=who, scenario=task.scenario, text="读账单",
        rhythm=Rhythm.MONTHLY, first_on=first, minute=600, at=NOON,
    )  # fmt: skip


def documents(database: Database, caller: Caller, kind: str) -> list[bytes]:
    found = [decoding.decode(one.body, ContentDocument) for one in pulled(database, caller) if not one.deleted]
    return [bytes(one.body) for one in found if one.kind == kind]


def test_a_commitment_falls_due_each_month_until_it_is_ended(
    database: Database, he: Caller, task: Task, clock: StillClock
) -> None:
    # FOLLOW-10
    send(database, he, saved(task, he.staff_number))
    made = monthly(task, he.staff_number, date(2026, 11, 30))
    assert verdicts(send(database, he, CommitmentMade(commitment=made))) == ["accepted"]
    assert raise_due(database) == 0
    clock.forward(days=7)
    assert (raise_due(database), raise_due(database)) == (1, 0)
    with database.read() as unit:
        (due,) = tasks.open_of(unit, task.customer_id)
    assert (due.reason.zh, due.assigned_to, due.state) == ("约好的：读账单", he.staff_number, TaskState.FOLLOW_UP)
    call = saved(due, he.staff_number, recorded_at=clock() + timedelta(hours=3))
    clock.forward(hours=3)
    assert verdicts(send(database, he, call)) == ["accepted"]
    (kept,) = (decoding.decode(one, CommitmentTold) for one in documents(database, he, COMMITMENT))
    assert (kept.kept_on, next_on(kept, date(2026, 11, 30))) == ((date(2026, 11, 30),), date(2026, 12, 30))
    end = CommitmentEnd(id=uuid4(), commitment=made.id, agent=he.staff_number, at=NOON, why="家人代读")
    assert verdicts(send(database, he, CommitmentEnded(commitment_end=end))) == ["accepted"]
    clock.forward(days=60)
    assert raise_due(database) == 0


def test_a_customer_is_called_again_each_quarter_on_the_day_that_was_agreed(
    database: Database, he: Caller, task: Task, clock: StillClock
) -> None:
    # FOLLOW-08
    send(database, he, saved(task, he.staff_number))
    made = msgspec.structs.replace(
        monthly(task, he.staff_number, date(2026, 11, 30)), text="季度回访", rhythm=Rhythm.QUARTERLY
    )
    assert verdicts(send(database, he, CommitmentMade(commitment=made))) == ["accepted"]
    called = []
    for day in (date(2026, 11, 30), date(2027, 2, 28)):
        clock.forward(days=(day - local_day(clock.now)).days)
        assert (raise_due(database), raise_due(database)) == (1, 0)
        with database.read() as unit:
            (due,) = tasks.open_of(unit, task.customer_id)
        assert due.callback_at is not None
        called.append((due.reason.zh, local_day(due.callback_at)))
        assert verdicts(send(database, he, saved(due, he.staff_number, recorded_at=clock.now))) == ["accepted"]
        clock.forward(days=30)
        assert raise_due(database) == 0, "nothing between two quarters"
    assert called == [("约好的：季度回访", date(2026, 11, 30)), ("约好的：季度回访", date(2027, 2, 28))]


@pytest.mark.postgres
def test_a_commitment_that_ends_while_a_call_is_noted_stays_ended(
    opener: Callable[[str], Database], postgres_ready: str, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # FOLLOW-10: two pushes at once, of the agent's call and of the lead's end.
    database = opener(postgres_ready)
    he = add_agent(database, agent())
    task = given(database, to=he.staff_number)
    made = monthly(task, he.staff_number, date(2026, 11, 30))
    send(database, he, saved(task, he.staff_number), CommitmentMade(commitment=made))
    clock.forward(days=7)
    assert raise_due(database) == 1
    with database.read() as unit:
        (due,) = tasks.open_of(unit, task.customer_id)
    end = CommitmentEnd(id=uuid4(), commitment=made.id, agent=he.staff_number, at=NOON, why="家人代读")
    keep, ends = committing._keep, list[Future[Answers]]()
    with ThreadPoolExecutor(1) as other:

        def between(unit: Unit, told: CommitmentTold, team_id: str) -> None:
            if not ends:
                ends.append(other.submit(send, database, he, CommitmentEnded(commitment_end=end)))
                wait(ends, timeout=1)
            keep(unit, told, team_id)

        monkeypatch.setattr(committing, "_keep", between)
        assert verdicts(send(database, he, saved(due, he.staff_number, recorded_at=clock.now))) == ["accepted"]
        assert verdicts(ends[0].result()) == ["accepted"]
    with database.write() as unit:
        assert commitments.running(unit) == []
        kept = commitments.get(unit, str(made.id))
    assert kept is not None
    assert kept[0].kept_on == (date(2026, 11, 30),)


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    # FOLLOW-10
    made = Commitment(
        id=uuid4(), customer_id="C1", agent="1", scenario="vip-care", text="读账单", rhythm=Rhythm.MONTHLY,
        first_on=date(2026, 10, 31), minute=600, at=NOON,
    )  # fmt: skip
    days = occurrences(made, date(2026, 11, 1), date(2027, 4, 1))
    assert [one.isoformat()[5:] for one in days] == ["11-30", "12-31", "01-31", "02-28", "03-31"]


def event(task: Task, **changes: object) -> LaterEvent:
    values = {"id": "E1", "kind": LaterKind.ORDERED, "customer_id": task.customer_id, "at": NOON + 3 * DAY}
    return LaterEvent(**(values | changes))  # type: ignore[arg-type]


def test_an_order_three_days_later_is_bound_to_the_call_that_caused_it(
    database: Database, he: Caller, task: Task, clock: StillClock
) -> None:
    # OUTCOME-07
    call = saved(task, he.staff_number, intent=Intent.WILL_VISIT_STORE)
    send(database, he, call)
    clock.forward(days=3)
    office = Office()
    office.events = (event(task, channel="store"), event(task, id="E2", customer_id="JC9999999"))
    Days(database, office, clock).go_on()
    Days(database, office, clock).go_on()
    (bound,) = (decoding.decode(one, BoundEvent) for one in documents(database, he, LATER_EVENT))
    assert (bound.outcome_id, later_words(bound).zh) == (call.outcome.id, "后来办理，通话后 3 天")
    assert timeline(database, task.customer_id) == ["后来办理，通话后 3 天"]
    with database.read() as unit:
        assert {one.event.id: bool(one.outcome_id) for one in later_events.listed(unit)} == {"E1": True, "E2": False}


def test_an_order_that_was_told_of_before_its_call_is_bound_once_the_call_comes(
    sqlite: Database, clock: StillClock
) -> None:
    # OUTCOME-07: a desk that was in the field for days uploads after the shop has sold.
    he = add_agent(sqlite, agent())
    task = given(sqlite, to=he.staff_number)
    call = saved(task, he.staff_number, intent=Intent.WILL_VISIT_STORE)
    clock.forward(days=4)
    with sqlite.write() as unit:
        assert take_event(unit, event(task, channel="store"), by="test") is None
        assert take_event(unit, event(task, id="E2", at=NOON - DAY), by="test") is None
    assert verdicts(send(sqlite, he, call)) == ["accepted"]
    (bound,) = (decoding.decode(one, BoundEvent) for one in documents(sqlite, he, LATER_EVENT))
    assert (bound.event.id, bound.outcome_id) == ("E1", call.outcome.id)
    with sqlite.read() as unit:
        kept = {one.event.id: (one.outcome_id, one.agent) for one in later_events.listed(unit)}
    assert kept == {"E1": (str(call.outcome.id), he.staff_number), "E2": ("", "")}


@pytest.mark.parametrize(
    ("changes", "bound"),
    [
        ({}, False),
        ({"intent": Intent.HESITANT}, True),
        ({"intent": Intent.HESITANT, "contact": Contact.UNANSWERED}, False),
        ({"intent": Intent.REFUSES}, False),
    ],
)
def test_only_a_call_that_left_it_open_causes_a_later_order(
    sqlite: Database, changes: dict[str, object], bound: bool
) -> None:
    he = add_agent(sqlite, agent())
    task = given(sqlite, to=he.staff_number)
    send(sqlite, he, saved(task, he.staff_number, **changes))
    with sqlite.write() as unit:
        assert (take_event(unit, event(task), by="test") is not None) is bound
        assert take_event(unit, event(task, id="old", at=NOON + 8 * DAY), by="test") is None


def test_the_bonus_belongs_to_the_call_that_sold_it_and_a_referral_to_the_last_one(
    sqlite: Database, clock: StillClock
) -> None:
    # OUTCOME-07, OUTCOME-08
    he = add_agent(sqlite, agent())
    task = given(sqlite, to=he.staff_number)
    sale = sell(sqlite, he, task)
    what = an_order().product
    with sqlite.write() as unit:
        kinds = (LaterKind.BONUS, LaterKind.JOINED, LaterKind.REFERRED)
        found = [take_event(unit, event(task, id=kind.value, kind=kind, what=what), by="test") for kind in kinds]
        ordered = take_event(unit, event(task, id="again", what=what), by="test")
    assert [one.outcome_id if one else None for one in found] == [sale.outcome.id] * 3
    assert ordered is None


def test_money_that_came_in_belongs_to_the_call_that_sold_it_and_is_told_with_its_amount(
    sqlite: Database, clock: StillClock
) -> None:
    # OFFER-06, KPI-09
    he = add_agent(sqlite, agent())
    task = given(sqlite, to=he.staff_number)
    sale = sell(sqlite, he, task)
    what = an_order().product
    with sqlite.write() as unit:
        paid = event(task, id="paid", kind=LaterKind.DEPOSITED, what=what, fen=10_050)
        none = event(task, id="none", kind=LaterKind.RECOVERED, what=what)
        bonus = event(task, id="odd", kind=LaterKind.BONUS, what=what, fen=1)
        other = event(task, id="other", kind=LaterKind.RECOVERED, what="P9", fen=2_000)
        found = [take_event(unit, one, by="test") for one in (paid, none, bonus, other)]
        assert [one.outcome_id if one else None for one in found] == [sale.outcome.id, None, None, None]
        assert {one.event.id for one in later_events.listed(unit)} == {"paid", "other"}
    # A desk of before reads every document of the kind that it knows: money stands in another.
    assert documents(sqlite, he, LATER_EVENT) == []
    (bound,) = (decoding.decode(one, BoundEvent) for one in documents(sqlite, he, LATER_MONEY))
    assert later_words(bound) == Text(
        f"预存已到账 · {what} 100.50 元，通话后 3 天", f"Deposit paid in · {what}, 100.50 yuan, 3 d after the call"
    )


def test_a_file_of_later_events_is_taken_whole_or_not_at_all(
    sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # OUTCOME-07
    he = add_agent(sqlite, agent())
    task = given(sqlite, to=he.staff_number)
    send(sqlite, he, saved(task, he.staff_number, intent=Intent.HESITANT))
    sqlite.close()
    file = tmp_path / "later.csv"
    file.write_text(f"id,kind,customer_id,at\nA,ordered,{task.customer_id},2026-11-24 10:00\n", "utf-8")
    assert main(["errands", "import-later", str(file), "--data", str(tmp_path)]) == 0
    assert "1 bound to the call" in capsys.readouterr().out
    file.write_text(f"id,kind,customer_id,at\nB,sold,{task.customer_id},2026-11-24 10:00\n", "utf-8")
    assert main(["errands", "import-later", str(file), "--data", str(tmp_path)]) == 1
    assert "later.csv:2" in capsys.readouterr().err
    # OFFER-06
    for yuan in ("", "-5", "1e3", "0"):
        file.write_text(
            f"id,kind,customer_id,at,yuan\nC,deposited,{task.customer_id},2026-11-24 10:00,{yuan}\n", "utf-8"
        )
        assert main(["errands", "import-later", str(file), "--data", str(tmp_path)]) == 1
    file.write_text(f"id,kind,customer_id,at,yuan\nC,deposited,{task.customer_id},2026-11-24 10:00,100.5\n", "utf-8")
    assert main(["errands", "import-later", str(file), "--data", str(tmp_path)]) == 0
    assert main(["errands", "later", "--data", str(tmp_path)]) == 0
    assert "100.50" in capsys.readouterr().out


class _Teller:
    """Departments that tell of an event whose kind this server does not know, before one that it does."""

    odd = b'{"id":"odd","kind":"moved_house","customer_id":"JC1","at":"2026-11-23T00:00:00Z"}'

    def __init__(self, event: LaterEvent) -> None:
        self._answer = b'{"after":"7","events":[' + self.odd + b"," + msgspec.json.encode(event) + b"]}"

    def later(self, after: str) -> LaterTold:
        return read_later(self._answer)


def test_an_event_that_is_not_understood_is_put_aside_and_the_others_go_on(
    database: Database, he: Caller, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    # OUTCOME-07
    send(database, he, saved(task, he.staff_number, intent=Intent.WILL_VISIT_STORE))
    told = event(task)
    port = cast("DepartmentPort", _Teller(told))
    for _ in range(2):
        later = Later(database, port)
        later.side.work(Look(""))
    with database.read() as unit:
        assert [one.event for one in later_events.listed(unit)] == [told]
        assert [one.body for one in later_events.aside(unit)] == [_Teller.odd]
        assert settings.read(unit, "later_after") == "7"
        on_record = unit.conn.execute(schema.audit.select().where(schema.audit.c.action == "later_strange")).all()
    assert len(on_record) == 1
    # A newer server knows the kind.
    known = msgspec.structs.replace(told, id="odd")
    monkeypatch.setattr("core.server.departments.later.read_event", lambda _: known)
    Later(database, port)._look_again()
    with database.read() as unit:
        assert later_events.aside(unit) == []
        assert later_events.known(unit, "odd")


def test_an_event_that_cannot_be_worked_on_is_not_the_last(database: Database, he: Caller, task: Task) -> None:
    # OUTCOME-07: a day before all calendars
    send(database, he, saved(task, he.staff_number, intent=Intent.WILL_VISIT_STORE))
    told, office = event(task), Office()
    office.events = (msgspec.structs.replace(told, id="old", at=datetime(1, 1, 1, tzinfo=UTC)), told)
    for _ in range(2):
        Later(database, office).side.work(Look(""))
    with database.read() as unit:
        assert later_events.known(unit, told.id)
        assert settings.read(unit, "later_after") == "1"
        assert len(later_events.aside(unit)) == 1


def test_who_runs_the_server_reads_what_was_not_understood(
    sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite.write() as unit:
        later_events.put_aside(unit, "odd", _Teller.odd)
    assert main(["errands", "strange", "--data", str(tmp_path)]) == 0
    assert "看不懂的地方 / what is not understood: Invalid enum value" in capsys.readouterr().out


def test_a_callback_is_moved_where_the_customer_agreed(database: Database, he: Caller, task: Task) -> None:
    made = saved(task, he.staff_number)
    promise = callback(task, he.staff_number, NOON + DAY, outcome_id=made.outcome.id)
    send(database, he, Saved(outcome=made.outcome, follow_ups=(promise,)))
    move = CallbackMove(
        id=uuid4(), task_id=task.id, customer_id=task.customer_id, agent=he.staff_number, at=NOON,
        before=NOON + DAY, to=NOON + 2 * DAY, agreed_with=Contact.FAMILY,
    )  # fmt: skip
    nobody = msgspec.structs.replace(move, id=uuid4(), agreed_with=Contact.UNANSWERED)
    assert verdicts(send(database, he, CallbackMoved(callback_move=nobody))) == ["rejected"]
    assert verdicts(send(database, he, CallbackMoved(callback_move=move))) == ["accepted"]
    assert stored(database, task.id).callback_at == NOON + 2 * DAY
    send(database, he, saved(stored(database, task.id), he.staff_number))
    again = msgspec.structs.replace(move, id=uuid4(), to=NOON + 3 * DAY)
    assert verdicts(send(database, he, CallbackMoved(callback_move=again))) == ["superseded"]
