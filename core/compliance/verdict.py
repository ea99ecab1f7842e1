"""The rules, in order: what is final first, the number, consent, complaints, caps, hours. Pure; it makes no Permit."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from core.compliance.caps import DAY, MONTH, free_at
from core.compliance.hours import next_open, site_window
from core.compliance.numbers import is_line, normalise
from core.compliance.request import DialRequest
from core.domain.task import Block


class Barrier(StrEnum):
    """What stands in the way of a dial."""

    OPTED_OUT = "opted_out"
    NO_NUMBER = "no_number"
    BAD_NUMBER = "bad_number"
    NOT_A_LINE = "not_a_line"
    NO_CONSENT = "no_consent"
    COMPLAINT = "complaint"
    CAP_24H = "cap_24h"
    CAP_30D = "cap_30d"
    HOURS = "hours"


PASSING = frozenset({Barrier.COMPLAINT, Barrier.CAP_24H, Barrier.CAP_30D, Barrier.HOURS})
"""what is over some day, and bars the customer whichever number is dialled"""
HOLDING = PASSING | {Barrier.NO_CONSENT}
"""for which a task waits: what bars the customer, and what another list may lift"""


class Judgement(NamedTuple):
    barrier: Barrier | None
    next_allowed: datetime | None
    """with a cap, a rest that ends or the hours: the first moment that all allow, UTC; `now` without a barrier"""


def judge(request: DialRequest) -> Judgement:
    """Whether this dial is allowed, and if not, why and when it will be. An open complaint has no such moment yet."""
    lasting = _lasting(request)
    if lasting is not None:
        return Judgement(lasting, None)
    site, now = request.site, request.now
    rest = now if request.rest is None else request.rest.until
    if rest is None:
        return Judgement(Barrier.COMPLAINT, None)
    day = free_at(request.dials, now=now, span=DAY, cap=site.cap_24h)
    month = free_at(request.dials, now=now, span=MONTH, cap=site.cap_30d)
    if month is None or month > now:
        return Judgement(Barrier.CAP_30D, _open_from(request, day, month, rest))
    if day is None or day > now:
        return Judgement(Barrier.CAP_24H, _open_from(request, day, month, rest))
    opening = _open_from(request, day, month, rest)
    if rest is not None and rest > now:
        return Judgement(Barrier.COMPLAINT, opening)
    return Judgement(None if opening == now else Barrier.HOURS, opening)


def _open_from(request: DialRequest, *free: datetime | None) -> datetime | None:
    """Caps and rests only loosen as time goes by: the first opening after all of them is the first legal moment."""
    moments = [moment for moment in free if moment is not None]
    if len(moments) < len(free):
        return None
    return next_open(max(moments), site=site_window(request.site), calendar=request.calendar, quiet=request.quiet)


def _lasting(request: DialRequest) -> Barrier | None:
    """What waiting does not help against."""
    if request.opted_out or request.block is Block.OPTED_OUT:
        return Barrier.OPTED_OUT
    number = normalise(request.number)
    if not number:
        return Barrier.NO_NUMBER
    if request.bad_number or (request.block is Block.BAD_NUMBER and _is_main(number, request.numbers)):
        return Barrier.BAD_NUMBER
    if not is_line(number):
        return Barrier.NOT_A_LINE
    return Barrier.NO_CONSENT if request.needs_consent else None


def _is_main(number: str, numbers: tuple[str, ...]) -> bool:
    """A task blocked for its number says nothing against another one that has been found since."""
    return not numbers or normalise(numbers[0]) == number
