"""The line of headers of a list, and titles that stand above it: `2025 年离网样本`, who made it, when."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

_MOST = 20
"""lines among which headers are looked for"""
_FEWEST = 3
"""columns of a line that is taken for headers although another stands above it"""
_BREAK = re.compile(r"\s*[\r\n]+\s*")


def plain_head(written: str) -> str:
    """A header in one line."""
    return _BREAK.sub(" ", written.strip())


def without_titles(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """From the line of headers on; `rows` all hold something."""
    rows = iter(rows)
    first = list(islice(rows, _MOST))
    return chain(first[_titles(first) :], rows)


def behind_titles(text: str, separator: str) -> str:
    """From the line of headers on."""
    reader = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
    found: list[Sequence[str]] = []
    ends: list[int] = []
    try:
        for row in islice(reader, _MOST):
            if any(cell.strip() for cell in row):
                found.append(row)
                ends.append(reader.line_num)
    except csv.Error:
        return text
    titles = _titles(found)
    return "".join(text.splitlines(keepends=True)[ends[titles - 1] :]) if titles else text


def _titles(rows: Sequence[Sequence[str]]) -> int:
    """How many of these stand above the headers: each says one thing at its left. None where what follows might be
    a customer: headers are many, and no figures."""
    at = next((at for at, row in enumerate(rows) if not _is_title(row)), 0)
    return at if at and _are_headers(rows[at]) else 0


def _is_title(row: Sequence[str]) -> bool:
    return bool(row[0].strip()) and not any(cell.strip() for cell in row[1:])


def _are_headers(row: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(filled) >= _FEWEST and len(set(filled)) == len(filled) and not any(map(_is_figure, filled))


def _is_figure(cell: str) -> bool:
    return bool(re.fullmatch(r"[-+¥￥]?[\d,.]+%?", cell))
