"""Taking care that was given: it rests from now on for every desk, and its text waits for the SMS adapter."""

from datetime import datetime, timedelta

from core.domain.care_given import TEXT_MOST, WRITTEN, CareGiven, past_care, text_of
from core.domain.customer import Care, PastCare
from core.server.access.caller import Caller, may_record
from core.server.db import customers, published, records, refusals, tasks
from core.server.db.engine import Unit
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected
from core.wire.push import Verdict

GIVEN_KEPT = 60
"""of a customer's: more than a year of all classes"""
_CODE_MOST, _LABEL_MOST = 80, 120


def take_care(unit: Unit, caller: Caller, value: CareGiven) -> Ruling:
    """A call that was made is on record whatever came before; a text is not sent where a colleague was first."""
    if value.agent != caller.staff_number:
        return rejected(Code.NOT_YOURS)
    if not may_record(unit, caller, value.customer_id, said_at=value.at):
        return rejected(Code.UNKNOWN_CUSTOMER)
    if not _is_whole(value):
        return rejected(Code.MALFORMED)
    tasks.lock_customer(unit, value.customer_id)
    if value.channel in WRITTEN:
        if refusals.is_opted_out(unit, value.customer_id):
            return Ruling(Verdict.SUPERSEDED, Code.REFUSED_MEANWHILE)
        if rests(unit, value.customer_id, value.code, value.at):
            return Ruling(Verdict.SUPERSEDED, Code.CARED_BEFORE)
    keep_given(unit, value, by=caller.agent.name)
    return ACCEPTED


def keep_given(unit: Unit, value: CareGiven, *, by: str) -> None:
    """On the customer's record, its text beside those of calls; `by` is the name of who gave it."""
    # A desk whose clock is ahead must not make a class rest for longer.
    given = past_care(value, by=by, at=min(value.at, unit.now))

    def edit(care: Care) -> None:
        care.given = sorted([given, *care.given], key=lambda one: one.at, reverse=True)[:GIVEN_KEPT]

    customers.edit_care(unit, value.customer_id, edit)
    text = text_of(value)
    if text is not None:
        records.add_follow_ups(unit, [text])


def _is_whole(value: CareGiven) -> bool:
    named = 0 < len(value.code) <= _CODE_MOST and all(
        0 < len(one) <= _LABEL_MOST for one in (value.label.zh, value.label.en)
    )
    return named and bool(value.text) is (value.channel in WRITTEN) and len(value.text) <= TEXT_MOST


def rests(unit: Unit, customer_id: str, code: str, at: datetime) -> bool:
    """Whether the class was given within its rest. Of one that is published no more nobody knows the rest."""
    classes = published.care_classes(unit)
    known = classes.of(code) if classes else None
    care = customers.section(unit, customer_id, "care", Care)
    if known is None or care is None:
        return False
    return any(_within(one, code, at, timedelta(days=known.rest_days)) for one in care.given)


def _within(before: PastCare, code: str, at: datetime, rest: timedelta) -> bool:
    return before.code == code and abs(at - before.at) < rest
