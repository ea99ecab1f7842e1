"""Which customer of the queue comes next."""

from collections.abc import Iterator, Sequence
from itertools import islice

from core.desk.desk import Desk
from core.desk.held_rows import held_rows
from core.store.types import QueueQuery, QueueRow, Section, Sort

CALLABLE = frozenset({Section.DUE, Section.VIP, Section.SCENARIO})
LOOK_AHEAD = 60
PASSED_OVER = 20
"""rows that are asked about at most: each costs a look at the customer, and somebody waits"""


def next_row(desk: Desk, query: QueueQuery, *, after: Sequence[str] = (), leaving: str = "") -> QueueRow | None:
    """The row to call next: a callback that fell due, else the first of `after` that can still be called, else the
    first callable one. Who may not be called now is passed over, as long as anybody may be (TASK-16).

    `after` are the tasks that stood below the one just left; `leaving` is that one, passed over even if it still
    stands in the queue.
    """
    rows = desk.store.queue(query, offset=0, limit=LOOK_AHEAD)
    open_rows = [row for row in rows if row.section in CALLABLE and row.task_id != leaving]
    in_turn = list({row.task_id: row for row in _in_turn(open_rows, after, by_queue=query.sort is Sort.QUEUE)}.values())
    free = (row for row in islice(in_turn, PASSED_OVER) if not held_rows(desk, [row]))
    return next(free, in_turn[0] if in_turn else None)


def _in_turn(open_rows: Sequence[QueueRow], after: Sequence[str], *, by_queue: bool) -> Iterator[QueueRow]:
    if by_queue:
        yield from (row for row in open_rows if row.section is Section.DUE)
    by_id = {row.task_id: row for row in open_rows}
    yield from (by_id[task_id] for task_id in after if task_id in by_id)
    yield from open_rows
