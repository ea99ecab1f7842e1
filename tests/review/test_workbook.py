"""Workbooks and CSV: cells come back as they were, sums live, formulas in data never run, nothing half."""

import errno
import gc
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from core.domain.errors import InputError
from core.domain.text import Lang, Text
from core.review.taking.delimited import write_csv
from core.review.taking.neutral import neutral
from core.review.taking.sheet import Cell, Column, Form, Sheet
from core.review.taking.workbook import write_workbook

EVIL = ('=cmd|"/c calc"!A1', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "<r><f>1+1</f></r>")
COLUMNS = (
    Column(title=Text("坐席", "Agent")),
    Column(title=Text("接通", "Answered"), form=Form.COUNT, summed=True),
    Column(title=Text("拨打", "Dialled"), form=Form.COUNT, summed=True),
    Column(title=Text("接通率", "Connect rate"), form=Form.SHARE, quotient=(1, 2)),
    Column(title=Text("优惠成本", "Cost of offers"), form=Form.MONEY, summed=True),
    Column(title=Text("日期", "Day"), form=Form.DAY),
    Column(title=Text("时间", "Time"), form=Form.MOMENT),
)
ROWS: list[list[Cell]] = [
    ["何俊", 30, 60, 0.5, 12_345, date(2026, 11, 20), datetime(2026, 11, 20, 4, 30, tzinfo=UTC)],
    ["苏梅", 10, 40, 0.25, -50, date(2026, 11, 21), None],
    ["无", 0, 0, None, float("nan"), None, None],
]


def agents(rows: object = ROWS) -> Sheet:
    return Sheet(name=Text("按坐席", "Agents"), columns=COLUMNS, rows=rows, range_name="agents")  # type: ignore[arg-type]


def written(path: Path, *sheets: Sheet, lang: Lang = Lang.EN) -> CalamineWorkbook:
    write_workbook(path, sheets or [agents()], lang=lang)
    return CalamineWorkbook.from_path(path)


def sheet_xml(path: Path) -> str:
    with zipfile.ZipFile(path) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


def test_cells_come_back_as_numbers_days_and_moments(tmp_path: Path) -> None:
    found = written(tmp_path / "a.xlsx").get_sheet_by_name("Agents").to_python()
    noon = datetime.fromisoformat("2026-11-20 12:30:00")
    assert found[1] == ["何俊", 30, 60, 0.5, 123.45, date(2026, 11, 20), noon]
    assert found[2] == ["苏梅", 10, 40, 0.25, -0.5, date(2026, 11, 21), ""]
    assert found[3] == ["无", 0, 0, "", "", "", ""]


