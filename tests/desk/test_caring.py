"""Care on a desk: what was done of late rests, and the queue is looked at as far as a day reaches."""

from datetime import datetime, timedelta

import pytest
from msgspec import structs
from store_kit import NOW, a_document, a_page, a_task, an_outcome, put

from core.calling import Moment
from core.desk import caring
from core.desk.care_giving import given_today, note_call, plan_text
from core.desk.caring import AT_ONCE, care_classes, care_counts, care_due
from core.desk.desk import Desk
from core.desk.opening import open_task
from core.domain.care_class import CareChannel
from core.domain.clock import CHINA
from core.domain.customer import Billing, Care, Holdings, PastCall, PastCare, Payment, Subscription
from core.domain.errors import InputError
from core.domain.outcome import Contact
from core.domain.text import Lang, Text
from core.wire.base import BasePage
from core.wire.push import Saved

BALANCE, BALANCE_CLASS = "low-balance", "balance"


def with_little_money(desk: Desk, number: int = 1, *calls: PastCall) -> None:
    document = structs.replace(a_document(number), billing=Billing(balance_fen=500), care=Care(calls=list(calls)))
    desk.store.apply(a_page(put(document), put(a_task(number)), cursor=str(number)), now=NOW)


def due_codes(desk: Desk) -> list[str]:
    classes = care_classes(desk)
    assert classes is not None
    return [one.care.code for one in care_due(desk, classes, 0).due]


def called(at: datetime, *, talk_time_s: int | None = 60, scenario: str = BALANCE) -> PastCall:
    label = Text("余额关怀", "Low balance")
    return PastCall(at=at, agent="1027", scenario=scenario, scenario_label=label, result=label, talk_time_s=talk_time_s)


# CARE-16, CARE-26
def test_a_class_whose_call_was_taken_of_late_rests(desk: Desk) -> None:
    with_little_money(desk)
    assert "balance" in due_codes(desk)
    with_little_money(desk, 1, called(NOW - timedelta(days=3)))
    assert "balance" not in due_codes(desk)
    with_little_money(desk, 1, called(NOW - timedelta(days=11)))
    assert "balance" in due_codes(desk)


def test_a_call_that_nobody_took_or_of_another_matter_starts_no_rest(desk: Desk) -> None:
    # CARE-26
    yesterday = NOW - timedelta(days=1)
    with_little_money(desk, 1, called(yesterday, talk_time_s=None), called(yesterday, scenario="4g-upgrade"))
    assert "balance" in due_codes(desk)


@pytest.mark.parametrize(("contact", "rests"), [(Contact.OWNER, True), (Contact.UNANSWERED, False)])
def test_what_was_saved_here_counts_before_the_server_tells_of_it(desk: Desk, contact: Contact, rests: bool) -> None:
    # CARE-26
    with_little_money(desk)
    outcome = an_outcome(None, customer_id="C0001", scenario=BALANCE, contact=contact)
    desk.store.save(Saved(outcome=outcome, follow_ups=()))
    assert ("balance" not in due_codes(desk)) is rests


def test_who_rests_is_not_counted_in_the_base(desk: Desk) -> None:
    # CARE-24, CARE-26
    due = structs.replace(a_document(1), billing=Billing(balance_fen=500))
    with_little_money(desk)
    classes = care_classes(desk)
    assert classes is not None
    page = BasePage(customers=(due, due, due), start=0, total=3, resting=((), (BALANCE_CLASS,), ()))
    assert sum(care_counts(desk, classes, page)[BALANCE_CLASS, channel] for channel in CareChannel) == 2
    untold = structs.replace(page, resting=())
    assert sum(care_counts(desk, classes, untold)[BALANCE_CLASS, channel] for channel in CareChannel) == 3


def test_the_look_ends_where_a_days_calls_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    # CARE-24
    for number in range(1, AT_ONCE + 2):
        with_little_money(desk, number)
    classes = care_classes(desk)
    assert classes is not None
    assert care_due(desk, classes, 0).more
    monkeypatch.setattr(caring, "AT_MOST", AT_ONCE)
    assert not care_due(desk, classes, 0).more


def the_balance(desk: Desk) -> caring.CareDue:
    classes = care_classes(desk)
    assert classes is not None
    return next(one for one in care_due(desk, classes, 0).due if one.care.code == BALANCE_CLASS)


# CARE-24, CARE-26
def test_a_text_that_was_planned_here_rests_here_at_once_and_waits_in_the_outbox(desk: Desk) -> None:
    with_little_money(desk)
    due = the_balance(desk)
    given = plan_text(desk, due)
    assert "5 元" in given.text
    assert BALANCE_CLASS not in due_codes(desk)
    (waiting,) = desk.store.pending(10)
    assert (waiting.id, waiting.kind) == (given.id, "care")
    assert given_today(desk) == {CareChannel.SMS: 1}


