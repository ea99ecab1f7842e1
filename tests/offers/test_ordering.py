"""What is ordered is held against the catalogue and the rules: a name that none has, another price, a closed door."""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from offer_kit import plan

from core.content.offer_rules import eligibility_rules
from core.content.plans import catalogue
from core.domain.charge import Charge
from core.domain.customer import Billing, Care, Contract, Document, Identity, OrderEvent, Services
from core.domain.order import Order, Trial
from core.domain.plan import Catalogue, Channel, ContractEffect, Suitability
from core.domain.text import Text
from core.offers.ordering import open_to_calls, order_refusal

TODAY = date(2026, 11, 20)
OWN, FREE, GONE, CLOSED = (
    plan("own", fee_fen=5_800),
    plan("free", fee_fen=4_900),
    plan("gone", on_sale_until=date(2026, 1, 31)),
    plan("closed", channels={Channel.CALL: Suitability.CLOSED}),
)
BOUND = plan("bound", contract=ContractEffect(term_months=24))
LARGER = plan("larger", fee_fen=9_900, contract=ContractEffect(tier_up=True))
BOOK = Catalogue(
    version=7, families=(), plans=(OWN, FREE, GONE, CLOSED, LARGER, BOUND), broadband=catalogue().broadband
)
BACK = Trial(ends_on=date(2026, 12, 31), back_to="gone", back_to_name=GONE.name)


def ordered(product: str, price_fen: int = 5_000, **more: Any) -> Order:
    values: dict[str, Any] = {
        "term_months": 0, "locked": False, "starts_on": date(2026, 12, 1), "read_back": True, "consent": True,
    }  # fmt: skip
    return Order(product=product, price_fen=price_fen, **(values | more))


def customer(
    *, locked: bool = False, arrears_fen: int = 0, trial: Trial | None = None, ends_on: date = date(2027, 3, 31)
) -> Document:
    contract = Contract(kind=Text("机补", "Subsidy"), ends_on=ends_on, locked=locked)
    at, label = datetime(2026, 11, 1, tzinfo=UTC), Text("单", "Order")
    event = OrderEvent(at=at, label=label, what=Text("试", "Tried"), trial=trial)
    return Document(
        id="C1",
        identity=Identity(name="甲", plan_code="own", prepaid=False),
        billing=Billing(arrears_fen=arrears_fen),
        services=Services(contracts=[contract] if locked else []),
        care=Care(orders=[event] if trial else []),
    )


def why(order: Order, who: Document | None = None, *, book: Catalogue = BOOK, strict: bool = True) -> str:
    found = order_refusal(order, book, eligibility_rules(), who or customer(), TODAY, strict=strict)
    return found.zh if found is not None else ""


def test_a_plan_at_its_price_may_be_had_however_its_name_is_typed() -> None:
    for name in ("套餐 free", "套餐free", "Plan  FREE", "free"):
        assert why(ordered(name, 4_900)) == ""
    assert why(ordered("随便什么", 4_900, code="free")) == "", "the code decides"


def test_another_price_than_the_catalogues_is_told_with_both() -> None:
    assert why(ordered("套餐 free", 3_900)) == "“套餐 free”在目录里是每月 49 元，订单写的是每月 39 元"
    assert "每年 49 元" in why(ordered("套餐 free", 4_900, charge=Charge.YEAR))


@pytest.mark.parametrize(
    ("order", "who", "told"),
    [
        # CONTRACT-02, OFFER-13
        (ordered("套餐 free", 4_900), customer(locked=True), "机补协议期内不能改这一档。到 2027-03-31"),
        (ordered("套餐 gone"), customer(), "这一档已下架"),
        (ordered("套餐 closed"), customer(), "没有对本渠道开放"),
        (ordered("套餐 free", 4_900), customer(arrears_fen=1), "有欠费"),
        (ordered("套餐 own", 5_800), customer(), "现在用的就是这一档"),
    ],
)
def test_what_the_rules_refuse_cannot_be_typed_either(order: Order, who: Document, told: str) -> None:
    assert told in why(order, who)


