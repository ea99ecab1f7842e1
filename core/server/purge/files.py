"""Files with customers' data that commands wrote: noted as they are written, deleted once their period is over.

A file that somebody has changed since is theirs: it is named, and so is each backup, which only its keeper may destroy.
"""

import hashlib
import socket
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import delete, select

from core.domain.data_periods import Kept
from core.server.db.engine import Unit
from core.server.db.schema import written_file
from core.server.purge.steps import Run

_PATH, _MACHINE = 1000, 120


@dataclass(slots=True)
class Named:
    """Files whose period is over, and which are still there for somebody to look at."""

    changed: list[Path] = field(default_factory=list)
    backups: list[Path] = field(default_factory=list)
    unreachable: list[Path] = field(default_factory=list)
    """that could not be read or deleted"""


@dataclass(frozen=True, slots=True)
class _Noted:
    id: str
    path: Path
    digest: bytes


def note_written(unit: Unit, kind: Kept, file: Path) -> None:
    """Called once the file is whole; the same path again stands for the newer file. A pipe keeps nothing."""
    if file.is_file():
        _note(unit, kind, file, _digest(file))


def note_backup(unit: Unit, file: Path) -> None:
    """Called before the copy is made, which then holds the note as well; one that never came to be is struck."""
    _note(unit, Kept.BACKUPS, file, b"")


def _note(unit: Unit, kind: Kept, file: Path, digest: bytes) -> None:
    path = str(file.absolute())[:_PATH]
    mine = (written_file.c.tenant_id == unit.tenant, written_file.c.path == path, written_file.c.machine == machine())
    unit.conn.execute(delete(written_file).where(*mine))
    unit.conn.execute(
        written_file.insert().values(
            tenant_id=unit.tenant, id=str(uuid4()), kind=kind.value, path=path, machine=machine(),
            digest=digest, written_at=unit.now,
        )
    )  # fmt: skip


def machine() -> str:
    return socket.gethostname()[:_MACHINE]


def files(run: Run, kind: Kept, before: datetime, named: Named) -> int:
    """Deletes what is over; how many files. What is gone already is noted no longer."""
    with run.database.read() as unit:
        due = _due(unit, kind, before)
    done = 0
    for one in due:
        if run.stop():
            break
        done += _take(run, kind, one, named)
        run.report(kind, done)
    return done


def _due(unit: Unit, kind: Kept, before: datetime) -> list[_Noted]:
    statement = select(written_file.c.id, written_file.c.path, written_file.c.digest).where(
        written_file.c.tenant_id == unit.tenant,
        written_file.c.kind == kind.value,
        written_file.c.machine == machine(),
        written_file.c.written_at < before,
    )
    rows = unit.conn.execute(statement.order_by(written_file.c.written_at, written_file.c.id))
    return [_Noted(row.id, Path(row.path), bytes(row.digest)) for row in rows]


def _take(run: Run, kind: Kept, one: _Noted, named: Named) -> bool:
    try:
        if not one.path.exists():
            _strike(run, one)
            return False
        if kind is Kept.BACKUPS:
            named.backups.append(one.path)
            return False
        if _digest(one.path) != one.digest:
            named.changed.append(one.path)
            return False
        if run.really:
            one.path.unlink()
    except OSError:
        # Its disk is away, or it is another user's: it stays noted, and is told.
        named.unreachable.append(one.path)
        return False
    _strike(run, one)
    return True


def _strike(run: Run, one: _Noted) -> None:
    """Nothing is left of it to be deleted."""
    if not run.really:
        return
    with run.database.write() as unit:
        unit.conn.execute(
            delete(written_file).where(written_file.c.tenant_id == unit.tenant, written_file.c.id == one.id)
        )


def _digest(file: Path) -> bytes:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()
