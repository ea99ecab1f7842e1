"""Each row of the 360° view is changed in the document and read on its page, in both languages."""

from datetime import date

import msgspec
import pytest
import view360_sample as sample
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from view360_kit import Change, panel_shown, read, show, text, within

from core.domain.customer import (
    Document,
    MonthUse,
    Number,
    OrderEvent,
    PastCall,
    Payment,
    SpecialNeed,
    SpecialService,
    Subscription,
    Ticket,
    Tie,
    Warning_,
)
from core.domain.task import Tier
from core.domain.text import Lang
from desktop.call.view360 import BILLS, INDICATORS, OFFERS, OVERVIEW, PRODUCTS, SERVICE, USAGE, View360Panel


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> View360Panel:
    return panel_shown(qtbot, qapp)


LINE = sample.services().broadband
CONTRACT = sample.services().contracts[0]
assert LINE is not None

Row = tuple[str, int, Change, str, str]
"""the requirement, the page, the change, what is read then in Chinese and in English"""

MONEY: list[Row] = [
    ("VIEW-02", BILLS, within("billing", bills=[sample.bill("2026-11", 1234)]), "¥70.34 /月", "¥70.34 /month"),
    ("VIEW-02", OVERVIEW, within("billing", bills=[sample.bill("2026-11", 1234)]), "¥70.34", "2026-11 ¥70.34"),
    (
        "VIEW-02",
        USAGE,
        within("usage", months=[MonthUse(month="2026-11", data_mb=2048, voice_min=33)]),
        "2 GB / 套内 1 GB",
        "33 min of 150 min",
    ),
    ("VIEW-03", BILLS, within("billing", bills=[sample.bill("2026-11", 777)]), "套外流量 ¥7.77", "allowance ¥7.77"),
    ("VIEW-03", USAGE, within("usage", days=sample.usage().days[-1:]), "2026-11-19 93 MB", "2026-11-19 93 MB"),
    (
        "VIEW-04",
        BILLS,
        within("billing", payments=[Payment(at=sample.at(9, 9), fen=4321, channel=text("网厅", "online hall"))]),
        "2026-09-09 10:00 ¥43.21 网厅",
        "¥43.21 online hall",
    ),
    (
        "VIEW-05",
        PRODUCTS,
        within("holdings", subscriptions=[Subscription(code="M", label=text("手机报", "Mobile paper"), fee_fen=300)]),
        "手机报 ¥3",
        "Mobile paper ¥3",
    ),
    (
        "VIEW-05",
        OVERVIEW,
        within("care", orders=[OrderEvent(at=sample.at(4, 4), label=text("流量包", "Data pack"))]),
        "04-04 订购 流量包",
        "04-04 Order Data pack",
    ),
    ("VIEW-11", USAGE, within("usage", months_over_data=4), "近 6 月 4 次", "4 of 6 months"),
]  # fmt: skip

SERVICES: list[Row] = [
    (
        "VIEW-06",
        PRODUCTS,
        within(
            "holdings", services=[SpecialService(code="x", label=text("来显", "Caller id"), use=text("常", "often"))]
        ),
        "来显 常",
        "Caller id often",
    ),
    (
        "VIEW-10",
        PRODUCTS,
        within("services", contracts=[msgspec.structs.replace(CONTRACT, ends_on=date(2027, 2, 3), locked=False)]),
        "至 2027-02-03（剩 75 天）",
        "2027-02-03 (75 days left)",
    ),
    ("VIEW-10", PRODUCTS, within("services"), "锁定 协议期内不可降档", "Lock no change of plan"),
    (
        "VIEW-10",
        OVERVIEW,
        within("services", contracts=[msgspec.structs.replace(CONTRACT, renewal_from=date(2026, 12, 24))]),
        "续约窗口 2026-12-24 起",
        "Renewal window from 2026-12-24",
    ),
    (
        "VIEW-13",
        PRODUCTS,
        within("services", ties=[Tie(kind=text("集团网", "Group VPN"), label="同事", number_masked="100 **** 0001")]),
        "集团网 同事 100 **** 0001",
        "Group VPN 同事 100 **** 0001",
    ),
    (
        "VIEW-14",
        PRODUCTS,
        within("services", broadband=msgspec.structs.replace(LINE, speed_mbps=500, rivals=["他网丙"], demolition=True)),
        "楼内他网 他网丙; 搬家 是; 拆迁 是",
        "Speed 500 Mbps",
    ),
    (
        "VIEW-14",
        OVERVIEW,
        within("services", broadband=msgspec.structs.replace(LINE, ends_on=date(2027, 3, 1))),
        "到期 2027-03-01",
        "Expires 2027-03-01",
    ),
    (
        "VIEW-17",
        SERVICE,
        within("care", cases=[msgspec.structs.replace(sample.care().cases[0], title=text("宽带慢", "Slow line"))]),
        "宽带慢 · 换机测试中 · 关键服务受损 · 数据配置正常",
        "Slow line · swap test running",
    ),
    (
        "VIEW-17",
        PRODUCTS,
        within("care", roaming=[Subscription(code="R", label=text("港澳日包", "HK day pack"), fee_fen=2500)]),
        "港澳日包 ¥25",
        "HK day pack ¥25",
    ),
]  # fmt: skip

