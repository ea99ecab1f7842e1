"""Tickets of the hotline and of e-channels (TASK-10, 11, CHANNEL-03): they become tasks, for VIPs whose transaction
failed also repair cases, and whoever raised one can ask what came of it."""

from datetime import datetime
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace
from sqlalchemy import select

from core.compliance import normalise
from core.domain.case import WORDS_MOST, Began, CaseEvent, OpenedBy
from core.domain.clock import CHINA
from core.domain.errors import Refused
from core.domain.masking import holds_long_number, mask_name
from core.domain.task import Task, TaskState, Tier
from core.domain.text import Text, filled
from core.server.access.caller import Caller
from core.server.cases.attending import is_there, works_here
from core.server.cases.duty import on_duty
from core.server.cases.keeping import add_to_case
from core.server.db import audit, cases, customers, people, published, refusals, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import hotline_ticket, outcome
from core.server.dispatching import dispatch_these
from core.server.known_as import kept_id
from core.server.loading.new_tasks import add_tasks
from core.server.loading.own_tasks import own_task
from core.server.loading.reasons import in_front
from core.server.sync.effects import given_to
from core.wire.casework import HotlineTicket, TicketKind, TicketState

USUAL = "complaint-revisit"
_VIP = "vip-care"
_NAMESPACE = UUID("0f6fde00-7a1b-5c3d-8e2f-4a5b6c7d8e9f")
_WORDS: dict[TicketKind, Text] = {
    TicketKind.CALLBACK: Text("热线转来：{what}", "From the hotline: {what}"),
    TicketKind.FAILED_TRANSACTION: Text("网上办理没成功：{what}", "Failed online: {what}"),
}


class NoSuchTicket(Exception):
    """Nobody has raised one of that id."""


def take_ticket(database: Database, caller: Caller, ticket: HotlineTicket) -> TicketState:
    """The same id again is answered with what came of the first. Raises Refused: no such customer, one who wants no
    calls, a scenario without a script, a time without its zone, or words that may not be kept."""
    _check(ticket)
    with database.write() as unit:
        known = _stored(unit, ticket.id)
        if known is None:
            if ticket.scenario and ticket.scenario not in published.scenarios(unit):
                raise _refused(
                    "unknown_scenario", Text("没有这个场景的话术。", "There is no script for this scenario.")
                )
            customer_id = _customer(unit, ticket)
            tasks.lock_customer(unit, customer_id)
            # Another sender may have been quicker while this one waited.
            if _stored(unit, ticket.id) is None:
                _take(unit, caller, ticket, customer_id)
        taken = state_of(unit, ticket.id)
    if taken.task_state != TaskState.WAITING:
        return taken
    # The customer was told that somebody calls: that does not wait until the next run of the dispatch.
    dispatch_these(database, [taken.task], actor=caller.staff_number)
    return state(database, ticket.id)


def state(database: Database, ticket_id: str) -> TicketState:
    """Raises NoSuchTicket."""
    with database.read() as unit:
        return state_of(unit, ticket_id)


def state_of(unit: Unit, ticket_id: str) -> TicketState:
    found = _stored(unit, ticket_id)
    if found is None:
        raise NoSuchTicket
    task_id, case_id, received_at = found
    task = tasks.get(unit, task_id)
    head = cases.case_head(unit, UUID(case_id)) if case_id else None
    last = unit.conn.execute(
        select(outcome.c.result, outcome.c.recorded_at)
        .where(outcome.c.tenant_id == unit.tenant, outcome.c.task_id == task_id, outcome.c.received_at >= received_at)
        .where(outcome.c.corrected_by == "", ~outcome.c.superseded)
        .order_by(outcome.c.received_at.desc())
        .limit(1)
    ).one_or_none()
    return TicketState(
        id=ticket_id,
        task=task_id,
        task_state=task.state.value if task else "",
        assigned_to=task.assigned_to if task else "",
        case=UUID(case_id) if case_id else None,
        case_open=head is not None and head.is_open,
        last_result=last.result if last else "",
        last_at=last.recorded_at if last else None,
    )


