"""What has been kept for longer than its period is gone; what counts, what the law wants and refusals stay."""

import json
from datetime import timedelta

import msgspec
import pytest
from order_kit import sell
from server_kit import (
    NOON,
    StillClock,
    add_agent,
    agent,
    callback,
    dialled,
    document,
    given,
    number_of,
    outcome,
    read_page,
    saved,
    send,
    verdicts,
)
from sqlalchemy import select

from core.domain import decoding
from core.domain.customer import Care
from core.domain.data_periods import DATA_PERIODS, LET_GO, DataPeriods, Kept
from core.domain.errors import InputError
from core.domain.order import Order
from core.domain.order_state import OrderState, order_id
from core.domain.outcome import Disconnect, Outcome, PathStep
from core.domain.stripping import stripped
from core.domain.task import Tier
from core.server.access.caller import Caller
from core.server.db import audit, customers, kept_aside, published, refusals, reviewed, schema
from core.server.db.engine import Database
from core.server.loading import load
from core.server.orders.moving import move
from core.server.purge.erasing import erase
from core.server.purge.periods import periods
from core.server.purge.purging import purge
from core.server.purge.rows import GOES, LOGGED, NUMBERED, STAYS, WORDED
from core.server.review import reading
from core.server.review.whose import dealers
from core.server.sync.pull import pull
from core.wire.pull import ContentDocument
from core.wire.push import Saved

CANARY = "金丝雀备注"
NAME = "吴文静"
YEAR = 365


@pytest.fixture
def database(sqlite: Database) -> Database:
    """What differs on PostgreSQL is told by `test_purge_on_both`."""
    return sqlite


@pytest.fixture
def he(database: Database) -> Caller:
    return add_agent(database, agent())


def worked(database: Database, he: Caller, **changes: object) -> Saved:
    """A customer who was called, with a note, and has nothing open."""
    task = given(database, 1, to=he.staff_number)
    item = saved(task, he.staff_number, note=CANARY, success=True, **changes)
    assert verdicts(send(database, he, dialled(he.staff_number), item)) == ["accepted", "accepted"]
    return item


def found_in(database: Database, *words: str) -> set[str]:
    """Tables of which a cell holds one of the words."""
    hits: set[str] = set()
    with database.read() as unit:
        for table in schema.metadata.sorted_tables:
            for row in unit.conn.execute(table.select()):
                text = " ".join(
                    bytes(cell).decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for cell in row
                )
                hits |= {table.name} if any(word in text for word in words) else set()
    return hits


def gone(database: Database, kind: Kept = Kept.CUSTOMERS) -> int:
    return purge(database, by="test", cleaning=False).counts[kind]


def test_who_was_left_alone_for_the_period_is_gone(database: Database, he: Caller, clock: StillClock) -> None:
    first = worked(database, he)
    clock.forward(days=YEAR - 1)
    assert gone(database) == 0
    assert "outcome" in found_in(database, CANARY)
    clock.forward(days=2)
    assert purge(database, by="test", really=False).counts[Kept.CUSTOMERS] == 1
    assert "customer" in found_in(database, NAME)
    assert gone(database) == 1
    assert found_in(database, CANARY, NAME, number_of(1)) == set()
    # The item is known for good: the same again is a duplicate, other words under its id are kept for repair.
    assert verdicts(send(database, he, first)) == ["duplicate"]
    other = Saved(outcome=msgspec.structs.replace(first.outcome, note="别的话"))
    assert verdicts(send(database, he, other)) == ["conflict"]
    with database.read() as unit:
        assert audit.verify(unit) == []
        assert [row.action for row in unit.conn.execute(select(schema.audit).where(schema.audit.c.writer == "test"))]
    assert gone(database) == 0


def test_notes_and_numbers_of_old_calls_go_of_a_customer_who_stays(
    database: Database, he: Caller, clock: StillClock
) -> None:
    worked(database, he)
    clock.forward(days=YEAR + 1)
    load(database, [(document(1, tier=Tier.GOLD), None)])
    newer = saved(given(database, 2, to=he.staff_number), he.staff_number, note="新的备注")
    newer = Saved(outcome=msgspec.structs.replace(newer.outcome, recorded_at=clock.now))
    send(database, he, newer)
    found = purge(database, by="test", cleaning=False)
    assert (found.counts[Kept.CUSTOMERS], found.counts[Kept.NOTES]) == (0, 1)
    assert found_in(database, CANARY) == set()
    assert "outcome" in found_in(database, "新的备注")
    with database.read() as unit:
        care = customers.section(unit, "C1", "care", Care)
    assert care is not None
    assert [call.note for call in care.calls] == [""]
    assert gone(database, Kept.NOTES) == 0


