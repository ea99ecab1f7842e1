"""The store: what windows read and the agent's work goes into. Made by `open_store`; safe to use from any thread."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine

from core.domain.disposition import Dispositions
from core.store.logged import Logged
from core.store.overlay import LaidTasks
from core.store.people import People
from core.store.review_file import ReviewFile
from core.store.states import States
from core.store.store_errands import StoreErrands
from core.store.store_reading import StoreReading
from core.store.store_sync import StoreSync
from core.store.store_work import StoreWork
from core.wire.casework import CaseLogged, PromiseLogged
from core.wire.inspecting import QualityItem


class Store(StoreReading, StoreWork, StoreErrands, StoreSync):
    """Each call is one transaction; what a writing call returned from is on the disk.

    Every call may raise StoreDisk (nothing of it was written), StoreForeign (damage was met) or StoreError (busy,
    closed).
    """

    def __init__(
        self,
        *,
        folder: Path,
        reader: Engine,
        mirror: Engine,
        work: Engine,
        lock: BinaryIO,
        shipped: Callable[[str], Dispositions | None] | None,
        review: ReviewFile,
    ) -> None:
        super().__init__(folder=folder, reader=reader, mirror=mirror, work=work, lock=lock)
        self._people = People()
        self._standing = LaidTasks(self.courtesy.give_way)
        self._shipped = shipped
        self.review = review
        self._casebook = None
        self._inspections = None
        self.states = States()

    def log(self, item: Logged) -> None:
        super().log(item)
        if isinstance(item, CaseLogged | PromiseLogged):
            self._book().note(item)
        elif isinstance(item, QualityItem):
            self._inspection_book().note(item)

    def close(self) -> None:
        """Waits for nothing; the folder is free for another process afterwards."""
        self.review.close()
        super().close()
