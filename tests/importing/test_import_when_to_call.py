"""Columns of a list that say when, and about what, its customers may be called: consent to sales, a complaint, hours
without calls."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from import_kit import NOW, TODAY, MemorySink, bring_in, fields, name_of, text_list

from core.compliance.spans import written
from core.domain.customer import Document, Ticket
from core.domain.errors import InputError
from core.domain.task import Block
from core.server.importing import ImportReport, apply_words, propose, run_import, write_mapping


def listed(path: Path, header: str, *cells: str) -> Path:
    """Customers with these cells, which repeat until there are twelve."""
    rows = [f'100{at:08d},{name_of(at)},"{cells[at % len(cells)]}"' for at in range(12)]
    return text_list(path, f"手机号码,客户姓名,{header}", *rows)


def taken(tmp_path: Path, header: str, *cells: str) -> tuple[ImportReport, list[Document], MemorySink]:
    sink = MemorySink()
    report = bring_in(listed(tmp_path / "l.csv", header, *cells), sink)
    return report, sorted(sink.documents, key=lambda one: one.contact.numbers[0].number if one.contact else ""), sink


def consent(document: Document) -> object:
    return (document.indicators or {}).get("marketing_consent")


# ID-06, TASK-16
@pytest.mark.parametrize(
    "header", ["营销同意", "同意营销", "是否同意营销", "营销授权标识", "marketing_consent", "Consent to sales calls"]
)
@pytest.mark.parametrize(("yes", "no"), [("是", "否"), ("Y", "N"), ("1", "0"), ("同意", "不同意"), ("agreed", "拒绝")])
def test_consent_to_sales_is_told_from_consent_to_calls(header: str, yes: str, no: str, tmp_path: Path) -> None:
    assert fields(listed(tmp_path / "l.csv", header, yes, no, ""))[header] == "marketing_consent"
    report, documents, sink = taken(tmp_path, header, yes, no, "")
    assert [consent(one) for one in documents] == [True, False, None] * 4, "an empty cell says nothing"
    assert (report.rejected, report.consent_withheld, report.do_not_call) == (0, 4, 0)
    assert all(task.block is None for task in sink.tasks.values())
    assert [one.label.en for one in sink.catalogue] == ["Consents to marketing"]


# ID-06, OUTCOME-11
def test_who_refuses_all_calls_where_consent_to_sales_is_asked_gets_none(tmp_path: Path) -> None:
    report, documents, sink = taken(tmp_path, "营销同意", "是", "拒绝营销电话", "请勿再致电")
    assert [consent(one) for one in documents] == [True, False, None] * 4
    assert (report.do_not_call, report.do_not_call_by_words) == (4, 4)
    assert sum(task.block is Block.OPTED_OUT for task in sink.tasks.values()) == 4


# ID-06, TASK-16
def test_of_two_columns_of_consent_to_sales_the_no_binds(tmp_path: Path) -> None:
    rows = [f"100{at:08d},{name_of(at)},{'是否'[at % 2]},{'YN'[at // 2 % 2]}" for at in range(12)]
    sink = MemorySink()
    bring_in(text_list(tmp_path / "l.csv", "手机号码,客户姓名,营销同意,Marketing opt-in", *rows), sink)
    assert sum(consent(one) is True for one in sink.documents) == 3
    assert sum(consent(one) is False for one in sink.documents) == 9


# ID-06, TASK-16
def test_a_consent_that_is_withheld_binds_although_its_row_is_rejected(tmp_path: Path) -> None:
    header = "手机号码,客户姓名,套餐费,营销同意"
    rows = [f"100{at:08d},{name_of(at)},59,是" for at in range(8)]
    sink = MemorySink()
    bring_in(text_list(tmp_path / "l.csv", header, *rows), sink)
    rows[3], rows[4] = f"10000000003,{name_of(3)},-5,不同意", f"10000000099,{name_of(9)},-5,不同意"
    report = bring_in(text_list(tmp_path / "l.csv", header, *rows), sink)
    assert (report.rejected, report.consent_withheld, report.do_not_call) == (2, 1, 0)
    assert sum(consent(one) is False for one in sink.documents) == 1, "a stranger has nothing that could sell"
    assert report.rejected_file is not None
    assert "已记下不同意营销" in report.rejected_file.read_text("utf-8-sig")


def complaint_of(document: Document) -> Ticket | None:
    (ticket,) = document.care.tickets if document.care else [None]
    return ticket


# ID-06, VIP-03
@pytest.mark.parametrize(
    ("opened", "closed"), [("投诉受理时间", "投诉办结时间"), ("Complaint opened on", "Complaint closed on")]
)
def test_a_complaint_is_taken_with_the_days_of_its_beginning_and_end(opened: str, closed: str, tmp_path: Path) -> None:
    rows = [
        f"100{at:08d},{name_of(at)},{('2026-11-18,', '2026-11-10,2026-11-20', ',2026/11/21', ',')[at % 4]}"
        for at in range(12)
    ]
    path, sink = text_list(tmp_path / "l.csv", f"手机号码,客户姓名,{opened},{closed}", *rows), MemorySink()
    assert list(fields(path).values())[2:] == ["complaint_opened", "complaint_closed"]
    report = bring_in(path, sink)
    assert (report.rejected, report.complaining) == (0, 9)
    found = {one.contact.numbers[0].number: complaint_of(one) for one in sink.documents if one.contact}
    open_, over, ended, none = (found[f"100{at:08d}"] for at in range(4))
    assert none is None
    assert open_ is not None
    assert over is not None
    assert ended is not None
    assert open_.complaint
    assert (open_.opened_at, open_.closed_at) == (datetime(2026, 11, 17, 16, tzinfo=UTC), None)
    assert over.closed_at == datetime(2026, 11, 20, 16, tzinfo=UTC), "the end of that day"
    assert ended.closed_at == datetime(2026, 11, 21, 16, tzinfo=UTC)


# ID-06
@pytest.mark.parametrize("days", ["2026-11-10,2026-11-09", "2026-11-23,", ",2027-01-01", "1960-01-01,"])
def test_days_of_a_complaint_that_cannot_be_true_cost_the_row(days: str, tmp_path: Path) -> None:
    rows = [f"100{at:08d},{name_of(at)},{'2026-11-10,2026-11-12' if at else days}" for at in range(6)]
    report = bring_in(text_list(tmp_path / "l.csv", "手机号码,客户姓名,投诉时间,投诉关闭时间", *rows), MemorySink())
    assert (report.accepted, report.rejected) == (5, 1)


# ID-06, VIP-03
def test_a_bare_day_of_a_complaint_is_asked_for(tmp_path: Path) -> None:
    plan, sink = propose(listed(tmp_path / "l.csv", "投诉时间", "2026-11-01", ""), today=TODAY), MemorySink()
    with pytest.raises(InputError, match="--map 投诉时间=complaint_opened"):
        run_import(plan, scenario="vip-care", sink=sink, now=NOW)
    told = apply_words(plan, ["投诉时间=complaint_opened"])
    assert run_import(told, scenario="vip-care", sink=sink, now=NOW).complaining == 6
    plain = listed(tmp_path / "m.csv", "未结投诉时间", "2026-11-01", "无")
    assert bring_in(plain, MemorySink()).complaining == 6, "this one says that it is open"
    for header in ("最近一次投诉时间", "投诉次数", "投诉原因"):
        assert fields(listed(tmp_path / "n.csv", header, "2026-11-01", ""))[header] == "indicator"


# ID-06, TASK-16
@pytest.mark.parametrize("header", ["免扰时段", "免打扰时间", "Quiet hours", "Do not disturb hours"])
def test_hours_without_calls_are_taken_however_they_are_written(header: str, tmp_path: Path) -> None:
    cells = {
        "20-8": "00:00-08:00 20:00-24:00",
        "22:00-08:00": "00:00-08:00 22:00-24:00",
        "22:00～次日7:30": "00:00-07:30 22:00-24:00",
        "12:00 to 14:00": "12:00-14:00",
        "每天12点至14点、20点-": "12:00-14:00 20:00-24:00",
        "无": "",
    }
    report, documents, _sink = taken(tmp_path, header, *cells)
    assert (report.rejected, report.with_quiet_hours, report.do_not_call) == (0, 10, 0)
    found = [written(one.contact.quiet) for one in documents if one.contact]
    assert found == [*cells.values()] * 2


# ID-06, OUTCOME-11
def test_who_wants_peace_all_day_wants_no_calls(tmp_path: Path) -> None:
    report, _documents, sink = taken(tmp_path, "免扰时段", "20-8", "全天", "0:00-24:00", "请勿打扰", "12-14", "-18")
    assert (report.rejected, report.do_not_call, report.with_quiet_hours) == (0, 6, 6)
    assert sum(task.block is Block.OPTED_OUT for task in sink.tasks.values()) == 6


# ID-06, TASK-16
def test_hours_that_cannot_be_read_cost_the_row_and_others_are_asked_for(tmp_path: Path) -> None:
    report, *_ = taken(tmp_path, "免扰时段", "20-8", "12-14", "24-0")
    assert (report.accepted, report.rejected) == (8, 4)
    plan = propose(listed(tmp_path / "m.csv", "免扰时段", "晚上", "中午"), today=TODAY)
    with pytest.raises(InputError, match="--map 免扰时段=quiet_hours"):
        run_import(plan, scenario="vip-care", sink=MemorySink(), now=NOW)


# ID-06
def test_the_mapping_names_them(tmp_path: Path) -> None:
    header = "营销同意,未结投诉时间,投诉办结时间,免扰时段"
    plan = propose(listed(tmp_path / "l.csv", header, '否","2026-11-01","","20-8', '是","","","'), today=TODAY)
    write_mapping(plan, tmp_path / "m.yaml")
    text = (tmp_path / "m.yaml").read_text("utf-8")
    for column, field in zip(
        header.split(","), ("marketing_consent", "complaint_opened", "complaint_closed", "quiet_hours"), strict=True
    ):
        assert f'"{column}": {field}  #' in text


# ID-06, R10
def test_a_consent_that_says_neither_costs_its_row_alone(tmp_path: Path) -> None:
    cells = ["是", "否", "再说", "是", "否", "是"]
    report, documents, _sink = taken(tmp_path, "营销同意", *cells)
    assert (report.accepted, report.rejected, report.consent_withheld) == (10, 2, 4)
    again, *_ = taken(tmp_path, "营销同意", *cells[:2], "再说吧，可能不要", *cells[3:])
    assert again.rejected == 2
    assert None not in map(consent, documents)
