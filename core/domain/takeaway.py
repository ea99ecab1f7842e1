"""What a person took away from a review, for the record, and what they call a group of problems."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.text import Text

NAME_MOST = 40
"""characters of a group's name"""
KEY_MOST = 120
WHERE_MOST = 80


class TakenAs(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    PICTURE = "picture"
    """copied to the clipboard"""


class TakenAway(Struct, frozen=True, kw_only=True):
    """One export; without the file's place, which may name a person."""

    id: UUID
    agent: str
    at: datetime
    form: TakenAs
    what: str
    """the part of the review: figures, packages, points, contests, causes"""
    rows: int
    first: date
    last: date
    teams: tuple[str, ...] = ()
    """empty: all that the person may see"""


class CauseName(Struct, frozen=True, kw_only=True):
    """What a lead calls a group of problems from now on."""

    id: UUID
    agent: str
    at: datetime
    key: str
    """of the group (core.review.causes.clusters)"""
    name: Text
