"""One customer who asks for it is erased (PIPL art. 47): what goes at once, what must stay and for how long."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
from sqlalchemy import Table, func, select, update

from core.compliance import normalise
from core.domain import decoding
from core.domain.clock import local_day
from core.domain.data_periods import LEAST_DAYS, Kept
from core.domain.errand import OPEN_ERRANDS
from core.domain.errors import InputError
from core.domain.follow_up import FollowUp, FollowUpState
from core.domain.incoming import Taken
from core.domain.order_state import OPEN_ORDERS
from core.domain.quality.save_check import SETTLED, CheckState
from core.domain.task import TaskState
from core.domain.text import Text
from core.server.customer_ids import of_source
from core.server.db import audit, kept_aside, past, records, refusals, schema, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.purge.at_night import wait_for_the_night
from core.server.purge.letting_go import let_go, strip
from core.server.purge.periods import periods
from core.server.purge.purging import note_unclean
from core.server.purge.rows import NUMBERED, STAYS, WORDED
from core.wire.incoming import IncomingEvent

_TOLD_APART = {schema.outcome, schema.placed_order, schema.dial, schema.opt_out, schema.past_customer}
UNDER_ID = [one for one in (*WORDED, *STAYS, *NUMBERED) if "customer_id" in one.c and one not in _TOLD_APART]
"""tables of which the rows of a customer stay without anything but the id, times and states"""
_WHOLE = 11
"""digits of a number that names its line by itself, with area code or as a mobile"""


@dataclass(frozen=True, slots=True)
class Stays:
    """What of a customer may not go, or tells nobody who it was."""

    orders: int
    """that have ended: the law wants them kept until `orders_until`"""
    orders_until: date | None
    dials: int
    """whose number and time the law wants for some days"""
    dials_until: date | None
    outcomes: int
    """without words, name and number: pay and figures rest on them"""
    refused: bool
    """calls stay refused, by a hash of each number"""
    audited: int
    """entries of the audit that name the id"""
    rows: Mapping[str, int]
    """by table, of which there are any: what else stays under the id, without words"""


def found_by(unit: Unit, number: str) -> list[str]:
    """Ids of the customers who have that number, however it is written, good or bad."""
    table, spelt = schema.contact_number, {number, normalise(number)}
    statement = select(table.c.customer_id).where(table.c.tenant_id == unit.tenant, table.c.number.in_(sorted(spelt)))
    return sorted(set(unit.conn.execute(statement).scalars()))


def erase(
    database: Database,
    customer_id: str,
    *,
    by: str,
    refuse_calls: bool = False,
    really: bool = True,
    at_night: bool = False,
) -> Stays:
    """All that may go is gone; `refuse_calls`: and nobody calls the numbers again, whatever list they come with;
    `at_night`: the server's night takes them out of the snapshots.

    Raises InputError where there is no such customer, or an order or errand of theirs is under way.
    """
    with database.write() as unit:
        if not tasks.lock_customer(unit, customer_id):
            raise _unknown(customer_id)
        _refuse_open(unit, customer_id)
        if really:
            _erase(unit, customer_id, by=by, refuse_calls=refuse_calls, at_night=at_night)
    return _what_stays(database, customer_id)


def _erase(unit: Unit, customer_id: str, *, by: str, refuse_calls: bool, at_night: bool) -> None:
    if refuse_calls:
        refusals.keep(unit, [customer_id], refusals.numbers_of(unit, [customer_id])[customer_id])
    numbers = _numbers(unit, customer_id)
    _end_open(unit, customer_id)
    let_go(unit, customer_id, past.Why.ASKED)
    _empty_aside(unit, customer_id)
    _strip_events(unit, customer_id, numbers)
    note_unclean(unit)
    if at_night:
        wait_for_the_night(unit)
    audit.write(unit, writer=by, action=Action.ERASED, object_=customer_id)


def _what_stays(database: Database, customer_id: str) -> Stays:
    """Apart from the erasure: it goes through the whole audit, and nobody has to wait for that."""
    with database.read() as unit:
        return _stays(unit, customer_id)


def _end_open(unit: Unit, customer_id: str) -> None:
    """What the centre itself had still to do with the customer it does no more."""
    for before in tasks.open_of(unit, customer_id):
        cancelled = msgspec.structs.replace(before, state=TaskState.CANCELLED, callback_at=None)
        tasks.change(unit, before, cancelled)
    waits, check = schema.follow_up, schema.save_check
    statement = select(waits.c.body).where(
        waits.c.tenant_id == unit.tenant,
        waits.c.customer_id == customer_id,
        waits.c.state == FollowUpState.WAITING.value,
    )
    for body in unit.conn.execute(statement).scalars().all():
        records.set_follow_up(unit, decoding.decode(body, FollowUp), FollowUpState.CANCELLED)
    unit.conn.execute(
        update(check)
        .where(
            check.c.tenant_id == unit.tenant,
            check.c.customer_id == customer_id,
            check.c.state.not_in(sorted(SETTLED)),
        )
        .values(state=CheckState.LAPSED.value)
    )


def _stays(unit: Unit, customer_id: str) -> Stays:
    order, dial = schema.placed_order, schema.dial
    orders, last_order = unit.conn.execute(
        select(func.count(), func.max(order.c.changed_at)).where(
            order.c.tenant_id == unit.tenant, order.c.customer_id == customer_id
        )
    ).one()
    least = timedelta(days=LEAST_DAYS[Kept.NUMBERS])
    dials, last_dial = unit.conn.execute(
        select(func.count(), func.max(dial.c.at)).where(
            dial.c.tenant_id == unit.tenant, dial.c.customer_id == customer_id, dial.c.at >= unit.now - least
        )
    ).one()
    return Stays(
        orders=orders,
        orders_until=local_day(last_order + timedelta(days=periods(unit).days(Kept.ORDERS))) if last_order else None,
        dials=dials,
        dials_until=local_day(last_dial + least) if last_dial else None,
        outcomes=_count(unit, schema.outcome, customer_id),
        refused=refusals.is_opted_out(unit, customer_id),
        audited=audit.naming(unit, customer_id),
        rows={table.name: count for table in UNDER_ID if (count := _count(unit, table, customer_id))},
    )


def _count(unit: Unit, table: Table, customer_id: str) -> int:
    statement = select(func.count()).where(table.c.tenant_id == unit.tenant, table.c.customer_id == customer_id)
    return unit.conn.execute(statement).scalar_one()


def _empty_aside(unit: Unit, customer_id: str) -> None:
    """Records that were kept for repair speak of the customer too, in whatever form a program wrote its JSON."""
    forms = (msgspec.json.encode(customer_id), json.dumps(customer_id).encode())
    table, named = schema.conflict, re.compile(rb'"customer_id"\s*:\s*(?:%b)' % b"|".join(map(re.escape, forms)))
    statement = select(table.c.item_id, table.c.digest, table.c.body).where(table.c.tenant_id == unit.tenant)
    for row in unit.conn.execute(statement).all():
        if named.search(bytes(row.body)):
            mine = (table.c.item_id == row.item_id, table.c.digest == row.digest)
            unit.conn.execute(
                update(table)
                .where(table.c.tenant_id == unit.tenant, *mine)
                .values(body=b"", repaired_by=kept_aside.CLOSED)
            )


def _numbers(unit: Unit, customer_id: str) -> frozenset[str]:
    """Good or bad, as compliance spells them."""
    table = schema.contact_number
    mine = (table.c.tenant_id == unit.tenant, table.c.customer_id == customer_id)
    return frozenset(normalise(one) for one in unit.conn.execute(select(table.c.number).where(*mine)).scalars())


def _strip_events(unit: Unit, customer_id: str, numbers: frozenset[str]) -> None:
    """What other systems told of before the customer was known here names them by number or id alone, kept aside."""
    table = schema.incoming_event
    statement = select(table.c.id, table.c.body).where(
        table.c.tenant_id == unit.tenant, table.c.customer_id == "", table.c.state != Taken.TASK.value
    )
    for row in unit.conn.execute(statement).all():
        event = decoding.decode(row.body, IncomingEvent)
        if customer_id in (event.customer_id, of_source(event.customer_id)) or _is_one_of(event.number, numbers):
            strip(unit, table, IncomingEvent, table.c.id == row.id)
            mine = (table.c.tenant_id == unit.tenant, table.c.id == row.id)
            unit.conn.execute(update(table).where(*mine).values(state=Taken.CLOSED.value))


def _is_one_of(told: str, numbers: frozenset[str]) -> bool:
    """However another system spelt it: what ends in all digits of the customer's is theirs."""
    number = normalise(told)
    return number in numbers or any(number.endswith(one.lstrip("0")) for one in numbers if len(one) >= _WHOLE)


