"""Care: 23 classes, each with what sets it off, its channel, its words, and how it is judged."""

from datetime import datetime, timedelta

import pytest
from guidance_kit import CUSTOMERS, LANGS, NOW, clock

from core.content import folder
from core.content.care_classes import CARE, load_care_classes
from core.domain.care_class import CareChannel, CareClass
from core.domain.text import Lang
from core.guidance.care_calls import call_for, channel_for, due, message_for, resting
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
    # CARE-01, CARE-02, CARE-03, CARE-04, CARE-05, CARE-06, CARE-07, CARE-08, CARE-09, CARE-10, CARE-11, CARE-12
    # CARE-13, CARE-14, CARE-15, CARE-16, CARE-17, CARE-18, CARE-19, CARE-20, CARE-21, CARE-22, CARE-23, CARE-24
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
