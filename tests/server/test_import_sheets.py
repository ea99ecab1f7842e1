"""Of a workbook with several sheets it is said which is read, and any of them can be asked for."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from core.server.cli import main


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "名单.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for at, name in enumerate(("东岭", "江北", "空的")):
        sheet = book.add_worksheet(name)
        rows = [["手机号码", "客户姓名"], *([f"1000000{at}{n:03}", "吴文静"] for n in range(2 + at))]
        for number, row in enumerate(rows if name != "空的" else []):
            sheet.write_row(number, 0, row)
    book.close()
    return path


# ID-06
def test_the_sheet_read_and_the_others_are_named(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(tmp_path / "data"))
    assert main(["init", *data]) == 0
    capsys.readouterr()
    words = ["import", str(workbook), "--scenario", "4g-upgrade", *data]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "Sheet read: “东岭”" in said
    assert "Sheets not read: 江北 (" in said
    assert "2 rows: 2 accepted" in said
    assert main([*words, "--sheet", "江北"]) == 0
    said = capsys.readouterr().out
    assert "Sheet read: “江北”" in said
    assert "3 rows: 3 accepted (3 new" in said
    assert main([*words, "--sheet", "西山"]) == 1
    said = capsys.readouterr().err
    assert "没有名为“西山”" in said
    assert "东岭, 江北" in said
    listed = workbook.with_suffix(".csv")
    listed.write_text("手机号码,客户姓名\n10000000001,吴文静\n", "utf-8")
    assert main(["import", str(listed), "--scenario", "4g-upgrade", "--sheet", "东岭", *data]) == 1
    assert "is no workbook" in capsys.readouterr().err


# ID-06
@pytest.mark.parametrize("spelt", [str.upper, lambda part: part.replace("/", "\\")])
def test_a_workbook_is_one_however_its_writer_spells_the_names_of_its_parts(
    spelt: Callable[[str], str], workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, data = tmp_path / "别家.xlsx", ("--data", str(tmp_path / "data"))
    with zipfile.ZipFile(workbook) as whole, zipfile.ZipFile(other, "w") as written:
        for part in whole.namelist():
            written.writestr(spelt(part), whole.read(part))
    assert main(["init", *data]) == 0
    assert main(["import", str(other), "--scenario", "4g-upgrade", *data]) == 0
    assert "2 rows: 2 accepted" in capsys.readouterr().out


# ID-06
@pytest.mark.parametrize("column", [["手机号码", "客户姓名"], ["手机号码"]])
def test_a_front_sheet_of_sentences_does_not_stop_the_list_behind_it(
    column: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "名单.xlsx"
    book = xlsxwriter.Workbook(str(path))
    front = book.add_worksheet("封面")
    front.write_row(0, 0, ["本表为四季度维系名单，仅供内部使用。"])
    front.write_row(1, 0, ["制表人", "区局"])
    front.write_row(2, 0, ["如有疑问请联系策划。"])
    listed = book.add_worksheet("名单")
    rows = [column, *([f"10000000{n:03}", "吴文静"][: len(column)] for n in range(3))]
    for number, row in enumerate(rows):
        listed.write_row(number, 0, row)
    book.close()
    data = ("--data", str(tmp_path / "data"))
    assert main(["init", *data]) == 0
    capsys.readouterr()
    assert main(["import", str(path), "--scenario", "4g-upgrade", *data]) == 0
    said = capsys.readouterr().out
    assert "Sheet read: “名单”" in said
    assert "Sheets not read: 封面 (" in said
    assert "3 rows: 3 accepted" in said


# ID-06
def test_text_named_as_a_workbook_is_read_and_said_to_be_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, data = tmp_path / "名单.xlsx", ("--data", str(tmp_path / "data"))
    path.write_text("手机号码,客户姓名\n10000000001,吴文静\n", "utf-8")
    assert main(["init", *data]) == 0
    assert main(["import", str(path), "--scenario", "4g-upgrade", *data]) == 0
    said = capsys.readouterr().out
    assert "名单.xlsx 不是工作簿，里面是文本" in said
    assert "1 row: 1 accepted" in said
