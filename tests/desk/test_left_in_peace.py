"""The desk asks compliance with what is known of the customer: complaints and the hours they asked for (VIP-03)."""

from datetime import timedelta

import pytest
from store_kit import NOW, a_document, a_page, a_task, put

from core.compliance import CallForbidden
from core.desk import opening
from core.desk.desk import Desk
from core.desk.dialling import permit_to_dial
from core.domain.calendar import Window
from core.domain.customer import Care, Ticket
from core.domain.task import Task, TaskType
from core.domain.text import Text

OPEN = Ticket(
    id="1",
    kind=Text("投诉", "Complaint"),
    topic=Text("信号弱", "Weak"),
    complaint=True,
    opened_at=NOW - timedelta(days=2),
)


def given(
    desk: Desk, task: Task | None = None, *, quiet: tuple[Window, ...] = (), tickets: tuple[Ticket, ...] = ()
) -> None:
    who = a_document(1, numbers=("10000000001",))
    assert who.contact is not None
    who.contact.quiet, who.care = list(quiet), Care(tickets=list(tickets))
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
