"""Dials on record: those of desks, which have happened whatever the rules said, and automated calls, which are asked
for first. All count in the caps of all (TASK-16)."""

from datetime import datetime, timedelta

import structlog
from msgspec.structs import replace
from sqlalchemy import delete, select

from core.compliance import Barrier, awaited
from core.compliance.verdict import Judgement
from core.domain.call import Dial
from core.domain.customer import Care
from core.domain.errors import StaylineError
from core.domain.task_types import made_to_sell
from core.server.calling_rules import CallingRules, known
from core.server.db import audit, customers, refusals, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.db.schema import dial

DIALS_KEPT = timedelta(days=30)
_log = structlog.get_logger("stayline.dials")


def count(unit: Unit, value: Dial) -> None:
    """Put it on record and into what desks know of the customer, who is locked; the same id again moves it."""
    earlier = _moment(unit, str(value.id))
    if earlier is not None:
        unit.conn.execute(delete(dial).where(dial.c.tenant_id == unit.tenant, dial.c.id == str(value.id)))
    unit.conn.execute(
        dial.insert().values(
            tenant_id=unit.tenant, id=str(value.id), customer_id=value.customer_id, task_id=value.task_id or "",
            staff_number=value.agent, at=value.at, number=value.number,
        )
    )  # fmt: skip

    def edit(care: Care) -> None:
        since = unit.now - DIALS_KEPT
        care.dials = sorted({at for at in ({*care.dials} - {earlier}) | {value.at} if at > since}, reverse=True)

    customers.edit_care(unit, value.customer_id, edit)


def asked(unit: Unit, value: Dial, *, sells: bool) -> Judgement:
    """Whether an automated call may leave now, one made to sell or not; its own earlier try, if it had one, does not
    stand in its way. Raises ContentError."""
    who, own = value.customer_id, _moment(unit, str(value.id))
    facts = known(unit, [who], selling=[who] if sells else ())[who]
    others = replace(facts, dials=[at for at in facts.dials if at != own])
    return CallingRules(unit).of(who, value.number, others, unit.now)


def note_forbidden(unit: Unit, value: Dial) -> None:
    """A dial that a desk tells of has happened: where the rules were against it at that moment the audit says so.
    To be asked before it is counted. Of a call without a task nobody knows here what it was about: no complaint is held
    against it."""
    try:
        barrier = _barrier(unit, value)
    except StaylineError as error:
        # A calendar that cannot be read costs no agent's record.
        _log.error("calling hours cannot be read", error=str(error))
        return
    if barrier is not None:
        audit.write(
            unit, writer=value.agent, action=Action.DIAL_FORBIDDEN, object_=value.customer_id,
            dial=str(value.id), at=value.at.isoformat(), why=barrier.value,
        )  # fmt: skip


def _barrier(unit: Unit, value: Dial) -> Barrier | None:
    task = tasks.get(unit, value.task_id) if value.task_id else None
    who = value.customer_id
    sells = task is not None and made_to_sell(task.scenario, task.type)
    facts = known(unit, [who], selling=[who] if sells else ())[who]
    before = replace(
        facts,
        dials=[at for at in facts.dials if at < value.at],
        # What the customer said in this very call, or after it, forbade nothing before.
        opted_out=refusals.stood_at(unit, value.customer_id, value.at),
    )
    wanted = task is None or awaited(task)
    return CallingRules(unit).of(who, value.number, before, value.at, wanted=wanted).barrier


def _moment(unit: Unit, dial_id: str) -> datetime | None:
    statement = select(dial.c.at).where(dial.c.tenant_id == unit.tenant, dial.c.id == dial_id)
    return unit.conn.execute(statement).scalar_one_or_none()
