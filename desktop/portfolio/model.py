"""The customers as rows: only what is in sight is put into words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt

from core.desk.portfolio import Managed
from core.domain.clock import CHINA, local_day
from core.domain.masking import mask_number
from core.domain.money import yuan
from core.domain.portfolio import ENDS_SOON
from core.domain.task import TIER_NAMES, Tier
from desktop import theme
from desktop.portfolio import words
from desktop.portfolio.order import Sort
from desktop.tongue import Tongue
from desktop.widgets.painted import ink
from desktop.widgets.table_rows import Index, SpokenRows
from desktop.widgets.values import Cell, Tone

COLUMN_SORTS = (Sort.NAME, Sort.NAME, Sort.PLAN, Sort.WARNED, Sort.REACHED, Sort.DUE, Sort.ENDS, Sort.SPEND)
"""what a click on each heading orders by"""
_DASH = Cell("—", Tone.MUTED)


class PortfolioModel(SpokenRows[Managed]):
    def __init__(self, tongue: Tongue) -> None:
        super().__init__(tongue, words.COLUMNS)
        self._now = datetime.min.replace(tzinfo=CHINA)
        self._today = date.min

    def show(self, rows: Sequence[Managed], now: datetime) -> None:
        self._now, self._today = now, local_day(now)
        self.put(rows)

    def at(self, row: int) -> Managed | None:
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def place_of(self, customer_id: str) -> int:
        """The row of that customer; -1 where they are not shown."""
        return next((at for at, one in enumerate(self.lines) if one.row.customer_id == customer_id), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.cell(index.row(), index.column()).text
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = self.cell(index.row(), index.column()).tone
            return None if tone is Tone.NEUTRAL else ink(tone)
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return theme.font(14, bold=True)
        return None

    def cell(self, row: int, column: int) -> Cell:
        one = self.lines[row]
        makers = (self._who, _number, self._plan, self._warning, self._reached, self._next, self._ends, _spend)
        return makers[column](one)

    def _who(self, one: Managed) -> Cell:
        tier = f" · {self.say(TIER_NAMES[one.row.tier])}" if one.row.tier is not Tier.NONE else ""
        return Cell(f"{one.row.name or one.row.customer_id}{tier}", Tone.VIP if tier else Tone.NEUTRAL)

    def _plan(self, one: Managed) -> Cell:
        return Cell(self.say(one.row.plan)) if one.row.plan else _DASH

    def _warning(self, one: Managed) -> Cell:
        if one.row.opted_out:
            return Cell(self.say(words.OPTED_OUT), Tone.MUTED)
        return Cell(self.say(one.row.warning), Tone.WARN) if one.row.warning else _DASH

    def _reached(self, one: Managed) -> Cell:
        if one.reached_at is None:
            return Cell(self.say(words.NEVER), Tone.MUTED)
        return Cell(f"{one.reached_at.astimezone(CHINA):%Y-%m-%d}", Tone.OK if one.covered else Tone.NEUTRAL)

    def _next(self, one: Managed) -> Cell:
        if one.due_at is None:
            return _DASH
        when = f"{one.due_at.astimezone(CHINA):%m-%d %H:%M}"
        text = self.say(words.CALLBACK if one.callback else words.TERM).format(when=when)
        return Cell(text, Tone.BAD if one.due_at <= self._now else Tone.BRAND if one.callback else Tone.NEUTRAL)

    def _ends(self, one: Managed) -> Cell:
        if one.ends_on is None:
            return _DASH
        return Cell(f"{one.ends_on}", Tone.WARN if one.ends_on <= self._today + ENDS_SOON else Tone.NEUTRAL)


def _number(one: Managed) -> Cell:
    return Cell(mask_number(one.row.numbers[0])) if one.row.numbers else _DASH


def _spend(one: Managed) -> Cell:
    return Cell(f"¥{yuan(one.row.spend_fen)}") if one.row.spend_fen is not None else _DASH
