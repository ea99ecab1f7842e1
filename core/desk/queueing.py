"""Which customer comes next."""

from core.desk.desk import Desk
from core.store.types import QueueQuery, QueueRow, Section, Sort

CALLABLE = (Section.DUE, Section.VIP, Section.SCENARIO)
FIRST_ROWS = 60


def next_row(desk: Desk, query: QueueQuery, *, after: str = "", leaving: str = "") -> QueueRow | None:
    """The row to call next: a callback that fell due, else the one after `after` in the queue as it is filtered.

    `leaving` is the task just left; it is passed over even if it still stands in the queue.
    """
    rows = desk.store.queue(query, offset=0, limit=FIRST_ROWS)
    callable_rows = [row for row in rows if row.section in CALLABLE and row.task_id != leaving]
    if query.sort is Sort.QUEUE and callable_rows and callable_rows[0].section is Section.DUE:
        return callable_rows[0]
    ids = [row.task_id for row in callable_rows]
    if after in ids:
        return callable_rows[ids.index(after)]
    return callable_rows[0] if callable_rows else None
