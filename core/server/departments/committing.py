"""Standing commitments (FOLLOW-10): each time that one falls due its agent has a task, and what was done is noted."""

from datetime import date

import msgspec

from core.domain.clock import local_day
from core.domain.commitment import (
    COMMITMENT,
    TASK_PREFIX,
    Commitment,
    CommitmentEnd,
    CommitmentTold,
    moment_on,
    next_to_raise,
)
from core.domain.masking import mask_name
from core.domain.outcome import CONNECTED, Outcome
from core.domain.task import TaskState
from core.domain.text import Text
from core.server.db import audit, commitments, customers, people, published, refusals, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.loading.new_tasks import add_tasks
from core.server.loading.own_tasks import own_task
from core.server.loading.reasons import in_front
from core.wire.pull import ContentDocument

KEPT_SHOWN = 12


def make(unit: Unit, value: Commitment, *, team_id: str) -> None:
    head = customers.head(unit, value.customer_id)
    told = CommitmentTold(commitment=value, customer=mask_name(head.name) if head else "")
    _keep(unit, told, team_id)
    audit.write(
        unit, writer=value.agent, action=Action.COMMITMENT_MADE, object_=str(value.id), customer=value.customer_id
    )


def end(unit: Unit, told: CommitmentTold, value: CommitmentEnd, *, team_id: str) -> None:
    _keep(unit, msgspec.structs.replace(told, ended_at=unit.now, ended_why=value.why.strip()), team_id)
    audit.write(unit, writer=value.agent, action=Action.COMMITMENT_ENDED, object_=str(told.commitment.id))


def hand_on(unit: Unit, told: CommitmentTold, to: str, *, team_id: str) -> None:
    """Another agent keeps it from now on. Called with the customer held."""
    _keep(unit, msgspec.structs.replace(told, commitment=msgspec.structs.replace(told.commitment, agent=to)), team_id)


def raise_due(database: Database) -> int:
    """A task for each occurrence that is near; an opted-out customer is called for none. Returns how many."""
    with database.read() as unit:
        due = [one for one in commitments.running(unit) if next_to_raise(one, unit.now) is not None]
    return sum(_raise(database, one.commitment) for one in due)


def _raise(database: Database, made: Commitment) -> bool:
    with database.write() as unit:
        tasks.lock_customer(unit, made.customer_id)
        found = commitments.get(unit, str(made.id))
        day = next_to_raise(found[0], unit.now) if found else None
        if found is None or day is None:
            return False
        told, team_id = found
        _keep(unit, msgspec.structs.replace(told, raised=day), team_id)
        if refusals.is_opted_out(unit, made.customer_id):
            return False
        _bring(unit, made, day)
        return True


def _bring(unit: Unit, made: Commitment, day: date) -> None:
    """On the customer's open task where there is one: they stay on one desk."""
    due = moment_on(made, day)
    reason = Text(f"约好的：{made.text}", f"Standing commitment: {made.text}")
    held = next(iter(tasks.open_of(unit, made.customer_id)), None)
    if held is not None:
        sooner = held.callback_at is None or due < held.callback_at
        mine = held.assigned_to == made.agent
        told = msgspec.structs.replace(
            held,
            reason=in_front(reason, held.reason),
            state=TaskState.FOLLOW_UP if held.assigned_to else held.state,
            callback_at=due if sooner else held.callback_at,
            callback_number=made.number if sooner else held.callback_number,
            callback_mine=mine if sooner else held.callback_mine,
            callback_agreed=sooner or held.callback_agreed,
            expires_at=None,
            besides=True,
            owed=True,
        )
        tasks.change(unit, held, told)
        return
    account = people.get(unit, made.agent)
    agent = made.agent if account is not None and not account.disabled else ""
    fresh = own_task(
        unit,
        f"{TASK_PREFIX}{made.id}-{day.isoformat()}",
        customer_id=made.customer_id,
        scenario=made.scenario,
        reason=reason,
        agent=agent,
        state=TaskState.FOLLOW_UP if agent else TaskState.WAITING,
    )
    fresh = msgspec.structs.replace(
        fresh, callback_at=due, callback_number=made.number, callback_mine=bool(agent), priority=0
    )
    add_tasks(unit, [fresh])


def note_kept(unit: Unit, outcome: Outcome) -> None:
    """A call that reached somebody keeps what was raised for that customer and is not done yet. Called with the
    customer held, as `end` is: whoever comes second sees what the first one wrote."""
    if outcome.contact not in CONNECTED:
        return
    today = local_day(outcome.call.answered_at or outcome.recorded_at)
    for told, team_id in commitments.of_customer(unit, outcome.customer_id):
        day = told.raised
        # A call on the day before was about something else.
        if day is None or day in told.kept_on or today < day:
            continue
        kept = (*told.kept_on, day)[-KEPT_SHOWN:]
        _keep(unit, msgspec.structs.replace(told, kept_on=kept), team_id)


def _keep(unit: Unit, told: CommitmentTold, team_id: str) -> None:
    commitments.put(unit, told, team_id=team_id)
    document = ContentDocument(
        kind=COMMITMENT,
        name=str(told.commitment.id),
        version=1,
        body=msgspec.Raw(msgspec.json.encode(told)),
    )
    published.put_for(unit, document, frozenset({told.commitment.agent}))
