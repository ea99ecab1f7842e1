"""Care that is due: for the customers of this desk, and how much of it in the base (CARE-01 to CARE-26)."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from core.content.decode_practice import decode_care_classes
from core.desk.desk import Desk
from core.domain.care_class import CARE_CLASSES, CLASSES, CareChannel, CareClass, CareClasses
from core.domain.customer import Document, decode_document
from core.domain.outcome import CONNECTED
from core.domain.text import Lang
from core.guidance.care_calls import call_for, due, message_for, resting, talks
from core.guidance.facts import facts_of
from core.store.types import QueueQuery
from core.wire.base import BasePage

AT_ONCE = 40
"""customers that one look reads: a few hundredths of a second"""
AT_MOST = 1_000
"""customers that are looked at, the first of the queue: more than a day's calls"""

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
    body = desk.store.content(CARE_CLASSES, CLASSES)
    return None if body is None else decode_care_classes(body)


def care_due(desk: Desk, classes: CareClasses, start: int) -> CareLook:
    """What is due today for the customers of the queue after the first `start`; the first `AT_MOST` are looked at."""
    now = desk.moment().wall
    rows = desk.store.queue(QueueQuery(now=now), offset=start, limit=AT_ONCE)
    found: list[CareDue] = []
    seen: set[str] = set()
    for row in rows:
        body = desk.store.customer(row.customer_id) if row.customer_id not in seen else None
        seen.add(row.customer_id)
        document = None if body is None else decode_document(body)
        if document is None or _refuses(document) or desk.store.opted_out(row.customer_id):
            continue
        facts = _facts(desk, document)
        found += [
            CareDue(task_id=row.task_id, name=row.name, care=one.care, channel=one.channel, facts=facts)
            for one in due(classes, facts, resting=_resting(desk, classes, document, now))
        ]
    return CareLook(due=found, more=len(rows) == AT_ONCE and start + AT_ONCE < AT_MOST)


def care_counts(desk: Desk, classes: CareClasses, page: BasePage) -> Counts:
    """How many customers of the page each class is due for, by channel. The page tells of no call: which classes rest
    the server has said, by the rule that the desks greet by."""
    counts: Counts = Counter()
    told = len(page.resting) == len(page.customers)
    rest = page.resting if told else ((),) * len(page.customers)
    for document, rests in zip(page.customers, rest, strict=True):
        if not _refuses(document):
            counts.update((one.care.code, one.channel) for one in due(classes, _facts(desk, document), resting=rests))
    return counts


def _refuses(document: Document) -> bool:
    return document.care is not None and document.care.opted_out


def _resting(desk: Desk, classes: CareClasses, document: Document, now: datetime) -> frozenset[str]:
    """What was saved here counts beside what is on record, before the server tells of it."""
    longest = timedelta(days=max((one.rest_days for one in classes.classes if one.scenario), default=0))
    saved = desk.store.outcomes_of(document.id, now - longest) if longest else []
    here = [(one.scenario, one.recorded_at) for one in saved if one.contact in CONNECTED]
    return resting(classes, [*talks(document.care), *here], now)


def _facts(desk: Desk, document: Document) -> Mapping[str, object]:
    return facts_of(document, agent=desk.agent, site=desk.site, task=None, now=desk.moment().wall)
