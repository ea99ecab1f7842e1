"""Giving out is done by one at a time, whichever server or command does it."""

from sqlalchemy import func, select

from core.server.db.engine import Unit

_DISPATCH_LOCK = 0x5374_6179


def one_run_at_a_time(unit: Unit) -> None:
    """Whoever gives out, fills the room that there is or asks anew of those who rest, waits for who does. To be asked
    before anything is held; SQLite's writers wait for each other in any case."""
    if unit.postgres:
        unit.conn.execute(select(func.pg_advisory_xact_lock(_DISPATCH_LOCK)))
