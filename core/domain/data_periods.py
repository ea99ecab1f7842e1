"""How long what is known of customers and of those who call them is kept, by kind (PIPL art. 19, 47)."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from core.domain.text import Text

DATA_PERIODS: Final = "data_periods"
"""kind and name of the one piece of content that says it"""
LET_GO: Final = "let_go"
"""of a customer's tombstone, and of the refusal of an item: their data are gone for good, not only from this desk"""
LONGEST_DAYS: Final = 100 * 365


class Kept(StrEnum):
    """What has a period of its own, in the order in which it is gone through."""

    CUSTOMERS = "customers"
    """documents, names, numbers and all that was written about somebody, after the last call, task or list"""
    NOTES = "notes"
    """words that agents typed about a call"""
    NUMBERS = "numbers"
    """numbers that were dialled or shown"""
    ORDERS = "orders"
    """number and words of an order that has ended"""
    ASIDE = "aside"
    """items that came twice with other content, or were refused and kept for repair"""
    AUDIT = "audit"
    """payloads of the audit; its chain and who did what when stay for good"""
    SESSIONS = "sessions"
    """the log of who was signed in from where, and who was ready when"""
    SNAPSHOTS = "snapshots"
    """files of what was known of every customer at a moment, which rules and reviews are tried on"""
    EXPORTS = "exports"
    """files that `export` and `report` wrote"""
    REJECTS = "rejects"
    """files of rejected rows beside imported lists"""
    BACKUPS = "backups"
    """files that `backup` wrote: named, never deleted"""


LEAST_DAYS: Final[dict[Kept, int]] = {
    Kept.CUSTOMERS: 30,
    Kept.NOTES: 30,
    Kept.NUMBERS: 30,
    Kept.ORDERS: 1095,
    Kept.ASIDE: 30,
    Kept.AUDIT: 1095,
    Kept.SESSIONS: 180,
    Kept.SNAPSHOTS: 1,
    Kept.EXPORTS: 1,
    Kept.REJECTS: 1,
    Kept.BACKUPS: 1,
}
"""below which a law wants it kept (numbers 30 days, orders and the audit three years, logs six months), or work that is
under way needs it"""


class Period(Struct, frozen=True, kw_only=True):
    """Of one kind how long, and why so long."""

    kind: Kept
    days: int
    why: Text


class DataPeriods(Struct, frozen=True, kw_only=True):
    version: int
    periods: tuple[Period, ...]

    def days(self, kind: Kept) -> int:
        """A kind that the site's file does not name yet, since an older program checked it, is kept."""
        return next((one.days for one in self.periods if one.kind is kind), LONGEST_DAYS)

    def before(self, kind: Kept, now: datetime) -> datetime:
        """What is older than that has been kept for long enough."""
        return now - timedelta(days=self.days(kind))
