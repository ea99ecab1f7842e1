"""The catalogue of plans: read whole, or refused with file, line and reason."""

from datetime import date
from pathlib import Path
from shutil import copy

import msgspec
import pytest

from core.content import folder
from core.content.plans import catalogue, load_catalogue
from core.content.quantities import Kind, Price, allowance, amount, price
from core.domain import decoding
from core.domain.errors import ContentError
from core.domain.plan import UNLIMITED, BroadbandKind, Catalogue, Channel, Step, Suitability

SHIPPED = folder() / "plans"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Three families and the broadband: enough to go wrong, and quickly read."""
    (tmp_path / "plans").mkdir()
    for name in ("broadband", "campus", "chat", "hometown"):
        copy(SHIPPED / f"{name}.yaml", tmp_path / "plans")
    return tmp_path / "plans"


def test_ten_families_of_140_plans_each_with_audience_and_advantage_in_both_languages() -> None:
    # 4G-01, 4G-02
    found = catalogue()
    assert len(found.families) == 10
    assert len(found.plans) == len({plan.code for plan in found.plans}) == 140
    for language in ("zh", "en"):
        assert len({getattr(plan.name, language) for plan in found.plans}) == 140
        assert len({getattr(plan.audience, language) for plan in found.plans}) >= 138
        assert all(getattr(plan.advantage, language) for plan in found.plans)


def test_plans_say_where_through_what_and_how_easily_they_sell() -> None:
    # 4G-04, OFFER-13
    found = catalogue()
    assert {plan.ease for plan in found.plans} == {1, 2, 3, 4, 5}
    assert all(set(plan.channels) == set(Channel) for plan in found.plans)
    assert any(plan.channels[Channel.CALL] is Suitability.CLOSED for plan in found.plans)
    assert any(plan.places for plan in found.plans)
    today = date(2026, 11, 22)
    withdrawn = [plan for plan in found.plans if not plan.is_on_sale(today)]
    assert len(withdrawn) >= 30
    assert all(plan.why for plan in withdrawn)


def test_broadband_comes_in_speed_tiers_by_the_year_holiday_meter_and_bundle() -> None:
    found = catalogue().broadband
    assert {plan.kind for plan in found} == set(BroadbandKind)
    assert len({plan.speed_mbps for plan in found}) >= 6


def test_the_catalogue_travels_as_json_and_comes_back_the_same() -> None:
    assert decoding.decode(msgspec.json.encode(catalogue()), Catalogue) == catalogue()


def test_amounts_are_read_with_their_unit_to_the_last_fen_and_mb() -> None:
    assert amount("58 yuan", Kind.MONEY) == 5_800
    assert amount("0.29 yuan", Kind.MONEY) == 29
    assert amount("1.5 GB", Kind.DATA) == 1_536
    assert price("6 yuan/50 MB", Kind.DATA) == Price(600, 50)
    assert price("0.15 yuan/min", Kind.MINUTES) == Price(15, 1)
    assert allowance("unlimited", Kind.MINUTES) == UNLIMITED


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("58", Kind.MONEY, "write 58 yuan"),
        ("50", Kind.DATA, "write 50 MB or 50 GB"),
        ("58 GB", Kind.MONEY, "no amount of money"),
        ("100 min", Kind.DATA, "no amount of data"),
        ("-5 yuan", Kind.MONEY, "below zero"),
        ("0.005 yuan", Kind.MONEY, "finer than is counted"),
        ("99999999 GB", Kind.DATA, "more than any plan has"),
        ("１ GB?", Kind.DATA, "no amount of data"),
    ],
)
def test_an_amount_that_could_mean_something_else_is_refused(text: str, kind: Kind, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        amount(text, kind)


def test_the_steps_of_a_price_are_read_as_they_are_written() -> None:
    plan = catalogue().plan("lt-15")
    assert plan is not None
    assert plan.tariff.on_net == plan.tariff.off_net
    assert plan.tariff.off_net.steps == (
        Step(above=0, fen=20),
        Step(above=100, fen=12),
        Step(above=300, fen=6),
    )


STEPS = "          - { above: 100 min, to: 300 min, price: 0.12 yuan/min }"
TWICE = "packs: [{ code: xy-p5, name: { zh: 包, en: Pack }, fee: 5 yuan, holds: { data: 1 GB } }]"
BROKEN = [
    ("chat.yaml", "fee: 8 yuan", "fee: -8 yuan", "below zero"),
    ("chat.yaml", "fee: 8 yuan", "fee: 8 GB", "no amount of money"),
    ("chat.yaml", "fee: 8 yuan", "price: 8 yuan", "unknown key `price`"),
    ("chat.yaml", STEPS, STEPS.replace("above: 100", "above: 120"), "a gap"),
    ("chat.yaml", STEPS, STEPS.replace("above: 100", "above: 90"), "an overlap"),
    ("chat.yaml", STEPS, STEPS.replace("to: 300 min, ", ""), "every other one says where it ends"),
    ("chat.yaml", STEPS, STEPS.replace("to: 300", "to: 100"), "a step that ends where it begins"),
    ("chat.yaml", "sms: 50 SMS", "sms: 50 min", "no amount of messages"),
    ("chat.yaml", "code: lt-0", "code: lt-8", "stands here twice"),
    ("chat.yaml", "code: lt-0", "code: xq-18", "stands in chat.yaml as well"),
    ("chat.yaml", "until: 2013-12-31", "until: 2003-12-31", "withdrawn before it came on sale"),
    ("chat.yaml", "zh: 乐聊 8,", 'zh: "",', "Chinese words are missing"),
    ("chat.yaml", "ease: 1", "ease: 9", "from 1 to 5"),
    ("chat.yaml", "block: 1 GB, block_cap: 60 yuan", "block: 1 GB", "stand together"),
    ("chat.yaml", "block_cap: 60 yuan", "block_cap: 0 yuan", "makes everything beyond the allowance free"),
    ("chat.yaml", "month_cap: 300 yuan", "month_cap: 0 yuan", "makes everything beyond the allowance free"),
    ("chat.yaml", "fee: 8 yuan", "fee: 8", "write 8 yuan"),
    ("chat.yaml", "fee: 8 yuan", 'fee: "8"', "write 8 yuan"),
    ("chat.yaml", "sms: 50 SMS", "sms: 50", "write 50 SMS"),
    ("chat.yaml", "  sms: { price: 0.10 yuan/SMS }\n", "", "what sms costs"),
    ("campus.yaml", "packs: [xy-p5]", "packs: [xy-p6]", "no pack `xy-p6`"),
    ("campus.yaml", "code: xy-p9", "code: xy-p5", "pack `xy-p5` stands here twice"),
    ("hometown.yaml", "channels: {", f"{TWICE}\nchannels: {{", "pack `xy-p5` stands in campus.yaml as well"),
    ("campus.yaml", "le: 25", "lee: 25", "unknown key `lee`"),
    ("broadband.yaml", "kind: yearly", "kind: metered", "other kinds have none"),
    ("broadband.yaml", "until: 2015-12-31", "until: 2005-12-31", "withdrawn before it came on sale"),
]


ELSEWHERE = ("what sms costs", "stands in chat.yaml as well")
"""told where the tariff begins, and in the second of two files"""


@pytest.mark.parametrize(("file", "right", "wrong", "reason"), BROKEN)
def test_a_mistake_is_told_with_file_line_and_reason_and_nothing_is_loaded(
    plans: Path, file: str, right: str, wrong: str, reason: str
) -> None:
    text = (plans / file).read_text("utf-8")
    assert right in text
    (plans / file).write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_catalogue(plans)
    assert reason in caught.value.reason
    assert Path(caught.value.file).parent == plans
    changed = text[: text.index(right)].count("\n") + 1
    assert caught.value.line == changed or reason in ELSEWHERE
