"""Repair cases and promises at the desk: what is to be done first, what a customer was promised, what falls due."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from core.content.decode import decoded
from core.desk.desk import Desk
from core.domain import decoding
from core.domain.case import Case, work_order
from core.domain.customer import decode_document
from core.domain.people import Right
from core.domain.promise import Promise, Tally, tally
from core.domain.repair import REPAIR, REPAIR_PACE, RepairPace, RepairTemplate
from core.domain.task import Tier

DIGITS_LEAST = 3
"""so many digits of a number say whom one means"""
CLOSED_SHOWN = timedelta(days=90)
_TEMPLATE, _PACE = decoding.decoder(RepairTemplate), decoding.decoder(RepairPace)


class CaseRow(NamedTuple):
    """A case as the list shows it."""

    case: Case
    name: str
    """of the customer: in full where they are on this machine, else masked"""
    promises: tuple[Promise, ...]
    """of the case, those owed first, by their time"""
    unsent: bool

    @property
    def next_due(self) -> datetime | None:
        """Of what is still owed to the customer, the first."""
        return next((one.due_at for one in self.promises if one.is_owed), None)


class LoosePromise(NamedTuple):
    promise: Promise
    name: str
    unsent: bool


class Board(NamedTuple):
    """All that is worked on, in the order in which it is to be done."""

    open: tuple[CaseRow, ...]
    closed: tuple[CaseRow, ...]
    """of late, the last closed first"""
    loose: tuple[LoosePromise, ...]
    """promises of no case that are owed, by their time"""
    handing_over: bool


class OfCustomer(NamedTuple):
    """What the customer in view has open."""

    cases: tuple[Case, ...]
    promises: tuple[Promise, ...]
    """owed, by their time"""


class Mark(NamedTuple):
    """What a search says of a customer beside the name."""

    in_repair: bool
    promised: str


class Alert(NamedTuple):
    """What falls due soon, or is overdue: a promise, or the first word in a case."""

    key: str
    name: str
    words: str
    """of a promise; empty for a first contact"""
    due_at: datetime
    customer_id: str
    case: UUID | None
    late: bool
    own: bool
    """False for a lead who is told of what an agent owes"""


def counted(desk: Desk) -> tuple[Tally, bool]:
    """Promises kept and broken: one's own; where one leads a team, all of the team, which the second part says."""
    found, leads = desk.store.casework().promises, Right.SEE_TEAM in desk.agent.rights
    return tally(one for one in found if leads or one.owner.staff_number == desk.agent.staff_number), leads


def board(desk: Desk, digits: str = "") -> Board:
    """`digits` narrows it to customers with these digits anywhere in a number: who calls back is found so."""
    book, now = desk.store.casework(), desk.moment().wall
    wanted = desk.store.customers_with_digits(digits) if len(digits) >= DIGITS_LEAST else None
    names = _Names(desk)

    def shown(customer_id: str) -> bool:
        return wanted is None or customer_id in wanted

    rows = [
        CaseRow(
            case,
            names.of(case.began.customer_id, case.began.customer),
            _ordered(one for one in book.promises if one.made.case == case.id),
            case.id in book.unsent,
        )
        for case in book.cases
        if shown(case.began.customer_id)
    ]
    live = sorted((row for row in rows if row.case.is_open), key=_to_be_done)
    over = [row for row in rows if row.case.closed_at is not None and now - row.case.closed_at < CLOSED_SHOWN]
    over.sort(key=lambda row: row.case.closed_at or now, reverse=True)
    loose = [
        LoosePromise(one, names.of(one.made.customer_id, one.made.customer), one.id in book.unsent)
        for one in _ordered(book.promises)
        if one.made.case is None and one.is_owed and shown(one.made.customer_id)
    ]
    return Board(tuple(live), tuple(over), tuple(loose), book.handing_over)


def of_customer(desk: Desk, customer_id: str) -> OfCustomer:
    book = desk.store.casework()
    cases = sorted((one for one in book.cases if one.is_open and one.began.customer_id == customer_id), key=work_order)
    owed = [one for one in book.promises if one.is_owed and one.made.customer_id == customer_id]
    return OfCustomer(tuple(cases), _ordered(owed))


