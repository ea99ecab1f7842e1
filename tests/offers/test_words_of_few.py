"""A fact that is one of a few words is compared with one of them: with another the rule would never hold."""

from pathlib import Path

import pytest

from core.content.offer_rules import load_eligibility
from core.content.plans import catalogue
from core.content.resources import folder
from core.domain.condition import Condition
from core.domain.errors import ContentError
from core.offers.check import offering_flaws, rule_flaws, words_of
from core.offers.condition_flaws import condition_flaws
from core.offers.facts import OF_CUSTOMER

WORDS = words_of(catalogue())


@pytest.mark.parametrize(
    ("condition", "never"),
    [
        (Condition(field="tier", eq="platinum"), "`tier` is one of diamond, gold, none, silver, never `platinum`"),
        (Condition(field="value", in_=("high", "great")), "`value` is one of high, low, mid, never `great`"),
        (Condition(not_=Condition(field="value", ne="great")), "`value` is one of high, low, mid, never `great`"),
    ],
)
def test_a_word_that_the_fact_never_is_is_refused(condition: Condition, never: str) -> None:
    # OFFER-05
    assert condition_flaws(condition, OF_CUSTOMER) == [never]


@pytest.mark.parametrize("word", ["gold", "none"])
def test_a_word_that_it_can_be_is_not(word: str) -> None:
    assert condition_flaws(Condition(field="tier", eq=word), OF_CUSTOMER) == []


def test_a_rule_names_families_of_the_catalogue_with_line_and_reason(tmp_path: Path) -> None:
    # 4G-02
    words = (folder() / "rules" / "eligibility.yaml").read_text("utf-8")
    path = tmp_path / "eligibility.yaml"
    path.write_text(words.replace("field: arrears_fen, gt: 0", "field: target_family, eq: jaunt", 1), "utf-8")
    line = words.partition("field: arrears_fen, gt: 0")[0].count("\n") + 1
    with pytest.raises(ContentError) as refused:
        load_eligibility(path, also=lambda rule: rule_flaws(rule, WORDS))
    assert "never `jaunt`" in refused.value.reason
    assert abs(refused.value.line - line) <= 3


def test_a_rule_of_offers_names_calls_that_there_are(tmp_path: Path) -> None:
    from core.content.offers import load_offering

    path = tmp_path / "offering.yaml"
    words = (folder() / "rules" / "offering.yaml").read_text("utf-8")
    path.write_text(words.replace("field: complaint_open, eq: true", "field: scenario, eq: 6g", 1), "utf-8")
    with pytest.raises(ContentError) as refused:
        load_offering(path, also=lambda rule: offering_flaws(rule, {"scenario": {"4g-upgrade"}}))
    assert "`scenario` is one of 4g-upgrade, never `6g`" in refused.value.reason
