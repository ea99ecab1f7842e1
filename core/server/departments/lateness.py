"""Errands whose time is over by the server's clock: marked, told, and back with their agent; old ones are forgotten."""

import msgspec

from core.domain.errand import ERRAND, OPEN_ERRANDS
from core.server.db import audit, errands, feed, published, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.departments.committing import raise_due
from core.server.departments.returning import late_returns
from core.server.departments.telling import tell
from core.wire.pull import Kind

AT_ONCE = 500
"""in one run of the housekeeping"""


def keep_errands(database: Database) -> None:
    """What the housekeeping does for errands and standing commitments."""
    mark_late(database)
    raise_due(database)
    forget_ended(database)


def mark_late(database: Database) -> int:
    """Each in a short transaction of its own, so that desks are never held up. Returns how many."""
    with database.read() as unit:
        ids = [str(one.id) for one in errands.late(unit, AT_ONCE)]
    return sum(_mark(database, one) for one in ids)


def _mark(database: Database, errand_id: str) -> bool:
    with database.write() as unit:
        found = errands.get(unit, errand_id)
        if found is None:
            return False
        if found.errand.customer_id:
            tasks.lock_customer(unit, found.errand.customer_id)
        placed = errands.get(unit, errand_id, lock=True)
        late = placed is not None and placed.state in OPEN_ERRANDS and placed.overdue_at is None
        if placed is None or not late or placed.answer_by > unit.now:
            return False
        marked = msgspec.structs.replace(placed, overdue_at=unit.now)
        errands.edit(unit, marked)
        audit.write(unit, writer="server", action=Action.ERRAND_OVERDUE, object_=errand_id)
        tell(unit, marked)
        late_returns(unit, marked)
        return True


def forget_ended(database: Database) -> int:
    """Those that ended long ago: desks are told of them no longer; they stay on record. Returns how many."""
    with database.read() as unit:
        ids = errands.told_long_enough(unit, AT_ONCE)
    return sum(_forget(database, one) for one in ids)


def _forget(database: Database, errand_id: str) -> bool:
    with database.write() as unit:
        placed = errands.get(unit, errand_id, lock=True)
        if placed is None:
            return False
        told = feed.holders(unit, Kind.CONTENT, published.content_key(ERRAND, errand_id))
        for audience in sorted({placed.errand.agent, *told}):
            published.drop(unit, ERRAND, errand_id, audience=audience)
        errands.told_no_more(unit, errand_id)
        return True
