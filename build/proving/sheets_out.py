"""Every way by which rows leave as CSV or XLSX, written through and read again as a spreadsheet would take them."""

import csv
import html
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from core.desk import list_bringing
from core.domain.text import Lang, Text
from core.review.taking import cells, delimited
from core.review.taking.sheet import Column, Sheet
from core.review.taking.workbook import write_workbook
from core.server import sheets
from core.server.importing import rejects
from core.wire.campaigns import FlawedRow, ListFlaw, ListRow
from core.wire.list_files import ListLook

_LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_TEXT = re.compile(r"<t[^>]*>(.*?)</t>", re.DOTALL)
_WORDS = Text("甲", "a")


def _flaws(path: Path, given: Sequence[str]) -> None:
    numbers = range(1, len(given) + 1)
    look = ListLook(
        columns=(), rows=len(given), first=(), read=tuple(ListRow(reason=cell) for cell in given),
        places=tuple(numbers), flaws=tuple(FlawedRow(row=n, flaw=ListFlaw.EMPTY) for n in numbers),
    )  # fmt: skip
    list_bringing.write_flaws(look, path, {ListFlaw.EMPTY: _WORDS}, no_score=_WORDS)


def _rejected(path: Path, given: Sequence[str]) -> None:
    with rejects.Rejects(path.with_name("list.csv"), ["a"]) as out:
        for n, cell in enumerate(given):
            out.add(n, _WORDS, [cell])
    out.path.replace(path)


def _sheet(given: Sequence[str]) -> Sheet:
    return Sheet(name=_WORDS, columns=[Column(title=_WORDS)], rows=[[cell] for cell in given])


WAYS: Mapping[str, Callable[[Path, Sequence[str]], object]] = {
    "export.csv": lambda path, given: sheets.write_sheet(path, ["a"], [[cell] for cell in given]),
    "export.xlsx": lambda path, given: sheets.write_sheet(path, ["a"], [[cell] for cell in given]),
    "review.csv": lambda path, given: delimited.write_csv(path, _sheet(given), lang=Lang.ZH),
    "review.xlsx": lambda path, given: write_workbook(path, [_sheet(given)], lang=Lang.ZH),
    "rejected.csv": _rejected,
    "flaws.csv": _flaws,
}
"""by the name of what is written"""


@contextmanager
def as_they_are() -> Iterator[None]:
    """None of them makes anything harmless."""
    with ExitStack() as stack:
        for room, name in (
            (sheets, "neutral"), (delimited, "neutral_text"), (cells, "neutral_text"), (rejects, "neutralise"),
            (list_bringing, "_harmless"),
        ):  # fmt: skip
            stack.enter_context(patch.object(room, name, lambda value: value))
        yield


def live(folder: Path, given: Sequence[str]) -> dict[str, int]:
    """Cells that a spreadsheet would run, or would once somebody goes on with the file, by way."""
    folder.mkdir()
    found = {}
    for name, write in WAYS.items():
        write(folder / name, given)
        read, formulas = (_of_book if name.endswith("x") else _of_csv)(folder / name)
        if len(read) < len(given):
            raise RuntimeError(f"{name}: {len(read)} cells of {len(given)} came back")
        found[name] = formulas + sum(cell.lstrip().startswith(_LIVE) for cell in read)
    return found


def _of_csv(path: Path) -> tuple[list[str], int]:
    """The last cell of each row: what was given; and no formulas, which CSV does not know."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[-1] for row in list(csv.reader(file))[1:]], 0


def _of_book(path: Path) -> tuple[list[str], int]:
    """Texts that stand in the sheet itself, and formulas."""
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        shared = book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else ""
    return [html.unescape(text) for text in _TEXT.findall(sheet + shared)], sheet.count("<f>")
