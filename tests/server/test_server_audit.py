"""The audit notices whatever is cut, edited or reordered, and holds when payloads are purged."""

import threading

import pytest
from server_kit import StillClock
from sqlalchemy import delete, select, update

from core.domain.data_periods import LEAST_DAYS, Kept
from core.server.cli import main
from core.server.db import audit
from core.server.db.audit import REGISTER, Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import audit as table
from core.server.db.schema import audit_head, audit_seal
from core.server.db.sealing import Seals, head, holds, seal

ENTRIES = 30


@pytest.fixture
def chain(database: Database) -> Database:
    for start in range(0, ENTRIES, 10):
        with database.write() as unit:
            for n in range(start, start + 10):
                audit.write(unit, writer="1", action=Action.REVEAL, object_=f"C{n}", number="100 **** 0001")
    return database


@pytest.fixture
def data(chain: Database) -> list[str]:
    return ["--database", chain.engine.url.render_as_string(hide_password=False)]


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


def test_payloads_may_go_once_they_are_old_enough_and_not_before(chain: Database, clock: StillClock) -> None:
    # S7
    with chain.write() as unit:
        unit.conn.execute(update(table).where(table.c.seq == ENTRIES).values(payload=None))
    assert broken(chain)
    clock.forward(days=LEAST_DAYS[Kept.AUDIT])
    assert not broken(chain)


def _gone(database: Database, writer: str) -> None:
    with database.write() as unit:
        for one in (table, audit_head):
            unit.conn.execute(delete(one).where(one.c.writer == writer))


def test_a_chain_that_is_gone_with_its_head_is_missed(chain: Database) -> None:
    # S7: nothing of the chain itself says that it ever was
    assert seal(chain) == 1
    assert seal(chain) == 0
    assert not broken(chain)
    _gone(chain, "1")
    assert broken(chain)


def test_a_chain_cut_back_to_an_entry_that_was_its_end_is_missed(chain: Database) -> None:
    seal(chain)
    with chain.write() as unit:
        digest = unit.conn.execute(select(table.c.digest).where(table.c.seq == ENTRIES - 5)).scalar_one()
        unit.conn.execute(delete(table).where(table.c.writer == "1", table.c.seq > ENTRIES - 5))
        unit.conn.execute(update(audit_head).where(audit_head.c.writer == "1").values(seq=ENTRIES - 5, digest=digest))
    assert broken(chain)


def test_the_register_gone_or_its_marks_set_ahead_is_noticed(chain: Database) -> None:
    seal(chain)
    with chain.engine.connect() as connection, connection.begin() as transaction:
        unit = Unit(connection, chain.tenant, chain.clock())
        unit.conn.execute(update(audit_seal).values(seq=10_000))
        assert audit.verify(unit)
        transaction.rollback()
    _gone(chain, REGISTER)
    assert broken(chain)


def test_new_chains_are_sealed_with_the_next_round_and_all_of_them_once_an_hour(
    chain: Database, clock: StillClock
) -> None:
    seals = Seals()
    seals.keep(chain)
    with chain.write() as unit:
        audit.write(unit, writer="1", action=Action.EXPORT)
        audit.write(unit, writer="2", action=Action.EXPORT)
    seals.keep(chain)
    with chain.read() as unit:
        assert {writer: one.seq for writer, one in audit.sealed(unit).items()} == {"1": ENTRIES, "2": 1}
    clock.forward(hours=1)
    seals.keep(chain)
    with chain.read() as unit:
        assert {writer: one.seq for writer, one in audit.sealed(unit).items()} == {"1": ENTRIES + 1, "2": 1}
    assert not broken(chain)


def test_a_head_that_was_noted_tells_an_audit_that_was_written_anew(chain: Database) -> None:
    seal(chain)
    with chain.read() as unit:
        noted = head(unit)
        assert holds(unit, noted)
    with chain.write() as unit:
        audit.write(unit, writer="1", action=Action.EXPORT)
    seal(chain)
    with chain.read() as unit:
        assert holds(unit, noted), "what came since changes nothing of it"
        assert head(unit) != noted
    with chain.write() as unit:
        for one in (table, audit_head, audit_seal):
            unit.conn.execute(delete(one))
        audit.write(unit, writer="1", action=Action.EXPORT)
    seal(chain)
    assert not broken(chain), "whoever may write all of it can"
    with chain.read() as unit:
        assert not holds(unit, noted)


def test_the_command_prints_the_head_and_compares_it(
    chain: Database, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", "--head", *data]) == 0
    noted = capsys.readouterr().out.strip()
    assert noted.startswith("1:")
    assert main(["audit", *data, "verify", "--expect", noted]) == 0
    assert "1 chain sealed" in capsys.readouterr().out
    assert main(["audit", "verify", "--expect", noted[:-1] + "xx", *data]) == 1
    assert "not the one whose head was noted" in capsys.readouterr().out
    assert main(["audit", "verify", "--expect", "nothing", *data]) == 1
    assert main(["audit", "verify", "--expect", "9" * 30 + ":00", *data]) == 1
    assert "no head of the audit" in capsys.readouterr().err
    _gone(chain, "1")
    assert main(["audit", *data]) == 1
    assert "what was sealed is gone" in capsys.readouterr().out


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
