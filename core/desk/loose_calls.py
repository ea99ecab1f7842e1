"""Calls begun and without an outcome that no task in the queue stands for: they stand in it all the same.

They were opened without a task, or their task was withdrawn meanwhile.
"""

from core.desk.desk import Desk
from core.desk.draft import decode_draft
from core.domain.customer import decode_document
from core.domain.masking import mask_number
from core.domain.task import TaskState, Tier
from core.domain.text import Text
from core.store.types import Draft, QueueQuery, QueueRow, Section, Sort

REASON = Text("无任务的通话", "A call without a task")


def loose_calls(desk: Desk, query: QueueQuery) -> list[QueueRow]:
    """Those that `query` asks for, oldest first; the row's `task_id` is the key of the draft."""
    if query.section not in (None, Section.UNFINISHED) or query.sort is not Sort.QUEUE:
        return []
    rows = [_row(desk, draft) for draft in desk.store.drafts() if draft.begun and _is_loose(desk, draft)]
    return [row for row in rows if _passes(row, query)]


def _is_loose(desk: Desk, draft: Draft) -> bool:
    return draft.task_id is None or desk.store.task(draft.task_id) is None


def _passes(row: QueueRow, query: QueueQuery) -> bool:
    if query.scenarios and row.scenario not in query.scenarios:
        return False
    if query.tiers and row.tier not in query.tiers:
        return False
    return query.text.strip().lower() in row.name.lower()


def _row(desk: Desk, draft: Draft) -> QueueRow:
    body, kept = desk.store.customer(draft.customer_id), decode_draft(draft.body)
    identity = decode_document(body).identity if body else None
    number = kept.call.number
    return QueueRow(
        task_id=draft.key,
        customer_id=draft.customer_id,
        name=identity.name if identity else "",
        tier=identity.tier if identity else Tier.NONE,
        scenario=kept.scenario,
        reason=REASON,
        figure=None,
        section=Section.UNFINISHED,
        due_at=None,
        callback_at=None,
        later_until=None,
        state=TaskState.IN_CALL,
        block=None,
        attempts=0,
        has_draft=True,
        number_count=1 if number else 0,
        number_masked=mask_number(number) if number else "",
        area="",
    )
