"""Sign-in slows down for a staff number, and for an address, after failures. They lie in the database: neither a
restart nor another server beside this one forgives them."""

import hashlib
import math
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import delete, or_, select

from core.server.db.engine import Database, Unit
from core.server.db.schema import sign_in_failure

FAILURES_PER_STAFF = 5
FAILURES_PER_ADDRESS = 50
WINDOW = timedelta(minutes=5)
_SHORTLY_S = 1
"""while tries of the same person are still being looked at"""
_failures = sign_in_failure.c


class _Of(StrEnum):
    STAFF = "staff"
    ADDRESS = "address"


_MOST = {_Of.STAFF: FAILURES_PER_STAFF, _Of.ADDRESS: FAILURES_PER_ADDRESS}


class Throttle:
    """Counts failures alone: who knows the password is never slowed by their own sign-ins. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._looked_at: Counter[str] = Counter()
        """by staff number the tries of which nobody knows yet how they end; not those that another server hears at the
        same moment"""

    def wait_s(self, staff_number: str, address: str) -> int:
        """Seconds until the next try is heard; 0 for now."""
        with self._database.read() as unit:
            return max(_wait_s(unit, _Of.STAFF, staff_number), _wait_s(unit, _Of.ADDRESS, address))

    @contextmanager
    def trying(self, staff_number: str, address: str) -> Iterator[int]:
        """Gives `wait_s`. A try that is heard counts against its staff number until it has ended: looking at a password
        takes so long that any number of guesses sent at once would else be heard before the first had failed."""
        key = _short(staff_number)
        with self._lock:
            wait = self.wait_s(staff_number, address) or self._wait_for_others(staff_number)
            heard = wait == 0
            self._looked_at[key] += heard
        try:
            yield wait
        finally:
            with self._lock:
                self._looked_at[key] -= heard
                # What nobody tries any more is not remembered.
                self._looked_at += Counter()

    def _wait_for_others(self, staff_number: str) -> int:
        others = self._looked_at[_short(staff_number)]
        if not others:
            return 0
        with self._database.read() as unit:
            failed = len(_lately(unit, _Of.STAFF, staff_number))
        return 0 if others < FAILURES_PER_STAFF - failed else _SHORTLY_S

    def failed(self, unit: Unit, staff_number: str, address: str) -> None:
        """Counts for both, with what else is written of it; what counts no more is forgotten."""
        over = or_(_failures.at <= unit.now - WINDOW, _failures.at > unit.now + WINDOW)
        unit.conn.execute(delete(sign_in_failure).where(_failures.tenant_id == unit.tenant, over))
        unit.conn.execute(
            sign_in_failure.insert(),
            [
                {"tenant_id": unit.tenant, "id": uuid4().hex, "of": of.value, "key": _short(key), "at": unit.now}
                for of, key in ((_Of.STAFF, staff_number), (_Of.ADDRESS, address))
            ],
        )

    def succeeded(self, staff_number: str) -> None:
        """Writes only where there is something to forgive."""
        with self._database.read() as unit:
            if not _lately(unit, _Of.STAFF, staff_number):
                return
        with self._database.write() as unit:
            unit.conn.execute(
                delete(sign_in_failure).where(
                    _failures.tenant_id == unit.tenant,
                    _failures.of == _Of.STAFF.value,
                    _failures.key == _short(staff_number),
                )
            )


def _wait_s(unit: Unit, of: _Of, key: str) -> int:
    found = _lately(unit, of, key)
    if len(found) < _MOST[of]:
        return 0
    # A clock that was set back makes nobody wait for longer than the window.
    left = min(found[-1] + WINDOW - unit.now, WINDOW)
    return max(1, math.ceil(left.total_seconds()))


def _lately(unit: Unit, of: _Of, key: str) -> list[datetime]:
    """Moments of failures within the window, newest first, as many as matter. What lies further ahead than a window is
    of a clock that was wrong."""
    statement = (
        select(_failures.at)
        .where(
            _failures.tenant_id == unit.tenant,
            _failures.of == of.value,
            _failures.key == _short(key),
            _failures.at > unit.now - WINDOW,
            _failures.at <= unit.now + WINDOW,
        )
        .order_by(_failures.at.desc())
        .limit(_MOST[of])
    )
    return list(unit.conn.execute(statement).scalars())


def _short(key: str) -> str:
    """Whoever guesses chooses how long a staff number is: what is remembered of it is not."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
