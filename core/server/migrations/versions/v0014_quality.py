"""Calls that are inspected, scores, coaching notes, saves that are asked after; outcomes are found by when they came.

Revision ID: 0014
Revises: 0013
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _word(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _table(name: str, key: str, length: int, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        _word("tenant_id", 40),
        _word(key, length),
        *columns,
        sa.PrimaryKeyConstraint("tenant_id", key, name=op.f(f"pk_{name}")),
    )


def upgrade() -> None:
    _calls()
    _scores()
    _table(
        "coaching_note", "id", 36, _word("staff_number", 40), _word("team_id", 40), _word("written_by", 40),
        _moment("written_at"), _moment("look_again_at"), _flag("open"), _bytes("body"),
    )  # fmt: skip
    op.create_index("ix_coaching_note_team", "coaching_note", ["tenant_id", "team_id", "open"])
    _checks()
    op.create_index("ix_outcome_received", "outcome", ["tenant_id", "received_at"])
    op.create_index("ix_reveal_at", "reveal", ["tenant_id", "at"])


def _calls() -> None:
    _table(
        "quality_call", "id", 36, _word("subject", 10), _word("outcome_id", 36), _word("team_id", 40),
        _word("staff_number", 40), _word("customer_id", 80), _word("scenario", 80), _moment("at"),
        _moment("sampled_at"), _word("claim_id", 36), _word("claimed_by", 40), _moment("claimed_until", nullable=True),
        _word("score_id", 36), _bytes("why"),
    )  # fmt: skip
    op.create_index("ix_quality_call_team", "quality_call", ["tenant_id", "team_id", "score_id"])
    op.create_index("ix_quality_call_outcome", "quality_call", ["tenant_id", "outcome_id"])
    op.create_index("ix_quality_call_staff", "quality_call", ["tenant_id", "staff_number", "at"])
    op.create_index("ix_quality_call_claim", "quality_call", ["tenant_id", "claimed_until"])


def _scores() -> None:
    _table(
        "quality_score", "id", 36, _word("call_id", 36), _word("outcome_id", 36), _word("staff_number", 40),
        _word("team_id", 40), _word("scenario", 80), _word("scored_by", 40), _moment("scored_at"),
        _moment("received_at"), _word("state", 20), _whole("points"), _flag("passed"), _whole("missed"),
        _whole("wrong"), _flag("counts"), _bytes("body"),
    )  # fmt: skip
    op.create_index("ix_quality_score_team", "quality_score", ["tenant_id", "team_id", "scored_at"])
    op.create_index("ix_quality_score_staff", "quality_score", ["tenant_id", "staff_number", "scored_at"])
    op.create_index("ix_quality_score_call", "quality_score", ["tenant_id", "call_id"])


def _checks() -> None:
    _table(
        "save_check", "save_id", 36, _word("customer_id", 80), _word("staff_number", 40), _word("team_id", 40),
        _word("scenario", 80), _moment("saved_at"), _word("state", 20), _moment("ask_from"), _moment("ask_until"),
        _word("task_id", 80), _moment("answered_at", nullable=True), _word("answered_by", 40), _word("answer_id", 36),
    )  # fmt: skip
    op.create_index("ix_save_check_state", "save_check", ["tenant_id", "state", "ask_from"])
    op.create_index("ix_save_check_task", "save_check", ["tenant_id", "task_id"])
    op.create_index("ix_save_check_staff", "save_check", ["tenant_id", "staff_number", "saved_at"])
