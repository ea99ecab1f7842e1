"""What came of an import, in figures that a person can check against the list."""

from pathlib import Path

from msgspec import Struct

from core.server.importing.reading import RowValues


class AbsentCells(Struct, frozen=True):
    """Cells of figures or days that hold a word for "nothing"."""

    column: str
    cells: int
    """of accepted rows"""
    example: str
    """such a word: 不详, N/A"""


class ImportReport(Struct, frozen=True, kw_only=True):
    rows: int
    """data rows: accepted + rejected"""
    accepted: int
    rejected: int
    added: int
    changed: int
    unchanged: int
    """of the accepted ones, those that were there already just so"""
    blank_rows: int
    """below the header, without any cell; not data"""
    without_number: int
    """accepted, but their task is blocked until someone finds a number"""
    do_not_call: int
    """customers who want no calls, as the list says: their tasks are blocked"""
    do_not_call_by_words: int
    """of those, the ones whom only a remark, or a rejected row, shows to be such"""
    earlier_kept: int
    """rejected rows of customers who were there already: their records stay as they were"""
    absent: tuple[AbsentCells, ...]
    """taken as having no value, by column"""
    rejected_file: Path | None


class Tally:
    """Counts what accepted rows say, row by row."""

    def __init__(self) -> None:
        self.without_number = self.do_not_call = self.do_not_call_by_words = 0
        self._absent: dict[int, tuple[int, str]] = {}

    def see(self, values: RowValues, *, numbers: tuple[str, ...], opted_out: bool) -> None:
        self.without_number += not numbers
        self.do_not_call += opted_out
        self.do_not_call_by_words += values.refused_in_words
        for index, word in values.absent.items():
            count, example = self._absent.get(index, (0, word))
            self._absent[index] = (count + 1, example)

    def absent(self, columns: list[str]) -> tuple[AbsentCells, ...]:
        """From left to right; `columns` are the headers."""
        return tuple(AbsentCells(columns[index], *found) for index, found in sorted(self._absent.items()))
