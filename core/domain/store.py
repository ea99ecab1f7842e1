"""A store of the operator: free times at its counter, and what it has in stock (CHANNEL-02, INTEG-05)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from core.domain.text import Text

STORE_TIME: Final = "store_time"
"""kind of the content document that tells a desk of a time that is booked"""


class Slot(Struct, frozen=True, kw_only=True, order=True):
    begins_at: datetime
    minutes: int = 30


class Stocked(Struct, frozen=True, kw_only=True):
    what: str
    """code of a handset or card"""
    name: Text
    pieces: int


class StoreStanding(Struct, frozen=True, kw_only=True):
    """One store as its system says it is now."""

    code: str
    name: Text
    address: Text
    open_hours: str
    """09:00–20:00"""
    area: str = ""
    slots: tuple[Slot, ...] = ()
    """free ones, the soonest first"""
    stock: tuple[Stocked, ...] = ()


class StoreTime(Struct, frozen=True, kw_only=True):
    """A time that is booked for a customer."""

    id: UUID
    """of the booking, here and at the store"""
    store: str
    name: Text
    """of the store"""
    slot: Slot
    customer_id: str
    customer: str = ""
    """the name, masked"""
    agent: str
    scenario: str = ""
    what: str = ""
    """code of what is put by"""
    what_name: Text | None = None
    reference: str = ""
    """the store's own number of it"""
