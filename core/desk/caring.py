"""Care that is due: for the customers of this desk, and how much of it in the base (CARE-01 to CARE-26)."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from core.content.decode_practice import decode_care_classes
from core.desk.desk import Desk
from core.domain.care_class import CARE_CLASSES, CLASSES, CareChannel, CareClass, CareClasses
from core.domain.clock import day_start, local_day
from core.domain.customer import Document, decode_document
from core.domain.outcome import CONNECTED, Outcome
from core.domain.text import Lang
from core.guidance.care_calls import call_for, channels_for, due, given, message_for, resting, talks
from core.guidance.facts import facts_of
from core.guidance.facts_festival import festival_facts
from core.store.types import QueueQuery, QueueRow
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
    customer_id: str
    name: str
    care: CareClass
    channel: CareChannel
    facts: Mapping[str, object]
    spoke: UUID | None = None
    """the outcome of today's last call with them that was taken; None: nobody here has spoken with them today"""

    @property
    def can_be_texted(self) -> bool:
        """Whether the class may come as an SMS to this customer, and all that its text states is known."""
        return CareChannel.SMS in channels_for(self.care, self.facts) and bool(self.message(Lang.ZH))

    @property
    def can_be_called(self) -> bool:
        return CareChannel.CALL in channels_for(self.care, self.facts)

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
        found += _due_for(desk, classes, row, document, now)
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


def _due_for(desk: Desk, classes: CareClasses, row: QueueRow, document: Document, now: datetime) -> list[CareDue]:
    since = now - timedelta(days=max((one.rest_days for one in classes.classes), default=1))
    facts, here = _facts(desk, document), _talked_here(desk, document, since)
    noted = desk.store.care_given(document.id, since)
    rests = resting(
        classes,
        [*talks(document.care), *((one.scenario, one.recorded_at) for one in here)],
        now,
        given=[*given(document.care), *noted],
    )
    today = day_start(local_day(now))
    spoke = next((one.id for one in reversed(here) if one.recorded_at >= today), None)
    return [
        CareDue(
            task_id=row.task_id, customer_id=row.customer_id, name=row.name, care=one.care, channel=one.channel,
            facts=facts, spoke=spoke,
        )
        for one in due(classes, facts, resting=rests)
    ]  # fmt: skip


def _talked_here(desk: Desk, document: Document, since: datetime) -> list[Outcome]:
    """Calls that were taken and saved here: they count before the server tells of them."""
    return [one for one in desk.store.outcomes_of(document.id, since) if one.contact in CONNECTED]


def _facts(desk: Desk, document: Document) -> Mapping[str, object]:
    now = desk.moment().wall
    festival = festival_facts(desk.calendar, local_day(now))
    return facts_of(document, agent=desk.agent, site=desk.site, task=None, now=now, extra=festival)
