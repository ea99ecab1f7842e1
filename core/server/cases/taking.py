"""Taking what desks write about cases and promises: who may write what, and what of it the server says itself."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import msgspec
from msgspec.structs import replace

from core.domain.case import (
    WORDS_MOST,
    Allowed,
    Began,
    CaseEvent,
    ContactMissed,
    Ended,
    HandOver,
    Joined,
    Parted,
    Passed,
)
from core.domain.case_fold import fold
from core.domain.masking import holds_long_number, mask_name
from core.domain.people import Right, Role
from core.domain.promise import Lapsed, Made, Moved, PromiseEvent, TakenOver
from core.domain.task import Tier
from core.domain.text import Text
from core.server.access.caller import Caller, may_record
from core.server.authority import rules_of
from core.server.cases.afterwards import after_end
from core.server.cases.handing_over import hand_over
from core.server.cases.keeping import add_to_case, add_to_promise
from core.server.cases.times import as_received
from core.server.db import audit, cases, customers, people, published, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected
from core.server.team.teams import leads
from core.wire.casework import CaseItem, CaseLogged, PromiseLogged

FURTHEST = timedelta(days=731)


def take_casework(unit: Unit, caller: Caller, item: CaseItem) -> Ruling:
    if not caller.may(Right.CALL) and not caller.may(Right.ADMINISTER):
        return rejected(Code.NOT_YOURS)
    if isinstance(item, CaseLogged):
        return _take_case(unit, caller, item.case_event)
    if isinstance(item, PromiseLogged):
        return _take_promise(unit, caller, item.promise_event)
    return _take_hand_over(unit, caller, item.hand_over)


def _take_case(unit: Unit, caller: Caller, event: CaseEvent) -> Ruling:
    what = event.what
    # The server alone says that a time was missed; who owns a case changes by a handover.
    if event.by != caller.staff_number or isinstance(what, ContactMissed | Passed):
        return rejected(Code.NOT_YOURS)
    if (flaw := _words_flaw(event)) is not None:
        return rejected(flaw)
    head = cases.case_head(unit, event.case)
    if isinstance(what, Began):
        refused = rejected(Code.MALFORMED) if head is not None else _refuse_owner(unit, caller, event, what)
    else:
        refused = None if head is not None and _works_on(unit, caller, event) else rejected(Code.UNKNOWN_CASE)
    if refused is not None:
        return refused
    customer_id = what.customer_id if isinstance(what, Began) else head.customer_id if head else ""
    tasks.lock_customer(unit, customer_id)
    event = as_received(event, cases.case_events(unit, event.case), unit.now)
    if isinstance(what, Began):
        what = _as_known(unit, event, what)
        audit.write(unit, writer=caller.staff_number, action=Action.CASE_OPENED, object_=customer_id)
    elif isinstance(what, Joined):
        account = people.get(unit, what.staff_number)
        if account is None or account.disabled:
            return rejected(Code.UNKNOWN_COLLEAGUE)
        what = replace(what, name=account.agent.name)
    elif isinstance(what, Allowed):
        if not 0 < what.fen <= _left_to_allow(unit, caller, event.case):
            return rejected(Code.BEYOND_AUTHORITY)
        # Nobody grants in another's name: what a lead gives comes with the call's outcome.
        what = replace(what, by=caller.staff_number, by_name=caller.agent.name)
    case = add_to_case(unit, event.case, [replace(event, by_name=caller.agent.name, what=what)])
    if case is not None and isinstance(what, Ended):
        audit.write(
            unit, writer=caller.staff_number, action=Action.CASE_CLOSED, object_=customer_id,
            satisfaction=what.satisfaction.value,
        )  # fmt: skip
        after_end(unit, case)
    return ACCEPTED


def _take_promise(unit: Unit, caller: Caller, event: PromiseEvent) -> Ruling:
    what = event.what
    if event.by != caller.staff_number or isinstance(what, Lapsed | TakenOver):
        return rejected(Code.NOT_YOURS)
    if (flaw := _words_flaw(event)) is not None:
        return rejected(flaw)
    if isinstance(what, Made | Moved) and not event.at < what.due_at < event.at + FURTHEST:
        return rejected(Code.BAD_TIME)
    if isinstance(what, Made):
        refused = _refuse_owner(unit, caller, event, what)
        if refused is None and cases.promise_head(unit, event.promise) is not None:
            refused = rejected(Code.MALFORMED)
        customer_id = what.customer_id
        what = replace(what, customer=_masked(unit, customer_id), owner_name=_name(unit, what.owner))
    else:
        head = cases.promise_head(unit, event.promise)
        customer_id = head.customer_id if head else ""
        own = head is not None and (
            head.owner == caller.staff_number
            or leads(unit, caller, head.team)
            or (head.case is not None and caller.staff_number in cases.held_by(unit, head.case))
        )
        refused = None if own else rejected(Code.UNKNOWN_CASE)
    if refused is not None:
        return refused
    tasks.lock_customer(unit, customer_id)
    event = as_received(event, cases.promise_events(unit, event.promise), unit.now)
    add_to_promise(unit, event.promise, [replace(event, by_name=caller.agent.name, what=what)])
    return ACCEPTED


def _take_hand_over(unit: Unit, caller: Caller, value: HandOver) -> Ruling:
    if value.by != caller.staff_number or len(value.words) > WORDS_MOST:
        return rejected(Code.NOT_YOURS)
    if holds_long_number(value.words):
        return rejected(Code.NUMBER_IN_WORDS)
    leaving, coming = people.get(unit, value.leaves), people.get(unit, value.to)
    if leaving is None or coming is None or coming.disabled or Right.CALL not in coming.agent.rights:
        return rejected(Code.UNKNOWN_COLLEAGUE)
    if value.leaves != caller.staff_number and not leads(unit, caller, leaving.agent.team):
        return rejected(Code.NOT_YOURS)
    # Of what is moved no event lies ahead of it.
    value = replace(value, at=unit.now)
    hand_over(unit, value, by_name=caller.agent.name, to_name=coming.agent.name)
    return ACCEPTED


def _refuse_owner(unit: Unit, caller: Caller, event: CaseEvent | PromiseEvent, what: Began | Made) -> Ruling | None:
    """One's own customers; a lead also gives a case to one of the own team."""
    if not may_record(unit, caller, what.customer_id, said_at=event.at):
        return rejected(Code.UNKNOWN_CUSTOMER)
    if what.owner == caller.staff_number:
        return None
    account = people.get(unit, what.owner)
    if account is None or account.disabled or not leads(unit, caller, account.agent.team):
        return rejected(Code.NOT_YOURS)
    return None


