"""One pass over the list before anything is proposed: where the header is, what each column holds, how many rows."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from core.server.importing.cells import value_of
from core.server.importing.header_row import LOOK_AT, MOST_COLUMNS, column_names, find_header
from core.server.importing.indicator_types import TypeGuess
from core.server.importing.rows import Row

SAMPLE = 2_000


class TooWide(Exception):
    """More columns than a list has."""

    def __init__(self, columns: int) -> None:
        super().__init__(columns)
        self.columns = columns


class ColumnProfile:
    """What one column holds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.filled = 0
        self.sample: list[str] = []
        """the first filled cells, clean"""
        self.guess = TypeGuess()

    def see(self, cell: str) -> None:
        self.filled += 1
        if len(self.sample) < SAMPLE:
            self.sample.append(cell)
        self.guess.see(cell)

    @property
    def distinct_share(self) -> float:
        return len(set(self.sample)) / len(self.sample) if self.sample else 0.0


class Profile:
    """The list's header and columns; memory holds the first 2,000 cells of each, whatever the list's length. Raises
    TooWide."""

    def __init__(self, rows: Iterator[Row]) -> None:
        head = list(islice(rows, LOOK_AT))
        widest = max((len(_trimmed(row.cells)) for row in head if row.fault is None), default=0)
        if widest > MOST_COLUMNS:
            raise TooWide(widest)
        self.header_row = find_header(head)
        header = next((row.cells for row in head if row.number == self.header_row), [])
        width = 0 if self.header_row else max((len(_trimmed(row.cells)) for row in head), default=0)
        self.columns = [ColumnProfile(name) for name in column_names(header, width)]
        self.header = _trimmed(header)
        self.rows = 0
        for row in chain(head, rows):
            if row.number > self.header_row and not row.blank:
                self._see(row)
        while len(self.columns) > len(self.header) and not self.columns[-1].filled:
            self.columns.pop()

    def _see(self, row: Row) -> None:
        self.rows += 1
        if row.fault is not None or _trimmed(row.cells) == self.header:
            return
        for column, cell in zip(self.columns, row.cells, strict=False):
            if value := value_of(cell):
                column.see(value)


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Without the empty cells at the end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return list(cells[:end])
