"""Groups beside each other as rows: who, and their measures; rates from few calls are grey and carry their interval."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from core.domain.text import Text, filled
from core.review.compare import Row
from core.review.measures import DEFINITIONS, Figure, Kind, Measure
from core.review.roles import columns_of
from desktop import theme
from desktop.review import words
from desktop.review.filters import Namer
from desktop.review.shown import DASH, division, interval_of, percent, value_of, with_interval
from desktop.tongue import Tongue
from desktop.widgets.table_rows import Index, TableRows

WHO, MIX = "who", "mix"


class GroupModel(TableRows[Row]):
    def __init__(self, tongue: Tongue, name: Namer) -> None:
        super().__init__()
        self._tongue, self._name = tongue, name
        self._dimension = "agent"
        self.columns = _columns(columns_of("", "agent", 7))
        self.heads = self._titles()

    def show(self, rows: tuple[Row, ...], dimension: str, columns: Sequence[Measure | None]) -> None:
        """`columns` are the measures beside the name; None: success within the same mix of scenarios."""
        self._dimension, self.columns = dimension, _columns(columns)
        self.put(rows, self._titles())

    def row(self, at: int) -> Row:
        return self.lines[at]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        told = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole
        if told and isinstance(one := self.columns[section], Measure):
            return f"{self._tongue(DEFINITIONS[one].title)}\n{self._tongue(DEFINITIONS[one].how)}"
        return super().headerData(section, orientation, role)

    def _titles(self) -> list[str]:
        return [self._tongue(self.title(section)) for section in range(len(self.columns))]

    def title(self, section: int) -> Text:
        one = self.columns[section]
        if isinstance(one, Measure):
            return words.SHORT.get(one, DEFINITIONS[one].title)
        return words.DIMENSIONS[self._dimension] if one == WHO else words.SAME_MIX

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, one = self.lines[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, one)
        if role == Qt.ItemDataRole.ForegroundRole and self._few(row, one):
            return theme.colour(theme.tokens().off)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._more(row, one)
        return None

    def _text(self, row: Row, one: Measure | str) -> str:
        if one == WHO:
            return self._name(self._dimension, row.word) or DASH
        if one == MIX:
            mix = row.same_mix
            return f"{percent(mix.rate)} {100 * mix.low:.0f}–{100 * mix.high:.0f}" if mix else DASH
        figure = row.figures[Measure(one)]
        if figure.definition.kind is Kind.RATE and not figure.whole and figure.young:
            return self._tongue(filled(words.YOUNG, n=f"{figure.young:,}"))
        return with_interval(figure) if one is Measure.SUCCESS_RATE or figure.few else value_of(figure)

    def _few(self, row: Row, one: Measure | str) -> bool:
        if one == MIX:
            return row.same_mix is None or row.same_mix.few
        return isinstance(one, Measure) and row.figures[one].few

    def _more(self, row: Row, one: Measure | str) -> str | None:
        if one == MIX and row.same_mix is not None:
            return self._tongue(filled(words.SAME_MIX_HINT, share=percent(row.same_mix.covered, 0)))
        return self._tip(row.figures[one]) if isinstance(one, Measure) else None

    def _tip(self, figure: Figure) -> str:
        lines = [self._tongue(figure.definition.how)]
        if figure.whole:
            lines.append(f"{division(figure)}  {interval_of(figure)}".rstrip())
        if figure.young:
            lines.append(self._tongue(filled(words.YOUNG, n=f"{figure.young:,}")))
        return "\n".join(lines)

    def retranslate(self) -> None:
        self.put(self.lines, self._titles())
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)


def _columns(measures: Sequence[Measure | None]) -> tuple[Measure | str, ...]:
    return (WHO, *(MIX if one is None else one for one in measures))