PERSON: list[Row] = [
    (
        "VIEW-01",
        INDICATORS,
        lambda d: msgspec.structs.replace(d, indicators={"calls_to_hotline": 1234}),
        "拨打客服次数 1,234 次",
        "Calls to the hotline 1,234 times",
    ),
    (
        "VIEW-07",
        SERVICE,
        within(
            "care",
            tickets=[Ticket(id="9", kind=text("心愿", "Wish"), topic=text("想要账单短信", "Bill by SMS"),
                            opened_at=sample.at(3, 3))],
        ),
        "03-03 心愿 想要账单短信 · 未结",
        "03-03 Wish Bill by SMS · open",
    ),
    (
        "VIEW-08",
        SERVICE,
        within(
            "care",
            calls=[PastCall(at=sample.at(2, 2), agent="2044", scenario="x", scenario_label=text("赢回", "Win-back"),
                            result=text("犹豫", "Hesitant"))],
        ),
        "02-02 赢回 犹豫 · 2044",
        "02-02 Win-back Hesitant",
    ),
    (
        "VIEW-09",
        SERVICE,
        within(
            "care",
            warnings=[Warning_(code="b", label=text("余额不足", "Low balance"), at=sample.at(1, d)) for d in (3, 2, 1)],
        ),
        "3 次",
        "3 in all",
    ),
    ("VIEW-12", SERVICE, within("identity", tier=Tier.DIAMOND, points=777), "等级 钻卡", "Points 777"),
    ("VIEW-12", SERVICE, within("identity", credit_score=655, manager="何俊"), "信用 655", "何俊 (staff 1027)"),
    (
        "VIEW-15",
        OVERVIEW,
        within("contact", special_needs=[SpecialNeed(code="b", label=text("视力不便", "Blind"),
                                                      service=text("账单读给客户听", "bills are read out"))]),
        "视力不便：账单读给客户听",
        "Blind: bills are read out",
    ),
    (
        "VIEW-16",
        SERVICE,
        within("contact", true_owner=False, acquiring_dealer="城南店", address="新地址 1 号"),
        "真实机主 否",
        "Acquiring dealer 城南店",
    ),
    (
        "VIEW-16",
        SERVICE,
        within("contact", numbers=[Number(number="10099998888", main=True)]),
        "主号码 100 **** 8888",
        "Main number 100 **** 8888",
    ),
    (
        "TASK-15",
        SERVICE,
        within("identity", grid="北苑网格", branch="城南支局", english={"城南支局": "South City"}),
        "网格 北苑网格",
        "South City",
    ),
    ("VIEW-18", OVERVIEW, within("contact", missing=["birthday"]), "待补全：生日", "To complete: birthday"),
]  # fmt: skip


def ids(rows: list[Row]) -> list[str]:
    return [f"{row[0]}-{index}" for index, row in enumerate(rows)]


def shows(panel: View360Panel, page: int, change: Change, zh: str, en: str) -> None:
    """Read on its page in both languages after the value has changed, and not before."""
    panel.show_page(page)
    show(panel, Document(id="c-0"))
    assert zh not in read(panel.current())
    show(panel, change(sample.customer()))
    assert zh in read(panel.current())
    panel._tongue.set_lang(Lang.EN)
    assert en in read(panel.current())


# VIEW-02 to VIEW-05, VIEW-11
@pytest.mark.parametrize(("_row", "page", "change", "zh", "en"), MONEY, ids=ids(MONEY))
def test_what_is_spent_used_and_ordered_is_shown_as_it_came(
    panel: View360Panel, _row: str, page: int, change: Change, zh: str, en: str
) -> None:
    shows(panel, page, change, zh, en)


# VIEW-06, VIEW-10, VIEW-13, VIEW-14, VIEW-17
@pytest.mark.parametrize(("_row", "page", "change", "zh", "en"), SERVICES, ids=ids(SERVICES))
def test_what_the_customer_holds_is_shown_as_it_came(
    panel: View360Panel, _row: str, page: int, change: Change, zh: str, en: str
) -> None:
    shows(panel, page, change, zh, en)


# VIEW-01, VIEW-07 to VIEW-09, VIEW-12, VIEW-15, VIEW-16, VIEW-18, TASK-15
@pytest.mark.parametrize(("_row", "page", "change", "zh", "en"), PERSON, ids=ids(PERSON))
def test_who_it_is_and_what_happened_is_shown_as_it_came(
    panel: View360Panel, _row: str, page: int, change: Change, zh: str, en: str
) -> None:
    shows(panel, page, change, zh, en)


@pytest.mark.parametrize("page", [page for page in range(8) if page != OFFERS])
def test_what_is_missing_is_said_and_never_zero(panel: View360Panel, page: int) -> None:
    panel.show_page(page)
    show(panel, Document(id="c-0"))
    told = read(panel.current())
    assert "未提供" in told
    assert "¥0" not in told
