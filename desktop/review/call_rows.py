"""The calls behind a figure as rows of a table."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from core.desk.reviewing import ListedCall
from core.domain.clock import CHINA
from core.review.frame import Frame
from core.review.taking.labels import Labels, contact_name
from desktop import theme
from desktop.review import words
from desktop.review.shown import clock
from desktop.tongue import Tongue

Index = QModelIndex | QPersistentModelIndex


class CallRows(QAbstractTableModel):
    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self._frame: Frame | None = None
        self._calls: tuple[ListedCall, ...] = ()
        self._labels = Labels()

    def show(self, frame: Frame, calls: Sequence[ListedCall], labels: Labels) -> None:
        self.beginResetModel()
        self._frame, self._calls, self._labels = frame, tuple(calls), labels
        self.endResetModel()

    def call(self, at: int) -> ListedCall:
        return self._calls[at]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._calls)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(words.CALL_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._tongue(words.CALL_COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        listed = self._calls[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cells(listed)[index.column()]
        frame = self._frame
        if role == Qt.ItemDataRole.ForegroundRole and frame is not None and frame.calls["success"][listed.row]:
            return theme.colour(theme.tokens().ok) if index.column() == RESULT else None
        return None

    def _cells(self, listed: ListedCall) -> tuple[str, ...]:
        frame, say, row = self._frame, self._tongue, listed.row
        if frame is None:
            return ("",) * len(words.CALL_COLUMNS)
        calls = frame.calls
        scenario, reason = calls.word("scenario", row), calls.word("reason", row)
        at = datetime.fromtimestamp(int(calls["at"][row]), UTC).astimezone(CHINA)
        customer = listed.detail.name or listed.detail.customer_id
        return (
            f"{at:%m-%d %H:%M}",
            frame.agent_name(calls.word("agent", row)),
            f"{customer} {listed.detail.number_masked}".strip(),
            say(self._labels.of("scenario", scenario, frame)),
            result_of(frame, row, self._labels, say),
            say(self._labels.reason(scenario, reason)) if reason else "",
            clock(int(calls["talk_s"][row])),
        )

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(words.CALL_COLUMNS) - 1)
        self.beginResetModel()
        self.endResetModel()


RESULT = 4
"""the column"""


def result_of(frame: Frame, row: int, labels: Labels, say: Tongue) -> str:
    """The result in words; where a code has none any more, whom the call reached."""
    calls = frame.calls
    scenario, code = calls.word("scenario", row), calls.word("result", row)
    found = labels.results.get((scenario, code))
    return say(found) if found else say(contact_name(calls.word("contact", row)))
