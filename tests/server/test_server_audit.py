"""The audit notices whatever is cut, edited or reordered, and holds when payloads are purged."""

import threading

import pytest
from sqlalchemy import delete, update

from core.server.db import audit
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.db.schema import audit as table

ENTRIES = 30


@pytest.fixture
def chain(database: Database) -> Database:
    for start in range(0, ENTRIES, 10):
        with database.write() as unit:
            for n in range(start, start + 10):
                audit.write(unit, writer="1", action=Action.REVEAL, object_=f"C{n}", number="100 **** 0001")
    return database


def broken(database: Database) -> bool:
    with database.read() as unit:
        return bool(audit.verify(unit))


def test_an_untouched_chain_holds(chain: Database) -> None:
    assert not broken(chain)


@pytest.mark.parametrize("seq", [1, 2, 15, ENTRIES - 1, ENTRIES])
def test_deleting_any_entry_is_noticed(chain: Database, seq: int) -> None:
    with chain.write() as unit:
        unit.conn.execute(delete(table).where(table.c.seq == seq))
    assert broken(chain)


@pytest.mark.parametrize(
    "change", [{"object": "C999"}, {"action": "export"}, {"payload": b"{}"}, {"digest": b"\1" * 32}]
)
def test_editing_is_noticed(chain: Database, change: dict[str, object]) -> None:
    with chain.write() as unit:
        unit.conn.execute(update(table).where(table.c.seq == 7).values(**change))
    assert broken(chain)


def test_reordering_is_noticed(chain: Database) -> None:
    with chain.write() as unit:
        for old, new in ((7, 999), (8, 7), (999, 8)):
            unit.conn.execute(update(table).where(table.c.seq == old).values(seq=new))
    assert broken(chain)


def test_cutting_everything_is_noticed(chain: Database) -> None:
    with chain.write() as unit:
        unit.conn.execute(delete(table))
    assert broken(chain)


def test_purging_payloads_leaves_the_chain_whole(chain: Database) -> None:
    with chain.write() as unit:
        unit.conn.execute(update(table).values(payload=None))
    assert not broken(chain)


def test_writers_at_once_keep_their_chains(database: Database) -> None:
    def run(writer: str) -> None:
        for _ in range(5):
            with database.write() as unit:
                audit.write(unit, writer=writer, action=Action.EXPORT)

    threads = [threading.Thread(target=run, args=(writer,)) for writer in ("a", "a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not broken(database)
