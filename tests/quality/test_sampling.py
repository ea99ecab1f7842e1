"""Which calls are looked at. A risk is found where it is, and not where a careful agent works quickly."""

from datetime import date, timedelta

import msgspec
import pytest
from quality_kit import NOBODY, TEN, a_call, ids, path, rules, tick

from core.domain.offered import OfferMade, Reply
from core.domain.order import Order
from core.domain.outcome import CaseResult, Contact, Outcome
from core.domain.quality.sampling import (
    Around,
    Risk,
    called_about,
    fill_up,
    hurried_items,
    is_drawn,
    is_save,
    risks_of,
)
from core.domain.text import Text


def risks(outcome: Outcome, around: Around = NOBODY) -> list[Risk]:
    return [why.risk for why in risks_of(outcome, around, rules())]


def test_an_ordinary_save_is_no_risk() -> None:
    assert risks(a_call()) == []


# QA-02
@pytest.mark.parametrize(("talk_s", "found"), [(10, True), (11, False)])
def test_success_in_a_ten_second_call(talk_s: int, found: bool) -> None:
    assert (Risk.SHORT_SUCCESS in risks(a_call(talk_s=talk_s))) is found
    failed = a_call(talk_s=talk_s, success=False, case_result=None)
    assert risks(failed) == []
    unanswered = a_call(talk_s=talk_s, contact=Contact.UNANSWERED)
    assert risks(unanswered) == [], "a text that was answered, say: nobody spoke"


def order(product: str) -> Order:
    return Order(product=product, price_fen=9900, term_months=12, locked=False, starts_on=date(2026, 12, 1),
                 read_back=True, consent=True)  # fmt: skip


# QA-02
def test_an_offer_that_is_in_no_table() -> None:
    table = Around(plans=frozenset({"fx-97"}), offers=frozenset({"data-pack"}))
    made = OfferMade(offer="free-year", version=1, kind="gift", name=Text("一年免费", "A free year"), reply=Reply.MADE)
    assert risks(a_call(order=order("fx-97")), table) == []
    (why,) = risks_of(a_call(order=order("fx-1"), offers=(made,)), table, rules())
    assert (why.risk, why.detail.zh) == (Risk.UNKNOWN_OFFER, "free-year、fx-1")
    assert risks(a_call(order=order("fx-1"), offers=(made,))) == [], "without a table nothing is held against anybody"


# QA-02
def test_a_must_say_ticked_quicker_than_it_can_be_said() -> None:
    said = a_call(path=path(9, 25, 40), ticked=(tick("staff_number", 9), tick("verify_owner", 25)))
    assert hurried_items(said, 1.0) == ()
    clicked = a_call(path=path(0.4, 0.9, 40), ticked=(tick("staff_number", 0.4), tick("verify_owner", 0.9)))
    assert hurried_items(clicked, 1.0) == ("staff_number", "verify_owner")
    assert risks(clicked) == [Risk.HURRIED]


def test_two_items_that_one_sentence_says_are_no_hurry() -> None:
    together = a_call(path=path(9), ticked=(tick("staff_number", 9), tick("hotline", 9.01)))
    assert hurried_items(together, 1.0) == ()


def test_ticks_made_one_after_another_at_the_end_are_seen() -> None:
    late = a_call(path=path(60), ticked=(tick("a", 70), tick("b", 70.5), tick("c", 71)))
    assert hurried_items(late, 1.0) == ("b", "c")


# QA-02
def test_a_note_copied_from_another_customer() -> None:
    note = "客户说搬家去女儿那里，线路先留着，年后再看。"
    other = Around(
        plans=frozenset(), offers=frozenset(), notes=(("C2", "客户说搬家去女儿那里 线路先留着，年后再看！"),)
    )
    assert risks(a_call(note=note, note_edited=True), other) == [Risk.COPIED_NOTE]
    assert risks(a_call(note=note, note_edited=False), other) == [], "the automatic note is alike by design"
    assert risks(a_call(note="无人接听", note_edited=True), other) == [], "a short one is alike by accident"
    same = msgspec.structs.replace(other, notes=(("C1", note),))
    assert risks(a_call(note=note, note_edited=True), same) == [], "the same customer's story stays the same"


# QA-02
def test_a_save_that_left_after_all_or_is_denied() -> None:
    left = Around(plans=frozenset(), offers=frozenset(), left_at=TEN + timedelta(days=12))
    (why,) = risks_of(a_call(), left, rules())
    assert (why.risk, why.detail.en) == (Risk.CHURNED, "after 11 days")
    late = msgspec.structs.replace(left, left_at=TEN + timedelta(days=90))
    assert risks(a_call(), late) == []
    assert risks(a_call(success=False, case_result=CaseResult.HESITANT), left) == [], "no save was claimed"
    assert risks(a_call(), msgspec.structs.replace(NOBODY, denied=True)) == [Risk.DENIED]


def test_only_success_that_keeps_a_customer_is_a_claimed_save() -> None:
    assert is_save(a_call())
    assert not is_save(a_call(case_result=CaseResult.DISCONNECTED))
    assert not is_save(a_call(success=False))
    assert not is_save(a_call(case_result=None)), "a sale is no save"


# QA-02
def test_a_number_that_is_shown_is_called_near_then() -> None:
    assert called_about(TEN, [TEN + timedelta(hours=11)], 12)
    assert called_about(TEN, [TEN - timedelta(hours=11)], 12)
    assert not called_about(TEN, [TEN + timedelta(hours=13)], 12)
    assert not called_about(TEN, [], 12)


def test_chance_takes_its_share_and_answers_alike_each_time() -> None:
    calls = ids(4000)
    drawn = [call for call in calls if is_drawn(call, "salt", 5)]
    assert drawn == [call for call in calls if is_drawn(call, "salt", 5)]
    assert 140 < len(drawn) < 260
    assert set(drawn) != {call for call in calls if is_drawn(call, "other", 5)}, "who draws cannot be foretold"
    assert not any(is_drawn(call, "salt", 0) for call in calls)
    assert all(is_drawn(call, "salt", 100) for call in calls)


def test_each_agent_has_so_many_looked_at_a_week() -> None:
    week = ids(30)
    extra = fill_up(week, {week[3]}, "salt", 3)
    assert len(extra) == 2
    assert week[3] not in extra
    assert fill_up(week, set(week[:3]), "salt", 3) == []
    assert fill_up(week[:1], set(), "salt", 3) == week[:1], "who made one call has one looked at"
    assert fill_up(week, {week[3], *extra}, "salt", 3) == [], "once filled up it stays so"
