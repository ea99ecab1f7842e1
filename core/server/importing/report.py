"""What came of an import, in figures that a person can check against the list."""

from pathlib import Path

from msgspec import Struct

from core.server.importing.fields import Field
from core.server.importing.reading import RowValues
from core.server.importing.sink import Sink


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
    """customers of whom the list is the first to say that they want no calls: their tasks are blocked"""
    do_not_call_by_words: int
    """of those, the ones whom only a remark, or a rejected row, shows to be such"""
    consent_withheld: int
    """customers who agree to no calls that sell, rejected rows of those who were there already among them"""
    complaining: int
    """accepted rows that tell of a complaint, open or closed"""
    with_quiet_hours: int
    """accepted rows that name hours without calls"""
    earlier_kept: int
    """rejected rows of customers who were there already: their records stay as they were"""
    absent: tuple[AbsentCells, ...]
    """taken as having no value, by column"""
    rejected_file: Path | None


class Tally:
    """Counts what accepted rows say, row by row."""

    def __init__(self) -> None:
        self.without_number = self.do_not_call = self.do_not_call_by_words = 0
        self.consent_withheld = self.complaining = self.with_quiet_hours = 0
        self._refusing: dict[str, bool] = {}
        """customers who want no calls, and whether only words show it: they count once it is known who is new"""
        self._absent: dict[int, tuple[int, str]] = {}

    def see(self, customer: str, values: RowValues, *, numbers: tuple[str, ...], opted_out: bool) -> None:
        self.without_number += not numbers
        self.consent_withheld += values.get(Field.MARKETING_CONSENT, bool) is False
        self.complaining += not values.fields.keys().isdisjoint((Field.COMPLAINT_OPENED, Field.COMPLAINT_CLOSED))
        self.with_quiet_hours += bool(values.get(Field.QUIET_HOURS, tuple))
        if opted_out:
            self._refusing[customer] = values.refused_in_words
        for index, word in values.absent.items():
            count, example = self._absent.get(index, (0, word))
            self._absent[index] = (count + 1, example)

    def before_put(self, sink: Sink) -> None:
        """Count, of the batch that is about to be stored, the refusals that are news."""
        heard = sink.refusing(sorted(self._refusing)) if self._refusing else frozenset()
        news = [by_words for customer, by_words in self._refusing.items() if customer not in heard]
        self.do_not_call += len(news)
        self.do_not_call_by_words += sum(news)
        self._refusing.clear()

    def absent(self, columns: list[str]) -> tuple[AbsentCells, ...]:
        """From left to right; `columns` are the headers."""
        return tuple(AbsentCells(columns[index], *found) for index, found in sorted(self._absent.items()))
