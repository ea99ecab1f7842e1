"""Care that is due: for the customers of this desk, and how much of it in the base (CARE-01 to CARE-26)."""

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from core.content.decode_practice import decode_care_classes
from core.desk.desk import Desk
from core.domain.care_class import CareChannel, CareClass, CareClasses
from core.domain.customer import Document, decode_document
from core.domain.text import Lang
from core.guidance.care_calls import call_for, due, message_for
from core.guidance.facts import facts_of
from core.store.types import QueueQuery

KIND, NAME = "care_classes", "classes"
AT_ONCE = 40
"""customers that one look reads: a few hundredths of a second"""

Counts = Counter[tuple[str, CareChannel]]


class CareDue(Struct, frozen=True, kw_only=True, eq=False):
    """One class that is due for one customer."""

    task_id: str
    """opens the customer"""
    name: str
    care: CareClass
    channel: CareChannel
    facts: Mapping[str, object]

    def message(self, lang: Lang) -> str:
        """As it is sent; empty where a figure that it states is not known."""
        return message_for(self.care, self.facts, lang) or ""

    def call(self, lang: Lang) -> tuple[str, ...]:
        """Line by line, as it is said."""
        return call_for(self.care, self.facts, lang)


class CareLook(Struct, frozen=True, kw_only=True):
    due: list[CareDue]
    more: bool
    """there are further customers to look at"""


def care_classes(desk: Desk) -> CareClasses | None:
    """As published; None where nothing has come yet. Raises ContentError."""
    body = desk.store.content(KIND, NAME)
    return None if body is None else decode_care_classes(body)


def care_due(desk: Desk, classes: CareClasses, start: int) -> CareLook:
    """What is due today for the customers of the queue after the first `start`."""
    now = desk.moment().wall
    rows = desk.store.queue(QueueQuery(now=now), offset=start, limit=AT_ONCE)
    found: list[CareDue] = []
    seen: set[str] = set()
    for row in rows:
        body = desk.store.customer(row.customer_id) if row.customer_id not in seen else None
        seen.add(row.customer_id)
        if body is None or desk.store.opted_out(row.customer_id):
            continue
        facts = _facts(desk, decode_document(body))
        found += [
            CareDue(task_id=row.task_id, name=row.name, care=one.care, channel=one.channel, facts=facts)
            for one in due(classes, facts, last={}, now=now)
        ]
    return CareLook(due=found, more=len(rows) == AT_ONCE)


def care_counts(desk: Desk, classes: CareClasses, documents: tuple[Document, ...]) -> Counts:
    """How many of these customers each class is due for, by channel."""
    now = desk.moment().wall
    counts: Counts = Counter()
    for document in documents:
        if document.care is None or not document.care.opted_out:
            counts.update(
                (one.care.code, one.channel) for one in due(classes, _facts(desk, document), last={}, now=now)
            )
    return counts


def _facts(desk: Desk, document: Document) -> Mapping[str, object]:
    return facts_of(document, agent=desk.agent, site=desk.site, task=None, now=desk.moment().wall)
