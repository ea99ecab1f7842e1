"""What the 360° view says, without any window: figures read right, none is invented."""

import subprocess
import sys
from datetime import UTC, date, datetime

import msgspec
import pytest
from view360_sample import CATALOGUE, FIGURES, NOW, bill, billing, contact, customer, identity, services, usage

from core.domain.customer import (
    Billing,
    Care,
    Contract,
    Document,
    Identity,
    MonthUse,
    PastCare,
    Services,
    Usage,
    Warning_,
)
from core.domain.tenure import months_between
from core.domain.text import Lang, Text
from desktop.call.view360_parts.writing import Writing
from desktop.call.view360_presenter import View360
from desktop.widgets.values import Row, Tone


def view(document: Document, lang: Lang = Lang.ZH) -> View360:
    return View360(document, CATALOGUE, NOW, lang, FIGURES)


def said(rows: list[Row]) -> dict[str, str]:
    return {row.label: row.value for row in rows}


def test_the_presenter_needs_no_qt() -> None:
    code = "import sys, desktop.call.view360_presenter; print([m for m in sys.modules if m.startswith('PySide6')])"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True, text=True)
    assert loaded.stdout.strip() == "[]"


# VIEW-02
def test_arpu_mou_and_arpm_are_taken_over_the_same_months() -> None:
    document = Document(
        id="c",
        billing=Billing(bills=[bill("2026-10", 0), bill("2026-11", 4200)]),
        usage=Usage(months=[MonthUse(month="2026-10", voice_min=100), MonthUse(month="2026-11", voice_min=58)]),
    )
    rows = said(view(document).spend_rows())
    assert rows["近 2 月均 ARPU"] == "¥79.00 /月"
    assert rows["月均 MOU"] == "79 分"
    assert rows["ARPM"] == "¥1.00 /分"
    assert rows["最高一月"] == "2026-11 ¥100.00"


# VIEW-02
def test_a_mean_spend_that_a_list_states_stands_until_there_are_bills() -> None:
    document = Document(id="c", billing=Billing(arpu_fen=8850))
    assert said(view(document).spend_rows())["名单月均 ARPU"] == "¥88.50 /月"
    assert said(view(document).fit_rows())["名单月均 ARPU"] == "¥88.50"
    tile = view(document).tiles()[0]
    assert (tile.label, tile.value) == ("名单月均 ARPU", "¥88.50")
    billed = Document(id="c", billing=Billing(arpu_fen=8850, bills=[bill("2026-11", 4200)]))
    assert view(billed).tiles()[0].label == "近 1 月均 ARPU"
    assert said(view(Document(id="c")).spend_rows())["近 6 月均 ARPU"] == "未提供"


def test_no_minutes_make_no_price_of_a_minute() -> None:
    silent = Usage(months=[MonthUse(month="2026-11", voice_min=0)])
    document = Document(id="c", billing=Billing(bills=[bill("2026-11", 0)]), usage=silent)
    assert said(view(document).spend_rows())["ARPM"] == "不适用"
    document = Document(id="c", billing=Billing(bills=[bill("2026-11", 0)]))
    assert said(view(document).spend_rows())["ARPM"] == "未提供"


def test_what_the_plan_does_not_hold_is_told_so_and_not_as_use_of_nothing() -> None:
    used = Usage(months=[MonthUse(month="2026-11", sms=8)], allowance_sms=0)
    rows = view(Document(id="c", usage=used)).usage_rows()
    assert said(rows)["短信"] == "8 条，套内不含"


# VIEW-03
def test_the_make_up_owns_what_the_items_leave_open() -> None:
    short = bill("2026-11", 4100)
    short = msgspec.structs.replace(short, total_fen=short.total_fen + 250)
    note, parts = view(Document(id="c", billing=Billing(bills=[short]))).makeup(0)
    assert note == "2026-11 · 共 ¥101.50"
    assert [(part.label, part.text) for part in parts] == [
        ("套餐月费", "¥58.00"),
        ("套外流量", "¥41.00"),
        ("未列明", "¥2.50"),
    ]
    assert view(Document(id="c")).makeup(0) == ("", [])


