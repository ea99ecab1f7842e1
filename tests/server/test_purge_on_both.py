"""A purge and an erasure on both databases: rows, chain and bytes."""

import msgspec
from server_kit import StillClock, add_agent, agent, dialled, given, saved, send

from core.domain.data_periods import Kept
from core.server.db import audit, customers
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.purge.bytes import clean
from core.server.purge.erasing import erase
from core.server.purge.purging import purge
from core.wire.push import Saved


def test_what_is_due_goes_on_both_databases(database: Database, clock: StillClock) -> None:
    he = add_agent(database, agent())
    for index in (1, 2, 3):
        task = given(database, index, to=he.staff_number)
        call = saved(task, he.staff_number, note="备注", success=index < 3)
        send(database, he, dialled(he.staff_number, index), call)
    erase(database, "C3", by="test", refuse_calls=True)
    # What was refused is kept aside as it came.
    unknown = saved(None, he.staff_number, customer_id="C7")
    send(database, he, unknown)
    again = Saved(outcome=msgspec.structs.replace(call.outcome, note="别的话"))
    send(database, he, again)
    clock.forward(days=4 * 365)
    found = purge(database, by="test", cleaning=False)
    assert {kind: found.counts[kind] for kind in (Kept.CUSTOMERS, Kept.NUMBERS, Kept.ASIDE)} == {
        Kept.CUSTOMERS: 2,
        Kept.NUMBERS: 1,
        Kept.ASIDE: 2,
    }
    assert found.counts[Kept.AUDIT] > 0
    assert purge(database, by="test", cleaning=False).rows == 0
    assert clean(database).pages
    with database.read() as unit:
        assert customers.known(unit, ["C1", "C2", "C3"]) == frozenset()
        assert audit.verify(unit) == []


# Reliability S8: what `audit who` shows afterwards is what was said to stay
def test_who_is_erased_hears_of_each_entry_that_names_them(database: Database) -> None:
    add_agent(database, agent("1"))
    given(database, to="1")
    given(database, 11, to="1")
    with database.write() as unit:
        audit.write(unit, writer="1", action=Action.CUSTOMER_OPENED, object_="C1")
        audit.write(unit, writer="1", action=Action.CUSTOMER_SEARCHED, number="", shown=("C11", "C1"), found=2)
        audit.write(unit, writer="crm", action=Action.EVENT_TAKEN, object_="E-1", customer="C1", became="aside")
        audit.write(unit, writer="crm", action=Action.EVENT_TAKEN, object_="E-2", customer="C11", became="aside")
    stays = erase(database, "C1", by="cli:anna")
    assert stays.audited == 4, "the erasure is one"
    assert stays.rows["task"] == stays.rows["lease"] == 1
