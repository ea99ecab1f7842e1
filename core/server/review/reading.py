"""Reading what a pack is made of, in queries of many rows each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, func, select

from core.domain import decoding
from core.domain.follow_up import FollowUp
from core.domain.order_state import OrderState
from core.domain.ordered import weight
from core.domain.outcome import Outcome
from core.review.snapshots import Place
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import (
    customer,
    departure,
    follow_up,
    outcome,
    package_snapshot,
    past_customer,
    placed_order,
    review_call,
    task,
)

decode_outcome = decoding.decoder(Outcome).decode
_follow_up = decoding.decoder(FollowUp).decode


COUNTS_AS = tuple(
    func.coalesce(customer.c[name], past_customer.c[name]).label(name) for name in ("area", "tier", "value")
)
"""what a customer's calls are grouped by, also once nothing else is known of them"""


def is_past(of: Table) -> ColumnElement[bool]:
    """Joins a table that names customers to those whose data were let go."""
    return (past_customer.c.tenant_id == of.c.tenant_id) & (past_customer.c.customer_id == of.c.customer_id)


@dataclass(frozen=True, slots=True)
class Read:
    """A call that stands, and what else is known of it and its customer."""

    outcome: Outcome
    root_id: str
    agent: str
    team_id: str
    at: datetime
    dialled: bool
    clock_wrong: bool
    superseded: bool
    received_at: datetime
    campaign: str
    name: str
    area: str
    tier: str
    value: str

    @property
    def id(self) -> str:
        return str(self.outcome.id)


def calls(unit: Unit, team_id: str, first: int, last: int) -> Iterator[Read]:
    """The calls of a team on these days (days since 1970), oldest first: of corrected records the last."""
    statement = (
        select(
            outcome.c.body, outcome.c.superseded, outcome.c.received_at,
            review_call.c.root_id, review_call.c.staff_number, review_call.c.at, review_call.c.dialled,
            review_call.c.clock_wrong, task.c.list_id, customer.c.name, *COUNTS_AS,
        )
        .select_from(review_call)
        .join(outcome, (outcome.c.tenant_id == review_call.c.tenant_id) & (outcome.c.id == review_call.c.outcome_id))
        .outerjoin(
            customer, (customer.c.tenant_id == outcome.c.tenant_id) & (customer.c.id == outcome.c.customer_id)
        )
        .outerjoin(past_customer, is_past(outcome))
        .outerjoin(task, (task.c.tenant_id == outcome.c.tenant_id) & (task.c.id == outcome.c.task_id))
        .where(
            review_call.c.tenant_id == unit.tenant,
            review_call.c.team_id == team_id,
            review_call.c.day.between(first, last),
            outcome.c.corrected_by == "",
        )
        .order_by(review_call.c.at, outcome.c.id)
    )  # fmt: skip
    for row in unit.conn.execute(statement):
        yield _read(row, team_id)


def _read(row: Row[*tuple[Any, ...]], team_id: str) -> Read:
    return Read(
        outcome=decode_outcome(row.body),
        root_id=row.root_id,
        agent=row.staff_number,
        team_id=team_id,
        at=row.at,
        dialled=row.dialled,
        clock_wrong=row.clock_wrong,
        superseded=row.superseded,
        received_at=row.received_at,
        campaign=row.list_id or "",
        name=row.name or "",
        area=row.area or "",
        tier=row.tier or "",
        value=row.value or "",
    )


def order_states(unit: Unit, outcome_ids: Sequence[str]) -> dict[str, OrderState]:
    """By outcome the order that decides over its sale."""
    found: dict[str, OrderState] = {}
    for chunk in chunks(outcome_ids):
        statement = select(placed_order.c.outcome_id, placed_order.c.state).where(
            placed_order.c.tenant_id == unit.tenant, placed_order.c.outcome_id.in_(chunk)
        )
        for outcome_id, word in unit.conn.execute(statement):
            state = OrderState(word)
            found[outcome_id] = max(found.get(outcome_id, state), state, key=weight)
    return found


def departures(unit: Unit, customer_ids: Sequence[str]) -> dict[str, date]:
    """When customers left the net, of those who are known to have."""
    found: dict[str, date] = {}
    for chunk in chunks(customer_ids):
        statement = select(departure.c.customer_id, departure.c.left_on).where(
            departure.c.tenant_id == unit.tenant, departure.c.customer_id.in_(chunk)
        )
        found |= {row.customer_id: row.left_on for row in unit.conn.execute(statement)}
    return found


def snapshots(unit: Unit, customer_ids: Sequence[str]) -> dict[str, list[Place]]:
    """In which packages' snapshots customers are, of those who are in any."""
    found: dict[str, list[Place]] = defaultdict(list)
    held = package_snapshot.c
    for chunk in chunks(customer_ids):
        statement = select(held.customer_id, held.package, held.team_id, held.staff_number).where(
            held.tenant_id == unit.tenant, held.customer_id.in_(chunk)
        )
        for row in unit.conn.execute(statement):
            found[row.customer_id].append(Place(row.package, row.team_id, row.staff_number))
    return found


def earlier_records(unit: Unit, root_ids: Sequence[str]) -> dict[str, list[Outcome]]:
    """By the record of the call those that were corrected since, oldest first."""
    found: dict[str, list[tuple[datetime, Outcome]]] = defaultdict(list)
    for chunk in chunks(root_ids):
        statement = (
            select(review_call.c.root_id, outcome.c.received_at, outcome.c.body)
            .join(
                outcome, (outcome.c.tenant_id == review_call.c.tenant_id) & (outcome.c.id == review_call.c.outcome_id)
            )
            .where(
                review_call.c.tenant_id == unit.tenant, review_call.c.root_id.in_(chunk), outcome.c.corrected_by != ""
            )
        )
        for root_id, received_at, body in unit.conn.execute(statement):
            found[root_id].append((received_at, decode_outcome(body)))
    return {
        root: [one for _, one in sorted(rows, key=lambda row: (row[0], row[1].recorded_at))]
        for root, rows in found.items()
    }


def follow_ups(unit: Unit, outcome_ids: Sequence[str]) -> Mapping[str, list[FollowUp]]:
    """By outcome what was to follow it."""
    found: dict[str, list[FollowUp]] = defaultdict(list)
    for chunk in chunks(outcome_ids):
        statement = (
            select(follow_up.c.outcome_id, follow_up.c.body)
            .where(follow_up.c.tenant_id == unit.tenant, follow_up.c.outcome_id.in_(chunk))
            .order_by(follow_up.c.created_at, follow_up.c.id)
        )
        for outcome_id, body in unit.conn.execute(statement):
            found[outcome_id].append(_follow_up(body))
    return found