def test_figures_stand_and_say_what_the_customer_counted_as(database: Database, he: Caller, clock: StillClock) -> None:
    worked(database, he)
    with database.write() as unit:
        unit.conn.execute(schema.customer.update().values(value="high"))
        before = dealers(unit, ["C1"])
    day = reviewed.number_of(NOON.date())
    with database.read() as unit:
        was = list(reading.calls(unit, "A", day - 1, day + 1))
    clock.forward(days=YEAR + 1)
    gone(database)
    with database.read() as unit:
        now = list(reading.calls(unit, "A", day - 1, day + 1))
        assert dealers(unit, ["C1"]) == before
    assert [(one.id, one.area, one.value, one.outcome.success) for one in now] == [
        (one.id, one.area, one.value, one.outcome.success) for one in was
    ]
    assert now[0].outcome.call.talk_time_s == was[0].outcome.call.talk_time_s
    assert (now[0].name, now[0].outcome.note, now[0].outcome.call.number) == ("", "", "")


def test_a_refusal_outlives_the_customer_by_number(database: Database, he: Caller, clock: StillClock) -> None:
    worked(database, he, opt_out=True)
    clock.forward(days=YEAR + 1)
    assert gone(database) == 1
    assert number_of(1) not in str(found_in(database, number_of(1)))
    # The same number under another id, with a later list.
    stranger = msgspec.structs.replace(document(1), id="X9")
    load(database, [(stranger, None)])
    with database.read() as unit:
        assert refusals.is_opted_out(unit, "X9")


def test_an_order_is_ended_first_and_kept_for_as_long_as_the_law_wants(
    database: Database, he: Caller, clock: StillClock
) -> None:
    sale = sell(database, he, given(database, 1, to=he.staff_number))
    with pytest.raises(InputError, match="have not ended"):
        erase(database, "C1", by="test")
    assert "customer" in found_in(database, NAME)
    with database.write() as unit:
        for state in (OrderState.CONFIRMED, OrderState.ACCEPTED):
            move(unit, str(order_id(sale.id)), state, by="crm")
    clock.forward(days=YEAR + 1)
    assert gone(database) == 1
    assert found_in(database, number_of(1)) == {"placed_order"}
    clock.forward(days=2 * YEAR)
    assert gone(database, Kept.ORDERS) == 1
    assert found_in(database, number_of(1)) == set()


def test_payloads_of_the_audit_go_and_its_chain_holds(database: Database, he: Caller, clock: StillClock) -> None:
    worked(database, he)
    with database.write() as unit:
        audit.write(unit, writer="1", action=audit.Action.EXPORT, object_="outcomes", rows=7)
    clock.forward(days=3 * YEAR + 1)
    assert gone(database, Kept.AUDIT) >= 1
    with database.read() as unit:
        assert audit.verify(unit) == []
        old = select(schema.audit.c.payload).where(schema.audit.c.writer == "1")
        assert unit.conn.execute(old).scalars().all() == [None]


def test_the_site_says_how_long_and_who_has_anything_open_stays(
    database: Database, he: Caller, clock: StillClock
) -> None:
    worked(database, he)
    given(database, 2, to=he.staff_number)
    with database.write() as unit:
        shipped = periods(unit)
        own = tuple(msgspec.structs.replace(one, days=max(one.days, 2000)) for one in shipped.periods)
        body = msgspec.Raw(msgspec.json.encode(DataPeriods(version=2, periods=own)))
        published.put(unit, [ContentDocument(kind=DATA_PERIODS, name=DATA_PERIODS, version=2, body=body)])
    clock.forward(days=1999)
    assert gone(database) == 0
    clock.forward(days=2)
    assert gone(database) == 1


def test_a_desk_that_ever_had_the_customer_is_told_that_they_are_gone(
    database: Database, he: Caller, clock: StillClock
) -> None:
    worked(database, he)
    cursor = read_page(pull(database, staff_number="2043", rights=he.rights, cursor="", limit=500).body).cursor
    clock.forward(days=YEAR + 1)
    gone(database)
    page = read_page(pull(database, staff_number="2043", rights=he.rights, cursor=cursor, limit=500).body)
    assert [(one.key, one.deleted, one.why) for one in page.changes if one.kind == "customer"] == [("C1", True, LET_GO)]
    late = saved(None, he.staff_number, customer_id="C1", note=CANARY)
    late = Saved(outcome=msgspec.structs.replace(late.outcome, recorded_at=clock.now))
    answer = send(database, he, late).answers[0]
    assert (answer.verdict.value, answer.code) == ("rejected", LET_GO)
    assert found_in(database, CANARY) == set()


