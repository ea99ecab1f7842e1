"""The queue's rows, fetched page by page: a hundred thousand tasks cost no more than the ones in view."""

from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from core.desk.queueing import Group, Page
from core.store.types import QueueRow, Section

PAGE = 200
ROW = int(Qt.ItemDataRole.UserRole)
GROUP = ROW + 1
WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
"""for the eye, the ear and a pointer that rests"""
Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """Group headings stand between the rows; a row whose page has not come yet is empty until it does."""

    def __init__(self, fetch: Callable[[int], None], spoken: Callable[[QueueRow | Group], str]) -> None:
        super().__init__()
        self._fetch, self._spoken = fetch, spoken
        self._groups: list[Group] = []
        self._starts: list[int] = []
        """visible row of each group's heading"""
        self._rows: dict[int, QueueRow] = {}
        self._asked: set[int] = set()
        self._count = 0

    def show(self, page: Page) -> None:
        """A new state of the queue with its first rows in view."""
        self.beginResetModel()
        self._groups, self._starts, at = page.groups, [], 0
        for group in page.groups:
            self._starts.append(at)
            at += 1 + group.rows
        self._count = at
        self._rows = {page.offset + i: row for i, row in enumerate(page.rows)}
        # A page that begins the list may hold what is in sight alone: the rest is asked for when somebody looks there.
        whole = len(page.rows) >= min(PAGE, sum(group.rows for group in page.groups) - page.offset)
        self._asked = {page.offset // PAGE} if whole else set()
        self.endResetModel()

    def add(self, page: Page) -> None:
        """Further rows of the state shown; a page of another state is shown as a whole."""
        if page.groups != self._groups:
            self.show(page)
            return
        self._rows.update({page.offset + i: row for i, row in enumerate(page.rows)})
        if page.rows:
            first, last = (self._visible(page.offset + i) for i in (0, len(page.rows) - 1))
            self.dataChanged.emit(self.index(first), self.index(last))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        what = self.at(index.row())
        if role == ROW:
            return what if isinstance(what, QueueRow) else None
        if role == GROUP:
            return what if isinstance(what, Group) else None
        if role in WORDS:
            return self._spoken(what) if what is not None else ""
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and index.row() in self._starts:
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def at(self, row: int) -> QueueRow | Group | None:
        """The heading or task of a visible row; None while its page is on the way."""
        which = bisect_right(self._starts, row) - 1
        if which < 0:
            return None
        if self._starts[which] == row:
            return self._groups[which]
        place = row - which - 1
        found = self._rows.get(place)
        if found is None and place // PAGE not in self._asked:
            self._asked.add(place // PAGE)
            self._fetch(place // PAGE * PAGE)
        return found

    def row_of(self, task_id: str) -> int:
        """The visible row of a task among those fetched, or -1."""
        place = next((place for place, row in self._rows.items() if row.task_id == task_id), None)
        return -1 if place is None else self._visible(place)

    def below(self, task_id: str, count: int = 20) -> list[str]:
        """The tasks that follow one in the queue, as far as they are fetched."""
        place = next((place for place, row in self._rows.items() if row.task_id == task_id), None)
        if place is None:
            return []
        follow = (self._rows.get(place + i) for i in range(1, count + 1))
        return [row.task_id for row in follow if row is not None]

    def due_before(self, task_id: str) -> str:
        """The first other task where it is a callback that has fallen due; else empty."""
        rows = (self._rows.get(place) for place in (0, 1))
        first = next((row for row in rows if row is not None and row.task_id != task_id), None)
        return first.task_id if first is not None and first.section is Section.DUE else ""

    @property
    def headings(self) -> list[int]:
        """Visible rows of the group headings."""
        return list(self._starts)

    @property
    def is_read(self) -> bool:
        """The first page is here whole, or was asked for."""
        return 0 in self._asked

    @property
    def is_empty(self) -> bool:
        return self._count == 0

    def _visible(self, place: int) -> int:
        at = place
        for start in self._starts:
            if start <= at:
                at += 1
        return at
