"""Care on a desk: what was done of late rests, and the queue is looked at as far as a day reaches."""

from datetime import datetime, timedelta

import pytest
from msgspec import structs
from store_kit import NOW, a_document, a_page, a_task, an_outcome, put

from core.desk import caring
from core.desk.caring import AT_ONCE, care_classes, care_counts, care_due
from core.desk.desk import Desk
from core.domain.care_class import CareChannel
from core.domain.customer import Billing, Care, PastCall
from core.domain.outcome import Contact
from core.domain.text import Text
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
