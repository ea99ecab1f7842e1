"""What cells mean: numbers, money, days, spans."""

from datetime import date
from pathlib import Path

import pytest
from import_kit import MemorySink, bring_in, text_list

from core.server.importing import values
from core.server.importing.cells import clean, sheet_text, value_of
from core.server.importing.numbers import read_number, read_numbers
from core.server.importing.values import MoneyUnit


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("10012345678", "10012345678"),
        ("10012345678.0", "10012345678"),
        ("1.0012345678E10", "10012345678"),
        ("1.0012345678e+10", "10012345678"),
        ("1.39e10", "13900000000"),
        ("+86 100 1234 5678", "10012345678"),
        ("0086-10012345678", "10012345678"),
        ("１００１２３４５６７８", "10012345678"),
        ("027-80001234", "02780001234"),
        ("(027) 80001234转801", "02780001234"),
        ("1.39E+10", ""),
        ("100****5678", ""),
        ("10086", ""),
        ("无", ""),
        ("1001234567", ""),
    ],
)
def test_numbers_keep_every_figure_or_are_refused(cell: str, number: str) -> None:
    assert read_number(cell) == number


def test_several_numbers_of_a_cell_are_told_apart() -> None:
    assert read_numbers("10012345678/10087654321、10012345678") == ("10012345678", "10087654321")
    assert read_numbers("10012345678 10087654321") == ("10012345678", "10087654321")


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("59", 5900),
        ("59.9", 5990),
        ("¥1,299.05", 129905),
        ("129元", 12900),
        ("129元/月", 12900),
        ("199元档", 19900),
        ("29.849999999999998", 2985),
        ("-12.30", -1230),
        ("０", 0),
    ],
)
def test_yuan_become_fen_exactly(cell: str, fen: int) -> None:
    assert values.read_money(cell) == fen


def test_other_units_of_money() -> None:
    assert values.read_money("5990", MoneyUnit.FEN) == 5990
    assert values.read_money("59900", MoneyUnit.LI) == 5990


@pytest.mark.parametrize(
    "cell", ["面议", "59-99", "1,29", "1e99", "1e9", "1.2E+05", "nan", "inf", "５９元起", "1000001"]
)
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        values.read_money(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "20260301",
        "2026年3月1日",
        "2026-03-01 00:00:00",
        "2026/3/1 0:00",
        "2026-03-01T00:00:00.000Z",
        "20260301000000",
        "46082",
        "46082.5",
        "01-MAR-26",
        "1 Mar 2026",
        "Mar 1, 2026",
        "01-3月-2026",
        "202603",
        "2026-03",
        "2026年3月",
    ],
)
def test_a_day_however_written(cell: str) -> None:
    assert values.read_date(cell) == date(2026, 3, 1)


def test_a_contract_runs_to_the_end_of_its_month() -> None:
    assert values.read_contract_end("202602") == date(2026, 2, 28)
    assert values.read_contract_end("2099-12-31") is None
    assert values.read_contract_end("长期") is None


@pytest.mark.parametrize("cell", ["03/04/2026", "2026-13-01", "20260230", "下月", "12", "0000-00-00", "2026-3-1-1"])
def test_a_day_that_is_none_or_two_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        values.read_date(cell)


@pytest.mark.parametrize(
    ("cell", "months"), [("36", 36), ("36.0", 36), ("36个月", 36), ("3年2个月", 38), ("3年", 36), ("400天", 13)]
)
def test_spans_in_months(cell: str, months: int) -> None:
    assert values.read_months(cell) == months


def test_spans_in_years_and_days() -> None:
    assert values.read_years("2.5") == 30
    assert values.read_years("3年") == 36
    assert values.read_days("365天") == 11


@pytest.mark.parametrize("cell", ["-1", "-0.01", "10000.01"])
def test_a_fee_is_neither_negative_nor_a_fortune(cell: str) -> None:
    with pytest.raises(values.OutOfRange):
        values.read_fee(cell)


def test_spans_and_counts_that_cannot_be_true_are_refused() -> None:
    for read, cell in (
        (values.read_months, "9999"), (values.read_months, "601"), (values.read_years, "51"),
        (values.read_days, "19999"),
        (values.read_count, "1000000000"), (values.read_count, "-1"), (values.read_speed, "99999"),
    ):  # fmt: skip
        with pytest.raises(values.OutOfRange):
            read(cell)
    assert values.read_money("2.842170943040401e-14") == 0, "what a spreadsheet keeps of nothing"


def test_speeds() -> None:
    assert [values.read_speed(cell) for cell in ("200", "300M", "500Mbps", "1000兆", "1G")] == [
        200,
        300,
        500,
        1000,
        1000,
    ]


def test_cells_lose_what_spreadsheets_add() -> None:
    assert clean('="0271234567"') == "0271234567"
    assert clean("'007") == "007"
    assert clean("10012345678\t") == "10012345678"
    assert clean("\ufeff张\x00三\u3000").replace(" ", "") == "张三"
    assert value_of(" NULL ") == value_of("--") == value_of("#N/A") == ""
    assert sheet_text(10012345678.0) == "10012345678"
    assert sheet_text(59.9) == "59.9"


# ID-06, CARE-01
def test_a_birth_month_is_kept_as_a_month_and_is_nobodys_birthday(tmp_path: Path) -> None:
    path = text_list(
        tmp_path / "l.csv",
        "手机号码,客户姓名,出生日期",
        "10000000001,吴文静,1985-11",
        "10000000002,单芳,198502",
        "10000000003,何静,1985年11月22日",
        "10000000004,何俊,2031-01",
    )
    sink = MemorySink()
    assert bring_in(path, sink).rejected == 1
    who = {one.contact.numbers[0].number[-1]: one.identity for one in sink.documents if one.contact and one.identity}
    assert (who["1"].birthday, who["1"].born_in) == (None, "1985-11")
    assert (who["2"].birthday, who["2"].born_in) == (None, "1985-02")
    assert (who["3"].birthday, who["3"].born_in) == (date(1985, 11, 22), "")
