"""A store of the operator: free times at its counter, and what it has in stock (CHANNEL-02, INTEG-05)."""

from datetime import datetime

from msgspec import Struct

from core.domain.text import Text


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