# VIEW-10
@pytest.mark.parametrize(
    ("ends_on", "tile", "tone"),
    [
        (date(2027, 1, 8), "49 天", Tone.WARN),
        (date(2028, 1, 20), "14 个月", Tone.NEUTRAL),
        (date(2026, 11, 20), "0 天", Tone.WARN),
        (date(2026, 11, 19), "已到期", Tone.BAD),
        (None, "未提供", Tone.MUTED),
    ],
)
def test_what_is_left_of_the_contract(ends_on: date | None, tile: str, tone: Tone) -> None:
    contract = Contract(kind=Text("机补协议", "Handset subsidy"), ends_on=ends_on, locked=True)
    shown = view(Document(id="c", services=Services(contracts=[contract]))).tiles()[2]
    assert (shown.value, shown.tone) == (tile, tone)


# VIEW-10
def test_an_ended_contract_no_longer_locks() -> None:
    contract = Contract(kind=Text("合约", "Contract"), ends_on=date(2026, 1, 1), locked=True)
    shown = view(Document(id="c", services=Services(contracts=[contract])))
    assert said(shown.contract_rows())["锁定"] == "未锁定"
    assert not any("降档" in chip.text for chip in shown.chips())


# VIEW-10, CONTRACT-02
def test_the_contract_in_view_is_the_one_that_the_words_and_the_offers_go_by() -> None:
    lock = Contract(kind=Text("机补", "Subsidy"), ends_on=date(2026, 12, 31), locked=True)
    bonus = Contract(kind=Text("存费送费", "Prepay"), ends_on=date(2028, 1, 1), locked=False)
    endless = Contract(kind=Text("保底", "Minimum"), locked=False)
    shown = view(Document(id="c", services=Services(contracts=[bonus, endless, lock])))
    assert shown.tiles()[2].hint.startswith("机补")
    assert [row.value for row in shown.contract_rows() if row.label == "协议"] == ["机补", "保底", "存费送费"]
    assert any("降档" in chip.text for chip in shown.chips())


@pytest.mark.parametrize(
    ("start", "words"),
    [(date(2026, 7, 8), "已开放（2026-07-08 起）"), (date(2026, 12, 1), "2026-12-01 起")],
)
def test_the_renewal_window_opens_on_its_day(start: date, words: str) -> None:
    contract = msgspec.structs.replace(services().contracts[0], renewal_from=start)
    shown = view(Document(id="c", services=Services(contracts=[contract])))
    assert said(shown.contract_rows())["续约窗口"] == words


def test_none_is_said_only_where_the_source_is_whole() -> None:
    open_ended, whole = Document(id="c", services=Services()), Document(id="c", services=Services(whole=True))
    assert said(view(open_ended).broadband_rows()) == {"宽带": "未提供"}
    assert said(view(whole).broadband_rows()) == {"宽带": "无"}
    assert view(open_ended).tiles()[2].value == "未提供"
    assert view(whole).tiles()[2].value == "无"
    assert said(view(Document(id="c", care=Care(whole=True))).ticket_rows()) == {"服务接触": "无"}


@pytest.mark.parametrize("lang", list(Lang))
def test_of_a_customer_of_whom_nothing_is_known_nothing_is_made_up(lang: Lang) -> None:
    shown = view(Document(id="c"), lang)
    missing = shown.w.missing
    rows = [
        *shown.spend_rows(), *shown.account_rows(), *shown.usage_rows(), *shown.usage_more_rows(), *shown.fit_rows(),
        *shown.plan_rows(), *shown.special_rows(), *shown.contract_rows(), *shown.broadband_rows(), *shown.tie_rows(),
        *shown.standing_rows(), *shown.need_rows(), *shown.contact_rows(), *shown.ticket_rows(), *shown.call_rows(),
        *shown.warning_rows(), *shown.case_rows(), *shown.home_rows(),
    ]  # fmt: skip
    assert {row.value for row in rows} == {missing}
    assert {tile.value for tile in shown.tiles()} == {missing}
    assert {line.value for line in shown.indicators.find("")} == {missing}
    assert shown.chips() == shown.need_chips() == shown.to_complete() == shown.timeline() == []


