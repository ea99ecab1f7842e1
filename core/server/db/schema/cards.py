"""Reinstall cards (回装卡) that agents gave, and which came back."""

from sqlalchemy import Boolean, Column, Date, Index, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

reinstall_card = Table(
    "reinstall_card",
    metadata,
    tenant(),
    Column("number", String(14), primary_key=True),
    Column("customer_id", String(80), nullable=False),
    # the newest record of the call in which it was given
    Column("outcome_id", String(36), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("good_until", Date, nullable=False),
    # a correction took back the acceptance
    Column("withdrawn", Boolean, nullable=False),
    Column("redeemed_at", Moment),
    Column("redeemed_by", String(60), nullable=False),
    Index("ix_reinstall_card_given", "tenant_id", "given_at"),
    Index("ix_reinstall_card_outcome", "tenant_id", "outcome_id"),
)
