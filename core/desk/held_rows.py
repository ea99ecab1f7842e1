"""Who of the queue may not be called, why, and from when on: a complaint opened since, dials enough, own hours, no
consent (TASK-16, VIP-03). From what this machine holds; nobody else is asked."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from core.compliance import (
    Barrier,
    DialRequest,
    awaited,
    consent_withheld,
    merge_dials,
    needs_consent,
    rest_of,
)
from core.compliance.moments import CONSENT
from core.compliance.verdict import HOLDING, judge
from core.compliance.words import their_own, when_told
from core.desk import quiet_hours
from core.desk.desk import Desk
from core.desk.opening import CAP_SPAN
from core.domain import decoding
from core.domain.customer import Care, Contacting
from core.domain.task import Task
from core.domain.text import Text
from core.store.types import QueueRow


class HeldRow(NamedTuple):
    barrier: Barrier
    until: datetime | None
    """aware UTC, the first moment at which nothing stands in the way; None: nobody knows yet"""
    told: Text
    """in one line"""


class _Consent(Struct):
    marketing_consent: object = None


class _Known(Struct):
    """Of a customer's document, what the rules go by: the rest is far more."""

    care: Care | None = None
    contact: Contacting | None = None
    indicators: _Consent | None = None


_decode = decoding.decoder(_Known).decode


def held_rows(desk: Desk, rows: Iterable[QueueRow]) -> dict[str, HeldRow]:
    """By task id, of these rows; who may be called is left out. A callback is judged at its own hour. The centre's
    hours hold nobody here: they are the same for all, and stand elsewhere."""
    found = {row.task_id: _held(desk, row) for row in rows if row.block is None}
    return {task_id: held for task_id, held in found.items() if held is not None}


def _held(desk: Desk, row: QueueRow) -> HeldRow | None:
    task, body = desk.store.task(row.task_id), desk.store.customer(row.customer_id)
    if task is None or body is None:
        return None
    now = desk.moment().wall
    at = max(now, row.callback_at or row.later_until or now)
    stands = replace(task, callback_at=row.callback_at, callback_agreed=row.callback_agreed)
    request = _request(desk, stands, _decode(body), at)
    barrier, until = judge(request)
    if barrier not in HOLDING or (barrier is Barrier.HOURS and not their_own(request)):
        return None
    return HeldRow(barrier, until, when_told(barrier, request, until, at=now))


def _request(desk: Desk, task: Task, known: _Known, at: datetime) -> DialRequest:
    care, who = known.care or Care(), task.customer_id
    withheld = consent_withheld({CONSENT: known.indicators.marketing_consent if known.indicators else None})
    return DialRequest(
        customer_id=who,
        number=task.callback_number or next(iter(task.customer.numbers), ""),
        now=at,
        dials=merge_dials(care.dials, desk.store.dials(who, at - CAP_SPAN)),
        needs_consent=needs_consent(withheld, task),
        quiet=quiet_hours.known_of(desk, who, known.contact),
        rest=None if awaited(task) else rest_of(care.tickets, now=at, days=desk.site.complaint_rest_d),
        site=desk.site,
        calendar=desk.calendar,
    )