@pytest.mark.parametrize("lang", list(Lang))
def test_english_is_english_throughout_its_own_words(lang: Lang) -> None:
    """Names and free words stay as they came; all labels are of the language."""
    shown = view(customer(), lang)
    labels = [row.label for row in (*shown.standing_rows(), *shown.contact_rows(), *shown.broadband_rows())]
    chinese = [label for label in labels if any("\u4e00" <= char <= "\u9fff" for char in label)]
    assert (not chinese) if lang is Lang.EN else len(chinese) == len(labels)


def test_figures_of_the_call_keep_their_order_and_own_up_to_gaps() -> None:
    assert [(row.label, row.value) for row in view(customer()).figures()] == [
        ("月均超套费", "¥41.00"),
        ("终端支持 4G", "是"),
        ("推荐套餐", "未提供"),
    ]
    assert view(customer(), Lang.EN).figures()[1] == Row("Handset 4G", "yes")


# VIEW-09
def test_a_risk_that_several_warnings_share_is_told_once() -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    named = (("a", "流量超套", 0.86), ("b", "余额偏低", 0.86), ("c", "流失风险", 0.62))
    warnings = [Warning_(code=code, label=Text(zh, zh), at=at, risk=risk) for code, zh, risk in named]
    chips = [chip.text for chip in view(Document(id="c", care=Care(warnings=warnings))).chips()]
    assert sum("0.86" in chip for chip in chips) == 1
    assert sum("0.62" in chip for chip in chips) == 1
    assert len(chips) == 3


@pytest.mark.parametrize(
    ("code", "label"), [("data_over_allowance", "流量连续 6 个月超套"), ("points_expiring", "年底将清零 2,000 积分")]
)
def test_what_a_warning_tells_is_not_told_again_as_a_habit(code: str, label: str) -> None:
    # VIEW-09
    warned = Warning_(code=code, label=Text(label, label), at=datetime(2026, 11, 1, tzinfo=UTC))
    known = Document(
        id="c",
        identity=Identity(points_expiring=2_000, points_expire_on=date(2026, 12, 31)),
        usage=Usage(months_over_data=6),
        care=Care(warnings=[warned]),
    )
    said = [chip.text for chip in view(known).chips()]
    assert label in said
    assert len(said) == 2, "the other habit, and the warning"


def test_a_crowd_of_chips_is_cut_and_the_gravest_stand_first() -> None:
    chips = view(customer()).chips()
    assert [chip.tone for chip in chips][:2] == [Tone.BAD, Tone.BAD]
    assert len(chips) == 7
    assert chips[-1].text == "另 2 项"
    assert "终端支持 4G" in chips[-1].hint


# VIEW-03, VIEW-04, VIEW-05, VIEW-07, VIEW-08, VIEW-09
def test_the_timeline_is_one_newest_first() -> None:
    entries = view(customer()).timeline()
    assert [entry.day for entry in entries] == [
        "11-19", "11-18", "11-17", "11-02", "11-01", "10-11", "08-20", "07-20", "05-01",
    ]  # fmt: skip
    assert {entry.kind for entry in entries} == {"call", "ticket", "payment", "order", "warning"}


# CARE-24
def test_care_that_a_colleague_gave_stands_on_the_line_of_time() -> None:
    greeting = Text("生日祝福", "Birthday greeting")
    given = PastCare(at=NOW, code="birthday_greeting", label=greeting, channel="sms", agent="何俊")
    document = Document(id="c", care=Care(given=[given]))
    (zh,), (en,) = view(document).timeline(), view(document, Lang.EN).timeline()
    assert (zh.kind_label, zh.text) == ("关怀", "生日祝福 · 短信 · 何俊")
    assert (en.kind_label, en.text) == ("Care", "Birthday greeting · SMS · 何俊")


