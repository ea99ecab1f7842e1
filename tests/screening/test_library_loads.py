"""Factors and rules are content: whole, spoken for in both languages, and refused with file, line and reason."""

import shutil
from pathlib import Path

import pytest

from core.content.resources import folder
from core.domain.content_reasons import in_chinese
from core.domain.errors import ContentError
from core.domain.factor import Library
from core.domain.indicator import IndicatorType
from core.domain.warning_rule import Population, WarningRule
from core.screening.factor_files import load_library, shipped_library
from core.screening.rule_files import load_rules
from core.screening.words import condition_words, factors_in, reason_of, said_value


@pytest.fixture(scope="module")
def library() -> Library:
    return shipped_library()


@pytest.fixture(scope="module")
def rules(library: Library) -> dict[str, WarningRule]:
    return load_rules(folder(), library)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("factors", "indicators", "warnings", "scripts"):
        shutil.copytree(folder() / name, tmp_path / name)
    return tmp_path


def test_more_than_four_hundred_factors_each_hang_on_a_source(library: Library) -> None:
    # ID-08
    assert len(library.factors) > 400
    for name, factor in library.factors.items():
        fixed = factor.working is not None and factor.working.today is not None
        assert fixed or library.sources_of(frozenset({name})), name
    assert library.factors["spend_trend"].kind is IndicatorType.DECIMAL
    assert library.sources_of(frozenset({"balance_after_fee"})) == {"billing", "crm"}


def test_the_stock_rules_and_the_broadband_warnings_ship(rules: dict[str, WarningRule]) -> None:
    # ID-01, ID-02, ID-13, ID-14, ID-15, ID-21, ID-22, ID-23, ID-25, BB-01, VIP-02, VIP-03, CONTRACT-01
    stock = {"no-top-up-since-joining", "low-balance-on-net", "recharge-period", "low-balance-at-month-end",
             "flagged-by-model", "many-complaints"}  # fmt: skip
    assert stock <= rules.keys()
    assert sum(name.startswith("broadband-") for name in rules) == 8
    assert sum(name.startswith("vip-") for name in rules) == 4
    assert sum(name.startswith("moment-") for name in rules) == 4
    assert {"vpn-group-target", "household-bundle", "enterprise-bundle", "contract-renewal"} <= rules.keys()
    assert {"zero-usage", "churn-prone-spend-band", "dealer-acquired-little-value-added", "silent-user"} <= rules.keys()
    assert {one.population for one in rules.values()} == set(Population)


def test_an_agent_reads_why_with_the_customers_own_figures(library: Library, rules: dict[str, WarningRule]) -> None:
    rule = rules["recharge-period"]
    said = reason_of(rule, library, {"balance_days": 1, "days_since_top_up": 21})
    assert said.zh == "进入充值期：余额还够用 1 天，21 天没缴费"
    assert said.en == "Recharge period: the balance lasts 1 day, last paid 21 days ago"
    assert reason_of(rule, library, {"balance_days": 1}) == rule.name, "nothing is said with a gap in it"
    assert said_value(library.factors["home_balance"], 8_679).zh == "¥86.79"
    assert said_value(library.factors["tier"], "钻卡").en == "Diamond"


def test_a_planner_reads_what_a_rule_asks(library: Library, rules: dict[str, WarningRule]) -> None:
    said = condition_words(rules["broadband-balance-under-200"].when, library)
    assert said.zh == "宽带预存余额 ＞ ¥0 且 宽带预存余额 ＜ ¥200"
    for rule in rules.values():
        assert condition_words(rule.when, library).zh
        assert factors_in(rule.reason), f"{rule.id} tells the agent no figure"


@pytest.mark.parametrize(
    ("file", "right", "wrong", "reason"),
    [
        ("factors/timing.yaml", "days_since: payment_last", "days_since: payment_lost", "unknown factor"),
        ("factors/timing.yaml", "days_since: payment_last", "days_since: balance", "is no day"),
        ("factors/trends.yaml", "earlier: tier }", "earlier: vip }", "only what is in a snapshot"),
        ("factors/standing.yaml", "at: 90 }", "at: 100 }", "a percentile lies"),
        ("factors/standing.yaml", "in_: [钻卡,", "in_: [白卡,", "never `白卡`"),
        ("factors/document.yaml", "source: billing", "source: billings", "there is no source"),
        ("warnings/zero-usage.yaml", "field: data_last_month", "field: data_lost_month", "unknown field"),
        ("warnings/zero-usage.yaml", "{tenure:unit}", "{tenure:x}", "places of the words"),
        ("warnings/zero-usage.yaml", "scenario: zero-usage", "scenario: nowhere", "there is no scenario"),
        ("warnings/many-complaints.yaml", "complaints_repeat, eq: true", "complaints_repeat, ge: 1", "never holds"),
        ("warnings/zero-usage.yaml", "rest: left_out", "rest: guessed", "Invalid enum value"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_file_and_line(root: Path, file: str, right: str, wrong: str, reason: str) -> None:
    path = root / file
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    line = text[: text.index(right)].count("\n") + 1
    with pytest.raises(ContentError) as told:
        load_rules(root, load_library(root))
    assert told.value.file == str(path)
    assert reason in told.value.reason
    assert in_chinese(told.value.reason) != told.value.reason, "told in Chinese first"
    assert abs(told.value.line - line) <= 2 + ("warnings" in file) * 6


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("word: { zh: 成长期, en: Growth }", "word: { zh: 衰退期, en: Growth }", "stands here twice"),
        ("word: { zh: 成长期, en: Growth }", 'word: { zh: "", en: Growth }', "its word in both languages"),
        (", when: { field: tenure, lt: 3 } }", " }", "comes last"),
        ("{ field: tenure, lt: 3 }", "{ field: tenured, lt: 3 }", "unknown factor"),
    ],
)
def test_a_label_with_a_mistake_is_refused(root: Path, right: str, wrong: str, reason: str) -> None:
    # ID-18
    path = root / "factors/labels.yaml"
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(ContentError) as told:
        load_library(root)
    assert reason in told.value.reason
    assert in_chinese(told.value.reason) != told.value.reason


def test_a_site_brings_rules_of_its_own_over_the_factors_that_ship(tmp_path: Path, library: Library) -> None:
    # ID-08: staff combine any prepared factor without code
    (tmp_path / "warnings").mkdir()
    shutil.copy(folder() / "warnings/zero-usage.yaml", tmp_path / "warnings")
    assert load_library(tmp_path).factors.keys() == library.factors.keys()
    assert list(load_rules(tmp_path, load_library(tmp_path))) == ["zero-usage"]
    with pytest.raises(ContentError, match="no warning rules"):
        load_rules(tmp_path / "nowhere", library)


def test_a_factor_that_is_worked_out_of_itself_is_refused(root: Path) -> None:
    path = root / "factors/trends.yaml"
    path.write_text(path.read_text("utf-8").replace("take: churn_risk, away", "take: churn_risk_rise, away"), "utf-8")
    with pytest.raises(ContentError, match="worked out of itself"):
        load_library(root)
