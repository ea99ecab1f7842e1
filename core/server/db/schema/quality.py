"""Calls that are inspected, their scores, coaching notes, and claimed saves that are asked after."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

quality_call = Table(
    "quality_call",
    metadata,
    tenant(),
    # the first record of the call, or the reveal
    Column("id", String(36), primary_key=True),
    Column("subject", String(10), nullable=False),
    # the record of the call as it was last corrected
    Column("outcome_id", String(36), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("customer_id", String(80), nullable=False),
    Column("scenario", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("sampled_at", Moment, nullable=False),
    Column("claim_id", String(36), nullable=False),
    Column("claimed_by", String(40), nullable=False),
    Column("claimed_until", Moment),
    Column("score_id", String(36), nullable=False),
    # domain.quality.sampling.Why, several, as JSON
    Column("why", LargeBinary, nullable=False),
    Index("ix_quality_call_team", "tenant_id", "team_id", "score_id"),
    Index("ix_quality_call_outcome", "tenant_id", "outcome_id"),
    Index("ix_quality_call_staff", "tenant_id", "staff_number", "at"),
    Index("ix_quality_call_claim", "tenant_id", "claimed_until"),
)

quality_score = Table(
    "quality_score",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("call_id", String(36), nullable=False),
    # the version of the record that it was given for; empty for a reveal
    Column("outcome_id", String(36), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("scenario", String(80), nullable=False),
    Column("scored_by", String(40), nullable=False),
    Column("scored_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("points", Integer, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
    # false: voided, or another score of the call came first
    Column("counts", Boolean, nullable=False),
    # domain.quality.inspection.ScoreCase as JSON
    Column("body", LargeBinary, nullable=False),
    Index("ix_quality_score_team", "tenant_id", "team_id", "scored_at"),
    Index("ix_quality_score_staff", "tenant_id", "staff_number", "scored_at"),
    Index("ix_quality_score_call", "tenant_id", "call_id"),
)

coaching_note = Table(
    "coaching_note",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("staff_number", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("written_by", String(40), nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("look_again_at", Moment, nullable=False),
    Column("open", Boolean, nullable=False),
    # domain.quality.inspection.CoachingCase as JSON
    Column("body", LargeBinary, nullable=False),
    Index("ix_coaching_note_team", "tenant_id", "team_id", "open"),
)

save_check = Table(
    "save_check",
    metadata,
    tenant(),
    # the first record of the call in which the save was claimed
    Column("save_id", String(36), primary_key=True),
    Column("customer_id", String(80), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("scenario", String(80), nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("ask_from", Moment, nullable=False),
    Column("ask_until", Moment, nullable=False),
    Column("task_id", String(80), nullable=False),
    Column("answered_at", Moment),
    Column("answered_by", String(40), nullable=False),
    Column("answer_id", String(36), nullable=False),
    Index("ix_save_check_state", "tenant_id", "state", "ask_from"),
    Index("ix_save_check_task", "tenant_id", "task_id"),
    Index("ix_save_check_staff", "tenant_id", "staff_number", "saved_at"),
)