def test_under_a_lock_the_tier_up_may_be_had_and_the_contract_goes_on() -> None:
    # CONTRACT-02
    assert why(ordered("套餐 larger", 9_900, locked=True), customer(locked=True)) == ""
    assert "原协议照旧：协议锁定要勾上" in why(ordered("套餐 larger", 9_900), customer(locked=True))
    anew = ordered("套餐 larger", 9_900, locked=True, term_months=24)
    assert "不另起协议期，订单写的是期限 24 个月" in why(anew, customer(locked=True))


def test_an_order_binds_for_as_long_as_the_catalogue_says() -> None:
    # OUTCOME-12
    assert "在目录里不签协议期，订单写的是期限 24 个月" in why(ordered("套餐 free", 4_900, term_months=24))
    assert "不签协议，订单却写了协议锁定" in why(ordered("套餐 free", 4_900, locked=True))
    assert why(ordered("套餐 bound", term_months=24, locked=True)) == ""
    assert "在目录里期限 24 个月，订单写的是不签协议期" in why(ordered("套餐 bound"))
    assert "要签协议，订单没有写协议锁定" in why(ordered("套餐 bound", term_months=24))
    assert "在通话之前" in why(ordered("套餐 free", 4_900, starts_on=date(2026, 11, 19)))


def test_who_keeps_the_plan_extends_the_contract_within_its_last_months_alone() -> None:
    # CONTRACT-03
    longer = ordered("套餐 own", 5_800, term_months=12, locked=True)
    assert why(longer, customer(locked=True)) == ""
    assert "最后" in why(longer, customer(locked=True, ends_on=date(2028, 3, 31)))
    assert "没有在期的协议" in why(longer)


def test_a_plan_that_the_branch_has_opened_may_be_had() -> None:
    # 4G-05
    there = msgspec.structs.replace(BOOK, plans=tuple(open_to_calls(one) for one in BOOK.plans))
    assert why(ordered("套餐 closed"), book=there) == ""


def test_a_name_that_no_catalogue_has_is_refused_where_plans_alone_are_sold() -> None:
    assert "套餐目录里没有“停机保号”" in why(ordered("停机保号", 500))
    assert why(ordered("停机保号", 500), strict=False) == ""
    assert "套餐目录里没有" in why(ordered("某档", code="zz-1"), strict=False), "a code must be one"


def test_a_line_is_ordered_by_the_year_a_holidays_for_its_days_a_metered_one_by_the_month() -> None:
    # BB-04, BB-06
    year = ordered("包年宽带 100M", 88_000, charge=Charge.YEAR, term_months=12)
    assert why(year) == ""
    assert "期限 12 个月，订单写的是不签协议期" in why(msgspec.structs.replace(year, term_months=0))
    assert "每年 880 元，订单写的是每月 880 元" in why(ordered("包年宽带 100M", 88_000, charge=Charge.MONTH))
    holiday = ordered("假日宽带 100M", 26_000, charge=Charge.TERM)
    assert why(holiday) == ""
    assert "订单写的是期限 365 天" in why(msgspec.structs.replace(holiday, until=date(2027, 11, 30)))
    assert why(ordered("计时宽带 20M", 2_000, charge=Charge.MONTH)) == ""
    assert "现在不卖" in why(ordered("包年宽带 4M", 48_000, charge=Charge.YEAR))
    assert "e家套餐" in why(ordered("e家宽带 200M", 0, charge=Charge.MONTH))


def test_a_trial_is_promised_only_while_the_plan_of_before_can_be_had_again() -> None:
    # SCRIPT-14
    way_back = msgspec.structs.replace(BACK, back_to="own", back_to_name=OWN.name)
    assert why(ordered("套餐 free", 4_900, trial=way_back)) == ""
    assert "已经不在售" in why(ordered("套餐 free", 4_900, trial=BACK))


def test_whoever_is_on_trial_goes_back_whatever_is_on_sale_by_then() -> None:
    # SCRIPT-14, FOLLOW-07
    back = ordered("套餐 gone", ends_trial=True)
    assert why(back, customer(trial=BACK)) == ""
    assert why(back, customer()) == "客户没有可以换回这一档的试用"
    over = msgspec.structs.replace(BACK, ends_on=date(2026, 11, 19))
    assert why(back, customer(trial=over)) == "客户没有可以换回这一档的试用"