def marks(desk: Desk) -> dict[str, Mark]:
    """By customer, of those who are in repair or are owed something."""
    book = desk.store.casework()
    found = {one.began.customer_id: Mark(True, "") for one in book.cases if one.is_open}
    for promise in reversed(_ordered(one for one in book.promises if one.is_owed)):
        customer_id = promise.made.customer_id
        found[customer_id] = Mark(customer_id in found and found[customer_id].in_repair, promise.made.words)
    return found


def first_contacts(desk: Desk) -> dict[str, datetime]:
    """By customer, until when this agent owes a first word: the countdown in the queue."""
    me = desk.agent.staff_number
    waiting = [one for one in desk.store.casework().cases if one.awaits_contact and one.owner.staff_number == me]
    return {one.began.customer_id: one.began.first_contact_due for one in waiting}


def alerts(desk: Desk) -> list[Alert]:
    """What of one's own falls due soon; to a lead also the first contacts that the team has missed. Soonest first."""
    book, now, rules = desk.store.casework(), desk.moment().wall, pace(desk)
    before = timedelta(minutes=rules.promise_alert_min if rules else 30)
    before_contact = timedelta(minutes=rules.contact_alert_min if rules else 30)
    me, leads = desk.agent.staff_number, Right.ANSWER_AUTHORITY in desk.agent.rights
    names, found = _Names(desk), []
    for promise in book.promises:
        if promise.is_owed and promise.owner.staff_number == me and promise.due_at - now <= before:
            name = names.of(promise.made.customer_id, promise.made.customer)
            key = f"promise {promise.id} {promise.due_at}"
            found.append(Alert(key, name, promise.made.words, promise.due_at, promise.made.customer_id,
                               promise.made.case, promise.is_late(now), True))  # fmt: skip
    for case in book.cases:
        due, own = case.began.first_contact_due, case.owner.staff_number == me
        if not case.awaits_contact or not (own or leads):
            continue
        if due < now or (own and due - now <= before_contact):
            name = names.of(case.began.customer_id, case.began.customer)
            key = f"contact {case.id}{' late' if due < now else ''}"
            found.append(Alert(key, name, "", due, case.began.customer_id, case.id, due < now, own))
    return sorted(found, key=lambda one: one.due_at)


def templates(desk: Desk) -> tuple[RepairTemplate, ...]:
    """By name."""
    return tuple(decoded(_TEMPLATE, body, REPAIR) for body in desk.store.contents(REPAIR))


def template(desk: Desk, name: str) -> RepairTemplate | None:
    body = desk.store.content(REPAIR, name) if name else None
    return None if body is None else decoded(_TEMPLATE, body, REPAIR)


def pace(desk: Desk) -> RepairPace | None:
    """None where the server has published none yet."""
    body = desk.store.content(REPAIR_PACE, REPAIR_PACE)
    return None if body is None else decoded(_PACE, body, REPAIR_PACE)


def tier_of(desk: Desk, customer_id: str) -> Tier:
    body = desk.store.customer(customer_id)
    identity = decode_document(body).identity if body else None
    return identity.tier if identity else Tier.NONE


def _to_be_done(row: CaseRow) -> tuple[object, ...]:
    """First words that are owed, then promises by their time, then by tier, damage and age."""
    owed = row.next_due if not row.case.awaits_contact else None
    if owed is not None:
        return (1, owed)
    return (0 if row.case.awaits_contact else 2, *work_order(row.case))


class _Names:
    """Customers' names, each document read once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, str] = {}

    def of(self, customer_id: str, masked: str) -> str:
        if customer_id not in self._known:
            body = self._desk.store.customer(customer_id)
            identity = decode_document(body).identity if body else None
            self._known[customer_id] = identity.name if identity else ""
        return self._known[customer_id] or masked


def _ordered(promises: Iterable[Promise]) -> tuple[Promise, ...]:
    return tuple(sorted(promises, key=lambda one: (not one.is_owed, one.due_at)))
