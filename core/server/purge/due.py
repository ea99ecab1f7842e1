"""Whose data have been kept for long enough: nothing came of them for as long, and nothing is under way."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, exists, select

from core.domain import decoding
from core.domain.authority import RequestState
from core.domain.case import CaseState
from core.domain.clock import local_day
from core.domain.errand import OPEN_ERRANDS
from core.domain.follow_up import FollowUpKind, FollowUpState
from core.domain.order_state import OPEN_ORDERS
from core.domain.package import PACKAGE, Package
from core.domain.quality.save_check import SETTLED
from core.domain.task import OPEN_STATES
from core.server.db import published
from core.server.db.engine import Unit
from core.server.db.schema import (
    access_grant,
    agreed_date,
    app_user,
    authority_request,
    commitment,
    customer,
    errand,
    follow_up,
    incoming_event,
    outcome,
    outgoing_contact,
    package_snapshot,
    placed_order,
    promise,
    repair_case,
    repair_revisit,
    save_check,
    task,
)
from core.server.db.tasks import KEEPERS

Condition = ColumnElement[bool]


def customers_due(unit: Unit, before: datetime, limit: int, *, after: str = "") -> list[str]:
    """Up to `limit` of them in the order of their ids, those that follow `after`."""
    found = _due(unit, before).where(customer.c.id > after).order_by(customer.c.id).limit(limit)
    return list(unit.conn.execute(found).scalars())


def is_due(unit: Unit, customer_id: str, before: datetime) -> bool:
    """Whether it still holds of that one, in a transaction that has the customer."""
    return unit.conn.execute(_due(unit, before).where(customer.c.id == customer_id)).first() is not None


def _due(unit: Unit, before: datetime) -> Select[str]:
    stays = (*_lately(before), *_under_way(unit), *_named(unit))
    return select(customer.c.id).where(
        customer.c.tenant_id == unit.tenant, customer.c.changed_at < before, *(~one for one in stays)
    )


def _has(table: Table, *conditions: Condition) -> Condition:
    """Whether there is such a row of the customer."""
    return exists().where(table.c.tenant_id == customer.c.tenant_id, table.c.customer_id == customer.c.id, *conditions)


def _among(unit: Unit, table: Table, *conditions: Condition) -> Condition:
    """The same where rows are few and no index leads from the customer to them."""
    few = select(table.c.customer_id).where(table.c.tenant_id == unit.tenant, *conditions)
    return customer.c.id.in_(few)


_SENT_ON = (FollowUpKind.SMS.value, FollowUpKind.LETTER.value)
"""what leaves by the next export: it keeps no customer here"""


def _lately(before: datetime) -> Sequence[Condition]:
    return (
        _has(task, task.c.created_at >= before),
        _has(outcome, outcome.c.received_at >= before),
        _has(incoming_event, incoming_event.c.received_at >= before),
        _has(outgoing_contact, outgoing_contact.c.made_at >= before),
    )


def _under_way(unit: Unit) -> Sequence[Condition]:
    waits = (follow_up.c.kind.not_in(_SENT_ON), follow_up.c.state == FollowUpState.WAITING.value)
    return (
        _has(task, task.c.state.in_(OPEN_STATES)),
        _has(repair_case, repair_case.c.state == CaseState.OPEN.value),
        _has(promise, promise.c.owed),
        _has(commitment, ~commitment.c.ended),
        _has(access_grant, access_grant.c.until > unit.now),
        _among(unit, repair_revisit),
        _among(unit, agreed_date, agreed_date.c.told, agreed_date.c.at >= unit.now),
        _among(unit, errand, errand.c.state.in_(sorted(OPEN_ERRANDS))),
        _among(unit, placed_order, placed_order.c.state.in_(sorted(OPEN_ORDERS))),
        _among(unit, authority_request, authority_request.c.state == RequestState.WAITING.value),
        _among(unit, save_check, save_check.c.state.not_in(sorted(SETTLED))),
        _among(unit, follow_up, *waits, follow_up.c.due_at >= unit.now),
    )


def _named(unit: Unit) -> Sequence[Condition]:
    """Who has a manager of their own, or is counted in a package that runs."""
    managers = select(app_user.c.staff_number).where(
        app_user.c.tenant_id == unit.tenant, app_user.c.role.in_(KEEPERS), app_user.c.disabled_at.is_(None)
    )
    found = [customer.c.manager.in_(managers)]
    running = _running(unit)
    return [*found, _has(package_snapshot, package_snapshot.c.package.in_(running))] if running else found


def _running(unit: Unit) -> list[str]:
    every = (decoding.decode(body, Package) for body in published.bodies(unit, PACKAGE))
    return [one.id for one in every if one.ends >= local_day(unit.now)]
