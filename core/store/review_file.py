"""review.db: the packs that a review works on, encrypted under the store's key, in a file of their own.

Beside the mirror, since a piece of a pack must never keep a save or a pull waiting. Everything in it can be fetched
again: a file that is damaged or of another version is begun anew. Parts are named by the digest of their bytes; pieces
that have come lie apart until their part is whole, and the list names packs alone of which nothing is missing.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, Engine

from core.domain import decoding
from core.domain.errors import StoreForeign
from core.store import engine, files
from core.store.errors import closed, translated
from core.store.key import StoreKey
from core.wire.review import Pack, PackList, PackPart

REVIEW = "review.db"
VERSION = 1
_TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE part (digest TEXT PRIMARY KEY, body BLOB NOT NULL)",
    "CREATE TABLE piece (digest TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (digest, at))",
)
_LIST = "list"
_T = TypeVar("_T")
_list = decoding.decoder(PackList).decode


class ReviewFile:
    """Opened when first asked for; safe to use from any thread. Raises StoreDisk, StoreClosed as the store does."""

    def __init__(self, folder: Path, key: StoreKey) -> None:
        self._folder, self._key = folder, key
        self._opening = threading.Lock()
        self._engine: Engine | None = None
        self._closed = False

    def close(self) -> None:
        with self._opening:
            self._closed = True
            if self._engine is not None:
                self._engine.dispose()

    def listed(self) -> PackList | None:
        """The packs that are whole; None before any was pulled."""
        found = self._asked(lambda connection: _value(connection, _LIST))
        return None if found is None else _list(found)

    def lacking(self, wanted: PackList) -> list[PackPart]:
        """Parts of the list that are not here yet, the newest period first."""
        there = self._asked(_digests)
        parts = {part.digest: part for pack in reversed(wanted.packs) for part in pack.parts}
        return [part for digest, part in parts.items() if digest not in there]

    def received(self, digest: str) -> int:
        """How many bytes of a part lie here in pieces: where to go on."""
        asked = "SELECT coalesce(sum(length(body)), 0) FROM piece WHERE digest = ?"
        return int(self._asked(lambda connection: connection.exec_driver_sql(asked, (digest,)).scalar_one()))

    def take(self, part: PackPart, offset: int, body: bytes) -> bool:
        """Keeps a piece; True once the part is whole. Pieces that come to other bytes than the part's are dropped."""

        def keep(connection: Connection) -> bool:
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO piece (digest, at, body) VALUES (?, ?, ?)", (part.digest, offset, body)
            )
            rows = connection.exec_driver_sql("SELECT length(body) FROM piece WHERE digest = ?", (part.digest,))
            if body and sum(row[0] for row in rows) < part.size:
                return False
            pieces = connection.exec_driver_sql("SELECT body FROM piece WHERE digest = ? ORDER BY at", (part.digest,))
            whole = b"".join(row[0] for row in pieces)
            connection.exec_driver_sql("DELETE FROM piece WHERE digest = ?", (part.digest,))
            if hashlib.sha256(whole).hexdigest() != part.digest:
                return False
            connection.exec_driver_sql("INSERT OR REPLACE INTO part (digest, body) VALUES (?, ?)", (part.digest, whole))
            return True

        return self._asked(keep)

    def adopt(self, wanted: PackList) -> bool:
        """From now on the list is this one, as far as its packs are whole: of others the version before stays.
        Returns whether anything of it is new; what no pack names any more is forgotten."""

        def change(connection: Connection) -> bool:
            kept = _value(connection, _LIST)
            before = None if kept is None else _list(kept)
            there = _digests(connection)
            after = msgspec.structs.replace(wanted, packs=tuple(_whole(wanted.packs, before, there)))
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_LIST, msgspec.json.encode(after))
            )
            named = {part.digest for pack in after.packs for part in pack.parts}
            coming = {part.digest for pack in wanted.packs for part in pack.parts}
            for table, stays in (("part", named | coming), ("piece", coming)):
                for (digest,) in connection.exec_driver_sql(f"SELECT DISTINCT digest FROM {table}").all():
                    if digest not in stays:
                        connection.exec_driver_sql(f"DELETE FROM {table} WHERE digest = ?", (digest,))
            return before is None or _what(before) != _what(after)

        return self._asked(change)

    def bodies(self, digests: Sequence[str]) -> dict[str, bytes]:
        """The bytes of whole parts by digest."""

        def read(connection: Connection) -> dict[str, bytes]:
            found = {}
            for digest in digests:
                body = connection.exec_driver_sql("SELECT body FROM part WHERE digest = ?", (digest,)).scalar()
                if body is not None:
                    found[digest] = body
            return found

        return self._asked(read)

    def forget(self) -> None:
        """Nothing of it belongs on this machine any more."""
        with self._opening:
            self._let_go()

    def _let_go(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
        with translated(self._folder):
            for beside in ("", "-wal", "-shm"):
                (self._folder / (REVIEW + beside)).unlink(missing_ok=True)

    def _asked(self, work: Callable[[Connection], _T]) -> _T:
        try:
            return self._once(work)
        except StoreForeign:
            # Damaged: all of it can be fetched again.
            self.forget()
            return self._once(work)

    def _once(self, work: Callable[[Connection], _T]) -> _T:
        with translated(self._folder), self._opened().begin() as connection:
            return work(connection)

    def _opened(self) -> Engine:
        with self._opening:
            if self._closed:
                raise closed()
            if self._engine is None:
                self._engine = self._made()
            return self._engine

    def _made(self) -> Engine:
        files.touch_private(self._folder / REVIEW)
        made = engine.writer(self._folder / REVIEW, self._key)
        try:
            with made.begin() as connection:
                if connection.exec_driver_sql("PRAGMA user_version").scalar_one() != VERSION:
                    _begin(connection)
        except BaseException:
            made.dispose()
            raise
        return made


def _begin(connection: Connection) -> None:
    """Leaves the file as a new one, whatever an earlier or later program had in it."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    for name in names:
        connection.exec_driver_sql(f'DROP TABLE "{name}"')
    for statement in _TABLES:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _value(connection: Connection, key: str) -> bytes | None:
    found: bytes | None = connection.exec_driver_sql("SELECT value FROM meta WHERE key = ?", (key,)).scalar()
    return found


def _digests(connection: Connection) -> set[str]:
    return set(connection.exec_driver_sql("SELECT digest FROM part").scalars())


def _whole(wanted: Sequence[Pack], before: PackList | None, there: set[str]) -> Iterator[Pack]:
    """Of each pack the version that is here as a whole."""
    former = {(pack.team, pack.period): pack for pack in before.packs} if before else {}
    for pack in wanted:
        for one in (pack, former.get((pack.team, pack.period))):
            if one is not None and all(part.digest in there for part in one.parts):
                yield one
                break


def _what(listed: PackList) -> tuple[object, ...]:
    """What figures depend on."""
    return listed.packs, listed.names, listed.roles, listed.on_net_day