def test_who_asks_for_it_is_erased_at_once(database: Database, he: Caller, clock: StillClock) -> None:
    task = given(database, 1, to=he.staff_number)
    call = saved(task, he.staff_number, callback(task, he.staff_number, NOON + timedelta(days=1)), note=CANARY)
    send(database, he, dialled(he.staff_number), call)
    stays = erase(database, "C1", by="test", really=False)
    assert "customer" in found_in(database, NAME)
    stays = erase(database, "C1", by="test", refuse_calls=True)
    assert (stays.outcomes, stays.orders, stays.refused) == (1, 0, True)
    with database.read() as unit:
        assert unit.conn.execute(select(schema.task.c.state)).scalars().all() == ["cancelled"]
        assert unit.conn.execute(select(schema.follow_up.c.state)).scalars().all() == ["cancelled"]
    # Number and time of a dial are wanted for thirty days more.
    assert (stays.dials, found_in(database, CANARY, NAME, number_of(1))) == (1, {"dial"})
    clock.forward(days=31)
    assert gone(database, Kept.NUMBERS) == 1
    assert found_in(database, number_of(1)) == set()
    with pytest.raises(InputError, match="no customer"):
        erase(database, "C1", by="test")
    with database.read() as unit:
        assert audit.verify(unit) == []


@pytest.mark.parametrize("ascii_alone", [True, False])
def test_what_was_kept_aside_of_who_is_erased_goes_however_its_json_is_written(
    database: Database, he: Caller, ascii_alone: bool
) -> None:
    customer = msgspec.structs.replace(document(1), id="客户1")
    load(database, [(customer, None)])
    with database.write() as unit:
        for number, whose in enumerate((customer.id, "客户11")):
            words = {"kind": "outcome", "outcome": {"customer_id": whose, "note": CANARY}}
            body = json.dumps(words, indent=1, ensure_ascii=ascii_alone).encode()
            kept_aside.keep(
                unit, item_id=str(number), digest=bytes([number]), staff_number="2043", body=body, code="other_bytes"
            )
    erase(database, customer.id, by="test")
    with database.read() as unit:
        assert [one.item_id for one in kept_aside.waiting(unit)] == ["1"]
        assert [one.body for one in kept_aside.of_item(unit, "0")] == [b""]


def test_a_run_that_is_stopped_leaves_the_rest_to_the_next(database: Database, he: Caller, clock: StillClock) -> None:
    worked(database, he)
    clock.forward(days=YEAR + 1)
    stopped = purge(database, by="test", stop=lambda: True, cleaning=False)
    assert (stopped.finished, stopped.rows) == (False, 0)
    assert gone(database) == 1


def test_of_each_table_that_names_customers_it_is_said_what_becomes_of_it() -> None:
    logged = {table for of, events, _column, _kind in LOGGED for table in (of, events)}
    said = {*GOES, *NUMBERED, *WORDED, *STAYS, *logged}
    naming = {table for table in schema.metadata.sorted_tables if "customer_id" in table.c}
    assert {table.name for table in naming - said} == set()


def test_a_record_without_words_is_still_a_record() -> None:
    order = Order(
        product="5G 畅享 129", price_fen=12900, term_months=12, locked=True, starts_on=NOON.date(), read_back=True,
        consent=True, code="p129",
    )  # fmt: skip
    whole = outcome(
        None, "2043", customer_id="C1", note="女儿在加拿大", reason="price", order=order,
        disconnect=Disconnect(reason="price", suggestion="便宜一点", next_brand="别家"),
        path=(PathStep(step="greet", answer="yes", at=NOON),),
    )  # fmt: skip
    bare = stripped(whole)
    assert decoding.decode(msgspec.json.encode(bare), Outcome) == bare
    assert (bare.note, bare.call.number, bare.disconnect.suggestion) == ("", "", "")  # type: ignore[union-attr]
    assert (bare.reason, bare.order, bare.path, bare.call.talk_time_s) == ("price", order, whole.path, 90)
    assert stripped(bare) == bare