def _stored(unit: Unit, ticket_id: str) -> tuple[str, str, object] | None:
    row = unit.conn.execute(
        select(hotline_ticket.c.task_id, hotline_ticket.c.case_id, hotline_ticket.c.received_at).where(
            hotline_ticket.c.tenant_id == unit.tenant, hotline_ticket.c.id == ticket_id
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def _take(unit: Unit, caller: Caller, ticket: HotlineTicket, customer_id: str) -> None:
    if refusals.is_opted_out(unit, customer_id):
        raise _refused("opted_out", Text("客户不接受外呼。", "The customer wants no calls."))
    head = customers.head(unit, customer_id)
    tier = Tier(head.tier) if head is not None else Tier.NONE
    keeper = _keeper(unit, customer_id, tier, ticket.callback_at)
    case = _case(unit, caller, ticket, customer_id, tier, keeper)
    task = _task(unit, ticket, customer_id, keeper, tier)
    unit.conn.execute(
        hotline_ticket.insert().values(
            tenant_id=unit.tenant, id=ticket.id, kind=ticket.kind.value, customer_id=customer_id, task_id=task.id,
            case_id=str(case) if case else "", staff_number=caller.staff_number, received_at=unit.now,
            body=msgspec.json.encode(ticket),
        )
    )  # fmt: skip
    audit.write(unit, writer=caller.staff_number, action=Action.TICKET_TAKEN, object_=ticket.id, customer=customer_id)


def _keeper(unit: Unit, customer_id: str, tier: Tier, at: datetime | None) -> str:
    """Whose call it is: who follows the customer's case through; for a diamond customer who is to be called now and
    would find nobody there, who is on duty. A call of another day is looked at again when it falls due."""
    owner = cases.owners(unit, [customer_id]).get(customer_id, "")
    owner = owner if works_here(unit, owner) else ""
    later = at is not None and at > unit.now
    if tier is not Tier.DIAMOND or (owner and (later or is_there(unit, owner))):
        return owner
    return on_duty(unit) or owner


def _task(unit: Unit, ticket: HotlineTicket, customer_id: str, agent: str, tier: Tier) -> Task:
    reason = _reason(ticket)
    held = next(iter(tasks.open_of(unit, customer_id)), None)
    if held is not None:
        at = ticket.callback_at
        sooner = at is not None and (held.callback_at is None or at < held.callback_at)
        told = replace(
            held,
            reason=in_front(reason, held.reason),
            priority=0,
            callback_at=at if sooner else held.callback_at,
            callback_agreed=sooner or held.callback_agreed,
            expires_at=None,
            besides=True,
            owed=True,
        )
        if held.assigned_to and sooner:
            told = replace(told, state=TaskState.FOLLOW_UP)
        until = unit.now + settings.lease_time(unit)
        if agent and not held.assigned_to:
            tasks.assign(unit, [(held, given_to(told, agent, until))])
        elif _nobody_there(unit, held, agent, tier, at):
            tasks.change(unit, held, given_to(replace(told, callback_mine=False), agent, until))
        else:
            tasks.change(unit, held, told)
        return told
    scenario = ticket.scenario or (_VIP if tier is not Tier.NONE else USUAL)
    at = ticket.callback_at
    waits = TaskState.FOLLOW_UP if at else TaskState.ASSIGNED
    made = own_task(
        unit,
        f"ticket-{ticket.id}",
        customer_id=customer_id,
        scenario=scenario,
        reason=reason,
        agent=agent,
        state=waits if agent else TaskState.WAITING,
        due_at=at or unit.now,
    )
    made = replace(made, callback_at=at, callback_mine=bool(agent))
    add_tasks(unit, [made])
    return made


def _nobody_there(unit: Unit, held: Task, agent: str, tier: Tier, at: datetime | None) -> bool:
    """A diamond customer's task lies on a desk that is empty now, and somebody else is there."""
    later = at is not None and at > unit.now
    if tier is not Tier.DIAMOND or later or agent in ("", held.assigned_to):
        return False
    return is_there(unit, agent) and not is_there(unit, held.assigned_to)


def _case(unit: Unit, caller: Caller, ticket: HotlineTicket, customer_id: str, tier: Tier, owner: str) -> UUID | None:
    """A VIP whose transaction failed is repaired before they complain (TASK-11); one case is enough."""
    standing = cases.open_cases(unit, customer_id=customer_id)
    if standing:
        return standing[0]
    if ticket.kind is not TicketKind.FAILED_TRANSACTION or not owner:
        return None
    pace = published.repair_pace(unit)
    head, account = customers.head(unit, customer_id), people.get(unit, owner)
    case_id = uuid5(_NAMESPACE, f"{unit.tenant}/{ticket.id}")
    began = Began(
        customer_id=customer_id,
        customer=mask_name(head.name) if head is not None else "",
        tier=tier,
        damage=ticket.damage,
        opened_by=OpenedBy.COMPLAINT,
        title=ticket.words,
        owner=owner,
        owner_name=account.agent.name if account else owner,
        first_contact_due=pace.first_contact_due(tier, ticket.damage, unit.now) if pace else unit.now,
    )
    event = CaseEvent(
        id=uuid5(case_id, "began"), case=case_id, by=caller.staff_number, by_name=caller.agent.name, at=unit.now,
        what=began,
    )  # fmt: skip
    add_to_case(unit, case_id, [event])
    return case_id


def _reason(ticket: HotlineTicket) -> Text:
    told = filled(_WORDS[ticket.kind], what=ticket.words)
    if ticket.callback_at is None:
        return told
    hour = f"{ticket.callback_at.astimezone(CHINA):%m-%d %H:%M}"
    return Text(f"{told.zh}，约 {hour} 回电", f"{told.en}, call promised {hour}")


def _customer(unit: Unit, ticket: HotlineTicket) -> str:
    if ticket.customer_id:
        if known := kept_id(unit, ticket.customer_id):
            return known
    elif ticket.number:
        found = customers.find(unit, number=normalise(ticket.number), text="", limit=1)
        if found:
            return str(found[0][0])
    raise _refused("unknown_customer", Text("没有这个客户。", "There is no such customer."))


def _check(ticket: HotlineTicket) -> None:
    words = (ticket.words.zh, ticket.words.en)
    if any(one is not None and one.tzinfo is None for one in (ticket.at, ticket.callback_at)):
        raise _refused("bad_time", Text("时间要带时区，例如 +08:00。", "Times need their zone, such as +08:00."))
    if not ticket.id.strip() or len(ticket.id) > 60 or not any(one.strip() for one in words):
        raise _refused("malformed", Text("缺少编号或事由。", "The id or the words are missing."))
    if any(len(one) > WORDS_MOST or holds_long_number(one) for one in words):
        raise _refused(
            "number_in_words", Text("事由太长，或有 7 位以上的数字。", "The words are too long, or hold a long number.")
        )


def _refused(code: str, message: Text) -> Refused:
    return Refused(
        code=code,
        title=Text("没有收下", "Not taken"),
        message=message,
        next_step=Text("请核对后再提交。", "Look at it again and send it once more."),
    )
