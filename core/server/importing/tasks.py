"""The task that a row triggers; its id is the same at each run of the same list."""

from datetime import datetime
from uuid import uuid5

from core.domain.customer import Document
from core.domain.task import Block, Task, TaskCustomer, TaskState, TaskType, Tier
from core.domain.text import Text
from core.server.customer_ids import NAMESPACE
from core.server.importing.fields import Field
from core.server.importing.reading import RowValues

_PRIORITY = {Tier.DIAMOND: 1, Tier.GOLD: 2, Tier.SILVER: 3, Tier.NONE: 5}
_LONGEST_REASON = 120


def make_task(
    document: Document, row: RowValues, *, scenario: str, type_: TaskType, list_name: str, list_key: str, now: datetime
) -> Task:
    """The waiting task; blocked where there is no number or the customer wants no calls."""
    identity, contact = document.identity, document.contact
    assert identity is not None
    assert contact is not None
    numbers = tuple(number.number for number in contact.numbers)
    return Task(
        id=str(uuid5(NAMESPACE, f"task:{scenario}:{document.id}:{list_key}")),
        customer_id=document.id,
        type=type_,
        scenario=scenario,
        state=TaskState.WAITING,
        priority=_PRIORITY[identity.tier],
        reason=_reason(row, list_name),
        customer=TaskCustomer(name=identity.name, numbers=numbers, tier=identity.tier),
        area=identity.area,
        grid=identity.grid,
        branch=identity.branch,
        created_at=now,
        block=_block(document, numbers),
    )


def _reason(row: RowValues, list_name: str) -> Text:
    words = (row.text(Field.REASON) or row.text(Field.REMARK))[:_LONGEST_REASON]
    return Text(zh=words, en=words) if words else Text(zh=f"名单“{list_name}”", en=f"List “{list_name}”")


def _block(document: Document, numbers: tuple[str, ...]) -> Block | None:
    if document.care is not None and document.care.opted_out:
        return Block.OPTED_OUT
    return None if numbers else Block.NO_NUMBER
