"""The desk asks compliance with what is known of the customer: complaints and the hours they asked for (VIP-03)."""

from datetime import timedelta
from typing import Any

import pytest
from store_kit import NOW, a_document, a_page, a_task, put, saved

from core.compliance import CallForbidden
from core.desk import opening
from core.desk.desk import Desk
from core.desk.dialling import permit_to_dial
from core.domain.calendar import Window
from core.domain.customer import Care, Ticket
from core.domain.task import Task, TaskType
from core.domain.text import Text
from core.store.promised import KEY

OPEN = Ticket(
    id="1",
    kind=Text("投诉", "Complaint"),
    topic=Text("信号弱", "Weak"),
    complaint=True,
    opened_at=NOW - timedelta(days=2),
)


def given(
    desk: Desk,
    task: Task | None = None,
    *,
    quiet: tuple[Window, ...] = (),
    tickets: tuple[Ticket, ...] = (),
    consents: bool | None = None,
) -> None:
    who = a_document(1, numbers=("10000000001",))
    assert who.contact is not None
    who.contact.quiet, who.care = list(quiet), Care(tickets=list(tickets))
    who.indicators = {"marketing_consent": consents}
    desk.store.apply(a_page(put(who), *([put(task)] if task else ()), cursor="2"), now=NOW)


# VIP-03, TASK-16
def test_a_sale_waits_for_the_complaint_and_the_revisit_does_not(desk: Desk) -> None:
    given(desk, a_task(1), tickets=(OPEN,))
    opened = opening.open_task(desk, "T0001")
    assert not opened.standing.allowed
    with pytest.raises(CallForbidden) as caught:
        permit_to_dial(desk, opened, opened.numbers[0])
    assert caught.value.code == "complaint"
    given(desk, a_task(1, type=TaskType.COMPLAINT_REVISIT, scenario="complaint-revisit"), tickets=(OPEN,))
    opened = opening.open_task(desk, "T0001")
    assert permit_to_dial(desk, opened, opened.numbers[0])


# VIP-03
def test_a_typed_number_passes_the_same_rules(desk: Desk) -> None:
    given(desk, tickets=(OPEN,))
    opened = opening.open_customer(
        desk, "C0001", scenario="4g-upgrade", inbound_number=None, typed_number="10000000001"
    )
    with pytest.raises(CallForbidden) as caught:
        permit_to_dial(desk, opened, opened.numbers[0])
    assert caught.value.code == "complaint"


# TASK-16
def test_nobody_is_dialled_in_the_hours_in_which_they_asked_for_no_calls(desk: Desk) -> None:
    given(desk, a_task(1), quiet=(Window(0, 1440),))
    opened = opening.open_task(desk, "T0001")
    with pytest.raises(CallForbidden) as caught:
        permit_to_dial(desk, opened, opened.numbers[0])
    assert caught.value.code == "hours"


# TASK-16
@pytest.mark.parametrize(
    ("changes", "consents", "barred"),
    [
        ({}, False, True),
        ({}, True, False),
        ({}, None, False),
        ({"type": TaskType.CHURN_INCLINED_VISIT, "scenario": "low-balance"}, False, False),
        ({"type": TaskType.KEY_CUSTOMER_CALL, "scenario": "second-renewal"}, False, True),
        ({"callback_at": NOW}, False, False),
    ],
)
def test_who_agrees_to_no_calls_that_sell_is_called_about_what_they_have_or_asked_for(
    desk: Desk, changes: dict[str, Any], consents: bool | None, barred: bool
) -> None:
    given(desk, a_task(1, **({"type": TaskType.NEW_SERVICE_PROMOTION} | changes)), consents=consents)
    opened = opening.open_task(desk, "T0001")
    assert opened.standing.allowed is not barred
    if barred:
        assert opened.standing.verdict == Text(
            "客户不同意接听营销电话。", "The customer does not agree to calls that sell."
        )
        with pytest.raises(CallForbidden) as caught:
            permit_to_dial(desk, opened, opened.numbers[0])
        assert caught.value.code == "no_consent"


# TASK-16
def test_a_typed_number_sells_to_nobody_who_agrees_to_no_calls_that_do(desk: Desk) -> None:
    given(desk, consents=False)
    for scenario, allowed in (("4g-upgrade", False), ("vip-care", True)):
        opened = opening.open_customer(
            desk, "C0001", scenario=scenario, inbound_number=None, typed_number="10000000001"
        )
        assert opened.standing.allowed is allowed


# TASK-16
def test_the_reason_is_their_own_wish_where_the_centre_may_call(desk: Desk) -> None:
    given(desk, a_task(1), quiet=(Window(0, 1440),))
    verdict = opening.open_task(desk, "T0001").standing.verdict
    assert verdict == Text("客户要求这段时间免扰。", "The customer asked for no calls at this hour.")


# FOLLOW-01, TASK-16
def test_a_callback_that_was_promised_without_a_task_is_kept_all_the_same(desk: Desk) -> None:
    given(desk, tickets=(OPEN,), consents=False)
    promised = saved(None, customer_id="C0001", callback_at=NOW + timedelta(hours=1))
    desk.store.save(promised)
    (callback,) = promised.follow_ups
    opened = opening.open_task(desk, f"{KEY}{callback.id}")
    assert permit_to_dial(desk, opened, "10000000001")
