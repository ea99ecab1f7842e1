"""What reviews are made of: where each call counts, what changed, the packs, and who has left the net.

Revision ID: 0012
Revises: 0011
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _table(name: str, keys: tuple[str, ...], *columns: sa.Column[Any]) -> None:
    key = sa.PrimaryKeyConstraint("tenant_id", *keys, name=op.f(f"pk_{name}"))
    op.create_table(name, _text("tenant_id", 40), *columns, key)


def upgrade() -> None:
    _table(
        "review_call",
        ("outcome_id",),
        *(_text(name, length) for name, length in (("outcome_id", 36), ("root_id", 36), ("customer_id", 80))),
        *(_text(name, 40) for name in ("staff_number", "team_id")),
        _moment("at"),
        _number("day"),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("dialled", "clock_wrong")),
    )
    op.create_index("ix_review_call_day", "review_call", ["tenant_id", "team_id", "day"], unique=False)
    op.create_index("ix_review_call_customer", "review_call", ["tenant_id", "customer_id", "at"], unique=False)
    op.create_index("ix_review_call_root", "review_call", ["tenant_id", "root_id"], unique=False)
    _table("review_touch", ("id",), _text("id", 36), _text("team_id", 40), _text("staff_number", 40), _number("day"))
    _table(
        "review_pack",
        ("team_id", "period"),
        _text("team_id", 40),
        _text("period", 10),
        _number("version"),
        _number("calls"),
        _moment("made_at"),
    )
    _table(
        "review_part",
        ("team_id", "period", "name"),
        *(_text(name, length) for name, length in (("team_id", 40), ("period", 10), ("name", 20), ("digest", 64))),
        _number("size"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_review_part_digest", "review_part", ["tenant_id", "digest"], unique=False)
    _table("departure", ("customer_id",), _text("customer_id", 80), sa.Column("left_on", sa.Date(), nullable=False))
    op.create_index("ix_lease_at", "lease", ["tenant_id", "at"], unique=False)
