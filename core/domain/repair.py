"""Content of repairs: the checks of a kind of damage in order, and how soon the customer is owed a word (VIP-08)."""

from datetime import datetime, timedelta

from msgspec import Struct

from core.domain.case import Damage
from core.domain.task import Tier
from core.domain.text import Text

REPAIR: str = "repair"
"""kind under which each template is published, named by its id"""
REPAIR_PACE: str = "repair_pace"


class RepairStep(Struct, frozen=True, kw_only=True):
    code: str
    name: Text
    how: Text
    """what to do, or to ask the customer to do"""
    findings: tuple[Text, ...] = ()
    """what usually comes of it, to be chosen by a key"""


class Afterwards(Struct, frozen=True, kw_only=True):
    """FOLLOW-06, 08: the call that follows a repair that satisfied."""

    in_days: int
    scenario: str
    reason: Text


class RepairTemplate(Struct, frozen=True, kw_only=True):
    id: str
    version: int
    title: Text
    damage: Damage
    steps: tuple[RepairStep, ...]
    afterwards: Afterwards | None = None

    def step(self, code: str) -> RepairStep | None:
        return next((one for one in self.steps if one.code == code), None)


class PaceRow(Struct, frozen=True, kw_only=True):
    """Minutes until a customer of that tier is owed a first word, by what was damaged."""

    tier: Tier
    key_service_min: int
    perception_min: int


class RepairPace(Struct, frozen=True, kw_only=True):
    version: int
    first_contact: tuple[PaceRow, ...]
    """a row each tier"""
    contact_alert_min: int
    """so long before the first contact is due its owner is told"""
    promise_alert_min: int
    """so long before a promise falls due its owner is told"""
    grudging_days: int
    """so long after a grudging acceptance the customer is called again (FOLLOW-03)"""
    grudging_scenario: str

    def first_contact_due(self, tier: Tier, damage: Damage, at: datetime) -> datetime:
        """By when the customer is owed a first word in a case that began `at`."""
        row = next(one for one in self.first_contact if one.tier is tier)
        minutes = row.key_service_min if damage is Damage.KEY_SERVICE else row.perception_min
        return at + timedelta(minutes=minutes)
