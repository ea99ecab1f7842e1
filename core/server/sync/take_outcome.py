"""Taking an outcome with its follow-ups: the record, the task, the customer's care, opt-outs."""

import msgspec

from core.domain.call import TalkTimeSource
from core.domain.customer import Care, Contacting, PastCall
from core.domain.disposition import Field, Result
from core.domain.follow_up import FollowUpKind, FollowUpState
from core.domain.outcome import Outcome
from core.domain.people import Right
from core.domain.task import OPEN_STATES, Block, Task
from core.domain.text import Text
from core.server import authority, binding
from core.server.access.caller import Caller, may_call, may_record
from core.server.cases.from_calls import note_call
from core.server.db import audit, customers, kept_aside, people, published, records, refusals, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.departments.binding import bind_waiting
from core.server.departments.committing import note_kept
from core.server.departments.taking import take_errands
from core.server.dials import DIALS_KEPT
from core.server.orders.taking import take_orders
from core.server.sync import by_content, promising
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected
from core.server.sync.care_said import note_care_said
from core.server.sync.effects import Standing, after_correction, after_outcome, standing
from core.server.sync.lost_lease import with_lost_lease
from core.server.sync.offers_kept import keep_cards, keep_offers, note_beyond
from core.server.sync.retrying import retried
from core.wire.push import Saved, Verdict

CALLS_KEPT = 200


def take_outcome(unit: Unit, caller: Caller, saved: Saved) -> Ruling:
    """Record the outcome and let it have its effects; called within the item's own savepoint."""
    aside = _kept_aside(unit, caller, saved.outcome)
    refused = _refusal(unit, caller, saved, first=saved.outcome.corrects is None or aside is not None)
    if refused is not None:
        return refused
    tasks.lock_customer(unit, saved.outcome.customer_id)
    task = tasks.get(unit, saved.outcome.task_id, lock=True) if saved.outcome.task_id else None
    if saved.outcome.task_id and task is None:
        return rejected(Code.UNKNOWN_TASK)
    if task is not None and task.customer_id != saved.outcome.customer_id:
        return rejected(Code.TASK_OF_ANOTHER_CUSTOMER)
    old = records.get_outcome(unit, str(saved.outcome.corrects)) if saved.outcome.corrects is not None else None
    result = by_content.result_of(unit, saved.outcome)
    breach = by_content.breach(unit, saved.outcome, result, task=task, old=old)
    if breach is not None:
        return breach
    unearned = by_content.unearned(unit, saved.outcome, result, old=old)
    saved = _without_claim(unit, saved, result, unearned)
    if aside is not None:
        saved = _in_place_of(unit, caller, saved, aside)
    outcome = saved.outcome
    if outcome.corrects is not None:
        ruling = _correct(unit, caller, saved, task, result)
    else:
        ruling = _first(unit, caller, saved, task, result)
    if ruling.verdict is Verdict.REJECTED:
        return ruling
    _care(unit, outcome, result)
    note_care_said(unit, caller, outcome, task)
    note_call(unit, outcome)
    take_orders(unit, outcome, result, team_id=caller.agent.team)
    take_errands(unit, outcome, saved.follow_ups, team_id=caller.agent.team)
    note_kept(unit, outcome)
    bind_waiting(unit, outcome, by=caller.staff_number)
    _refusals(unit, caller, outcome)
    if refusals.is_opted_out(unit, outcome.customer_id):
        # A list may have said so while the call went on, in which a callback was promised.
        records.cancel_callbacks(unit, outcome.customer_id)
    note_beyond(unit, caller, outcome, granted=authority.use(unit, caller, outcome))
    if result is not None and result.bad_number and outcome.call.number:
        _bad_number(unit, outcome)
    if unearned is not None and ruling == ACCEPTED:
        return Ruling(Verdict.ACCEPTED, Code.TALK_TOO_SHORT, by_content.unearned_words(unearned))
    return ruling


def _kept_aside(unit: Unit, caller: Caller, outcome: Outcome) -> str | None:
    """Id of the agent's own record that this corrects and that the server had refused."""
    if outcome.corrects is None or records.get_outcome(unit, str(outcome.corrects)) is not None:
        return None
    found = kept_aside.refused_outcome(unit, str(outcome.corrects), staff_number=caller.staff_number)
    return found.item_id if found is not None else None


def _in_place_of(unit: Unit, caller: Caller, saved: Saved, refused: str) -> Saved:
    """What corrects a record that was never taken is the first of its call."""
    for item_id in kept_aside.repair_chain(unit, refused, staff_number=caller.staff_number, by=str(saved.id)):
        audit.write(unit, writer=caller.staff_number, action=Action.REPAIRED, object_=item_id, by=str(saved.id))
    return msgspec.structs.replace(saved, outcome=msgspec.structs.replace(saved.outcome, corrects=None))


