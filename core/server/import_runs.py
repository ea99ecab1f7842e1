"""Imports on record: each from its beginning, so that one that was killed half way is known as begun and unfinished."""

from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select, update

from core.server.db import audit
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.db.schema import import_run
from core.server.importing import ImportReport


def begin(unit: Unit, file: Path, *, scenario: str, by: str) -> str:
    """Put on record, also in the audit, that the file's rows are about to come in. Returns the run's id."""
    run = str(uuid4())
    unit.conn.execute(
        import_run.insert().values(
            tenant_id=unit.tenant, id=run, file_name=_name(file), scenario=scenario, started_at=unit.now,
            finished_at=None, rows=0, accepted=0, rejected=0, unchanged=0,
        )
    )  # fmt: skip
    audit.write(unit, writer=by, action=Action.IMPORT_BEGUN, object_=file.name[:120], run=run)
    return run


def finish(unit: Unit, run: str, file: Path, report: ImportReport, *, by: str) -> None:
    """What came of it, in the record and in the audit."""
    unit.conn.execute(
        update(import_run)
        .where(import_run.c.tenant_id == unit.tenant, import_run.c.id == run)
        .values(
            finished_at=unit.now, rows=report.rows, accepted=report.accepted, rejected=report.rejected,
            unchanged=report.unchanged,
        )
    )  # fmt: skip
    audit.write(
        unit, writer=by, action=Action.IMPORT, object_=file.name[:120], run=run, rows=report.rows,
        accepted=report.accepted, rejected=report.rejected, do_not_call=report.do_not_call,
    )  # fmt: skip


def left_unfinished(unit: Unit, file: Path, *, scenario: str) -> datetime | None:
    """When the last import of that list began, if it never came to its end; else None."""
    last = unit.conn.execute(
        select(import_run.c.started_at, import_run.c.finished_at)
        .where(
            import_run.c.tenant_id == unit.tenant,
            import_run.c.file_name == _name(file),
            import_run.c.scenario == scenario,
        )
        .order_by(import_run.c.started_at.desc())
        .limit(1)
    ).one_or_none()
    return last.started_at if last is not None and last.finished_at is None else None


def _name(file: Path) -> str:
    return file.name[:255]
