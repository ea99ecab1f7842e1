"""Taking what is not an outcome: dials, reveals, skips, added numbers, hours without calls."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from core.compliance import quiet_of
from core.domain.calendar import MINUTES_A_DAY, Window
from core.domain.call import AddedNumber, Dial, QuietAsked, Reveal, Skip
from core.domain.clock import local_day
from core.domain.customer import Contacting, Number
from core.domain.masking import mask_number
from core.domain.people import Right
from core.domain.task import Block, Task
from core.server import binding, dials
from core.server.access.caller import Caller, may_record
from core.server.db import audit, customers, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.db.schema import reveal, skip
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected
from core.server.sync.effects import Standing, standing_of
from core.wire.push import Verdict

_QUIET_MOST = 24
"""stretches of a day; a desk lets nobody name as many"""


def take_dial(unit: Unit, caller: Caller, value: Dial) -> Ruling:
    """Counted in the caps of all desks; it happened, so that what forbade it is on record and does not refuse it."""
    refused = _refusal(unit, caller, value)
    if refused is not None:
        return refused
    task = tasks.get(unit, value.task_id) if value.task_id is not None else None
    if task is None and not caller.may(Right.CALL_WITHOUT_TASK):
        return rejected(Code.NEEDS_TASK if value.task_id is None else Code.UNKNOWN_TASK)
    if task is not None and task.customer_id != value.customer_id:
        return rejected(Code.TASK_OF_ANOTHER_CUSTOMER)
    tasks.lock_customer(unit, value.customer_id)
    dials.note_forbidden(unit, value)
    dials.count(unit, value)
    return ACCEPTED


def take_reveal(unit: Unit, caller: Caller, value: Reveal) -> Ruling:
    """Each number shown in full leaves an entry in the audit."""
    refused = _refusal(unit, caller, value)
    if refused is not None:
        return refused
    if not caller.may(Right.REVEAL_NUMBER):
        return rejected(Code.NOT_YOURS)
    unit.conn.execute(
        reveal.insert().values(
            **_common(unit, value.id, value.customer_id, None, value.agent), at=value.at, number=value.number
        )
    )
    audit.write(
        unit,
        writer=caller.staff_number,
        action=Action.REVEAL,
        object_=value.customer_id,
        number=mask_number(value.number),
    )
    return ACCEPTED


def take_skip(unit: Unit, caller: Caller, value: Skip) -> Ruling:
    """A task passed over, with its reason; one that is somebody else's by now is kept, but does not count."""
    if value.agent != caller.staff_number:
        return rejected(Code.NOT_YOURS)
    task = tasks.get(unit, value.task_id)
    if task is None:
        return rejected(Code.UNKNOWN_TASK)
    if not may_record(unit, caller, task.customer_id, said_at=value.at):
        return rejected(Code.UNKNOWN_CUSTOMER)
    unit.conn.execute(
        skip.insert().values(
            **_common(unit, value.id, task.customer_id, task.id, value.agent),
            at=value.at,
            reason=value.reason[:80],
            until=value.until,
        )
    )
    stands = standing_of(task, value.agent, holder=tasks.holder(unit, task.id, task.lease_epoch))
    if stands is Standing.COUNTS:
        return ACCEPTED
    code = Code.MOVED if stands is Standing.MOVED else Code.CLOSED
    audit.write(
        unit, writer=caller.staff_number, action=Action.SUPERSEDED, object_=str(value.id), task=task.id, why=code
    )
    return Ruling(Verdict.SUPERSEDED, code)


def take_number(unit: Unit, caller: Caller, value: AddedNumber) -> Ruling:
    """OUTCOME-03: an alternate number, kept with its source and date; it unblocks a task that had none."""
    refused = _refusal(unit, caller, value)
    if refused is not None:
        return refused
    if not (value.number.isascii() and value.number.isdigit() and len(value.number) <= 20):
        return rejected(Code.MALFORMED)
    tasks.lock_customer(unit, value.customer_id)

    def edit(contact: Contacting) -> None:
        if all(number.number != value.number for number in contact.numbers):
            contact.numbers.append(
                Number(
                    number=value.number,
                    main=not contact.numbers,
                    source=value.source[:120],
                    since=local_day(value.at),
                )
            )

    customers.edit_contact(unit, value.customer_id, edit)
    binding.bind_met(unit, {value.customer_id: [value.number]}, writer=caller.staff_number)
    for task in tasks.open_of(unit, value.customer_id):
        tasks.change(unit, task, _with_number(task, value.number))
    return ACCEPTED


def take_quiet(unit: Unit, caller: Caller, value: QuietAsked) -> Ruling:
    """TASK-16: what the customer said last stands, for all desks, and is on record beside what stood before; an older
    word that comes late changes nothing. Who wants no calls at all has a result of its own."""
    refused = _refusal(unit, caller, value)
    if refused is not None:
        return refused
    if len(value.quiet) > _QUIET_MOST or quiet_of(value.quiet) != value.quiet or _all_day(value.quiet):
        return rejected(Code.MALFORMED)
    tasks.lock_customer(unit, value.customer_id)
    # A desk's clock that is ahead must not make its word the last for good.
    at = min(value.at, unit.now)
    before = customers.section(unit, value.customer_id, "contact", Contacting)
    if before is None or before.quiet_at is None or before.quiet_at <= at:

        def edit(contact: Contacting) -> None:
            contact.quiet, contact.quiet_at = list(value.quiet), at

        customers.edit_contact(unit, value.customer_id, edit)
        audit.write(
            unit, writer=caller.staff_number, action=Action.QUIET_CHANGED, object_=value.customer_id,
            before=_written(before.quiet if before is not None else ()), quiet=_written(value.quiet),
        )  # fmt: skip
    return ACCEPTED


def _all_day(quiet: Sequence[Window]) -> bool:
    reached = 0
    for one in sorted(quiet, key=lambda span: span.from_min):
        if one.from_min > reached:
            return False
        reached = max(reached, one.until_min)
    return reached >= MINUTES_A_DAY


def _written(quiet: Sequence[Window]) -> str:
    """In minutes of the day: `0-600 1200-1440`."""
    return " ".join(f"{one.from_min}-{one.until_min}" for one in quiet)


def _with_number(task: Task, number: str) -> Task:
    who = task.customer
    if number not in who.numbers:
        who = msgspec.structs.replace(who, numbers=(*who.numbers, number))
    block = None if task.block in (Block.NO_NUMBER, Block.BAD_NUMBER) else task.block
    return msgspec.structs.replace(task, customer=who, block=block)


def _refusal(unit: Unit, caller: Caller, value: Dial | Reveal | AddedNumber | QuietAsked) -> Ruling | None:
    if value.agent != caller.staff_number:
        return rejected(Code.NOT_YOURS)
    mine = may_record(unit, caller, value.customer_id, said_at=value.at)
    return None if mine else rejected(Code.UNKNOWN_CUSTOMER)


def _common(unit: Unit, item_id: UUID, customer_id: str, task_id: str | None, agent: str) -> dict[str, str]:
    return {
        "tenant_id": unit.tenant,
        "id": str(item_id),
        "customer_id": customer_id,
        "task_id": task_id or "",
        "staff_number": agent,
    }
