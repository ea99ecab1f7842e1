"""P4, reference: the same rows committed by the driver, and a bare window with as many texts. Nothing of ours."""

from pathlib import Path

import raw_store
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

COLUMNS = 8


class BareWindow(QWidget):
    """So many texts in a grid, none of which keeps its words from one customer to the next."""

    def __init__(self, texts: int, width: int, height: int) -> None:
        super().__init__()
        self._labels = [QLabel() for _ in range(texts)]
        self._turn = 0
        grid = QGridLayout(self)
        for index, label in enumerate(self._labels):
            grid.addWidget(label, index // COLUMNS, index % COLUMNS)
        # The keys are for the other window.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(width, height)

    def show_next(self) -> None:
        self._turn += 1
        for index, label in enumerate(self._labels):
            label.setText(f"{self._turn} · {index * self._turn % 997} 元")


class BareWork:
    """An outcome, its line in the outbox and its mark on the task, on the disk before it returns."""

    def __init__(self, path: Path, key: str, schema: list[str]) -> None:
        self._connection = raw_store.connect(path, key, cache_kib=16 * 1024)
        for statement in schema:
            self._connection.execute(statement)

    def save(self, number: int, body: bytes, task_body: bytes, at: int) -> None:
        name, task_id = f"outcome-{number}", f"task-{number}"
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        run(
            "INSERT INTO outcome (id, root_id, root_at, recorded_at, task_id, customer_id, scenario, contact, success,"
            " talk_time_s, opt_out, name, words, body, task_body, upload)"
            " VALUES (?, ?, ?, ?, ?, ?, '4g-upgrade', 'unanswered', 0, 0, 0, '吴文静', ?, ?, ?, 'waiting')",
            (name, name, at, at, task_id, task_id, f"吴文静\nwuwenjing\n{number}", body, task_body),
        )
        run("INSERT INTO outbox (id, kind, body, at, state) VALUES (?, 'outcome', ?, ?, 'waiting')", (name, body, at))
        run(
            "INSERT OR REPLACE INTO overlay (task_id, item_id, effect, at) VALUES (?, ?, 'retry', ?)",
            (task_id, name, at),
        )
        run("DELETE FROM draft WHERE key = ?", (task_id,))
        run("COMMIT")

    def count(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM outcome").fetchone()[0])

    def close(self) -> None:
        self._connection.close()
