"""The audit's register: a chain that holds where each of the others ended: one that is gone with its head is missed.

Nothing of it waits for who writes to the others: a chain only grows, and where it ended at some moment stays true.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select

from core.server.db import audit
from core.server.db.audit import REGISTER, Action, Entry
from core.server.db.engine import Database, Unit
from core.server.db.schema import audit as entry
from core.server.db.schema import audit_head, audit_seal
from core.server.db.upsert import upsert

EVERY = timedelta(hours=1)
"""between two seals of a chain that goes on; a new one is sealed with the next round"""
_AT_ONCE = 500


class Seals:
    """The server's own sealing."""

    def __init__(self) -> None:
        self._next: datetime | None = None

    def keep(self, database: Database) -> None:
        """All chains at the first time and once an hour, in between those that are new."""
        now = database.clock()
        if self._next is not None and now < self._next <= now + EVERY:
            _seal(database, audit_seal.c.seq.is_(None))
            return
        seal(database)
        self._next = now + EVERY


def seal(database: Database) -> int:
    """Every chain up to its end; how many had moved."""
    return _seal(database, func.coalesce(audit_seal.c.seq, 0) != audit_head.c.seq)


def _seal(database: Database, which: ColumnElement[bool]) -> int:
    done, after = 0, ""
    while True:
        with database.read() as unit:
            if not _ends(unit, which, after):
                return done
        with database.write() as unit:
            # Another server may be at it: held before it is looked again.
            register = audit.hold(unit, [REGISTER])
            ends = _ends(unit, which, after)
            names = [audit.name_of_seal(writer, seq, digest) for writer, seq, digest in ends]
            audit.append(unit, register, [Entry(REGISTER, Action.CHAIN_SEALED, name) for name in names])
            marks = [{"tenant_id": unit.tenant, "writer": writer, "seq": seq} for writer, seq, _digest in ends]
            upsert(unit, audit_seal, marks, keys=("tenant_id", "writer"))
        if not ends:
            return done
        # Those that go on meanwhile are for the next time.
        done, after = done + len(ends), ends[-1][0]


def _ends(unit: Unit, which: ColumnElement[bool], after: str) -> list[tuple[str, int, bytes]]:
    same = and_(audit_seal.c.tenant_id == audit_head.c.tenant_id, audit_seal.c.writer == audit_head.c.writer)
    statement = (
        select(audit_head.c.writer, audit_head.c.seq, audit_head.c.digest)
        .outerjoin(audit_seal, same)
        .where(audit_head.c.tenant_id == unit.tenant, audit_head.c.writer != REGISTER, audit_head.c.seq > 0, which)
        .where(audit_head.c.writer > after)
        .order_by(audit_head.c.writer)
        .limit(_AT_ONCE)
    )
    return [(row.writer, row.seq, bytes(row.digest)) for row in unit.conn.execute(statement)]


def head(unit: Unit) -> str:
    """Where the register ends, to be noted where this database's keepers cannot write: all that was sealed hangs on
    it."""
    mine = (audit_head.c.tenant_id == unit.tenant, audit_head.c.writer == REGISTER)
    row = unit.conn.execute(select(audit_head.c.seq, audit_head.c.digest).where(*mine)).first()
    return _written(row.seq, row.digest) if row else _written(0, bytes(32))


def holds(unit: Unit, noted: str) -> bool:
    """Whether the register still has what `head` said once. Raises ValueError where that is none."""
    seq = int(noted.partition(":")[0])
    if not 0 <= seq < 2**63:
        raise ValueError(noted)
    mine = (entry.c.tenant_id == unit.tenant, entry.c.writer == REGISTER, entry.c.seq == seq)
    found = unit.conn.execute(select(entry.c.digest).where(*mine)).scalar_one_or_none()
    return noted == _written(seq, bytes(found) if found is not None else bytes(32)) and (found is not None or not seq)


def _written(seq: int, digest: bytes) -> str:
    return f"{seq}:{bytes(digest).hex()}"
