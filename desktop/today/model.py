"""The day's saved outcomes as rows."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt

from core.domain.clock import CHINA
from core.domain.order_state import ORDER_SHORT, ORDER_WORDS, OrderState, told_words
from core.domain.ordered import Ordered, decisive
from core.domain.text import Text
from core.store.types import SavedRow, UploadState
from desktop import theme
from desktop.today import words
from desktop.tongue import Tongue
from desktop.widgets.table_rows import Index, SpokenRows

ORDER, UPLOAD = 5, 6
"""the columns"""
REFUSED = frozenset({UploadState.REJECTED, UploadState.CONFLICT})
"""the server would not take it: it waits for its correction"""


class SavedModel(SpokenRows[SavedRow]):
    def __init__(
        self, tongue: Tongue, scenario_name: Callable[[str], Text], result_name: Callable[[str, str], Text]
    ) -> None:
        super().__init__(tongue, words.COLUMNS)
        self._scenario_name, self._result_name = scenario_name, result_name

    def at(self, row: int) -> SavedRow:
        return self.lines[row]

    def place_of(self, outcome_id: UUID) -> int:
        """The row of that record; -1 where it is not shown."""
        return next((at for at, row in enumerate(self.lines) if row.outcome_id == outcome_id), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cells(row)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._more(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and row.corrected:
            return theme.colour(theme.tokens().off)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == UPLOAD and row.upload in REFUSED:
            return theme.colour(theme.tokens().bad)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == ORDER:
            return theme.colour(_ink(row))
        return None

    def _more(self, row: SavedRow, column: int) -> str | None:
        """The whole of what a cell only begins to say."""
        if column == ORDER and row.orders:
            return "\n".join(line.text for line in order_lines(row, self.say))
        return self.say(row.message) if row.message is not None else None

    def _cells(self, row: SavedRow) -> tuple[str, ...]:
        say = self.say
        upload = say(words.UPLOAD[row.upload.value])
        if row.corrected:
            upload = f"{upload} · {say(words.CORRECTED)}"
        elif row.corrects is not None:
            upload = f"{upload} · {say(words.CORRECTION)}"
        # Those that the server would not take stay in the list when their day is over.
        form = "%m-%d %H:%M" if row.upload in REFUSED and not row.corrected else "%H:%M:%S"
        return (
            row.recorded_at.astimezone(CHINA).strftime(form),
            row.name or (say(words.LET_GO) if row.let_go else ""),
            say(self._scenario_name(row.scenario)),
            say(self._result_name(row.scenario, row.result)),
            f"{row.talk_time_s // 60}:{row.talk_time_s % 60:02d}",
            _orders(row, say),
            upload,
        )


class OrderLine(NamedTuple):
    text: str
    failed: bool


def order_lines(row: SavedRow, say: Tongue) -> list[OrderLine]:
    """Each order of the record with how it stands; where there are several, each says what it is of."""
    line = say(words.ORDER_LINE) if len(row.orders) > 1 else "{state}"
    return [
        OrderLine(line.format(what=say(one.what), state=told), one.state is OrderState.FAILED)
        for one in row.orders
        if (told := _standing(one, say))
    ]


def _standing(one: Ordered, say: Tongue) -> str:
    if one.told is not None:
        return say(told_words(one.told))
    return say(ORDER_WORDS[one.state]) if one.state is not None else ""


def _orders(row: SavedRow, say: Tongue) -> str:
    """How the sale stands by them; of several, how many stand so."""
    state = decisive(row.orders)
    if state is None:
        return ""
    short, many = say(ORDER_SHORT[state]), len(row.orders)
    return short if many == 1 else f"{short} {sum(one.state is state for one in row.orders)}/{many}"


def _ink(row: SavedRow) -> str:
    t = theme.tokens()
    tones = {OrderState.ACCEPTED: t.ok, OrderState.FAILED: t.bad, OrderState.DECLINED: t.off, OrderState.LAPSED: t.off}
    state = decisive(row.orders)
    return tones.get(state, t.warn) if state is not None else t.ink