def _refusal(unit: Unit, caller: Caller, saved: Saved, *, first: bool) -> Ruling | None:
    outcome = saved.outcome
    if outcome.agent != caller.staff_number:
        return rejected(Code.NOT_YOURS)
    for value in saved.follow_ups:
        if (value.outcome_id, value.customer_id, value.agent, value.task_id) != (
            outcome.id,
            outcome.customer_id,
            outcome.agent,
            outcome.task_id,
        ):
            return rejected(Code.FOLLOW_UP_OF_ANOTHER)
    # A correction stands where the record it corrects stood, whatever role its agent has by now.
    known = may_call(unit, caller, outcome.customer_id)
    if not known or (first and not may_record(unit, caller, outcome.customer_id, said_at=outcome.recorded_at)):
        return rejected(Code.UNKNOWN_CUSTOMER)
    if outcome.task_id is None and first and not caller.may(Right.CALL_WITHOUT_TASK):
        return rejected(Code.NEEDS_TASK)
    return None


def _first(unit: Unit, caller: Caller, saved: Saved, task: Task | None, result: Result | None) -> Ruling:
    outcome = saved.outcome
    stands = Standing.COUNTS
    if task is not None:
        task, outcome = with_lost_lease(unit, task, outcome)
        epoch = outcome.lease_epoch if outcome.lease_epoch is not None else -1
        stands = standing(task, outcome, holder=tasks.holder(unit, task.id, epoch))
    superseded = stands is not Standing.COUNTS
    if task is not None and not superseded:
        for promise in records.waiting_follow_ups(unit, task_id=task.id):
            if promise.kind is FollowUpKind.CALLBACK:
                records.set_follow_up(unit, promise, FollowUpState.DONE)
    records.add_outcome(unit, outcome, team_id=caller.agent.team, superseded=superseded)
    if task is None:
        records.add_follow_ups(unit, promising.carry(unit, outcome, saved.follow_ups))
        return ACCEPTED
    if superseded:
        records.add_follow_ups(unit, promising.carry(unit, outcome, saved.follow_ups))
        code = Code.MOVED if stands is Standing.MOVED else Code.CLOSED
        audit.write(
            unit, writer=caller.staff_number, action=Action.SUPERSEDED, object_=str(outcome.id), task=task.id, why=code
        )
        return Ruling(Verdict.SUPERSEDED, code)
    after = after_outcome(task, outcome, saved.follow_ups, result, unit.now)
    after = retried(unit, task, after, outcome, saved.follow_ups, result)
    if _is_overtaken(unit, after):
        records.add_follow_ups(unit, promising.carry(unit, outcome, saved.follow_ups))
        tasks.change(unit, task, msgspec.structs.replace(task, attempts=after.attempts))
        return ACCEPTED
    records.add_follow_ups(unit, saved.follow_ups)
    tasks.change(unit, task, _leased(unit, after), team_id=caller.agent.team)
    return ACCEPTED


def _is_overtaken(unit: Unit, after: Task) -> bool:
    """The customer has a newer open task, where this one would open again: they stay on one desk."""
    return after.state in OPEN_STATES and any(other.id != after.id for other in tasks.open_of(unit, after.customer_id))


def _leased(unit: Unit, after: Task) -> Task:
    """A task that stays on a desk does so under a lease, also where the one it was called under had lapsed."""
    lapsed = after.lease_expires_at is None or after.lease_expires_at < unit.now
    if not after.assigned_to or after.state not in OPEN_STATES or not lapsed:
        return after
    return msgspec.structs.replace(after, lease_expires_at=unit.now + settings.lease_time(unit))


