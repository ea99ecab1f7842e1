"""What the invented CRM and gateway remember, in a file: the same order twice is one, also after a restart."""

import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from core.demo.crm.rules import Standing, effective_from, refusal, reply
from core.domain import decoding
from core.domain.clock import Clock, local_day
from core.wire.crm import Ask, OrderAnswer, OrderOut, Replied, Reply, Verdict

_TABLES = """
CREATE TABLE IF NOT EXISTS placed (id TEXT PRIMARY KEY, at TEXT NOT NULL, body BLOB NOT NULL, times INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS asked (id TEXT PRIMARY KEY, at TEXT NOT NULL, body BLOB NOT NULL);
"""


class Book:
    """Safe to use from any thread."""

    def __init__(
        self, file: Path | str, known: Callable[[str], Standing | None], *, clock: Clock, delay: timedelta
    ) -> None:
        """`delay`: how long an order is thought over, and a customer takes to reply."""
        self._known, self._clock, self._delay = known, clock, delay
        self._lock = threading.Lock()
        self._db = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._db.executescript(_TABLES)

    def close(self) -> None:
        self._db.close()

    def place(self, order: OrderOut) -> OrderAnswer:
        """The first of an id stands; each further one is counted, and changes nothing."""
        values = (str(order.id), self._clock().isoformat(), msgspec.json.encode(order))
        with self._lock:
            self._db.execute(
                "INSERT INTO placed VALUES (?, ?, ?, 1) ON CONFLICT (id) DO UPDATE SET times = times + 1", values
            )
        answer = self.look(order.id)
        assert answer is not None
        return answer

    def look(self, order_id: UUID) -> OrderAnswer | None:
        row = self._row("SELECT at, body FROM placed WHERE id = ?", order_id)
        if row is None:
            return None
        at, order = datetime.fromisoformat(row[0]), decoding.decode(row[1], OrderOut)
        if self._clock() - at < self._delay:
            return OrderAnswer(verdict=Verdict.RECEIVED)
        why = refusal(order, self._known(order.customer_id), local_day(at))
        if why is not None:
            return OrderAnswer(verdict=Verdict.REFUSED, reason_zh=why.zh, reason_en=why.en)
        return OrderAnswer(
            verdict=Verdict.ACCEPTED,
            effective_from=effective_from(order, local_day(at)),
            reference=f"CRM-{order.id.hex[:8].upper()}",
        )

    def ask(self, order_id: UUID, ask: Ask) -> Replied:
        values = (str(order_id), self._clock().isoformat(), msgspec.json.encode(ask))
        with self._lock:
            self._db.execute("INSERT INTO asked VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING", values)
        answer = self.replied(order_id)
        assert answer is not None
        return answer

    def replied(self, order_id: UUID) -> Replied | None:
        row = self._row("SELECT at, body FROM asked WHERE id = ?", order_id)
        if row is None:
            return None
        early = self._clock() - datetime.fromisoformat(row[0]) < self._delay
        number = decoding.decode(row[1], Ask).number
        return Replied(reply=Reply.NONE if early else reply(number))

    def count(self) -> int:
        """Orders, however often each was handed over."""
        with self._lock:
            return int(self._db.execute("SELECT count(*) FROM placed").fetchone()[0])

    def _row(self, query: str, one: UUID) -> tuple[str, bytes] | None:
        with self._lock:
            found: tuple[str, bytes] | None = self._db.execute(query, (str(one),)).fetchone()
            return found
