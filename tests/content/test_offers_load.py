"""Offers, their rules and the budget: read whole, or refused with file, line and reason."""

from pathlib import Path
from shutil import copytree

import msgspec
import pytest

from core.content import folder
from core.content.budget_rule import BUDGET, budget_rule, load_budget_rule
from core.content.decode_offers import decode_offer
from core.content.offers import load_offers, offers_beyond
from core.content.shipped import sms_templates
from core.domain.errors import ContentError
from core.offers.check import check_offers_beyond


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site's own copy of offers, rules and texts."""
    for part in ("offers", "rules", "templates"):
        copytree(folder() / part, tmp_path / part)
    return tmp_path


MISTAKES = [
    ("offers/prepay-credit.yaml", "cost: 30 yuan", "cost: -30 yuan", "below zero"),
    ("offers/prepay-credit.yaml", "cost: 30 yuan", "cost: 30 GB", "no amount of money"),
    ("offers/prepay-credit.yaml", "rest: 30 days", "rest: 30 min", "no amount of days"),
    ("offers/prepay-credit.yaml", "benefit: bonus_credit", "benefits: bonus_credit", "unknown key `benefits`"),
    ("offers/prepay-credit.yaml", "field: tenure_months", "field: tenure_month", "unknown field `tenure_month`"),
    ("offers/prepay-credit.yaml", "kind: prepay", "kind: present", "Invalid enum value 'present'"),
    ("offers/prepay-credit.yaml", "price: 100 yuan\n", "", "`price` stands with"),
    ("offers/prepay-credit.yaml", "confirm: true\n", "", "costs or binds the customer is confirmed"),
    ("offers/winter-speed.yaml", "benefit:", "binds: true\nbenefit:", "costs or binds the customer is confirmed"),
    ("offers/own-plan.yaml", "confirm: true\n", "", "costs or binds the customer is confirmed"),
    ("offers/own-plan.yaml", "starts: next_month", "starts: tomorrow", "Invalid enum value 'tomorrow'"),
    ("offers/prepay-credit.yaml", "dealer: with_care, ", "", "open to dealer"),
    ("offers/prepay-credit.yaml", 'en: "Prepay 100, get 30"', 'en: " "', "the English words are missing"),
    ("offers/prepay-credit.yaml", "id: prepay-credit", "id: prepay", "does not stand in a file of its name"),
    ("offers/prepay-credit.yaml", "lasting: true", "lasting: false", "since or until when"),
    ("offers/prepay-credit.yaml", "template: offer_confirm", "template: confirmed", "no SMS template `confirmed`"),
    ("offers/winter-speed.yaml", "until: 2027-02-28", "until: 2026-02-28", "withdrawn before it came on sale"),
    ("offers/winter-speed.yaml", "after: 2 days", "after: 2 yuan", "no amount of days"),
    ("offers/winter-speed.yaml", "department: maintenance\n    text", "text", "names its `department`"),
    ("offers/double-points.yaml", ", until: 2026-06-30", "", "is not withdrawn"),
    ("offers/fast-trial.yaml", "after: 26 days", "after: 30 days", "reminded before the trial ends"),
    ("offers/reinstall-card.yaml", "card: { valid: 365 days }\n", "", "a reinstall card has a `card`"),
    ("offers/home-care-visit.yaml", ", home_service]", "]", "`home_service` stands with"),
    ("offers/stay-discount.yaml", "of: plan_fee_fen", "of: plan_fee", "`plan_fee` is no amount a month"),
    ("offers/stay-discount.yaml", "percent: 20", "percent: 120", "per cent"),
    ("offers/stay-discount.yaml", "department: back_office", "department: backoffice", "no department `backoffice`"),
    ("rules/authority.yaml", "department: back_office", "department: backoffice", "no department `backoffice`"),
    # BB-09
    ("offers/stay-discount.yaml", "不签协议。", "联通可没有。", "“联通” speaks of a competitor"),
    ("offers/stay-discount.yaml", "不签协议。", "扫码看看。", "“扫码” tells a blind customer to look"),
    ("rules/offering.yaml", "until: offer_rests_until", "until: offer_rest", "no fact that holds a day"),
    ("rules/offering.yaml", "id: offer_rests", "id: offer_not_yet", "twice"),
    ("rules/offering.yaml", "field: offer_sells", "field: target_code", "unknown field `target_code`"),
    ("rules/offering.yaml", "pack_rest_days: 30", "pack_rest_days: 0", "days, from 1 to 730"),
    ("rules/offering.yaml", "pack_rest_days: 30", "pack_rest_days: 30 days", "Expected `int`"),
    ("rules/offering.yaml", "at_risk_days: 90", "at_risk_days: 900", "days, from 1 to 730"),
    ("rules/offering.yaml", "version: 3", "version: 0", "versions begin at 1"),
    ("rules/budget.yaml", "most: 200 yuan", "most: 200 fens", "no amount of money"),
    ("rules/budget.yaml", "period_months: 6", "period_months: 5", "whole periods"),
    ("rules/budget.yaml", "amber_percent: 60", "amber_percent: 100", "between 0 and 100"),
    ("rules/budget.yaml", "value: low", "value: mid", "nothing for customers of low value"),
    ("rules/authority.yaml", "most: 60 yuan", "most: 60 Mbps", "no amount of money"),
]