def _correct(unit: Unit, caller: Caller, saved: Saved, task: Task | None, result: Result | None) -> Ruling:
    outcome = saved.outcome
    old_id = str(outcome.corrects)
    old = records.get_outcome(unit, old_id)
    if old is None or old.customer_id != outcome.customer_id or old.task_id != outcome.task_id:
        return rejected(Code.UNKNOWN_OUTCOME)
    team_id = records.team_of_outcome(unit, old_id)
    leads = caller.may(Right.SEE_TEAM) and caller.may(Right.CALL) and team_id == caller.agent.team
    if old.agent != caller.staff_number and not leads:
        return rejected(Code.NOT_YOURS)
    newest = task is not None and records.last_of_task(unit, task.id) == old_id
    for promise in records.waiting_follow_ups(unit, outcome_id=old_id):
        records.set_follow_up(unit, promise, FollowUpState.CANCELLED)
        if promise.task_id != outcome.task_id:
            promising.withdraw(unit, promise)
    records.add_outcome(unit, outcome, team_id=team_id, superseded=False)
    audit.write(unit, writer=caller.staff_number, action=Action.CORRECTION, object_=str(outcome.id), corrects=old_id)
    if task is not None and newest and task.lease_epoch == old.lease_epoch:
        after = after_correction(task, _as_of(outcome, old), saved.follow_ups, result, unit.now)
        if not _is_overtaken(unit, after):
            records.add_follow_ups(unit, saved.follow_ups)
            tasks.change(unit, task, _leased(unit, after))
            return ACCEPTED
    records.add_follow_ups(unit, promising.carry(unit, outcome, saved.follow_ups))
    return ACCEPTED


def _as_of(outcome: Outcome, old: Outcome) -> Outcome:
    """A lead's correction leaves the task with the agent who made the call."""
    return msgspec.structs.replace(outcome, agent=old.agent)


def _without_claim(unit: Unit, saved: Saved, result: Result | None, unearned: Text | None) -> Saved:
    """A result that needs an order is no success without one: no CRM will ever accept it. Nor is one in too short a
    talk, or one that is no success by its content."""
    outcome = saved.outcome
    unordered = outcome.order is None and result is not None and Field.ORDER in result.needs
    claim = unearned is None and not unordered and by_content.is_success(unit, outcome, result)
    if not outcome.success or claim:
        return saved
    return msgspec.structs.replace(saved, outcome=msgspec.structs.replace(outcome, success=False))


def _care(unit: Unit, outcome: Outcome, result: Result | None) -> None:
    account = people.get(unit, outcome.agent)
    call = PastCall(
        at=outcome.call.answered_at or outcome.call.dialled_at or outcome.recorded_at,
        agent=account.agent.name if account else outcome.agent,
        scenario=outcome.scenario,
        scenario_label=published.scenario_label(unit, outcome.scenario),
        result=result.label if result else Text(outcome.result, outcome.result),
        note=outcome.note,
        talk_time_s=outcome.call.talk_time_s or None,
        measured=outcome.call.talk_time_source is TalkTimeSource.MEASURED,
        outcome_id=str(outcome.id),
    )

    def edit(care: Care) -> None:
        kept = [c for c in care.calls if outcome.corrects is None or c.outcome_id != str(outcome.corrects)]
        care.calls = sorted([call, *kept], key=lambda c: c.at, reverse=True)[:CALLS_KEPT]
        care.dials = [at for at in care.dials if at > unit.now - DIALS_KEPT]
        care.opted_out = care.opted_out or outcome.opt_out
        keep_offers(care, outcome)

    customers.edit_care(unit, outcome.customer_id, edit)
    keep_cards(unit, outcome)


def _refusals(unit: Unit, caller: Caller, outcome: Outcome) -> None:
    """A refusal is final, whoever held the task; a lead's correction may release one that was a mistake."""
    if outcome.opt_out:
        _refuse(unit, caller, outcome)
    elif outcome.corrects is not None and caller.may(Right.ASSIGN):
        binding.release(unit, str(outcome.corrects), writer=caller.staff_number)


def _refuse(unit: Unit, caller: Caller, outcome: Outcome) -> None:
    own = refusals.numbers_of(unit, [outcome.customer_id])[outcome.customer_id]
    # Also the one that was called: an agent may have typed it, or the customer have called from it.
    numbers = [*own, outcome.call.number] if outcome.call.number else own
    outcome_id, writer = str(outcome.id), caller.staff_number
    refusals.hear(unit, outcome.customer_id, numbers, outcome_id=outcome_id, staff_number=outcome.agent)
    audit.write(unit, writer=writer, action=Action.OPT_OUT, object_=outcome.customer_id)
    binding.withdraw_tasks(unit, outcome.customer_id)
    binding.bind_all_with(unit, numbers, besides=[outcome.customer_id], writer=writer, outcome_id=outcome_id)


def _bad_number(unit: Unit, outcome: Outcome) -> None:
    def edit(contact: Contacting) -> None:
        for number in contact.numbers:
            number.bad = number.bad or number.number == outcome.call.number

    customers.edit_contact(unit, outcome.customer_id, edit)
    contact = customers.section(unit, outcome.customer_id, "contact", Contacting)
    if contact is not None and all(number.bad for number in contact.numbers):
        for task in tasks.open_of(unit, outcome.customer_id):
            tasks.change(unit, task, msgspec.structs.replace(task, block=Block.BAD_NUMBER))
