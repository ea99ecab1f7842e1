"""What the invented departments and stores remember, in a file: the same errand or booking twice is one."""

import sqlite3
import threading
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from core.demo.departments import stores
from core.demo.departments.rules import answer
from core.domain import decoding
from core.domain.clock import Clock, local_day
from core.domain.later_event import LaterEvent, LaterKind
from core.domain.text import Text
from core.wire.departments import (
    ErrandAnswer,
    ErrandOut,
    LaterEvents,
    SlotAnswer,
    SlotAsk,
    SlotVerdict,
    Stores,
)

_TABLES = """
CREATE TABLE IF NOT EXISTS errand (id TEXT PRIMARY KEY, at TEXT NOT NULL, revision INTEGER NOT NULL, body BLOB NOT NULL,
    times INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS slot (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, body BLOB NOT NULL);
"""
_BOUGHT_AFTER = 3
"""steps of the delay after which whoever booked a time has been at the store and ordered"""


class Book:
    """Safe to use from any thread."""

    def __init__(self, file: Path | str, *, clock: Clock, delay: timedelta) -> None:
        """`delay`: how long each step of an errand takes."""
        self._clock, self._delay = clock, delay
        self._lock = threading.Lock()
        self._db = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._db.executescript(_TABLES)

    def close(self) -> None:
        self._db.close()

    def place(self, errand: ErrandOut) -> ErrandAnswer:
        """A higher revision takes the place of the one before; anything else changes nothing."""
        values = (str(errand.id), self._clock().isoformat(), errand.revision, msgspec.json.encode(errand))
        with self._lock:
            self._db.execute(
                "INSERT INTO errand VALUES (?, ?, ?, ?, 1) ON CONFLICT (id) DO UPDATE SET times = times + 1,"
                " body = CASE WHEN excluded.revision > revision THEN excluded.body ELSE body END,"
                " revision = max(revision, excluded.revision)",
                values,
            )
        found = self.look(errand.id)
        assert found is not None
        return found

    def look(self, errand_id: UUID) -> ErrandAnswer | None:
        with self._lock:
            row = self._db.execute("SELECT at, body FROM errand WHERE id = ?", (str(errand_id),)).fetchone()
        if row is None:
            return None
        now, errand = self._clock(), decoding.decode(row[1], ErrandOut)
        return answer(errand, now - datetime.fromisoformat(row[0]), self._delay, local_day(now))

    def stores(self, area: str, what: str = "") -> Stores:
        """All of them; asked for a thing, those that have one."""
        now, booked = self._clock(), self._booked()
        found = stores.standing(now, _taken(booked), _put_by(booked), area=area)
        if what:
            found = tuple(one for one in found if stores.has(one.code, what, _put_by(booked)))
        return Stores(stores=found, as_of=now)

    def book(self, slot_id: UUID, ask: SlotAsk) -> SlotAnswer:
        """The first that asks has it; the same id again is answered as before."""
        done = SlotAnswer(verdict=SlotVerdict.BOOKED, reference=f"YY-{slot_id.hex[:6].upper()}")
        with self._lock:
            if self._db.execute("SELECT 1 FROM slot WHERE id = ?", (str(slot_id),)).fetchone():
                return done
            booked = self._read_booked()
            if not stores.is_free(ask.store, ask.slot, self._clock(), _taken(booked)):
                return SlotAnswer(verdict=SlotVerdict.TAKEN)
            if not stores.has(ask.store, ask.what, _put_by(booked)):
                return SlotAnswer(verdict=SlotVerdict.SOLD_OUT)
            values = (str(slot_id), self._clock().isoformat(), msgspec.json.encode(ask))
            self._db.execute("INSERT INTO slot (id, at, body) VALUES (?, ?, ?)", values)
        return done

    def cancel(self, slot_id: UUID) -> bool:
        """The time and what was put by are free again; False where there is no such booking."""
        with self._lock:
            return self._db.execute("DELETE FROM slot WHERE id = ?", (str(slot_id),)).rowcount > 0

    def later(self, after: str) -> LaterEvents:
        """Whoever booked a time has ordered at the store some steps later."""
        with self._lock:
            rows = self._db.execute("SELECT n, id, at, body FROM slot WHERE n > ? ORDER BY n", (int(after or 0),))
            found = rows.fetchall()
        events, reached = [], after
        for number, one, at, body in found:
            bought = datetime.fromisoformat(at) + _BOUGHT_AFTER * self._delay
            if bought > self._clock():
                break
            events.append(_bought(one, bought, decoding.decode(body, SlotAsk)))
            reached = str(number)
        return LaterEvents(events=tuple(events), after=reached)

    def count(self) -> int:
        """Errands, however often each was handed over."""
        with self._lock:
            return int(self._db.execute("SELECT count(*) FROM errand").fetchone()[0])

    def _booked(self) -> list[SlotAsk]:
        with self._lock:
            return self._read_booked()

    def _read_booked(self) -> list[SlotAsk]:
        rows = self._db.execute("SELECT body FROM slot").fetchall()
        return [decoding.decode(row[0], SlotAsk) for row in rows]


def _taken(booked: list[SlotAsk]) -> set[tuple[str, datetime]]:
    return {(one.store, one.slot.begins_at) for one in booked}


def _put_by(booked: list[SlotAsk]) -> list[tuple[str, str]]:
    return [(one.store, one.what) for one in booked if one.what]


def _bought(slot_id: str, at: datetime, ask: SlotAsk) -> LaterEvent:
    return LaterEvent(
        id=f"store-{slot_id}",
        kind=LaterKind.ORDERED,
        customer_id=ask.customer_id,
        at=at,
        what="",
        name=Text("营业厅办理", "ordered at the store"),
        channel="store",
    )
