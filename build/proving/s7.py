"""S7: the audit is a hash chain: deleting, editing or moving any entry is noticed, and each unmasking writes one.

Quick: 60 entries, each deleted, edited, exchanged with its neighbour and emptied of its payload in turn, and the chain
cut off behind it with its head set back; then the whole chain is gone with its head, and the register that has its end.
Full: 1,000. Each reveal of a number goes through the push as a desk sends it.
The control verifies as a table without chains can, and does not count: each entry against its own payload's digest.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from cluster import opened
from proof import Proof, Scale, Side
from server_kit import NOON, add_agent, agent, given, number_of, send
from sqlalchemy import delete, select, update

from core.domain.call import Reveal
from core.server.db import audit
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit, sqlite_url
from core.server.db.schema import audit as table
from core.server.db.schema import audit_head
from core.server.db.sealing import seal
from core.wire.push import Revealed

Verify = Callable[[Unit], bool]
WRITER = "2043"


def prove(scale: Scale, folder: Path) -> Proof:
    entries = scale.of(quick=60, full=1000)
    with opened(sqlite_url(folder), lambda: NOON) as database:
        unmasked = _reveal(database, entries)
        written = _count(database)
        seal(database)
        product = run(database, entries, lambda unit: bool(audit.verify(unit)), unmasked, written)
        control = run(database, min(entries, 60), _unchained, unmasked, written)
    return Proof(what="entries of the audit tampered with", product=product, control=control)


def _reveal(database: Database, entries: int) -> int:
    """Numbers unmasked on a desk, as it uploads them."""
    caller = add_agent(database, agent(WRITER))
    given(database, 1, to=WRITER)
    for n in range(entries):
        at = NOON - timedelta(seconds=entries - n)
        value = Reveal(id=uuid4(), customer_id="C1", number=number_of(1), at=at, agent=WRITER)
        send(database, caller, Revealed(reveal=value))
    return entries


def _count(database: Database) -> int:
    with database.read() as unit:
        of_reveals = select(table.c.seq).where(table.c.action == Action.REVEAL.value, table.c.writer == WRITER)
        return len(unit.conn.execute(of_reveals).all())


def run(database: Database, entries: int, notices: Verify, unmasked: int, written: int) -> Side:
    """Every entry tampered with in each way, each time on the whole chain, and undone."""
    acts = {"deleted": _delete, "edited": _edit, "moved": _move, "emptied": _empty, "cut short": _cut_short}
    missed = dict.fromkeys(acts, 0)
    with database.read() as unit:
        clean = not notices(unit)
    for seq in range(1, entries + 1):
        for name, act in acts.items():
            # Behind the last entry there is nothing to be cut off.
            if act is not _cut_short or seq < entries:
                missed[name] += not _noticed(database, seq, act, notices)
    whole = {"chain gone": _chain_gone, "register gone": _register_gone}
    missed |= {name: int(not _noticed(database, 0, act, notices)) for name, act in whole.items()}
    return Side(
        holds=clean and not any(missed.values()) and written == unmasked,
        figures={
            "unmaskings": unmasked,
            "on record": written,
            "tamperings": entries * len(acts) - 1 + len(whole),
            **{f"{name} unnoticed": count for name, count in missed.items()},
        },
    )


def _noticed(database: Database, seq: int, act: Callable[[Unit, int], None], notices: Verify) -> bool:
    with database.engine.connect() as connection, connection.begin() as transaction:
        unit = Unit(connection, database.tenant, NOON)
        act(unit, seq)
        found = notices(unit)
        transaction.rollback()
    return found


def _delete(unit: Unit, seq: int) -> None:
    unit.conn.execute(delete(table).where(table.c.writer == WRITER, table.c.seq == seq))


def _edit(unit: Unit, seq: int) -> None:
    unit.conn.execute(update(table).where(table.c.writer == WRITER, table.c.seq == seq).values(object="C999"))


def _move(unit: Unit, seq: int) -> None:
    """Exchanged with the one before it; the first with the last."""
    newest = select(table.c.seq).where(table.c.writer == WRITER).order_by(table.c.seq.desc()).limit(1)
    other = seq - 1 or int(unit.conn.execute(newest).scalar_one())
    for old, new in ((seq, 1_000_000), (other, seq), (1_000_000, other)):
        where = (table.c.writer == WRITER, table.c.seq == old)
        unit.conn.execute(update(table).where(*where).values(seq=new))


def _empty(unit: Unit, seq: int) -> None:
    unit.conn.execute(update(table).where(table.c.writer == WRITER, table.c.seq == seq).values(payload=None))


def _cut_short(unit: Unit, seq: int) -> None:
    """As if that entry had been the last."""
    mine = (table.c.writer == WRITER, table.c.seq == seq)
    digest = unit.conn.execute(select(table.c.digest).where(*mine)).scalar_one()
    unit.conn.execute(delete(table).where(table.c.writer == WRITER, table.c.seq > seq))
    unit.conn.execute(update(audit_head).where(audit_head.c.writer == WRITER).values(seq=seq, digest=digest))


def _chain_gone(unit: Unit, _seq: int, writer: str = WRITER) -> None:
    for of in (table, audit_head):
        unit.conn.execute(delete(of).where(of.c.writer == writer))


def _register_gone(unit: Unit, _seq: int) -> None:
    _chain_gone(unit, 0, audit.REGISTER)


def _unchained(unit: Unit) -> bool:
    rows = unit.conn.execute(select(table.c.payload, table.c.payload_digest).where(table.c.payload.is_not(None)))
    return any(hashlib.sha256(row.payload).digest() != bytes(row.payload_digest) for row in rows)
