"""The references' queue: raw SQL over the same indexes, a bare model, a plain table. Imports nothing of ours."""

import json
from pathlib import Path
from typing import Any

import raw_store
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView

PAGE = 200
Index = QModelIndex | QPersistentModelIndex
# In the order of the queue; the moment stands in the two halves of the promised callbacks.
_SECTIONS = ("part = 0 AND rank = 0 AND at <= :now", "part = 1", "part = 2",
             "part = 0 AND rank = 0 AND at > :now", "part = 3")  # fmt: skip
_ORDER = {
    "name": ("task_name", "name_key, task_id"),
    "due": ("task_due", "at, task_id"),
    "tier": ("task_tier", "tier, at, task_id"),
    "scenario": ("task_scenario", "scenario_rank, scenario, at, task_id"),
}
_SHOWN = "SELECT t.task_id, b.body FROM task AS t INDEXED BY {index} JOIN task_body AS b ON b.n = t.n"


class BareQueue:
    """Pages and counts of a queue that a product's store has filled."""

    def __init__(self, mirror: Path, key: str) -> None:
        self._connection = raw_store.connect(mirror, key)

    def look(self, *, sort: str, scenario: str, now: int) -> tuple[int, list[tuple[str, str]]]:
        """How many tasks pass, and id and name of the first 200 in order; an empty scenario lets all pass."""
        values = {"scenario": scenario, "now": now}
        only = "scenario = :scenario" if scenario else "1"
        total = self._connection.execute(f"SELECT count(*) FROM task WHERE {only}", values).fetchone()[0]
        if sort in _ORDER:
            index, order = _ORDER[sort]
            return total, self._page(index, only, order, values, PAGE)
        rows: list[tuple[str, str]] = []
        for section in _SECTIONS:
            if len(rows) < PAGE:
                rows += self._page("task_queue", f"{section} AND {only}", "rank, at, task_id", values, PAGE - len(rows))
        return total, rows

    def close(self) -> None:
        self._connection.close()

    def _page(
        self, index: str, clause: str, order: str, values: dict[str, object], limit: int
    ) -> list[tuple[str, str]]:
        asked = f"{_SHOWN.format(index=index)} WHERE {clause} ORDER BY {order} LIMIT {limit}"
        return [(row[0], json.loads(row[1])["customer"]["name"]) for row in self._connection.execute(asked, values)]


class BareModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, str]] = []
        self._total = 0

    def show(self, total: int, rows: list[tuple[str, str]]) -> None:
        self.beginResetModel()
        self._total, self._rows = total, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and index.row() < len(self._rows):
            return self._rows[index.row()][index.column()]
        return None


def bare_view(model: BareModel) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.horizontalHeader().hide()
    view.verticalHeader().hide()
    return view
