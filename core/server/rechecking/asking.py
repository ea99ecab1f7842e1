"""One re-check: the other systems are asked without a transaction, then the task is closed where its reason is gone."""

from collections.abc import Callable, Sequence
from time import monotonic

from msgspec.structs import replace
from sqlalchemy import select, update

from core.compliance import normalise
from core.domain import decoding
from core.domain.campaign import Barrier, MemberState
from core.domain.money import yuan
from core.domain.people import Right
from core.domain.recheck import RECHECK, EndsWhen, Recheck, Standing, facts_of
from core.domain.task import OPEN_STATES, Ended, Task, TaskState
from core.domain.text import Text
from core.domain.warning_rule import LIST_OF_RULE
from core.rules import holds
from core.server.access.caller import Caller
from core.server.db import audit, published, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import campaign_member, task
from core.server.outside.down import PortDown
from core.server.rechecking.port import StandingPort
from core.wire.recheck import DEADLINE_S, RecheckAsk, RecheckTold

_UNSEEN = "***"


class NotOnYourDesk(Exception):
    """The task is somebody else's by now, or over."""


def recheck(
    database: Database, port: StandingPort | None, caller: Caller, task_id: str, ask: RecheckAsk, *,
    clock: Callable[[], float] = monotonic,
) -> RecheckTold:  # fmt: skip
    """Raises NotOnYourDesk. Who does not answer is nobody's reason to wait: the standing is None then."""
    until = clock() + DEADLINE_S
    with database.read() as unit:
        held = _held(unit, caller, task_id)
        now = unit.now
    number = _asked_about(held, normalise(ask.number))
    standing = _asked(port, held.customer_id, number)
    if standing is None:
        return RecheckTold(at=now)
    told = RecheckTold(at=now, standing=_as_seen_by(caller, standing))
    with database.read() as unit:
        ends = ended_by(unit, held, standing)
    if ends is None:
        return told
    with database.write() as unit:
        # A desk that waits no longer dials: nobody's task is closed behind their call.
        if clock() > until or not _settle(unit, caller, task_id, ends):
            return told
    return replace(told, settled=True, code=ends.code, words=_words(ends, standing, caller))


def _asked_about(held: Task, number: str) -> str:
    """Only one that the task is for: that another is not the customer's is no reason to close it."""
    own = [normalise(one) for one in held.customer.numbers]
    callback = normalise(held.callback_number)
    return number if number and number in (*own, callback) else next(iter(own), "")


def ended_by(unit: Unit, of: Task, standing: Standing) -> EndsWhen | None:
    """What of content says that the task's reason is gone."""
    facts, rule = facts_of(standing, made_at=of.created_at), _rule_of(unit, of.id)
    ends = _ends(unit, of.scenario, rule, own=not of.besides)
    return next((one for one in ends if holds(one.when, facts)), None)


def _as_seen_by(caller: Caller, standing: Standing) -> Standing:
    """What of it their role may see: whether a task is over goes by all of it."""
    if caller.may(Right.SEE_BILLING):
        return standing
    return replace(standing, balance_fen=None, arrears_fen=None, paid_at=None)


def _asked(port: StandingPort | None, customer_id: str, number: str) -> Standing | None:
    if port is None:
        return None
    try:
        return port.standing(customer_id, number)
    except PortDown:
        # The port says itself when it has been silent for long: each call that goes on without it need not.
        return None


def _held(unit: Unit, caller: Caller, task_id: str, *, lock: bool = False) -> Task:
    found = tasks.get(unit, task_id, lock=lock)
    if found is None or found.assigned_to != caller.staff_number or found.state not in OPEN_STATES:
        raise NotOnYourDesk
    return found


def _ends(unit: Unit, scenario: str, rule: str, *, own: bool) -> Sequence[EndsWhen]:
    """The task's own first, then what holds for all; without `own` the latter alone: other news are its reason too."""
    found = [decoding.decode(body, Recheck) for body in published.bodies(unit, RECHECK)]
    theirs = [one for one in found if own and (scenario in one.scenarios or (rule and rule in one.rules))]
    general = [one for one in found if not one.scenarios and not one.rules]
    return [ends for one in (*theirs, *general) for ends in one.ends]


def _rule_of(unit: Unit, task_id: str) -> str:
    """Id of the warning rule that the task is of; empty for any other."""
    by_campaign = select(campaign_member.c.rule_id).where(
        campaign_member.c.tenant_id == unit.tenant, campaign_member.c.task_id == task_id
    )
    rule = unit.conn.execute(by_campaign).scalar()
    if rule:
        return str(rule)
    listed = unit.conn.execute(
        select(task.c.list_id).where(task.c.tenant_id == unit.tenant, task.c.id == task_id)
    ).scalar_one_or_none()
    return str(listed).removeprefix(LIST_OF_RULE) if listed and str(listed).startswith(LIST_OF_RULE) else ""


def _settle(unit: Unit, caller: Caller, task_id: str, ends: EndsWhen) -> bool:
    """False where the task has gone on meanwhile."""
    before = tasks.get(unit, task_id)
    if before is None or not tasks.lock_customer(unit, before.customer_id):
        return False
    try:
        held = _held(unit, caller, task_id, lock=True)
    except NotOnYourDesk:
        return False
    if held.callback_at is not None:
        # What the customer was promised is kept, whatever the reason was.
        return False
    tasks.change(unit, held, replace(held, state=TaskState.CANCELLED, ended=Ended.SETTLED))
    unit.conn.execute(
        update(campaign_member)
        .where(campaign_member.c.tenant_id == unit.tenant, campaign_member.c.task_id == task_id)
        .values(state=MemberState.RECALLED.value, barrier=Barrier.GONE.value)
    )
    audit.write(
        unit, writer=caller.staff_number, action=Action.TASK_SETTLED, object_=task_id, customer=held.customer_id,
        why=ends.code,
    )  # fmt: skip
    return True


def _words(ends: EndsWhen, standing: Standing, caller: Caller) -> Text:
    balance = yuan(standing.balance_fen) if standing.balance_fen is not None else ""
    if not caller.may(Right.SEE_BILLING):
        balance = _UNSEEN
    return Text(ends.words.zh.format(balance=balance), ends.words.en.format(balance=balance))
