"""What is kept beside a snapshot's Parquet file: whose it is, its figures, and what is wrong with its sources."""

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec import Struct

from core.domain.text import Text


class FaultKind(StrEnum):
    FAILED = "failed"
    """whoever delivers the source said so"""
    LATE = "late"
    GONE = "gone"
    """no customer has a value, where the snapshot before had some"""
    FEW_ROWS = "few_rows"
    NULLS_ROSE = "nulls_rose"
    UNUSABLE = "unusable"
    SHRUNK = "shrunk"
    """far fewer customers than before: of the snapshot as a whole"""
    ABSENT = "absent"
    """the delivery had no such column"""
    UNSCORED = "unscored"
    """the model that counts has not scored the snapshot"""


class Fault(Struct, frozen=True, kw_only=True):
    """ID-10: holds all that hangs on it."""

    kind: FaultKind
    source: str = ""
    """empty: the whole snapshot"""
    factor: str = ""
    """empty: the whole source"""
    why: Text


class Seen(Struct, frozen=True, kw_only=True):
    """One factor in one snapshot."""

    filled: int
    unusable: int = 0
    mean: float | None = None
    """of figures; the share of yes of yes and no"""
    deviation: float | None = None
    """standard deviation"""


class Stand(Struct, frozen=True, kw_only=True):
    """ID-09, 10: one source in one snapshot."""

    source: str
    label: Text
    arrived_at: datetime | None
    """as whoever delivers it told; None where nobody tells"""
    rows: int
    """customers with any value of it"""
    factors: int
    null_percent: float
    """of all its values, over all customers who have any"""
    unusable: int
    drift: float | None
    """standard deviations by which a mean moved since the snapshot before, of the factor that moved most"""
    drift_factor: str = ""
    drifted: bool = False
    """far enough to be told"""


class Snapshot(Struct, frozen=True, kw_only=True):
    id: str
    owner: str
    """who took it"""
    taken_at: datetime
    rows: int
    sha256: str
    size: int
    """bytes"""
    before: str = ""
    """id of the snapshot that it was compared with"""
    columns: dict[str, Seen]
    sources: list[Stand]
    faults: list[Fault]
    tenant: str = "main"
    erased: int = 0
    """customers who were in it when it was taken, and asked to be erased"""
    erased_until: datetime | None = None
    """who asked until then is in it no more"""
    taken_sha256: str = ""
    """of the file as it was taken; empty where it still is"""

    @property
    def as_taken(self) -> str:
        """By which it is known for the same, whoever was erased since: a list that a model learnt from, say."""
        return self.taken_sha256 or self.sha256


def written(record: Struct) -> bytes:
    """As a record lies in its file."""
    return msgspec.json.format(msgspec.json.encode(record))
