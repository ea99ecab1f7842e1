"""Care: 23 classes, each with what sets it off, its channel, its words, and how it is judged."""

from datetime import datetime, timedelta

import pytest
from guidance_kit import CUSTOMERS, LANGS, NOW, clock

from core.content import folder
from core.content.care_classes import CARE, load_care_classes
from core.domain.care_class import CareChannel, CareClass
from core.domain.text import Lang, Text
from core.guidance.care_calls import call_for, channel_for, due, matter_of, message_for, resting
from core.guidance.check_practice import care_flaws

CLASSES = load_care_classes(folder() / CARE)


def one(code: str) -> CareClass:
    found = CLASSES.of(code)
    assert found is not None
    return found


def codes(customer: str, **last: datetime) -> list[str]:
    talked = [(one(code).scenario, at) for code, at in last.items()]
    return [d.care.code for d in due(CLASSES, CUSTOMERS[customer], resting=resting(CLASSES, talked, clock()))]


def test_every_class_is_there_with_its_five_parts() -> None:
    # CARE-24
    assert [c.row for c in CLASSES.classes] == [f"CARE-{number:02d}" for number in range(1, 24)]
    assert care_flaws(CLASSES) == []
    for care in CLASSES.classes:
        for part in (care.definition, care.trigger, care.plan, care.monitoring, care.evaluation):
            assert part.zh
            assert part.en
        assert bool(care.call) is (CareChannel.CALL in care.channels)


def test_what_is_due_follows_from_the_customer() -> None:
    assert "balance" in codes("low balance")
    assert "complaint_revisit" in codes("complaint settled")
    assert "birthday_gift" not in codes("birthday in two days")  # no VIP
    assert "health" in codes("elderly")
    assert "points_expiry" in codes("everything known")
    assert codes("nothing known") == []


def test_each_class_of_points_tier_and_repair_comes_for_whom_its_own_fact_says() -> None:
    # CARE-01, CARE-02, CARE-04, CARE-06, CARE-09, CARE-17, CARE-23
    met: dict[str, dict[str, object]] = {
        "birthday_greeting": {"birthday_in_days": 0},
        "birthday_gift": {"is_vip": True, "birthday_in_days": 2},
        "health": {"need_elderly": True},
        "first_points": {"points": 40, "tenure_months": 2},
        "points_expiry": {"points_expiring": 1_500},
        "complaint_revisit": {"closed_complaint_days": 4},
        "club": {"is_vip": True},
    }
    missed: dict[str, dict[str, object]] = {
        "birthday_greeting": {"birthday_in_days": 1},
        "birthday_gift": {"is_vip": False, "birthday_in_days": 2},
        "health": {"need_elderly": False},
        "first_points": {"points": 40, "tenure_months": 9},
        "points_expiry": {"points_expiring": 1_499},
        "complaint_revisit": {"closed_complaint_days": 9},
        "club": {"is_vip": False},
    }
    for code, facts in met.items():
        assert code in {found.care.code for found in due(CLASSES, facts)}, code
        assert code not in {found.care.code for found in due(CLASSES, missed[code])}, code


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("points_loss", "为什么扣、扣多少", "why and how many"),
        ("inbox_full", "我一步一步教您清", "clearing it step by step"),
        ("data_failure", "您今天上网不太顺", "hasn't been working well today"),
        ("member_status", "差多少能保住", "keep your tier"),
        ("member_card", "没收到我重寄", "send another one"),
        ("online_payment", "我来帮您接着办", "I can finish it for you"),
    ],
)
def test_a_call_after_a_notice_says_what_it_is_about_and_greets_once(code: str, zh: str, en: str, lang: Lang) -> None:
    # CARE-08, CARE-10, CARE-11, CARE-18, CARE-19, CARE-21
    facts = {**CUSTOMERS["everything known"], "staff_number": "1027"}
    said = matter_of(one(code), facts)["care_words"]
    assert isinstance(said, Text)
    words = said.of(lang)
    assert (zh if lang is Lang.ZH else en) in words
    assert not any(unwanted in words for unwanted in ("1027", "再见", "oodbye")), "the script greets and takes leave"


def test_what_needs_no_talk_is_told_in_writing_alone() -> None:
    # CARE-07, CARE-20
    for code, zh in (("points_change", "积分"), ("online_order", "不是您本人办的")):
        text = message_for(one(code), CUSTOMERS["everything known"], Lang.ZH)
        assert text is not None
        assert zh in text
        assert one(code).channels == (CareChannel.SMS,)
        assert one(code).call == ()


def test_a_class_rests_before_it_comes_again() -> None:
    # CARE-26
    assert "balance" not in codes("low balance", balance=NOW - timedelta(days=3))
    assert "balance" in codes("low balance", balance=NOW - timedelta(days=11))


def test_special_needs_choose_the_channel() -> None:
    # CARE-25, VIP-09
    blind, hearing = CUSTOMERS["blind"], CUSTOMERS["everything known"]
    assert channel_for(one("points_expiry"), blind) is CareChannel.CALL
    assert channel_for(one("birthday_gift"), hearing) is CareChannel.SMS
    assert channel_for(one("points_expiry"), CUSTOMERS["nothing known"]) is CareChannel.SMS
    assert channel_for(one("festival"), blind) is None


def test_with_a_complaint_open_nothing_but_its_repair_is_spoken_of() -> None:
    # SCRIPT-09, TASK-16
    assert codes("open complaint") == []
    assert channel_for(one("festival"), CUSTOMERS["open complaint"]) is None


def test_messages_state_their_figures_or_are_not_sent() -> None:
    words = message_for(one("balance"), CUSTOMERS["low balance"], Lang.ZH)
    assert words is not None
    assert "6.20 元" in words
    assert message_for(one("balance"), CUSTOMERS["nothing known"], Lang.ZH) is None


@pytest.mark.parametrize("lang", LANGS)
def test_every_call_begins_by_saying_who_calls(lang: Lang) -> None:
    # SCRIPT-07
    for care in CLASSES.classes:
        for customer in ("nothing known", "everything known", "blind"):
            lines = call_for(care, CUSTOMERS[customer], lang)
            assert not lines or "2043" in lines[0]
            assert not any("{{" in line or "  " in line for line in lines)


def test_a_blind_customer_is_not_told_to_look() -> None:
    lines = " ".join(call_for(one("paperless_bill"), CUSTOMERS["blind"], Lang.ZH))
    assert "念给您听" in lines
