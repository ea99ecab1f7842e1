"""A review taken away: what was looked at, live sums by agent, and every call ready for a pivot table."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pay_kit import frame_of
from python_calamine import CalamineWorkbook

from core.domain.text import Lang, Text
from core.review.choice import Choice
from core.review.frame import LEFT, NOT_DUE, ON_NET
from core.review.taking.book import TakenBy, book
from core.review.taking.labels import Labels
from core.review.taking.workbook import write_workbook

OCTOBER = Choice(date(2026, 10, 1), date(2026, 10, 31))
AT = int(datetime(2026, 10, 1, 4, 30, tzinfo=UTC).timestamp())
CALL: dict[str, Any] = {
    "at": AT, "hour": 12, "weekday": 3, "team": "spring", "agent": "2043", "scenario": "s", "contact": "owner",
    "result": "ok", "reason": "price", "dialled": True, "connected": True, "owner": True, "talk_s": 90,
}  # fmt: skip
LABELS = Labels(
    scenarios={"s": Text("拆机挽留", "Disconnect save")},
    results={("s", "ok"): Text("继续使用", "Stays")},
    reasons={("s", "price"): Text("=资费", "=Price")},
)
BY = TakenBy(name="周丽华", at=datetime(2026, 11, 1, tzinfo=UTC))


def taken(tmp_path: Path, *rows: dict[str, Any], lang: Lang = Lang.EN, choice: Choice = OCTOBER) -> CalamineWorkbook:
    path = tmp_path / "review.xlsx"
    write_workbook(path, book(frame_of(*rows), choice, LABELS, by=BY, lang=lang), lang=lang)
    return CalamineWorkbook.from_path(path)


def test_every_call_is_a_row_with_words_numbers_days_and_moments(tmp_path: Path) -> None:
    rows = [
        {**CALL, "success": True, "on_net_30": ON_NET},
        {**CALL, "on_net_30": LEFT, "dealer": "城东代理", "false_dealer": "城东代理"},
        {**CALL, "on_net_30": NOT_DUE, "at": AT + 5},
        {**CALL, "day": date(2026, 9, 30)},
    ]
    header, *found = taken(tmp_path, *rows).get_sheet_by_name("Calls").to_python()
    calls = [dict(zip(header, row, strict=True)) for row in found]
    assert len(calls) == 3
    first = calls[0]
    assert first["Time"] == datetime.fromisoformat("2026-10-01 12:30:00")
    assert (first["Day"], first["Month"], first["Weekday"]) == (date(2026, 10, 1), "2026-10", "Thu")
    assert (first["Scenario"], first["Result"], first["Contact"]) == ("Disconnect save", "Stays", "Owner")
    # S13: also words of content are data.
    assert first["Reason"] == "'=Price"
    assert [one["Success"] for one in calls] == [1, 0, 0]
    # OUTCOME-09: whom a dealer brought in under another's name can be counted by dealer.
    assert [one["Dealer of false data"] for one in calls] == ["", "城东代理", ""]
    # What is not due is empty, so that a mean over the column is the rate.
    assert [one["On net 30 d"] for one in calls] == [1, 0, ""]


def test_sums_below_the_agents_are_those_of_the_rows(tmp_path: Path) -> None:
    rows = [CALL, {**CALL, "connected": False, "owner": False, "talk_s": 0}, {**CALL, "agent": "2044"}]
    header, *found = taken(tmp_path, *rows).get_sheet_by_name("By agent").to_python()
    told = [dict(zip(header, row, strict=True)) for row in found]
    assert [(one["Agent code"], one["Dialled"], one["Connect rate"]) for one in told] == [
        ("2043", 2, 0.5),
        ("2044", 1, 1),
        ("", 3, 2 / 3),
    ]


def test_the_first_sheet_says_what_was_looked_at_and_by_whom(tmp_path: Path) -> None:
    choice = Choice(OCTOBER.first, OCTOBER.last, scenario=("s",))
    about = dict(taken(tmp_path, CALL, choice=choice).get_sheet_by_name("About").to_python()[1:])
    assert about["Period"] == "2026-10-01 — 2026-10-31"
    assert about["Period before"] == "2026-08-31 — 2026-09-30"
    assert (about["Scenario"], about["Team"], about["Taken by"]) == ("Disconnect save", "All", "周丽华")


def test_a_period_without_calls_is_a_book_of_headings(tmp_path: Path) -> None:
    found = taken(tmp_path, lang=Lang.ZH)
    assert found.sheet_names == ["说明", "比率", "数量与时长", "按班组", "按岗位", "按坐席", "按场景", "按片区",
                                 "按发展代理商", "通话明细"]  # fmt: skip
    assert len(found.get_sheet_by_name("通话明细").to_python()) == 1
    assert all(row[3] == "" for row in found.get_sheet_by_name("比率").to_python()[1:])
