"""Standing commitments in the database."""

import msgspec
from sqlalchemy import select

from core.domain import decoding
from core.domain.commitment import CommitmentTold
from core.server.db.engine import Unit
from core.server.db.schema import commitment
from core.server.db.upsert import upsert

_decode = decoding.decoder(CommitmentTold).decode
_encode = msgspec.json.Encoder().encode


def put(unit: Unit, value: CommitmentTold, *, team_id: str) -> None:
    made = value.commitment
    row = {
        "tenant_id": unit.tenant,
        "id": str(made.id),
        "customer_id": made.customer_id,
        "staff_number": made.agent,
        "team_id": team_id,
        "ended": value.ended_at is not None,
        "body": _encode(value),
    }
    upsert(unit, commitment, [row], keys=("tenant_id", "id"))


def get(unit: Unit, commitment_id: str) -> tuple[CommitmentTold, str] | None:
    """With the team that it was made in; held for this transaction."""
    row = unit.conn.execute(
        select(commitment.c.body, commitment.c.team_id)
        .where(commitment.c.tenant_id == unit.tenant, commitment.c.id == commitment_id)
        .with_for_update()
    ).one_or_none()
    return None if row is None else (_decode(row[0]), row[1])


def customer_of(unit: Unit, commitment_id: str) -> str:
    """Whose it is, to be held before it is looked at; empty where there is none such."""
    statement = select(commitment.c.customer_id).where(
        commitment.c.tenant_id == unit.tenant, commitment.c.id == commitment_id
    )
    return str(unit.conn.execute(statement).scalar_one_or_none() or "")


def running(unit: Unit) -> list[CommitmentTold]:
    """Those that nobody has ended."""
    rows = unit.conn.execute(
        select(commitment.c.body)
        .where(commitment.c.tenant_id == unit.tenant, commitment.c.ended.is_(False))
        .order_by(commitment.c.id)
    )
    return [_decode(row[0]) for row in rows]


def of_customer(unit: Unit, customer_id: str) -> list[tuple[CommitmentTold, str]]:
    """Those of the customer that nobody has ended, with the team that each was made in."""
    rows = unit.conn.execute(
        select(commitment.c.body, commitment.c.team_id).where(
            commitment.c.tenant_id == unit.tenant,
            commitment.c.customer_id == customer_id,
            commitment.c.ended.is_(False),
        )
    )
    return [(_decode(row[0]), row[1]) for row in rows]