@pytest.mark.parametrize(("path", "right", "wrong", "reason"), MISTAKES)
def test_a_mistake_is_refused_with_file_line_and_reason(
    root: Path, path: str, right: str, wrong: str, reason: str
) -> None:
    file = root / path
    words = file.read_text("utf-8")
    assert right in words
    file.write_text(words.replace(right, wrong, 1), "utf-8")
    with pytest.raises(ContentError) as refused:
        check_offers_beyond(root)
    assert refused.value.file == str(file)
    assert 1 <= refused.value.line <= len(words.splitlines())
    assert reason in refused.value.reason


def test_an_offer_belongs_to_calls_that_there_are(root: Path) -> None:
    (root / "scripts").mkdir()
    for one in (folder() / "scripts").glob("*.yaml"):
        (root / "scripts" / one.name).touch()
    check_offers_beyond(root)
    file = root / "offers" / "stay-discount.yaml"
    file.write_text(file.read_text("utf-8").replace("[high-arpu-risk,", "[high-arpu-risc,"), "utf-8")
    with pytest.raises(ContentError, match="no script `high-arpu-risc`"):
        check_offers_beyond(root)


def test_an_approval_lets_an_offer_speak_of_a_competitor(root: Path) -> None:
    # BB-09
    file = root / "offers" / "stay-discount.yaml"
    words = file.read_text("utf-8").replace("不签协议。", "比联通的便宜。")
    file.write_text(words + 'approval: { number: "JC-1", by: "法务", on: 2026-06-15 }\n', "utf-8")
    assert check_offers_beyond(root) > 0


def test_a_site_watches_the_words_that_it_adds(root: Path) -> None:
    # BB-09
    copytree(folder() / "wording", root / "wording")
    check_offers_beyond(root)
    words = root / "wording" / "watched.yaml"
    words.write_text(words.read_text("utf-8").replace("[中国移动,", "[话费充值, 月费, 中国移动,"), "utf-8")
    with pytest.raises(ContentError, match="“月费” speaks of a competitor"):
        check_offers_beyond(root)


def test_the_shipped_offers_are_sound_and_travel_as_json() -> None:
    assert check_offers_beyond(folder()) == len(offers_beyond()) >= 30
    assert all(decode_offer(msgspec.json.encode(offer)) == offer for offer in offers_beyond())


def test_amounts_are_fen_and_durations_days(root: Path) -> None:
    (offer,) = [one for one in load_offers(root) if one.id == "speed-up-pay-later"]
    assert (offer.price_fen, offer.cost.fen, offer.rest_days, offer.then[0].in_days) == (2_000, 0, 30, 3)
    assert load_budget_rule(root / BUDGET) == budget_rule()
    assert [row.fen for row in budget_rule().rows] == [40_000, 20_000, 10_000]


def test_a_folder_of_an_earlier_program_has_no_offers_and_is_sound(tmp_path: Path) -> None:
    assert check_offers_beyond(tmp_path) == 0


def test_the_text_of_an_offer_asks_for_no_reply_itself() -> None:
    # OUTCOME-12: of those that are to be confirmed the program asks, whatever a site's text says.
    wanted = {then.template for offer in offers_beyond() for then in offer.then if then.template}
    texts = {one.code: one.text for one in sms_templates().templates}
    assert "offer_confirm" in wanted
    for code in wanted:
        assert "回复" not in texts[code].zh, code
        assert "reply" not in texts[code].en.lower(), code
