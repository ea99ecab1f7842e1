"""What is kept of an uplift model beside its trees: `uplift.json` in the folder of models."""

from datetime import datetime

from msgspec import Struct

from core.screening.model.columns import Column
from core.screening.model.labels import Roles
from core.screening.model.preparing import LeftOut
from core.screening.model.record import Caution
from core.screening.model.uplift import Uplift


class UpliftSource(Struct, frozen=True, kw_only=True):
    """The list that was learnt from."""

    file: str
    sha256: str
    rows: int
    left: int
    campaigns: list[str] = []
    """whose members they were; none of a list that was brought"""
    within_days: int = 0
    """who left within so many days after the draw; 0 of a list that was brought"""
    last_day: str = ""
    """YYYY-MM-DD, of the rows' own; empty where they say none"""
    sampled_of: int = 0
    """rows that there were, where a sample of them was read; else 0"""


class UpliftRecord(Struct, frozen=True, kw_only=True):
    """Whatever it does not name yet an older file does not have."""

    id: str
    made_at: datetime
    by: str
    source: UpliftSource
    roles: Roles
    treatment: str
    """the column that says who was called"""
    columns: list[Column]
    left_out: list[LeftOut]
    importance: list[float]
    """by column; shares that add up to 1"""
    found: Uplift
    """what it is worth on customers whom it did not see"""
    share: float
    """of those learnt from, who were called"""
    cautions: list[Caution]
    called_sha256: str
    held_sha256: str
    """of the trees learnt of those called, and of those held out"""
    engine: str

    @property
    def grave(self) -> list[Caution]:
        """To be accepted before it is published."""
        return [one for one in self.cautions if one.grave]
