"""Handing over (VIP-11): all open cases of one person, what was promised once or for good, what departments were
asked, orders on their way, trials, times at stores and those customers' tasks go to another in one step."""

from uuid import UUID, uuid5

from msgspec.structs import replace

from core.domain.case import CaseEvent, HandOver, Passed
from core.domain.case_fold import fold
from core.domain.case_summary import summary_of
from core.domain.errand import OPEN_ERRANDS
from core.domain.promise import Promise, PromiseEvent, TakenOver, fold_promise
from core.server.cases.keeping import add_to_case, add_to_promise, team_of
from core.server.db import agreed_dates, audit, cases, commitments, errands, orders, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.departments.committing import hand_on
from core.server.departments.telling import tell
from core.server.orders.handing_on import hand_on as hand_on_order
from core.server.sync.effects import given_to


def hand_over(unit: Unit, value: HandOver, *, by_name: str, to_name: str) -> None:
    """The same handover once more finds nothing left to move."""
    owned = cases.open_cases(unit, owner=value.leaves)
    owed = cases.owed_promises(unit, owner=value.leaves)
    customer_ids = set()
    for case_id in owned:
        head = cases.case_head(unit, case_id)
        if head is not None:
            customer_ids.add(head.customer_id)
    for promise_id in owed:
        promised = cases.promise_head(unit, promise_id)
        if promised is not None:
            customer_ids.add(promised.customer_id)
    kept = [one for one in commitments.running(unit) if one.commitment.agent == value.leaves]
    asked = errands.open_of_agent(unit, value.leaves)
    customer_ids |= {one.commitment.customer_id for one in kept}
    customer_ids |= {one.errand.customer_id for one in asked if one.errand.customer_id}
    dated = agreed_dates.of_agent(unit, value.leaves)
    ordered = orders.open_followed_by(unit, value.leaves)
    customer_ids |= {one.customer_id for one in (*dated, *ordered)}
    for customer_id in sorted(customer_ids):
        tasks.lock_customer(unit, customer_id)
    for case_id in owned:
        _pass_case(unit, value, case_id, by_name=by_name, to_name=to_name)
    for promise_id in owed:
        taken = TakenOver(to=value.to, to_name=to_name)
        event = PromiseEvent(
            id=uuid5(value.id, str(promise_id)), promise=promise_id, by=value.by, by_name=by_name, at=value.at,
            what=taken,
        )  # fmt: skip
        add_to_promise(unit, promise_id, [event])
    team = team_of(unit, value.to)
    for commitment in kept:
        _pass_commitment(unit, str(commitment.commitment.id), value, team)
    for errand in asked:
        _pass_errand(unit, str(errand.id), value, team)
    for one in dated:
        # The time at the store stays as the customer knows it.
        agreed_dates.put(unit, replace(one, agent=value.to))
    for order in ordered:
        hand_on_order(unit, order, value.to)
    for customer_id in sorted(customer_ids):
        _pass_tasks(unit, customer_id, value)
    audit.write(
        unit, writer=value.by, action=Action.CASES_HANDED_OVER, object_=value.leaves, to=value.to, cases=len(owned),
        promises=len(owed), commitments=len(kept), errands=len(asked), dates=len(dated),
        orders=len(ordered),
    )  # fmt: skip


def _pass_case(unit: Unit, value: HandOver, case_id: UUID, *, by_name: str, to_name: str) -> None:
    case = fold(cases.case_events(unit, case_id))
    if case is None:
        return
    summary = summary_of(case, promises_in(unit, case_id), value.words)
    event = CaseEvent(
        id=uuid5(value.id, str(case_id)), case=case_id, by=value.by, by_name=by_name, at=value.at,
        what=Passed(to=value.to, to_name=to_name, summary=summary),
    )  # fmt: skip
    add_to_case(unit, case_id, [event])


def _pass_commitment(unit: Unit, commitment: str, value: HandOver, team: str) -> None:
    found = commitments.get(unit, commitment)
    if found is not None and found[0].ended_at is None and found[0].commitment.agent == value.leaves:
        hand_on(unit, found[0], value.to, team_id=team)


def _pass_errand(unit: Unit, errand: str, value: HandOver, team: str) -> None:
    """What a department refuses or finishes is told to who is there now; a visit stays at the time agreed."""
    placed = errands.get(unit, errand, lock=True)
    if placed is not None and placed.state in OPEN_ERRANDS and placed.errand.agent == value.leaves:
        tell(unit, errands.give(unit, placed, value.to, team_id=team))


def promises_in(unit: Unit, case_id: UUID) -> list[Promise]:
    """What was promised in a case."""
    found = (fold_promise(cases.promise_events(unit, one)) for one in cases.promises_of(unit, case_id))
    return [one for one in found if one is not None]


def _pass_tasks(unit: Unit, customer_id: str, value: HandOver) -> None:
    """A call that is promised or due moves with the case, its time as agreed."""
    for task in tasks.open_of(unit, customer_id):
        if task.assigned_to == value.leaves:
            after = given_to(task, value.to, unit.now + settings.lease_time(unit))
            tasks.change(unit, task, after)
