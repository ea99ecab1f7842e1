"""Plain headers are believed where every cell agrees, and figures that cannot be true are refused with their row."""

from pathlib import Path

import pytest
from import_kit import TODAY, MemorySink, bring_in, fields, name_of, text_list

from core.domain.customer import decode_document
from core.server.importing import Certainty, propose


# ID-06
@pytest.mark.parametrize("header", ["联系电话", "联系方式", "电话"])
def test_a_contact_number_of_mobiles_is_the_number_where_the_list_has_no_other(header: str, tmp_path: Path) -> None:
    path = text_list(tmp_path / "l.csv", f"{header},客户姓名", *(f"100{at:08d},{name_of(at)}" for at in range(30)))
    column = propose(path, today=TODAY).columns[0]
    assert (column.field, column.certainty) == ("number", Certainty.SURE)
    assert bring_in(path, MemorySink()).accepted == 30


def test_a_contact_number_that_is_a_landline_for_some_is_asked_for(tmp_path: Path) -> None:
    cells = (f"100{at:08d}" if at % 2 else f"0271234{at:04d}" for at in range(30))
    path = text_list(tmp_path / "l.csv", "联系电话,客户姓名", *(f"{c},{name_of(at)}" for at, c in enumerate(cells)))
    assert propose(path, today=TODAY).columns[0].certainty is not Certainty.SURE


# ID-06
def test_a_district_is_the_area_and_a_form_of_address_a_name(tmp_path: Path) -> None:
    rows = [
        f"100{at:08d},{name_of(at)[0]}{'先生女士'[at % 2 * 2 :][:2]},城{'东西南北'[at % 4]}片区" for at in range(12)
    ]
    for header in ("片区", "所属片区"):
        path = text_list(tmp_path / "l.csv", f"手机号码,客户称呼,{header}", *rows)
        assert list(fields(path).values()) == ["number", "name", "area"]
        assert {column.certainty for column in propose(path, today=TODAY).columns} == {Certainty.SURE}
        assert bring_in(path, MemorySink()).accepted == 12


# ID-06
@pytest.mark.parametrize("header", ["月均消费", "ARPU", "近三个月月均消费"])
def test_a_negative_consumption_is_refused_with_its_row(header: str, tmp_path: Path) -> None:
    rows = [f"100{at:08d},{name_of(at)},{'-12' if at == 3 else 50 + at}" for at in range(12)]
    report = bring_in(text_list(tmp_path / "l.csv", f"手机号码,客户姓名,{header}", *rows), MemorySink())
    assert (report.accepted, report.rejected) == (11, 1)
    assert report.rejected_file is not None
    assert f"“{header}”超出合理范围" in report.rejected_file.read_text("utf-8-sig")


def test_a_contact_number_is_asked_for_beside_a_mobile_number_that_cannot_be_read(tmp_path: Path) -> None:
    rows = [f"100{at:08d},{name_of(at)},100****{at:04d}" for at in range(30)]
    columns = propose(text_list(tmp_path / "l.csv", "联系电话,客户姓名,手机号码", *rows), today=TODAY).columns
    assert all(column.certainty is not Certainty.SURE for column in (columns[0], columns[2]))


# BB-06, ID-06
def test_hours_of_the_line_are_taken_a_month_by_its_header_and_stand_for_the_sums(tmp_path: Path) -> None:
    months = ("宽带时长202610", "2026年9月宽带上网时长", "宽带时长(2026-08)", "宽带月均时长")
    rows = [f"100{at:08d},{name_of(at)},{at}.5,{2 * at}小时,30,{at}" for at in range(12)]
    path = text_list(tmp_path / "l.csv", f"手机号码,客户姓名,{','.join(months)}", *rows)
    found = fields(path)
    assert [found[header] for header in months[:3]] == ["line_hours"] * 3
    assert found[months[3]] != "line_hours", "no month, no place"
    sink = MemorySink()
    assert bring_in(path, sink).accepted == 12
    services = [decode_document(body).services for body in sink.bodies.values()]
    lines = [one.broadband.hours for one in services if one is not None and one.broadband is not None]
    assert [(use.month, use.hours) for use in lines[3]] == [("2026-08", 30), ("2026-09", 6), ("2026-10", 4)]


def test_more_hours_than_a_month_has_cost_the_row(tmp_path: Path) -> None:
    rows = [f"100{at:08d},{name_of(at)},{900 if at == 3 else at}" for at in range(12)]
    report = bring_in(text_list(tmp_path / "l.csv", "手机号码,客户姓名,宽带时长202610", *rows), MemorySink())
    assert (report.accepted, report.rejected) == (11, 1)


# ID-06
@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("入网年限(月)", "tenure_months"),
        ("在网年限（单位：月）", "tenure_months"),
        ("在网年限/天", "tenure_days"),
        ("在网天数(月)", "tenure_months"),
        ("Years on network (months)", "tenure_months"),
        ("在网年限（年）", "tenure_years"),
    ],
)
def test_the_unit_in_brackets_is_believed_before_the_word_that_speaks_of_years(
    header: str, field: str, tmp_path: Path
) -> None:
    rows = [f"100{at:08d},{name_of(at)},{6 + 3 * at}" for at in range(12)]
    assert list(fields(text_list(tmp_path / "l.csv", f"手机号码,客户姓名,{header}", *rows)).values())[2] == field


# ID-06
@pytest.mark.parametrize("header", ["Monthly Recurring Charge", "MRC"])
def test_what_recurs_every_month_is_the_fee_of_the_plan(header: str, tmp_path: Path) -> None:
    rows = [f"100{at:08d},{name_of(at)},{39 + 10 * at}" for at in range(12)]
    assert list(fields(text_list(tmp_path / "l.csv", f"手机号码,客户姓名,{header}", *rows)).values())[2] == "plan_fee"
