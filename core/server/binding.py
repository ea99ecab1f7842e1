"""OUTCOME-11: a refusal is final for all of the customer's numbers, under whatever ids the customer is there."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from core.domain.customer import Care
from core.domain.task import Block, TaskState
from core.server.db import audit, customers, records, refusals, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit


def bind_met(unit: Unit, asked: Mapping[str, Iterable[str]], *, writer: str) -> frozenset[str]:
    """Of these customers with their numbers, whoever has refused under another id is not called; gives those."""
    met = refusals.met(unit, asked)
    for customer_id, outcome_id in sorted(met.items()):
        bind(unit, customer_id, writer=writer, outcome_id=outcome_id)
    return frozenset(met)


def bind_all_with(
    unit: Unit, numbers: Collection[str], *, besides: Iterable[str], writer: str, outcome_id: str
) -> None:
    """Whoever else has one of the numbers is not called any more either."""
    told = frozenset(besides)
    for customer_id in refusals.having(unit, numbers):
        if customer_id not in told:
            bind(unit, customer_id, writer=writer, outcome_id=outcome_id)


def bind(unit: Unit, customer_id: str, *, writer: str, outcome_id: str) -> None:
    """A refusal by number meets this customer; one that is bound already stays as it is."""
    tasks.lock_customer(unit, customer_id)
    care = customers.section(unit, customer_id, "care", Care)
    if not refusals.is_opted_out(unit, customer_id):
        refusals.hear(unit, customer_id, (), outcome_id=outcome_id, staff_number=writer)
        audit.write(unit, writer=writer, action=Action.OPT_OUT, object_=customer_id, why="same_number")
    if care is None or not care.opted_out:
        customers.edit_care(unit, customer_id, _opt_out)
    withdraw_tasks(unit, customer_id)


def withdraw_tasks(unit: Unit, customer_id: str) -> None:
    """A refusal is final, also for a task that waits or stands on a desk, and for a callback that was promised; one
    that is blocked for it already stays."""
    for before in tasks.open_of(unit, customer_id):
        if before.block is Block.OPTED_OUT:
            continue
        cancelled = msgspec.structs.replace(before, state=TaskState.CANCELLED, block=Block.OPTED_OUT, callback_at=None)
        tasks.change(unit, before, cancelled)
    records.cancel_callbacks(unit, customer_id)


def release(unit: Unit, outcome_id: str, *, writer: str) -> None:
    """A refusal that was noted by mistake: whom it bound may be called again, unless another one stands for them."""
    released = refusals.release(unit, outcome_id, by=writer)
    there = sorted(customers.known(unit, released))
    still = refusals.met(unit, refusals.numbers_of(unit, there))
    for customer_id in there:
        if customer_id not in still:
            customers.edit_care(unit, customer_id, _opt_in)
            audit.write(unit, writer=writer, action=Action.OPT_OUT_RELEASED, object_=customer_id)


def _opt_out(care: Care) -> None:
    care.opted_out = True


def _opt_in(care: Care) -> None:
    care.opted_out = False
