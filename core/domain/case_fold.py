"""How a case stands, from its events: the same events give the same case, in whatever order they came."""

from collections.abc import Iterable

from msgspec.structs import replace

from core.domain.case import (
    Allowed,
    Began,
    Case,
    CaseEvent,
    CaseState,
    CauseFound,
    Checked,
    Contacted,
    ContactMissed,
    Ended,
    Joined,
    Member,
    Parted,
    Passed,
    Reopened,
    Supposed,
)
from core.domain.event_log import in_order
from core.domain.outcome import Contact

SPOKE = frozenset({Contact.OWNER, Contact.FAMILY})
"""whom one must have reached for a first word"""


def fold(events: Iterable[CaseEvent]) -> Case | None:
    """The case; None while it is not known how it began. An event that is there twice counts once."""
    log = in_order(events)
    begun = next((event for event in log if isinstance(event.what, Began)), None)
    if begun is None or not isinstance(begun.what, Began):
        return None
    began = begun.what
    case = Case(
        id=begun.case,
        began=began,
        opened_at=begun.at,
        owner=Member(staff_number=began.owner, name=began.owner_name),
        last_at=log[-1].at,
        log=tuple(log),
    )
    for event in log:
        case = _after(case, event)
    return case


def _after(case: Case, event: CaseEvent) -> Case:
    match event.what:
        case Contacted():
            return _contacted(case, event)
        case ContactMissed():
            return replace(case, contact_missed=_missed(case))
        case Supposed(words=words):
            return replace(case, suspicions=(*case.suspicions, words))
        case Checked() as check:
            others = (one for one in case.checks if not check.step or one.step != check.step)
            return replace(case, checks=(*others, check))
        case Allowed() as allowed:
            return replace(case, allowed=(*case.allowed, allowed))
        case CauseFound(words=words):
            return replace(case, cause=words)
        case Joined() | Parted() | Passed():
            return _people(case, event)
        case Ended(satisfaction=satisfaction):
            return replace(case, state=CaseState.CLOSED, satisfaction=satisfaction, closed_at=event.at)
        case Reopened():
            return replace(case, state=CaseState.OPEN, satisfaction=None, closed_at=None)
        case _:
            return case


def _contacted(case: Case, event: CaseEvent) -> Case:
    """The first time is what counts; one in time clears a mark that the server set before it heard of it."""
    if case.contacted_at is not None:
        return case
    return replace(case, contacted_at=event.at, contact_missed=event.at > case.began.first_contact_due)


def _missed(case: Case) -> bool:
    return case.contacted_at is None or case.contacted_at > case.began.first_contact_due


def _people(case: Case, event: CaseEvent) -> Case:
    match event.what:
        case Joined(staff_number=staff, name=name):
            if case.works_on(staff):
                return case
            return replace(case, team=(*case.team, Member(staff_number=staff, name=name)))
        case Parted(staff_number=staff):
            return replace(case, team=_without(case, staff))
        case Passed(to=to, to_name=name):
            return replace(case, owner=Member(staff_number=to, name=name), team=_without(case, to))
        case _:
            return case


def _without(case: Case, staff_number: str) -> tuple[Member, ...]:
    return tuple(one for one in case.team if one.staff_number != staff_number)
