"""A refusal of further calls is final for all of the customer's numbers, under whatever id the customer comes."""
# OUTCOME-11

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from server_kit import (
    NOON,
    add_agent,
    agent,
    callback,
    document,
    given,
    number_of,
    saved,
    send,
    stored,
    task,
    verdicts,
)
from sqlalchemy import select

from core.domain.call import AddedNumber, CallRecord, Direction
from core.domain.customer import Care, Contacting, Document, Identity, Number
from core.domain.people import Role
from core.server.cli import main
from core.server.customer_ids import customer_id, number_id
from core.server.db import customers, refusals, schema
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.dispatching import dispatch_waiting
from core.server.loading import load
from core.server.migrations.versions import v0008_refusals_hold_for_numbers
from core.wire.push import NumberAdded


def known_as(id_: str, *indexes: int, bad: Sequence[int] = ()) -> Document:
    numbers = [Number(number=number_of(i), main=i == indexes[0], bad=i in bad) for i in indexes]
    return Document(id=id_, version=1, identity=Identity(name="吴文静"), contact=Contacting(numbers=numbers))


def refused(database: Database, id_: str) -> bool:
    """As the desks read it; the database must say the same."""
    with database.read() as unit:
        care = customers.section(unit, id_, "care", Care)
        told = care is not None and care.opted_out
        assert told is refusals.is_opted_out(unit, id_)
    return told


def callbacks_waiting(database: Database) -> int:
    with database.read() as unit:
        rows = unit.conn.execute(select(schema.follow_up.c.state).where(schema.follow_up.c.kind == "callback"))
        return list(rows.scalars()).count("waiting")


def refusing(index: int = 1) -> Document:
    said = document(index)
    said.care = Care(opted_out=True)
    return said


@pytest.mark.parametrize("with_task", [True, False])
def test_a_callback_promised_while_the_refusal_came_by_a_list_is_cancelled(database: Database, with_task: bool) -> None:
    # OUTCOME-11, FOLLOW-02
    me = add_agent(database, agent("1", role=Role.VIP_SPECIALIST))
    mine = given(database, to="1")
    load(database, [(refusing(), None)])
    promised = callback(mine, "1", NOON + timedelta(hours=3), task_id=mine.id if with_task else None)
    said = saved(mine if with_task else None, "1", promised, customer_id="C1")
    assert verdicts(send(database, me, said)) == ["superseded" if with_task else "accepted"]
    assert callbacks_waiting(database) == 0
    with database.read() as unit:
        assert unit.conn.execute(select(schema.outcome.c.id)).scalars().all() == [str(said.id)]


