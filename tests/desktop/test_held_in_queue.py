"""A row of the queue carries what holds its call, once it is painted (TASK-16, VIP-03)."""

from datetime import timedelta

import msgspec
from desk_kit import NOW, UPGRADE, Working, document_of, put_customer
from PySide6.QtCore import Qt

from core.domain.customer import Care, Ticket
from core.domain.text import Text
from core.wire.pull import Change


def complaint_opened() -> Change:
    """A colleague's: the pull brings it while the list is in sight."""
    document = document_of(UPGRADE)
    opened_at = NOW - timedelta(minutes=5)
    ticket = Ticket(
        id="K1", kind=Text("投诉", "Complaint"), topic=Text("信号弱", "Weak"), complaint=True, opened_at=opened_at
    )
    care = msgspec.structs.replace(document.care or Care(whole=True), tickets=[ticket], dials=[])
    return put_customer(msgspec.structs.replace(document, care=care, version=document.version + 1))


def figure(desk: Working, task_id: str) -> str:
    """At the right of the name, as it is painted."""
    row = next(row for row in desk.rows() if row.task_id == task_id)
    return desk.window.queue._row_words.figure(row, desk.clock.wall)[0]


def spoken(desk: Working, task_id: str) -> str:
    model = desk.window.queue.model
    return str(model.index(model.row_of(task_id)).data(Qt.ItemDataRole.AccessibleTextRole))


def test_a_complaint_opened_since_stands_on_the_row_and_goes_with_it(desk: Working) -> None:
    desk.until(lambda: UPGRADE in [row.task_id for row in desk.rows()])
    before = figure(desk, UPGRADE)
    assert "投诉" not in before
    desk.tells(complaint_opened())
    desk.until(lambda: figure(desk, UPGRADE) == "投诉未结")
    assert "客户有投诉未了结" in spoken(desk, UPGRADE)
    desk.tells(put_customer(msgspec.structs.replace(document_of(UPGRADE), version=99)))
    desk.until(lambda: figure(desk, UPGRADE) == before)


def test_rows_out_of_sight_are_not_asked_of(desk: Working) -> None:
    asked: list[str] = []
    holds, look = desk.window.queue.holds, desk.window.queue.holds._look

    def noted(rows):  # type: ignore[no-untyped-def]
        asked.extend(row.task_id for row in rows)
        return look(rows)

    holds._look = noted
    holds.all_changed()
    row = desk.rows()[0]
    desk.window.queue.list_view.viewport().update()
    desk.until(lambda: row.task_id in asked)
    height = desk.window.queue.list_view.viewport().height()
    assert len(asked) <= height // 28 + 1
    assert len(asked) == len(set(asked)), "nor twice within the minute"
