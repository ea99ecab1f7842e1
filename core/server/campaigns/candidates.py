"""Whom a campaign chose, as values: what choosing gives, and what is laid out of it. Knows no engine."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from core.domain.call_costs import Costs
from core.domain.campaign import Barrier, Route
from core.domain.campaign_notes import Why
from core.domain.text import Text
from core.server.campaigns.heads import Head
from core.server.db.campaigns import Member


class Candidate(Struct, frozen=True, kw_only=True):
    """One customer whom the audience names."""

    customer_id: str
    rule_id: str = ""
    score: float | None = None
    place: int = 0
    """on the list, from 1; or the rule's priority"""
    values: Mapping[str, object] = {}
    """by name of the factor, of those that the rule and the ways ask for"""
    words: str = ""
    """the list's own reason"""


class Chosen(Struct, frozen=True, kw_only=True):
    """Those who would be reached first come first."""

    candidates: list[Candidate]
    resting: frozenset[str] = frozenset()
    """whom a rule of rest leaves in peace"""
    unrested: Text | None = None
    """TASK-16: why not all are known whom a rule of rest would leave in peace"""
    model_id: str = ""
    snapshot_id: str = ""
    snapshot_at: datetime | None = None
    most_percent: float = 0.0
    """of all customers, the share that the widest rule or the model names"""
    too_many: Text | None = None
    """beyond its bound: goes on only once somebody confirms"""
    list_name: str = ""
    costs: Costs | None = None
    """stated as the model of its audience was trained; None: none were, or it goes by no model"""
    drifted: Text | None = None
    """how far the customers have moved since the model of its audience learnt"""


class Expected(Struct, frozen=True, kw_only=True):
    """TASK-06: what a call is expected to change, and who says so."""

    model: str = ""
    """of uplift; empty: the planner's forecast, alike for everybody"""
    unused: str = ""
    """of uplift, published, and not fit for this; empty where none is"""
    since: datetime | None = None
    """from when on that model counts"""
    learnt_from: str = ""
    """the campaigns, or the list, that the model learnt from"""
    by_customer: Mapping[str, float] = {}
    """by the model the lowered chance of leaving, -1…1; nothing of whom it does not know"""
    forecast: float | None = None
    """0…1; None where the planner states none"""
    cautions: tuple[Text, ...] = ()

    def of(self, customer_id: str) -> float | None:
        """None of whom the model knows nothing: the planner's guess must not outdo what the model says of others."""
        return self.by_customer.get(customer_id) if self.model else self.forecast


class Laid(Struct, frozen=True, kw_only=True):
    """Everybody whom the campaign would have as a member, arms drawn."""

    members: list[Member]
    reasons: dict[str, Why]
    """of those who are to be called"""
    chosen: Chosen
    heads: dict[str, Head]
    barriers: dict[str, Barrier]
    routes: dict[str, Route]
    expected: Expected = Expected()
