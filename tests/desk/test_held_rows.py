"""A row of the queue says what holds its call, from what this machine has (TASK-16, VIP-03)."""

from datetime import datetime, timedelta

import pytest
from store_kit import NOW, a_dial, a_document, a_page, a_task, asking, put, saved

from core.compliance import Barrier, standing
from core.desk.desk import Desk
from core.desk.held_rows import HeldRow, held_rows
from core.desk.opening import dial_request, open_task
from core.domain.calendar import Window
from core.domain.customer import Care, Document, Ticket
from core.domain.outcome import Contact
from core.domain.task import Task, TaskType
from core.domain.text import Text

HOUR = timedelta(hours=1)


def complaint(closed_at: datetime | None = None) -> Care:
    ticket = Ticket(
        id="1", kind=Text("投诉", "Complaint"), topic=Text("弱", "Weak"), complaint=True, opened_at=NOW - 48 * HOUR,
        closed_at=closed_at,
    )  # fmt: skip
    return Care(whole=True, tickets=[ticket])


def held(desk: Desk, who: Document, task: Task) -> HeldRow | None:
    desk.store.apply(
        a_page(put(who), put(task), cursor=str(len(desk.store.queue(asking(), offset=0, limit=9)))), now=NOW
    )
    found = held_rows(desk, desk.store.queue(asking(), offset=0, limit=9))
    return found.get(task.id)


def customer(**sections: object) -> Document:
    who = a_document(1, numbers=("10000000001",))
    for name, value in sections.items():
        setattr(who, name, value)
    return who


@pytest.mark.parametrize(
    ("care", "barrier", "until"),
    [
        (complaint(), Barrier.COMPLAINT, None),
        (complaint(closed_at=NOW - 24 * HOUR), Barrier.COMPLAINT, NOW + 6 * 24 * HOUR),
        (Care(whole=True, dials=[NOW - HOUR * n for n in (1, 2, 3)]), Barrier.CAP_24H, NOW + 21 * HOUR),
        (Care(whole=True), None, None),
    ],
)
def test_what_holds_a_customer_and_until_when(
    desk: Desk, care: Care, barrier: Barrier | None, until: datetime | None
) -> None:
    found = held(desk, customer(care=care), a_task(1))
    assert (found.barrier if found else None) is barrier
    if found is not None and until is not None:
        assert found.until is not None
        assert found.until >= until
        assert "最早" in found.told.zh


def test_a_complaint_holds_no_call_about_itself(desk: Desk) -> None:
    assert held(desk, customer(care=complaint()), a_task(1, type=TaskType.COMPLAINT_REVISIT)) is None


def test_dials_of_this_desk_count_too(desk: Desk) -> None:
    for n in range(3):
        desk.store.log(a_dial("C0001", NOW - HOUR * (n + 1)))
    found = held(desk, customer(), a_task(1))
    assert found is not None
    assert found.barrier is Barrier.CAP_24H


def test_a_callback_inside_hours_without_calls_is_held_until_they_end(desk: Desk) -> None:
    who = customer()
    assert who.contact is not None
    who.contact.quiet = [Window(0, 18 * 60)]
    found = held(desk, who, a_task(1, callback_at=NOW.replace(hour=6)))
    assert found is not None
    assert (found.barrier, found.until) == (Barrier.HOURS, NOW.replace(hour=10))
    assert held(desk, who, a_task(1, callback_at=NOW.replace(hour=11))) is None


def test_the_hours_of_the_centre_hold_no_row(desk: Desk) -> None:
    night = NOW.replace(hour=16) + timedelta(days=1)
    assert held(desk, customer(), a_task(1, callback_at=night)) is None


def test_who_agrees_to_nothing_that_sells_is_held_for_a_sale_alone(desk: Desk) -> None:
    who = customer(indicators={"marketing_consent": False, "plan_code": "4G-58"})
    found = held(desk, who, a_task(1, scenario="4g-upgrade"))
    assert found is not None
    assert (found.barrier, found.until) == (Barrier.NO_CONSENT, None)
    assert held(desk, who, a_task(1, scenario="low-balance", type=TaskType.CHURN_INCLINED_VISIT)) is None


# VIP-03, TASK-16: before the server has heard of it
@pytest.mark.parametrize(("contact", "holds"), [(Contact.OWNER, False), (Contact.UNANSWERED, True)])
def test_a_callback_is_held_by_a_complaint_where_the_call_reached_nobody(
    desk: Desk, contact: Contact, holds: bool
) -> None:
    mine = a_task(1)
    held(desk, customer(care=complaint()), mine)
    desk.store.save(saved(mine, callback_at=NOW + HOUR, contact=contact))
    rows = desk.store.queue(asking(), offset=0, limit=9)
    assert [row.callback_at for row in rows] == [NOW + HOUR]
    assert (held_rows(desk, rows).keys() == {mine.id}) is holds


# VIP-03, FOLLOW-01
@pytest.mark.parametrize(("contact", "barrier"), [(Contact.OWNER, None), (Contact.UNANSWERED, Barrier.COMPLAINT)])
def test_so_is_one_that_has_no_task(desk: Desk, contact: Contact, barrier: Barrier | None) -> None:
    desk.store.apply(a_page(put(customer(care=complaint()))), now=NOW)
    desk.store.save(saved(None, customer_id="C0001", callback_at=NOW + HOUR, contact=contact))
    (row,) = desk.store.queue(asking(), offset=0, limit=9)
    opened = open_task(desk, row.task_id)
    assert opened.standing.barrier is barrier
    assert standing(dial_request(desk, opened, opened.numbers[0])).barrier is barrier
