"""What holds the rows of the queue, asked away from the windows while the sync goes on."""

from presenter_kit import HandLane
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from store_kit import NOW, a_document, a_page, a_task, asking, put

from core.desk.desk import Desk
from core.desk.held_rows import HeldRow
from core.store.types import QueueRow
from desktop.queue.holds import Holds


def test_a_customer_who_changes_while_it_is_asked_is_asked_of_anew(desk: Desk, qtbot: QtBot) -> None:
    # TASK-16
    desk.store.apply(a_page(put(a_document(1)), put(a_task(1)), cursor="2"), now=NOW)
    (row,) = desk.store.queue(asking(), offset=0, limit=9)
    lane, looked, around = HandLane(), list[str](), QObject()

    def look(rows: list[QueueRow]) -> dict[str, HeldRow]:
        looked.extend(one.task_id for one in rows)
        return {}

    holds = Holds(look, lane=lane, now=lambda: NOW, changed=lambda: None, parent=around)

    def painted() -> None:
        holds.of(row)
        qtbot.waitUntil(lambda: not holds._soon.isActive())

    painted()
    late = lane.work()
    holds.customers_changed([row.customer_id])
    late()
    painted()
    lane.run()
    assert looked == ["T0001", "T0001"]
    painted()
    lane.run()
    assert looked == ["T0001", "T0001"], "what is known is not asked again"
