"""R15: a backup by command, and its restore by command: each table has the same rows, by count and by hash.

Quick: 120 customers, full: 20,000, with tasks, outcomes and an audit. What changed after the backup is gone after the
restore, and the former database is kept beside. The audit goes on from the backup's: each entry of before stands, the
backup and the restore are the two that follow, and its chains hold. The files that were written are still known.
The control copies the file while it is written, as a script would: tables differ, and entries of the audit are gone.
"""

import contextlib
import hashlib
import io
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from proof import Proof, Scale, Side
from server_kit import add_agent, agent, document, saved, send, stored, task
from sqlalchemy.exc import SQLAlchemyError

from core.server.cli import main
from core.server.db import audit
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.loading import load

_GROWS = frozenset({"audit", "written_file"})
"""to which backup and restore add, and of which nothing may go"""
_OWN = _GROWS | {"audit_head", "setting"}
"""what a restore itself writes to; heads are looked at with their chains"""
_ON_RECORD = 2
"""the backup and the restore"""
_AT_ONCE = 500


def prove(scale: Scale, folder: Path) -> Proof:
    customers = scale.of(quick=120, full=20_000)
    product = run(folder / "product", customers, by_command=True)
    control = run(folder / "control", 120, by_command=False)
    lacks = int(control.figures["of them gone"])
    differs = control.figures["equal by count and hash"] != control.figures["tables compared"]
    return Proof(
        what="backup and restore of a database in use",
        product=product,
        control=Side(holds=control.holds or not (lacks and differs), figures=control.figures),
    )


def run(data: Path, customers: int, *, by_command: bool) -> Side:
    """Fill, back up, change, restore, compare."""
    data.mkdir()
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        main(["init", "--data", str(data)])
        database = Database(open_engine(sqlite_url(data)))
        _fill(database, 0, customers)
        before = tables(data / "stayline.db")
        backup = data.parent / f"{data.name}-backup.db"
        if by_command:
            taken = main(["backup", str(backup), "--data", str(data)]) == 0
        else:
            # What lies in the -wal is not in the file.
            shutil.copy(data / "stayline.db", backup)
            taken = True
        _fill(database, customers, 50)
        database.close()
        if by_command:
            restored = main(["restore", str(backup), "--data", str(data)]) == 0
        else:
            for beside in ("-wal", "-shm"):
                (data / f"stayline.db{beside}").unlink(missing_ok=True)
            shutil.copy(backup, data / "stayline.db")
            restored = True
    after = tables(data / "stayline.db")
    compared = before.keys() - _OWN
    equal = sum(before[name] == after.get(name) for name in compared)
    gone = {name: (before[name] - after.get(name, Counter())).total() for name in _GROWS}
    new = after.get("audit", Counter()).total() - before["audit"].total() + gone["audit"]
    breaks = _breaks(data)
    rows = sum(found.total() for found in before.values())
    kept = bool(list(data.glob("stayline.db.before-restore-*")))
    same = equal == len(compared) and not any(gone.values()) and not breaks
    return Side(
        holds=taken and restored and same and new == _ON_RECORD and rows > customers and kept,
        figures={
            "tables compared": len(compared),
            "equal by count and hash": equal,
            "rows": rows,
            "entries of the audit": before["audit"].total(),
            "of them gone": gone["audit"],
            "breaks of its chains": breaks,
        },
    )


def tables(file: Path) -> dict[str, Counter[bytes]]:
    """Of each table how often which row stands there, rows by their hashes."""
    found: dict[str, Counter[bytes]] = {}
    try:
        with closing(sqlite3.connect(file)) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                rows = connection.execute(f'SELECT * FROM "{name}"')
                found[name] = Counter(hashlib.sha256(repr(row).encode()).digest() for row in rows)
    except sqlite3.DatabaseError:
        return {}
    return found


def _breaks(data: Path) -> int:
    """Of the audit's chains, as the server finds them."""
    database = Database(open_engine(sqlite_url(data)))
    try:
        with database.read() as unit:
            return len(audit.verify(unit))
    except SQLAlchemyError:
        return 1
    finally:
        database.close()


def _fill(database: Database, start: int, count: int) -> None:
    caller = add_agent(database, agent("1"))
    for at in range(start, start + count, _AT_ONCE):
        end = min(start + count, at + _AT_ONCE)
        load(database, [(document(n), task(n, to="1")) for n in range(at, end)])
    for n in range(start, start + min(count, 10)):
        send(database, caller, saved(stored(database, f"T{n}"), "1", note="记录"))
