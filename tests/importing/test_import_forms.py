"""Lists of every form are read; what is no list is refused with plain words."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from import_kit import MemorySink, bring_in, fields, name_of, sheet_list, text_list

from core.domain.errors import InputError
from core.domain.text import Lang
from core.server.importing import propose

HEADER = "手机号码,客户姓名,套餐名称,套餐费"
ROWS = ("10012345678,吴文静,飞享套餐,59", "10087654321,张强,冰激凌套餐,129")


def check(path: Path) -> MemorySink:
    sink = MemorySink()
    report = bring_in(path, sink)
    assert (report.rows, report.accepted, report.rejected) == (2, 2, 0)
    assert {document.identity.name for document in sink.documents if document.identity} == {"吴文静", "张强"}
    assert {task.customer.numbers for task in sink.tasks.values()} == {("10012345678",), ("10087654321",)}
    return sink


# ID-06
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_text_in_any_encoding_with_any_delimiter(encoding: str, delimiter: str, tmp_path: Path) -> None:
    lines = [line.replace(",", delimiter) for line in (HEADER, *ROWS)]
    check(text_list(tmp_path / "名单.csv", *lines, encoding=encoding))


def test_gb18030_is_noticed_when_the_first_kilobytes_are_ascii(tmp_path: Path) -> None:
    rows = [f"100{at:08d},Li Lei,Basic 59,59" for at in range(60_000)]
    path = text_list(tmp_path / "l.csv", "mobile_no,cust_name,plan_name,plan_fee", *rows, ROWS[0], encoding="gb18030")
    assert path.read_bytes()[: 1 << 20].isascii()
    assert propose(path).source.encoding == "gb18030"


def test_the_header_may_stand_below_titles_and_blank_lines(tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", "2026年11月维系名单,,,", "", "制表：市场部,,,", "", HEADER, *ROWS)
    assert propose(path).header_row == 5
    check(path)


def test_a_list_without_header_still_shows_its_number(tmp_path: Path) -> None:
    rows = [f"100{at:08d}" for at in range(30)]
    plan = propose(text_list(tmp_path / "l.csv", *rows))
    assert (plan.header_row, plan.rows) == (0, 30)
    assert plan.columns[0].masked


def test_headers_that_repeat_or_are_empty_stay_apart(tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", "手机号码,客户姓名,等级,,等级,", "10012345678,吴文静,一,x,二,y")
    assert list(fields(path)) == ["手机号码", "客户姓名", "等级", "列 4 column", "等级 (2)", "列 6 column"]


def test_short_rows_are_filled_and_long_ones_rejected(tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", HEADER, "10012345678,吴文静", *ROWS[1:], "10011112222,李明,a,59,b,c")
    sink = MemorySink()
    report = bring_in(path, sink)
    assert (report.rows, report.accepted, report.rejected) == (3, 2, 1)
    assert report.rejected_file is not None
    assert "单元格多于表头" in report.rejected_file.read_text("utf-8-sig")


def test_quoted_line_breaks_belong_to_their_cell(tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", HEADER + ",备注", '10012345678,吴文静,飞享套餐,59,"一,\n二"', ROWS[1] + ",")
    sink = check(path)
    wu = next(one for one in sink.documents if one.identity and one.identity.name == "吴文静")
    assert sink.indicator(wu, "备注") == "一, 二"


def test_a_quote_that_is_never_closed_costs_its_own_row_only(tmp_path: Path) -> None:
    rows = [f"100{at:08d},{name_of(at)},飞享套餐,59" for at in range(500)]
    rows[3] = '10000000003,"李明,飞享套餐,59'
    report = bring_in(text_list(tmp_path / "l.csv", HEADER, *rows), MemorySink())
    assert (report.rows, report.accepted, report.rejected) == (500, 499, 1)


def test_stray_nuls_and_one_broken_byte_cost_at_most_their_row(tmp_path: Path) -> None:
    lines = [HEADER, *(f"100{at:08d},{name_of(at)},飞享套餐,59" for at in range(100))]
    body = "\n".join(lines).encode().replace(b"10000000007", b"1000000\x000007")
    path = tmp_path / "l.csv"
    path.write_bytes(body[:-9] + b"\xff" + body[-9:])
    report = bring_in(path, MemorySink())
    assert report.rows == report.accepted + report.rejected == 100
    assert report.rejected <= 2


def test_workbooks_keep_numbers_days_and_leading_zeros(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["十一月名单"],
        ["手机号码", "客户姓名", "套餐费", "合约到期时间", "班组代码", "折扣"],
        [10012345678.0, "吴文静", 59.9, date(2027, 3, 1), "007", 0.85],
        ["10087654321", "张强", 129, 46500.0, "012", 1],
    ]
    path = sheet_list(tmp_path / "l.xlsx", rows)
    sink = MemorySink()
    assert bring_in(path, sink).accepted == 2
    first = sink.documents[0]
    assert first.identity is not None
    assert first.identity.plan_fee_fen == 5990
    assert first.services is not None
    assert first.services.contracts[0].ends_on == date(2027, 3, 1)
    assert sink.indicator(first, "班组代码") == "007"
    assert sink.indicator(first, "折扣") == 0.85


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("空.csv", b""),
        ("图.csv", b"\x89PNG\r\n\x1a\n" + bytes(300)),
        ("坏.xlsx", b"PK\x03\x04" + bytes(200)),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("乱.csv", bytes([255, 254 - 1, 128, 129, 255, 44, 10]) * 50),
        ("二.csv", bytes(range(256)) * 20),
        ("长.csv", b"a" * (3 << 20)),
    ],
)
def test_what_is_no_list_is_refused_plainly(name: str, body: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(InputError) as caught:
        propose(path)
    assert name in caught.value.spoken(Lang.ZH)
    assert caught.value.next_step.en


@pytest.mark.parametrize(
    ("name", "why", "next_step"),
    [("none.csv", "没有这个文件", "路径"), ("folder.csv", "这是文件夹，不是文件", "里面那个名单文件")],
)
def test_what_cannot_be_opened_is_told_without_a_word_of_english(
    name: str, why: str, next_step: str, tmp_path: Path
) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError) as caught:
        propose(tmp_path / name)
    said = caught.value.spoken(Lang.ZH)
    assert all(word in said for word in (f"{name} 打不开（{why}），没有导入任何客户", next_step))


def test_an_archive_under_the_name_of_a_workbook_is_told_apart_from_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("名单.txt", "10000000001")
    with pytest.raises(InputError, match="an archive or another document, no workbook"):
        propose(path)


def test_text_under_the_name_of_a_workbook_is_known_for_it(tmp_path: Path) -> None:
    assert propose(text_list(tmp_path / "名单.xlsx", HEADER, *ROWS)).source.misnamed
    assert not propose(text_list(tmp_path / "名单.csv", HEADER, *ROWS)).source.misnamed
    assert not propose(sheet_list(tmp_path / "真.xlsx", [["手机号码"], ["10012345678"]])).source.misnamed


@pytest.mark.parametrize("lines", [[HEADER], ["", HEADER, "", ""]])
def test_headers_without_a_customer_below_are_no_list(lines: list[str], tmp_path: Path) -> None:
    sink = MemorySink()
    with pytest.raises(InputError, match=r"not one row of customers\. Nothing was imported"):
        bring_in(text_list(tmp_path / "l.csv", *lines), sink)
    assert sink.catalogue == []
    with pytest.raises(InputError, match=r"Sheet “名单” of l\.xlsx"):
        bring_in(sheet_list(tmp_path / "l.xlsx", [[*HEADER.split(",")]]), sink)


def test_a_cell_far_out_does_not_take_the_memory(tmp_path: Path) -> None:
    path = sheet_list(tmp_path / "l.xlsx", [["手机号码"], ["10012345678"]])
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(bomb, "w") as bad:
        for part in good.namelist():
            body = good.read(part)
            if part.endswith("sheet1.xml"):
                body = body.replace(b'r="A2"', b'r="XFD1048576"')
            bad.writestr(part, body)
    with pytest.raises(InputError, match="too large"):
        propose(bomb)
