"""The file of a list's flawed rows is opened by a spreadsheet: none of its cells may be computed there."""

import csv
from pathlib import Path

import pytest

from core.desk.list_bringing import write_flaws
from core.domain.text import Text
from core.wire.campaigns import FlawedRow, ListFlaw, ListRow
from core.wire.list_files import ListLook


# Reliability S13, ID-06
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\n =", "＝"])
def test_no_cell_is_computed_however_it_begins(start: str, tmp_path: Path) -> None:
    cell = start + "HYPERLINK(1)"
    look = ListLook(
        columns=(), rows=1, first=(), read=(ListRow(reason=cell),), places=(2,),
        flaws=(FlawedRow(row=2, flaw=ListFlaw.EMPTY),),
    )  # fmt: skip
    words = Text("空", "empty")
    assert write_flaws(look, tmp_path / "flaws.csv", {ListFlaw.EMPTY: words}, no_score=words) == 1
    with (tmp_path / "flaws.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][-1] == "'" + cell