def _works_on(unit: Unit, caller: Caller, event: CaseEvent) -> bool:
    head = cases.case_head(unit, event.case)
    if head is None:
        return False
    if head.owner == caller.staff_number or leads(unit, caller, head.team):
        return True
    # Closing a case is its owner's; its team writes what it found, also after the end, and each leaves for themselves.
    if isinstance(event.what, Parted) and event.what.staff_number != caller.staff_number:
        return False
    helps = caller.staff_number in cases.held_by(unit, event.case) or any(
        isinstance(one.what, Joined) and one.what.staff_number == caller.staff_number
        for one in cases.case_events(unit, event.case)
    )
    return helps and not isinstance(event.what, Ended)


def _left_to_allow(unit: Unit, caller: Caller, case_id: UUID) -> int:
    """VIP-07: fen that the caller may still grant alone in this case; an administrator as much as a lead."""
    role = caller.agent.role if caller.agent.role is not Role.ADMINISTRATOR else Role.TEAM_LEAD
    case = fold(cases.case_events(unit, case_id))
    own = sum(one.fen for one in case.allowed if one.by == caller.staff_number) if case is not None else 0
    return rules_of(unit).most_fen(role) - own


def _as_known(unit: Unit, event: CaseEvent, what: Began) -> Began:
    """Whom it is about, and by when a word is owed, as the server knows it and not as the desk says."""
    head = customers.head(unit, what.customer_id)
    tier = Tier(head.tier) if head is not None else what.tier
    pace = published.repair_pace(unit)
    due = pace.first_contact_due(tier, what.damage, event.at) if pace else what.first_contact_due
    return replace(
        what, customer=_masked(unit, what.customer_id), tier=tier, first_contact_due=due,
        owner_name=_name(unit, what.owner),
    )  # fmt: skip


def _masked(unit: Unit, customer_id: str) -> str:
    head = customers.head(unit, customer_id)
    return mask_name(head.name) if head is not None else ""


def _name(unit: Unit, staff_number: str) -> str:
    account = people.get(unit, staff_number)
    return account.agent.name if account else staff_number


def _words_flaw(event: CaseEvent | PromiseEvent) -> Code | None:
    """Written words are short and hold nobody's number."""
    for words in _written(event.what):
        if len(words) > WORDS_MOST:
            return Code.MALFORMED
        if holds_long_number(words):
            return Code.NUMBER_IN_WORDS
    return None


_OWN_WORDS = frozenset({"words", "finding", "why", "to", "expects", "title", "name", "what"})


def _written(what: msgspec.Struct) -> Iterator[str]:
    for field in what.__struct_fields__:
        value = getattr(what, field)
        if field in _OWN_WORDS and isinstance(value, str):
            yield value
        elif isinstance(value, Text):
            yield from (value.zh, value.en)