def test_sums_are_live_and_a_share_is_that_of_the_sums(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    totals = written(path).get_sheet_by_name("Agents").to_python()[4]
    assert totals == ["Total", 40, 100, 0.4, 122.95, "", ""]
    xml = sheet_xml(path)
    assert "<f>SUBTOTAL(109,B2:B4)</f>" in xml
    assert '<f>IF(SUBTOTAL(109,C2:C4)=0,"",SUBTOTAL(109,B2:B4)/SUBTOTAL(109,C2:C4))</f>' in xml
    assert '<f>IF(C2=0,"",B2/C2)</f>' in xml


def test_a_pivot_table_finds_header_and_rows_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    written(path)
    with zipfile.ZipFile(path) as parts:
        assert "<definedName name=\"agents\">'Agents'!$A$1:$G$4</definedName>" in parts.read("xl/workbook.xml").decode()


@pytest.mark.parametrize("value", EVIL)
def test_what_looks_like_a_formula_in_the_data_is_text(tmp_path: Path, value: str) -> None:
    # S13
    noted = Sheet(name=Text("备注", "Notes"), columns=COLUMNS[:1], rows=[[value]])
    book = written(tmp_path / "a.xlsx", noted)
    assert str(book.get_sheet_by_index(0).to_python()[1][0]).startswith("'")
    assert "<f>" not in sheet_xml(tmp_path / "a.xlsx")
    write_csv(tmp_path / "a.csv", noted, lang=Lang.EN)
    assert (tmp_path / "a.csv").read_bytes().decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"').startswith("'")
    assert str(neutral(value)).startswith("'")


def test_a_text_longer_than_a_cell_is_cut_and_shows_it(tmp_path: Path) -> None:
    noted = Sheet(name=Text("备注", "Notes"), columns=COLUMNS[:1], rows=[["长" * 40_000], ["𠮷" * 20_000]])
    cells = written(tmp_path / "a.xlsx", noted).get_sheet_by_index(0).to_python()
    assert [len(str(row[0]).encode("utf-16-le")) // 2 <= 32_767 for row in cells] == [True] * 3
    assert [str(row[0])[-1] for row in cells[1:]] == ["…", "…"]


def test_csv_tells_the_same_without_sums(tmp_path: Path) -> None:
    assert write_csv(tmp_path / "a.csv", agents(), lang=Lang.ZH) == 3
    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines() == [
        "坐席,接通,拨打,接通率,优惠成本,日期,时间",
        "何俊,30,60,0.5,123.45,2026-11-20,2026-11-20 12:30:00",
        "苏梅,10,40,0.25,-0.50,2026-11-21,",
        "无,0,0,,,,",
    ]


def take_away(path: Path, sheet: Sheet) -> None:
    if path.suffix == ".csv":
        write_csv(path, sheet, lang=Lang.ZH)
    else:
        write_workbook(path, [sheet], lang=Lang.ZH)


def until_full() -> Iterator[list[Cell]]:
    yield ROWS[0]
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_fills_up_leaves_the_earlier_file_and_nothing_beside_it(tmp_path: Path) -> None:
    for path in (tmp_path / "a.xlsx", tmp_path / "a.csv"):
        path.write_text("good")
        with pytest.raises(InputError) as refused:
            take_away(path, agents(until_full()))
        gc.collect()
        assert f"无法写入 {path}：磁盘已满" in refused.value.spoken(Lang.ZH)
        assert path.read_text() == "good"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "a.csv", tmp_path / "a.xlsx"]


class _Stopped(Exception):
    """Whoever asked wants it no more."""


def test_a_workbook_that_is_stopped_on_its_way_leaves_nothing_of_itself(tmp_path: Path) -> None:
    told: list[int] = []

    def stop(rows: int) -> None:
        told.append(rows)
        if rows >= 1_000:
            raise _Stopped

    with pytest.raises(_Stopped):
        write_workbook(tmp_path / "a.xlsx", [agents(ROWS[0] for _ in range(5_000))], lang=Lang.ZH, told=stop)
    gc.collect()
    assert told == [500, 1_000]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        write_workbook(tmp_path / "nowhere" / "a.xlsx", [agents()], lang=Lang.ZH)
    assert "没有这个文件夹" in refused.value.spoken(Lang.ZH)


_LIMITED = """
import sys
from pathlib import Path
from core.domain.errors import InputError
from core.domain.text import Lang, Text
from core.review.taking.sheet import Column, Sheet
from core.review.taking.workbook import write_workbook
rows = ([f"{n} a cell of some length that is never the same"] for n in range(20_000))
try:
    write_workbook(Path(sys.argv[1]), [Sheet(name=Text("n", "n"), columns=(Column(title=Text("n", "n")),), rows=rows)],
                   lang=Lang.EN)
except InputError as error:
    print(error.spoken(Lang.EN))
"""


def test_a_file_size_limit_of_the_machine_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    # R9: a real limit of the kernel, not one that is played.
    def limited() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _LIMITED, str(tmp_path / "a.xlsx")],
        preexec_fn=limited, capture_output=True, text=True, check=False, cwd=os.getcwd(),
    )  # fmt: skip
    assert "could not be written" in done.stdout, done.stderr
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_two_sheets_and_names_that_a_workbook_would_refuse(tmp_path: Path) -> None:
    named = [Sheet(name=Text("一/二", f"A[{n}]: what? a long name indeed, yes"), columns=COLUMNS[:1], rows=[["x"]])
             for n in range(2)]  # fmt: skip
    assert written(tmp_path / "a.xlsx", *named).sheet_names == [f"A_{n}__ what_ a long name indeed," for n in range(2)]
