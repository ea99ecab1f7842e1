"""One customer's data go for good: rows, words, what desks were told. What figures rest on stays without words."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Table, delete, select, update

from core.domain import decoding
from core.domain.case import CaseState
from core.domain.data_periods import LEAST_DAYS, Kept
from core.domain.quality.inspection import ScoreCase
from core.domain.quality.sampling import Why as Drawn
from core.domain.stripping import stripped
from core.server.db import feed, past, refusals, schema
from core.server.db.engine import Unit
from core.server.db.feed import Entry
from core.server.purge import told
from core.server.purge.packs import without_packs
from core.server.purge.rows import GOES, LOGGED, NUMBERED, WORDED
from core.wire.pull import Kind

_encode = msgspec.json.Encoder().encode


def let_go(unit: Unit, customer_id: str, why: past.Why) -> None:
    """All of it in this transaction, which holds the customer. An order under way must have ended before."""
    _keep_refusal(unit, customer_id)
    past.note(unit, customer_id, why)
    told.forget(unit, customer_id)
    _drop_open_casework(unit, customer_id)
    for table, kind in WORDED.items():
        strip(unit, table, kind, table.c.customer_id == customer_id)
    for of, events, column, kind in LOGGED:
        ids = select(of.c.id).where(of.c.tenant_id == unit.tenant, of.c.customer_id == customer_id)
        strip(unit, events, kind, events.c[column].in_(ids))
    _strip_quality(unit, customer_id)
    _strip_answers(unit, customer_id)
    for table in GOES:
        _delete(unit, table, table.c.customer_id == customer_id)
    least = unit.now - timedelta(days=LEAST_DAYS[Kept.NUMBERS])
    for table in NUMBERED:
        _delete(unit, table, table.c.customer_id == customer_id, table.c.at < least)
    _delete(unit, schema.customer, schema.customer.c.id == customer_id)
    without_packs(unit, _outcomes(unit, customer_id))
    _tell(unit, customer_id)


def strip(
    unit: Unit, table: Table, kind: type[Struct], *conditions: ColumnElement[bool], only: frozenset[str] | None = None
) -> int:
    """Takes the words out of the bodies of these rows; how many had any."""
    statement = select(table.c.id, table.c.body).where(table.c.tenant_id == unit.tenant, *conditions)
    changed = 0
    for key, body in unit.conn.execute(statement).all():
        bare = _encode(stripped(decoding.decode(body, kind), only=only))
        if bare != bytes(body):
            changed += 1
            unit.conn.execute(
                update(table).where(table.c.tenant_id == unit.tenant, table.c.id == key).values(body=bare)
            )
    return changed


def has_words(body: bytes, kind: type[Struct], *, only: frozenset[str] | None = None) -> bool:
    """Whether `strip` would change that body."""
    value = decoding.decode(body, kind)
    return stripped(value, only=only) is not value


def _keep_refusal(unit: Unit, customer_id: str) -> None:
    """A refusal holds for numbers that are about to be forgotten: by a hash of each."""
    if refusals.is_opted_out(unit, customer_id):
        refusals.keep(unit, (), refusals.numbers_of(unit, [customer_id])[customer_id])


def _drop_open_casework(unit: Unit, customer_id: str) -> None:
    """What is still open nobody can do any more; what has ended counts."""
    case, promise = schema.repair_case, schema.promise
    for table, events, column, is_open in (
        (case, schema.case_event, "case_id", case.c.state == CaseState.OPEN.value),
        (promise, schema.promise_event, "promise_id", promise.c.owed),
    ):
        mine = (table.c.tenant_id == unit.tenant, table.c.customer_id == customer_id, is_open)
        _delete(unit, events, events.c[column].in_(select(table.c.id).where(*mine)))
        unit.conn.execute(delete(table).where(*mine))
    _delete(unit, schema.commitment, schema.commitment.c.customer_id == customer_id, ~schema.commitment.c.ended)


def _strip_quality(unit: Unit, customer_id: str) -> None:
    call, score = schema.quality_call, schema.quality_score
    mine = (call.c.tenant_id == unit.tenant, call.c.customer_id == customer_id)
    strip(unit, score, ScoreCase, score.c.call_id.in_(select(call.c.id).where(*mine)))
    for key, why in unit.conn.execute(select(call.c.id, call.c.why).where(*mine)).all():
        bare = _encode([stripped(one) for one in decoding.decode(why, tuple[Drawn, ...])])
        unit.conn.execute(update(call).where(call.c.tenant_id == unit.tenant, call.c.id == key).values(why=bare))


def _strip_answers(unit: Unit, customer_id: str) -> None:
    """What leads wrote to requests stands beside their bodies."""
    table = schema.authority_request
    mine = (table.c.tenant_id == unit.tenant, table.c.customer_id == customer_id)
    unit.conn.execute(update(table).where(*mine).values(words=""))


def _outcomes(unit: Unit, customer_id: str) -> Sequence[str]:
    table = schema.outcome
    statement = select(table.c.id).where(table.c.tenant_id == unit.tenant, table.c.customer_id == customer_id)
    return list(unit.conn.execute(statement).scalars())


def _delete(unit: Unit, table: Table, *conditions: ColumnElement[bool]) -> None:
    unit.conn.execute(delete(table).where(table.c.tenant_id == unit.tenant, *conditions))


def _tell(unit: Unit, customer_id: str) -> None:
    """Also those who had the customer long ago: their desks may hold what was saved there."""
    table = schema.feed
    ever = select(table.c.audience).where(
        table.c.tenant_id == unit.tenant, table.c.kind == Kind.CUSTOMER.value, table.c.key == customer_id
    )
    audiences: Iterable[Any] = unit.conn.execute(ever).scalars()
    feed.publish(unit, [Entry(one, Kind.CUSTOMER, customer_id, deleted=True) for one in sorted(audiences)])
