"""What holds the rows in sight: asked once they are painted, away from the windows, and again after a while."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from core.desk.held_rows import HeldRow
from core.store.types import QueueRow
from desktop.lane import Lane

_GOOD_FOR = timedelta(minutes=1)
"""hours begin and caps free as time goes by"""
_GATHER_MS = 40
"""rows that are painted within this are asked for together"""


class _Kept(NamedTuple):
    row: QueueRow
    held: HeldRow | None
    asked_at: datetime | None
    """None: to be asked anew, whenever it was"""

    def is_good(self, row: QueueRow, now: datetime) -> bool:
        recent = self.asked_at is not None and abs(now - self.asked_at) <= _GOOD_FOR
        return recent and (self.row.callback_at, self.row.later_until) == (row.callback_at, row.later_until)


class Holds(QObject):
    """`look` asks the store on the lane; `changed` is told where a row stands otherwise than it was painted."""

    def __init__(
        self,
        look: Callable[[list[QueueRow]], dict[str, HeldRow]],
        *,
        lane: Lane,
        now: Callable[[], datetime],
        changed: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._look, self._lane, self._now, self._changed = look, lane, now, changed
        self._kept: dict[str, _Kept] = {}
        self._wanted: dict[str, QueueRow] = {}
        self._news = 0
        """how often something was changed: what was asked before that is asked anew"""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_GATHER_MS)
        self._soon.timeout.connect(self._ask)

    def of(self, row: QueueRow) -> HeldRow | None:
        """For a row that is being painted: as last known, asked for where that is old, of another hour or nothing."""
        kept = self._kept.get(row.task_id)
        if kept is None or not kept.is_good(row, self._now()):
            self._wanted[row.task_id] = row
            if not self._soon.isActive():
                self._soon.start()
        return kept.held if kept is not None else None

    def known(self, row: QueueRow) -> HeldRow | None:
        """As last known; asks for nothing."""
        kept = self._kept.get(row.task_id)
        return kept.held if kept is not None else None

    def customers_changed(self, customer_ids: Collection[str]) -> None:
        """What was known of them is asked for anew when they are next painted, and stands until then."""
        self._news += 1
        of = frozenset(customer_ids)
        self._kept = {
            task_id: kept._replace(asked_at=None) if kept.row.customer_id in of else kept
            for task_id, kept in self._kept.items()
        }

    def all_changed(self) -> None:
        """The rules are other ones."""
        self.customers_changed({kept.row.customer_id for kept in self._kept.values()})

    def _ask(self) -> None:
        rows, self._wanted = list(self._wanted.values()), {}
        at, news = self._now(), self._news

        def known(found: dict[str, HeldRow]) -> None:
            before = {row.task_id: self.known(row) for row in rows}
            asked_at = at if news == self._news else None
            self._kept |= {row.task_id: _Kept(row, found.get(row.task_id), asked_at) for row in rows}
            if any(before[row.task_id] != found.get(row.task_id) for row in rows):
                self._changed()

        self._lane(lambda: self._look(rows), known)
