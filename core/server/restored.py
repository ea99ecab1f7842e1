"""A PostgreSQL database that its own tools brought back from a dump: found out as the server starts.

A standby that took over is the same database. A dump that was restored is not, wherever it lies: its tables have other
numbers, or its cluster another name.
"""

from sqlalchemy import update

from core.server.db import audit, settings
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import feed

_KNOWN_BY = "database_identity"
_IDENTITY = "SELECT system_identifier::text || '.' || 'setting'::regclass::oid::text FROM pg_control_system()"


def notice(database: Database) -> bool:
    """Whether it was: then desks pull anew and send again what they have, as after `restore`."""
    with database.write() as unit:
        if not unit.postgres:
            return False
        known, found = settings.read(unit, _KNOWN_BY), str(unit.conn.exec_driver_sql(_IDENTITY).scalar_one())
        if known == found:
            return False
        settings.write(unit, _KNOWN_BY, found)
        if known is None:
            return False
        _tell_before_all(unit)
        settings.note_restored(unit)
        audit.write(unit, writer="serve", action=Action.RESTORE, object_=known)
        return True


def _tell_before_all(unit: Unit) -> None:
    """Another cluster counts its transactions anew: by those of the former one, nothing would have happened yet."""
    unit.conn.execute(update(feed).where(feed.c.tenant_id == unit.tenant).values(xid=0))