# VIEW-08
def test_talk_time_that_nobody_measured_is_said_to_be_stated() -> None:
    assert "通话 2:31（坐席标记）" in view(customer()).call_rows()[0].value
    document = customer()
    assert document.care
    call = msgspec.structs.replace(document.care.calls[0], measured=True)
    measured = view(Document(id="c", care=Care(calls=[call]))).call_rows()[0].value
    assert "通话 2:31" in measured
    assert "坐席标记" not in measured


# VIEW-16
def test_numbers_are_masked_everywhere() -> None:
    shown = view(customer())
    words = " ".join(row.value for row in (*shown.contact_rows(), *shown.tie_rows()))
    assert "100 **** 0417" in words
    assert "10012340417" not in words


# VIEW-01
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("视频", ["晚间视频占比"]),
        ("evening VIDEO", ["晚间视频占比"]),
        ("churn", ["Churn Label"]),
        ("arpu", ["近三月 ARPU"]),
        ("没有这个", []),
    ],
)
def test_indicators_are_found_by_words_of_either_language(query: str, found: list[str]) -> None:
    assert [line.label for line in view(customer()).indicators.find(query)] == found


# VIEW-01
def test_indicators_are_written_as_their_type_is_read() -> None:
    lines = {line.label: (line.value, line.unit) for line in view(customer()).indicators.find("")}
    assert lines == {
        "晚间视频占比": ("0.62", "比例"),
        "近三月 ARPU": ("¥99.00", ""),
        "终端支持 5G": ("否", ""),
        "拨打客服次数": ("未提供", ""),
        "Churn Label": ("No", ""),
    }


def test_spans_of_time_are_told_as_people_tell_them() -> None:
    zh, en = Writing(Lang.ZH, NOW), Writing(Lang.EN, NOW)
    assert (zh.span_months(1), en.span_months(1)) == ("1 个月", "1 month")
    assert (zh.span_months(38), en.span_months(38)) == ("3 年", "3 years")
    days = [date(2026, 11, 21), date(2027, 1, 8), date(2027, 6, 20), date(2026, 1, 1)]
    assert [en.left_until(day) for day in days] == ["1 day", "49 days", "7 months", "0 days"]
    assert months_between(date(2023, 8, 31), date(2026, 11, 30)) == 38
    assert months_between(date(2027, 1, 1), date(2026, 1, 1)) == 0


def test_money_below_nothing_keeps_its_sign_before_the_currency() -> None:
    w = Writing(Lang.ZH, NOW)
    assert (w.money(-500), w.fee(5800), w.fee(5850), w.money(None)) == ("−¥5.00", "¥58", "¥58.50", None)


def test_tenure_is_counted_from_the_date_and_else_taken_as_stated() -> None:
    stated = msgspec.structs.replace(identity(), on_net_since=None, tenure_months=17)
    assert view(Document(id="c", identity=identity())).tiles()[1].value == "3 年"
    assert view(Document(id="c", identity=stated)).tiles()[1].value == "17 个月"


# VIEW-11
def test_the_fit_of_the_plan_sets_spend_beside_the_fee() -> None:
    document = Document(id="c", identity=identity(), billing=billing(), usage=usage())
    rows = said(view(document).fit_rows())
    assert rows["流量超套习惯"] == "近 6 月 5 次"
    assert rows["套餐月费"] == "¥58.00"
    assert rows["账单高于月费"] == "近 6 月 6 次"


def test_a_false_owner_is_a_warning_before_anything_is_said() -> None:
    doubtful = msgspec.structs.replace(contact(), true_owner=False)
    assert "非真实机主" in [chip.text for chip in view(Document(id="c", contact=doubtful)).chips()]
