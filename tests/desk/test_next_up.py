"""Who comes next is somebody who may be called (TASK-16, VIP-03)."""

from datetime import timedelta

from store_kit import NOW, a_document, a_page, a_task, asking, put

from core.desk.desk import Desk
from core.desk.next_up import PASSED_OVER, next_row
from core.domain.customer import Care, Ticket
from core.domain.text import Text

COMPLAINT = Ticket(
    id="1", kind=Text("投诉", "Complaint"), topic=Text("弱", "Weak"), complaint=True, opened_at=NOW - timedelta(days=2)
)


def stand(desk: Desk, *tasks: tuple[int, bool]) -> list[str]:
    """Tasks with their customers, by number and whether a complaint is open; their ids in the queue's order."""
    changes = []
    for number, complains in tasks:
        who = a_document(number, numbers=(f"100{number:08d}",))
        who.care = Care(whole=True, tickets=[COMPLAINT] if complains else [])
        changes += [put(who), put(a_task(number, due_at=NOW + timedelta(hours=number)))]
    desk.store.apply(a_page(*changes), now=NOW)
    return [row.task_id for row in desk.store.queue(asking(), offset=0, limit=99)]


def next_id(desk: Desk, **how: object) -> str | None:
    row = next_row(desk, asking(), **how)  # type: ignore[arg-type]
    return row.task_id if row else None


def test_who_may_not_be_called_now_is_passed_over(desk: Desk) -> None:
    assert stand(desk, (1, True), (2, False), (3, True), (4, False)) == ["T0001", "T0002", "T0003", "T0004"]
    assert next_id(desk) == "T0002"
    assert next_id(desk, after=("T0003", "T0004"), leaving="T0002") == "T0004"
    assert next_id(desk, after=("T0003",), leaving="T0004") == "T0002", "from the top, where nobody below may be called"


def test_where_nobody_may_be_called_the_first_stands_there_with_the_reason(desk: Desk) -> None:
    stand(desk, (1, True), (2, True))
    assert next_id(desk) == "T0001"
    assert next_id(desk, leaving="T0001") == "T0002"


def test_a_long_run_of_them_holds_nobody_up(desk: Desk) -> None:
    stand(desk, *((number, True) for number in range(1, PASSED_OVER + 1)), (PASSED_OVER + 1, False))
    assert next_id(desk) == "T0001"
