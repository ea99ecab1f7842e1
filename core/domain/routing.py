"""TASK-04: by which way a customer is reached, and what holds for every campaign. Content."""

from msgspec import Struct

from core.domain.campaign import Route
from core.domain.condition import Condition


class Way(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    route: Route
    when: Condition
    """over factors, and `value` and `tier` of the customer"""


class Routes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first way whose condition holds and that the campaign allows."""

    id: str
    version: int
    ways: tuple[Way, ...]


class CampaignPolicy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    called_lately_days: int = 7
    """whoever was dialled within so many days is left alone until then"""
    other_campaign_days: int = 30
    """whoever another campaign drew within so many days belongs to its effect"""
    model_most_percent: float = 25.0
    """of all customers, the share that a model may name before somebody confirms"""
