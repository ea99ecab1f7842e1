"""The connections to an agent's two files, and the guard that every step goes through."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Engine

from core.domain.errors import StoreForeign
from core.store import engine, files
from core.store.courtesy import Courtesy
from core.store.errors import closed, damage_met, translated


class StoreConnections:
    """One transaction for each `with`: read both files, write the one or the other.

    What libraries raise inside comes out as the store's errors; damage that was met is looked at on the next opening.
    """

    def __init__(self, *, folder: Path, reader: Engine, mirror: Engine, work: Engine, lock: BinaryIO) -> None:
        self.folder = folder
        self._reader, self._mirror, self._work, self._lock = reader, mirror, work, lock
        self._closed = False
        self.courtesy = Courtesy()

    def close(self) -> None:
        """Waits for nothing; the folder is free for another process afterwards."""
        self.courtesy.end()
        self._closed = True
        for one in (self._reader, self._work, self._mirror):
            one.dispose()
        self._lock.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self.courtesy.give_way()
        with self._guarded(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def _working(self) -> Iterator[Connection]:
        with self._guarded(), self._work.begin() as connection:
            yield connection

    @contextmanager
    def _mirroring(self) -> Iterator[Connection]:
        with self._guarded(), self._mirror.begin() as connection:
            yield connection

    def empty_journals(self) -> None:
        """What was deleted stands in a journal until it is written over. Waits for nobody: a reader that is in one
        leaves it to the next time, at the latest to the close of the store."""
        with self._guarded():
            for one in (self._mirror, self._work):
                raw = one.raw_connection()
                try:
                    engine.empty_journal(raw.driver_connection)
                finally:
                    raw.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        if self._closed:
            raise closed()
        try:
            with translated(self.folder):
                yield
        except StoreForeign as error:
            files.touch_private(self.folder / files.SUSPECT)
            raise damage_met() from error
