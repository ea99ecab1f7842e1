"""Repair cases, promises, whose desks hold their customers, and the hotline's tickets.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _tenant() -> sa.Column[str]:
    return sa.Column("tenant_id", sa.String(length=40), nullable=False)


def _word(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("tenant_id", *columns, name=op.f(f"pk_{table}"))


def upgrade() -> None:
    _cases()
    _promises()
    for table, of in (("case_event", "case_id"), ("promise_event", "promise_id")):
        op.create_table(
            table,
            _tenant(),
            _word("id", 36),
            _word(of, 36),
            _word("staff_number", 40),
            _moment("at"),
            _moment("received_at"),
            sa.Column("body", sa.LargeBinary(), nullable=False),
            _key(table, "id"),
        )
        op.create_index(f"ix_{table}_{of}", table, ["tenant_id", of], unique=False)
    op.create_table(
        "case_hold",
        _tenant(),
        _word("subject_id", 36),
        _word("staff_number", 40),
        _word("customer_id", 80),
        _key("case_hold", "subject_id", "staff_number"),
    )
    op.create_index("ix_case_hold_customer", "case_hold", ["tenant_id", "customer_id", "staff_number"], unique=False)
    op.create_table(
        "hotline_ticket",
        _tenant(),
        _word("id", 60),
        _word("kind", 20),
        _word("customer_id", 80),
        _word("task_id", 80),
        _word("case_id", 36),
        _word("staff_number", 40),
        _moment("received_at"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _key("hotline_ticket", "id"),
    )


def _cases() -> None:
    op.create_table(
        "repair_case",
        _tenant(),
        _word("id", 36),
        _word("customer_id", 80),
        _word("owner", 40),
        _word("team_id", 40),
        _word("state", 20),
        sa.Column("tier_rank", sa.Integer(), nullable=False),
        _moment("first_contact_due"),
        _flag("contacted"),
        _flag("missed"),
        _moment("opened_at"),
        _moment("closed_at", nullable=True),
        _moment("changed_at"),
        _key("repair_case", "id"),
    )
    due = ["tenant_id", "state", "contacted", "missed", "first_contact_due"]
    op.create_index("ix_repair_case_customer", "repair_case", ["tenant_id", "customer_id", "state"], unique=False)
    op.create_index("ix_repair_case_owner", "repair_case", ["tenant_id", "owner", "state"], unique=False)
    op.create_index("ix_repair_case_due", "repair_case", due, unique=False)


def _promises() -> None:
    op.create_table(
        "promise",
        _tenant(),
        _word("id", 36),
        _word("customer_id", 80),
        _word("case_id", 36),
        _word("owner", 40),
        _word("team_id", 40),
        _word("state", 20),
        _flag("owed"),
        _moment("due_at"),
        _moment("made_at"),
        _moment("settled_at", nullable=True),
        _key("promise", "id"),
    )
    op.create_index("ix_promise_customer", "promise", ["tenant_id", "customer_id", "owed"], unique=False)
    op.create_index("ix_promise_owner", "promise", ["tenant_id", "owner", "owed"], unique=False)
    op.create_index("ix_promise_case", "promise", ["tenant_id", "case_id"], unique=False)
    op.create_index("ix_promise_due", "promise", ["tenant_id", "state", "due_at"], unique=False)
