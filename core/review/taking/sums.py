"""Live sums of a sheet: the formulas that the spreadsheet works out, and what they come to as the file is written."""

from collections.abc import Sequence

from core.review.taking.sheet import Cell, Column, Form

_SHOWN: dict[Form, float] = {Form.MONEY: 1 / 100, Form.SECONDS: 1 / 86_400}
"""what a cell shows of one unit"""


class Sums:
    """Adds up the columns that are summed, and those that a quotient needs."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        parts = {at for column in columns if column.quotient for at in column.quotient}
        self._watched = [at for at, column in enumerate(columns) if column.summed or at in parts]
        self._totals: dict[int, float] = dict.fromkeys(self._watched, 0)

    @property
    def watched(self) -> bool:
        return bool(self._watched)

    def add(self, row: Sequence[Cell]) -> None:
        for at in self._watched:
            value = row[at]
            if isinstance(value, int | float) and value == value:
                self._totals[at] += value

    def formulas(self, rows: int) -> list[tuple[str, float | str, Form]]:
        """For each column: its formula below `rows` rows, empty where it has none; its value now; how it is shown.

        A filter that hides rows takes them out of the sum, and a share is that of the sums, not a mean of shares.
        """
        return [self._one(at, column, rows) for at, column in enumerate(self._columns)]

    def _one(self, at: int, column: Column, rows: int) -> tuple[str, float | str, Form]:
        if column.quotient is not None:
            top, bottom = column.quotient
            over, under = self._sum(top, rows), self._sum(bottom, rows)
            value = self._totals[top] / self._totals[bottom] if self._totals[bottom] else ""
            return f'=IF({under}=0,"",{over}/{under})', value, column.form
        if column.summed:
            return f"={self._sum(at, rows)}", self._totals[at] * _SHOWN.get(column.form, 1), column.form
        return "", 0, Form.TEXT

    @staticmethod
    def _sum(at: int, rows: int) -> str:
        from xlsxwriter.utility import xl_col_to_name

        letters = xl_col_to_name(at)
        return f"SUBTOTAL(109,{letters}2:{letters}{rows + 1})"
