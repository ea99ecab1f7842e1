"""Delimited text: the delimiter, and records that survive broken quoting.

A quotation mark that is never closed would swallow the rest of the list into one cell. Here a record may span a bounded
number of lines; past it the first line alone is the broken row, and reading goes on with the next one.
"""

import csv
from collections import Counter, deque
from collections.abc import Iterator
from itertools import islice

from core.server.importing.failures import not_a_table
from core.server.importing.raw import Raw
from core.server.importing.rows import UNCLOSED_QUOTE, UNREADABLE, Row

_DELIMITERS = (",", "\t", ";", "|", "\x01", "^")
_LOOK_AT = 200
_RECORD_LINES = 200
_LINE_CHARS = 1 << 20

csv.field_size_limit(_LINE_CHARS * 2)


def sniff_delimiter(raw: Raw, encoding: str) -> str:
    """The delimiter that cuts most of the first lines into the same number of cells."""
    lines = [line for line in islice(_lines(raw, encoding), _LOOK_AT) if line.strip()]
    scores = {delimiter: _regularity(lines, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else ","


def _regularity(lines: list[str], delimiter: str) -> float:
    widths = Counter(len(row.cells) for row in _records(iter(lines), delimiter) if not row.blank)
    widths.pop(1, None)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    return count / len(lines) + min(width, 50) / 1000


def read(raw: Raw, encoding: str, delimiter: str) -> Iterator[Row]:
    """Every record of the file, blank ones too; raises InputError where a line is longer than any list's."""
    for row in _records(_lines(raw, encoding), delimiter):
        if row.fault is None and any("\ufffd" in cell for cell in row.cells):
            yield Row(row.number, row.cells, UNREADABLE)
        else:
            yield row


def _lines(raw: Raw, encoding: str) -> Iterator[str]:
    with raw.text(encoding) as file:
        while line := file.readline(_LINE_CHARS):
            if len(line) >= _LINE_CHARS:
                raise not_a_table(raw, "有一行过长，不像名单", "a line is too long for a list")
            yield line


class _TooLong(Exception):
    """A record goes on past the lines that one may have."""


class _Feed:
    """Lines for one csv reader, remembered until their record is complete, so that they can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _RECORD_LINES:
            raise _TooLong
        line = self.again.popleft() if self.again else next(self.lines)
        self.taken.append(line)
        return line

    def give_back_all_but_first(self) -> str:
        first, rest = self.taken[0], self.taken[1:]
        self.again.extendleft(reversed(rest))
        return first


def _records(lines: Iterator[str], delimiter: str) -> Iterator[Row]:
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    number = 0
    while True:
        feed.taken.clear()
        number += 1
        try:
            yield Row(number, next(reader))
        except StopIteration:
            return
        except (csv.Error, _TooLong):
            yield _mended(number, feed.give_back_all_but_first(), delimiter)
            reader = csv.reader(feed, delimiter=delimiter, strict=True)


def _mended(number: int, line: str, delimiter: str) -> Row:
    """One line read by itself: marks inside a cell are forgiven, one that is never closed is a fault."""
    if line.count('"') % 2:
        return Row(number, line.rstrip("\r\n").split(delimiter), UNCLOSED_QUOTE)
    return Row(number, next(csv.reader([line.replace("\r", " ").replace("\n", " ")], delimiter=delimiter)))