def _refuse_open(unit: Unit, customer_id: str) -> None:
    """What another system works on is ended there first: nobody could follow it any more."""
    open_: list[str] = []
    for table, states in ((schema.placed_order, OPEN_ORDERS), (schema.errand, OPEN_ERRANDS)):
        statement = select(table.c.id).where(
            table.c.tenant_id == unit.tenant, table.c.customer_id == customer_id, table.c.state.in_(sorted(states))
        )
        open_ += unit.conn.execute(statement.order_by(table.c.id)).scalars()
    if open_:
        raise _under_way(customer_id, open_)


def _unknown(customer_id: str) -> InputError:
    return InputError(
        title=Text("没有这个客户", "There is no such customer"),
        message=Text(
            f"没有编号为 {customer_id} 的客户，或已经清除过。",
            f"There is no customer {customer_id}, or nothing is kept of them any more.",
        ),
        next_step=Text("请核对编号，或用 --number 按号码查。", "See the id, or give the number with --number."),
    )


def _under_way(customer_id: str, ids: Sequence[str]) -> InputError:
    zh, en = "、".join(ids), ", ".join(ids)
    return InputError(
        title=Text("还有在办的单", "Something is under way"),
        message=Text(
            f"客户 {customer_id} 的订单或派单还没有办结：{zh}。未作改动。",
            f"Orders or errands of customer {customer_id} have not ended: {en}. Nothing was changed.",
        ),
        next_step=Text(
            "请先办结或撤回（stayline-server orders、errands），再清除。",
            "End or withdraw them first (stayline-server orders, errands), then erase.",
        ),
    )