def test_a_callback_that_waits_goes_when_a_list_brings_the_refusal(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    send(database, me, saved(mine, "1", callback(mine, "1", NOON + timedelta(hours=3))))
    assert callbacks_waiting(database) == 1
    load(database, [(refusing(), None)])
    assert callbacks_waiting(database) == 0
    assert stored(database, mine.id).state == "cancelled"


def test_one_who_refused_by_number_alone_is_met_again_under_an_id(database: Database) -> None:
    by_number = number_id(number_of(1))
    document_ = known_as(by_number, 1)
    document_.care = Care(opted_out=True)
    load(database, [(document_, None)])
    load(database, [(document(), task())])
    assert refused(database, "C1")
    assert stored(database, "T1").block == "opted_out"


def test_one_who_refused_under_an_id_is_met_again_by_number_alone(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    assert verdicts(send(database, me, saved(mine, "1", opt_out=True))) == ["accepted"]
    by_number = number_id(number_of(1))
    load(database, [(known_as(by_number, 1), task(2, customer_id=by_number))])
    assert refused(database, by_number)
    assert stored(database, "T2").block == "opted_out"


def test_whoever_is_there_under_another_id_loses_the_task_at_once(database: Database) -> None:
    me = add_agent(database, agent("1"))
    add_agent(database, agent("2"))
    mine = given(database, to="1")
    load(database, [(known_as("other", 7, 1), task(2, customer_id="other", to="2"))])
    load(database, [(known_as("nobody's", 9, 8), task(3, customer_id="nobody's", to="2"))])
    send(database, me, saved(mine, "1", opt_out=True))
    assert refused(database, "other")
    assert stored(database, "T2").state == "cancelled"
    assert not refused(database, "nobody's")
    assert stored(database, "T3").state == "assigned"


def test_a_number_that_is_no_longer_the_customers_binds_nobody(database: Database) -> None:
    me = add_agent(database, agent("1"))
    load(database, [(known_as("C1", 1, 5, bad=[5]), task(to="1"))])
    load(database, [(known_as("owner of 5", 5), None)])
    send(database, me, saved(stored(database, "T1"), "1", opt_out=True))
    assert refused(database, "C1")
    assert not refused(database, "owner of 5")


def test_the_number_that_was_called_counts_also_where_nobody_had_kept_it(database: Database) -> None:
    me = add_agent(database, agent("1", role=Role.VIP_SPECIALIST))
    given(database, to="1")
    typed = CallRecord(direction=Direction.OUTBOUND, number=number_of(6), dialled_at=NOON)
    load(database, [(known_as("other", 6), None)])
    said = saved(None, "1", customer_id="C1", call=typed, opt_out=True)
    assert verdicts(send(database, me, said)) == ["accepted"]
    assert refused(database, "other")
    load(database, [(known_as("later", 6), None)])
    assert refused(database, "later")


def test_a_number_that_is_none_refuses_for_nobody(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    load(database, [(known_as("other", 6), None)])
    for written in ("", "12", "无号码"):
        call = CallRecord(direction=Direction.INBOUND, number=written, dialled_at=NOON)
        send(database, me, saved(mine, "1", call=call, opt_out=True))
    with database.read() as unit:
        assert refusals.met(unit, {"nobody": ["", "12", "无号码"]}) == {}
    assert not refused(database, "other")


def test_a_customer_who_gets_a_number_that_refused_is_not_called_on(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    said = known_as("other", 4)
    said.care = Care(opted_out=True)
    load(database, [(said, None)])
    added = AddedNumber(id=uuid4(), customer_id="C1", number=number_of(4), source="owner", at=NOON, agent="1")
    assert verdicts(send(database, me, NumberAdded(number=added))) == ["accepted"]
    assert refused(database, "C1")
    assert stored(database, mine.id).state == "cancelled"


def test_a_lead_releases_all_whom_the_mistake_bound(database: Database) -> None:
    me = add_agent(database, agent("1"))
    lead = add_agent(database, agent("8", role=Role.TEAM_LEAD))
    mine = given(database, to="1")
    load(database, [(known_as("other", 1), None)])
    first = saved(mine, "1", opt_out=True)
    send(database, me, first)
    load(database, [(known_as("later", 1), None)])
    assert refused(database, "other")
    assert refused(database, "later")
    send(database, lead, saved(mine, "8", corrects=first.id))
    assert not any(refused(database, one) for one in ("C1", "other", "later"))
    load(database, [(known_as("latest", 1), None)])
    assert not refused(database, "latest")


def test_dispatch_meets_a_refusal_that_came_in_between(database: Database) -> None:
    add_agent(database, agent("1"))
    load(database, [(document(), task()), (document(2), task(2))])
    # As where two servers take a list and a refusal at the same moment.
    with database.write() as unit:
        refusals.keep(unit, [], [number_of(1)])
    done = dispatch_waiting(database, actor="server")
    assert [one.task.id for one in done.assignments] == ["T2"]
    assert (stored(database, "T1").state, stored(database, "T1").block) == ("cancelled", "opted_out")
    assert refused(database, "C1")


def test_refusals_of_before_are_met_by_number_after_an_update(database: Database) -> None:
    said = known_as("C1", 1, 5, bad=[5])
    said.care = Care(opted_out=True)
    load(database, [(said, None)])
    with database.write() as unit:
        # As an earlier version left it.
        unit.conn.execute(schema.opt_out.delete().where(schema.opt_out.c.customer_id != "C1"))
    with database.engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        v0008_refusals_hold_for_numbers.upgrade()
    load(database, [(known_as("later", 1), None), (known_as("owner of 5", 5), None)])
    assert refused(database, "later")
    assert not refused(database, "owner of 5")


# ID-06
@pytest.mark.parametrize("fee", ["59", "-5"], ids=["taken", "rejected"])
@pytest.mark.parametrize("by_number_first", [True, False])
def test_lists_that_know_a_customer_differently_agree_on_the_refusal(
    fee: str, by_number_first: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(tmp_path / "data"))
    assert main(["init", *data]) == 0
    heads = {True: "手机号,姓名,月租,备注", False: "客户编号,手机号,姓名,月租,备注"}
    rows = {True: "10000010001,王一一", False: "K77,10000010001,王一一"}
    for step, (by_number, rest) in enumerate(((by_number_first, f"{fee},请勿致电"), (not by_number_first, "59,"))):
        listed = tmp_path / f"名单{step}.csv"
        listed.write_text(f"{heads[by_number]}\n{rows[by_number]},{rest}\n", "utf-8")
        words = ["import", str(listed), "--scenario", "vip-care", "--map", "月租=plan_fee", *data]
        if not by_number:
            words += ["--map", "客户编号=customer_id"]
        assert main(words) == 0, capsys.readouterr().err
    later = customer_id("id:K77") if by_number_first else number_id("10000010001")
    database = Database(open_engine(sqlite_url(tmp_path / "data")))
    assert refused(database, later)
    with database.read() as unit:
        block = unit.conn.execute(select(schema.task.c.block).where(schema.task.c.customer_id == later)).scalar_one()
    assert block == "opted_out"
    database.close()