# CARE-10, CARE-24
def test_a_task_of_care_is_opened_with_the_words_of_its_class(desk: Desk) -> None:
    of_care = structs.replace(a_task(1), scenario="care-call", care="inbox_full")
    desk.store.apply(a_page(put(a_document(1)), put(of_care), cursor="1"), now=NOW)
    facts = open_task(desk, of_care.id).facts
    assert facts["care_label"] == Text("短彩信存满", "SMS or MMS storage full")
    assert "我一步一步教您清" in words_of(facts["care_words"])
    withdrawn = structs.replace(of_care, care="withdrawn")
    desk.store.apply(a_page(put(withdrawn), cursor="2"), now=NOW)
    assert "care_words" not in open_task(desk, of_care.id).facts


def words_of(told: object) -> str:
    assert isinstance(told, Text)
    return told.zh


def test_what_a_colleague_gave_rests_here_too(desk: Desk) -> None:
    # CARE-26
    given = PastCare(at=NOW - timedelta(days=1), code=BALANCE_CLASS, label=Text("余额", "Balance"), channel="sms")
    document = structs.replace(a_document(1), billing=Billing(balance_fen=500), care=Care(given=[given]))
    desk.store.apply(a_page(put(document), put(a_task(1)), cursor="1"), now=NOW)
    assert BALANCE_CLASS not in due_codes(desk)


def test_a_call_is_noted_only_where_somebody_was_spoken_with_today(desk: Desk) -> None:
    # CARE-24
    with_little_money(desk)
    with pytest.raises(InputError):
        note_call(desk, the_balance(desk))
    spoke = an_outcome(None, customer_id="C0001", scenario="4g-upgrade", recorded_at=NOW)
    desk.store.save(Saved(outcome=spoke, follow_ups=()))
    assert note_call(desk, the_balance(desk)).outcome_id == spoke.id
    assert BALANCE_CLASS not in due_codes(desk)


def at_the_desk_on(desk: Desk, day: str) -> None:
    there = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=CHINA)
    desk.moment = lambda: Moment(there, 0.0)


# CARE-03
@pytest.mark.parametrize(
    ("day", "festival"),
    [
        ("2026-09-21", ""),
        ("2026-09-22", "中秋节"),
        ("2026-09-24", "中秋节"),
        ("2026-09-25", ""),
        ("2026-09-28", "国庆节"),
    ],
)
def test_a_festival_is_greeted_in_the_three_days_before_it_by_the_calendar(desk: Desk, day: str, festival: str) -> None:
    desk.site = structs.replace(desk.site, calendar="cn")
    with_little_money(desk)
    at_the_desk_on(desk, day)
    classes = care_classes(desk)
    assert classes is not None
    greeted = [one.message(Lang.ZH) for one in care_due(desk, classes, 0).due if one.care.code == "festival"]
    assert len(greeted) == bool(festival)
    assert all(f"{festival}将至" in words for words in greeted)


# CARE-12, CARE-13, CARE-14, CARE-15, CARE-22
def test_what_happened_of_late_sets_care_off(desk: Desk) -> None:
    today = NOW.astimezone(CHINA).date()
    text, label = Text("网厅", "Online"), Text("某", "Some")
    document = structs.replace(
        a_document(1),
        billing=Billing(payments=[Payment(at=NOW - timedelta(hours=5), fen=5_000, channel=text)]),
        holdings=Holdings(
            subscriptions=[Subscription(code="ring-back", label=label, since=today - timedelta(days=400))],
            packs=[Subscription(code="p", label=label, since=today - timedelta(days=1))],
        ),
        indicators={"bill_paperless": False, "cutover_planned": True},
    )
    desk.store.apply(a_page(put(document), put(a_task(1)), cursor="1"), now=NOW)
    assert due_codes(desk) == ["ringtone", "payment_received", "benefit_credited", "paperless_bill"]


def test_a_class_that_no_data_can_say_is_due_for_nobody_and_names_who_tells_of_it(desk: Desk) -> None:
    # CARE-24
    classes = care_classes(desk)
    assert classes is not None
    told = {one.row for one in classes.classes if one.by_notice is not None}
    assert told == {f"CARE-{row:02d}" for row in (5, 7, 8, 10, 11, 18, 19, 20, 21)}
    assert all((one.when is None) is (one.by_notice is not None) for one in classes.classes)
