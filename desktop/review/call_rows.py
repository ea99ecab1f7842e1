"""The calls behind a figure as rows of a table."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt

from core.desk.reviewing import ListedCall
from core.domain.clock import CHINA
from core.review.frame import Frame
from core.review.taking.labels import Labels, contact_name
from desktop import theme
from desktop.review import words
from desktop.review.shown import clock
from desktop.tongue import Tongue
from desktop.widgets.table_rows import Index, SpokenRows


class CallRows(SpokenRows[ListedCall]):
    def __init__(self, tongue: Tongue) -> None:
        super().__init__(tongue, words.CALL_COLUMNS)
        self._frame: Frame | None = None
        self._labels = Labels()

    def show(self, frame: Frame, calls: Sequence[ListedCall], labels: Labels) -> None:
        self._frame, self._labels = frame, labels
        self.put(tuple(calls))

    def call(self, at: int) -> ListedCall:
        return self.lines[at]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        listed = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cells(listed)[index.column()]
        frame = self._frame
        if role == Qt.ItemDataRole.ForegroundRole and frame is not None and frame.calls["success"][listed.row]:
            return theme.colour(theme.tokens().ok) if index.column() == RESULT else None
        return None

    def _cells(self, listed: ListedCall) -> tuple[str, ...]:
        frame, say, row = self._frame, self.say, listed.row
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


RESULT = 4
"""the column"""


def result_of(frame: Frame, row: int, labels: Labels, say: Tongue) -> str:
    """The result in words; where a code has none any more, whom the call reached."""
    calls = frame.calls
    scenario, code = calls.word("scenario", row), calls.word("result", row)
    found = labels.results.get((scenario, code))
    return say(found) if found else say(contact_name(calls.word("contact", row)))
