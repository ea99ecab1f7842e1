"""A purge and an erasure on both databases: rows, chain and bytes."""

import msgspec
from server_kit import StillClock, add_agent, agent, dialled, given, saved, send

from core.domain.data_periods import Kept
from core.server.db import audit, customers
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
