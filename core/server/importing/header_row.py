"""Where the header stands: below title lines and blank rows, or nowhere."""

from collections import Counter
from collections.abc import Sequence

from core.server.importing.cells import clean
from core.server.importing.evidence import is_date, is_number
from core.server.importing.numbers import diallable, read_number
from core.server.importing.rows import Row
from core.server.importing.rules import rules

LOOK_AT = 60
_LONGEST_HEADER = 60
MOST_COLUMNS = 2_000
"""of a list; what is wider is something else, and its headers would take minutes to recognise"""
_KNOWN, _WORDS, _FULL = 3.0, 1.0, 1.0
_LEAST = 1.6


def find_header(rows: Sequence[Row]) -> int:
    """The number of the header's row among the first rows; 0 where each of them is data."""
    filled = [row for row in rows if not row.blank]
    width = _usual_width(filled)
    scored = [(_score(row, width), -row.number) for row in filled]
    best, minus_number = max(scored, default=(0.0, 0))
    return -minus_number if best >= _LEAST else 0


def column_names(cells: Sequence[str], width: int) -> list[str]:
    """A name for each column: empty headers are numbered, those that repeat counted."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for at in range(min(max(len(cells), width), MOST_COLUMNS)):
        name = " ".join(clean(cells[at]).split()) if at < len(cells) else ""
        name = name or f"列 {at + 1} column"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _usual_width(rows: Sequence[Row]) -> int:
    widths = Counter(_filled(row) for row in rows)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell.strip())


def _score(row: Row, width: int) -> float:
    """The known names, the words and the fullness of a row; a number or a day among the cells speaks against it."""
    cells = [text for cell in row.cells if (text := clean(cell))]
    if not cells or row.fault is not None or len(cells) < min(width, 2):
        return 0.0
    data = sum(1 for cell in cells if _is_data(cell))
    known = 0
    if data < len(cells) / 2:
        known = sum(1 for cell in cells if len(cell) <= _LONGEST_HEADER and rules().knows(cell))
    words = sum(1 for cell in cells if len(cell) <= _LONGEST_HEADER and not _is_data(cell))
    share = len(cells)
    distinct = len(set(cells)) / share
    fullness = min(share / width, 1.0) if width else 1.0
    return (
        (_KNOWN * known / share + _WORDS * words / share) * distinct * fullness**2 + _FULL * fullness - 3 * data / share
    )


def _is_data(cell: str) -> bool:
    return is_number(cell) or is_date(cell) or diallable(read_number(cell))
