"""Campaigns, and whom each chose: one row a customer, those held out among them; lists that campaigns choose from."""

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

campaign = Table(
    "campaign",
    metadata,
    tenant(),
    Column("id", String(80), primary_key=True),
    # domain.campaign.CampaignState
    Column("state", String(20), nullable=False),
    Column("changed_at", Moment, nullable=False),
    # domain.campaign.Campaign as JSON
    Column("body", LargeBinary, nullable=False),
    # domain.campaign_notes.Standing as JSON: what the server notes of it as it runs
    Column("standing", LargeBinary),
)

campaign_member = Table(
    "campaign_member",
    metadata,
    tenant(),
    Column("campaign_id", String(80), primary_key=True),
    Column("customer_id", String(80), primary_key=True),
    # domain.campaign.Arm, drawn once within the stratum and never changed
    Column("arm", String(10), nullable=False),
    Column("stratum", String(160), nullable=False),
    # domain.campaign.MemberState and Barrier; no barrier: empty
    Column("state", String(20), nullable=False),
    Column("barrier", String(20), nullable=False),
    # domain.campaign.Route; empty until one is chosen
    Column("route", String(30), nullable=False),
    Column("rule_id", String(80), nullable=False),
    Column("model_id", String(80), nullable=False),
    # the model's probability of leaving, and the effect that is expected of a call; 0…1
    Column("score", Float),
    Column("expected", Float),
    Column("task_id", String(80), nullable=False),
    # when chance decided: from here on days are counted, for both arms alike
    Column("drawn_at", Moment, nullable=False),
    Column("dispatched_at", Moment),
    Index("ix_campaign_member_state", "tenant_id", "campaign_id", "state"),
    Index("ix_campaign_member_customer", "tenant_id", "customer_id"),
    Index("ix_campaign_member_task", "tenant_id", "task_id"),
)

# Why a member was chosen, in words and figures, until the task has it: let go with the customer.
campaign_reason = Table(
    "campaign_reason",
    metadata,
    tenant(),
    Column("campaign_id", String(80), primary_key=True),
    Column("customer_id", String(80), primary_key=True),
    # domain.campaign_notes.Why as JSON
    Column("body", LargeBinary, nullable=False),
)

campaign_list = Table(
    "campaign_list",
    metadata,
    tenant(),
    Column("id", String(80), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("owner", String(60), nullable=False),
    Column("made_at", Moment, nullable=False),
)

campaign_list_entry = Table(
    "campaign_list_entry",
    metadata,
    tenant(),
    Column("list_id", String(80), primary_key=True),
    Column("customer_id", String(80), primary_key=True),
    # as the list had it, from 1
    Column("place", Integer, nullable=False),
    Column("score", Float),
    # in the planner's words; empty where the list says nothing
    Column("reason", String(400), nullable=False),
    Index("ix_campaign_list_entry_customer", "tenant_id", "customer_id"),
)
