"""What is written about a case or a promise is kept, and told to those who work on it and to their lead.

Who calls these holds the customer (`tasks.lock_customer`), as everyone who changes what desks are told of one.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from core.domain.case import CASE, SATISFACTION_NAMES, Began, Case, CaseEvent, CaseTold, Checked, Ended, Reopened
from core.domain.case_fold import fold
from core.domain.customer import Care, RepairCase
from core.domain.promise import PROMISE, Promise, PromiseEvent, PromiseTold, fold_promise
from core.domain.text import Text
from core.server.db import cases, customers, feed, people, published, tasks
from core.server.db.engine import Unit
from core.server.db.feed import Entry
from core.server.team.teams import leads_of
from core.wire.pull import ContentDocument, Kind

_IN_CARE = (Began, Checked, Ended, Reopened)
CARE_KEPT = 20
"""repair cases in a customer's document"""


def add_to_case(unit: Unit, case_id: UUID, events: Sequence[CaseEvent]) -> Case | None:
    """The case with these events; None where it has none that says how it began."""
    cases.add_case_events(unit, events)
    log = cases.case_events(unit, case_id)
    case = fold(log)
    if case is None:
        return None
    before = cases.case_head(unit, case_id)
    team = team_of(unit, case.owner.staff_number) or (before.team if before else "")
    cases.put_case(unit, case, team=team)
    _tell(unit, CASE, case_id, CaseTold(case=case_id, events=tuple(log)), _sees_case(unit, case, team))
    workers = {case.owner.staff_number, *(one.staff_number for one in case.team)} if case.is_open else set()
    _hold(unit, case_id, case.began.customer_id, workers)
    if any(isinstance(event.what, _IN_CARE) for event in events):
        _in_care(unit, case)
    for promise_id in cases.promises_of(unit, case_id):
        # Who joined the case sees what it promised.
        retell(unit, promise_id)
    return case


def add_to_promise(unit: Unit, promise_id: UUID, events: Sequence[PromiseEvent]) -> Promise | None:
    cases.add_promise_events(unit, events)
    return retell(unit, promise_id)


def retell(unit: Unit, promise_id: UUID) -> Promise | None:
    """The promise as its events say, told to those who see it now."""
    log = cases.promise_events(unit, promise_id)
    promise = fold_promise(log)
    if promise is None:
        return None
    owner = promise.owner.staff_number
    team = team_of(unit, owner)
    cases.put_promise(unit, promise, team=team)
    seen = {owner, *leads_of(unit, team)}
    case = fold(cases.case_events(unit, promise.made.case)) if promise.made.case else None
    if case is not None:
        seen |= _sees_case(unit, case, team_of(unit, case.owner.staff_number))
    _tell(unit, PROMISE, promise_id, PromiseTold(promise=promise_id, events=tuple(log)), frozenset(seen))
    _hold(unit, promise_id, promise.made.customer_id, {owner} if promise.is_owed else set())
    return promise


def team_of(unit: Unit, staff_number: str) -> str:
    account = people.get(unit, staff_number)
    return account.agent.team if account else ""


def _sees_case(unit: Unit, case: Case, team: str) -> frozenset[str]:
    return leads_of(unit, team) | {case.owner.staff_number, *(one.staff_number for one in case.team)}


def _tell(unit: Unit, kind: str, subject: UUID, told: CaseTold | PromiseTold, audience: frozenset[str]) -> None:
    body = msgspec.Raw(msgspec.json.encode(told))
    published.put_for(unit, ContentDocument(kind=kind, name=str(subject), version=1, body=body), audience)


def _hold(unit: Unit, subject: UUID, customer_id: str, workers: set[str]) -> None:
    """Who works on it has the customer on the desk: one who calls back is found there."""
    before = cases.held_by(unit, subject)
    cases.hold(unit, subject, customer_id, workers - before)
    cases.let_go(unit, subject, before - workers)
    gone = [one for one in sorted(before - workers) if not tasks.keeps_customer(unit, one, customer_id)]
    come = [Entry(one, Kind.CUSTOMER, customer_id) for one in sorted(workers - before)]
    feed.publish(unit, [*come, *(Entry(one, Kind.CUSTOMER, customer_id, deleted=True) for one in gone)])


def _in_care(unit: Unit, case: Case) -> None:
    """VIEW-17: whoever opens the customer sees the case."""
    own = f"case-{case.id}"
    told = RepairCase(
        id=own,
        title=case.began.title,
        opened_at=case.opened_at,
        damaged=case.began.damage.value,
        state=_state(case),
        checks=[Text(f"{one.name.zh}：{one.finding}", f"{one.name.en}: {one.finding}") for one in case.checks],
    )

    def edit(care: Care) -> None:
        others = [one for one in care.cases if one.id != own]
        care.cases = sorted([told, *others], key=lambda one: one.opened_at, reverse=True)[:CARE_KEPT]

    customers.edit_care(unit, case.began.customer_id, edit)


def _state(case: Case) -> Text:
    if case.is_open or case.satisfaction is None:
        return Text(f"修复中（{case.owner.name}）", f"in repair ({case.owner.name})")
    how = SATISFACTION_NAMES[case.satisfaction]
    return Text(f"已结：{how.zh}", f"closed: {how.en.lower()}")
