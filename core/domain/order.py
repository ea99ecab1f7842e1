"""What a customer accepted in a call, and what was read back before it (OUTCOME-06, 12). Money is fen."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Confirmation(StrEnum):
    """OUTCOME-12: a sale counts once the customer's SMS has confirmed it."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Order(Struct, frozen=True, kw_only=True):
    product: str
    price_fen: int
    """a plan's a month, an offer's once, or a month where it is `monthly`"""
    term_months: int
    """0: no term, or one that ends with `until`"""
    locked: bool
    starts_on: date
    read_back: bool
    consent: bool
    confirmation: Confirmation = Confirmation.PENDING
    until: date | None = None
    """the last day, where the term is no number of months"""
    next_bill: bool = False
    """paid with the next month's bill (OFFER-04)"""
    monthly: bool = False
    """paid each month; of a plan's order also where an older desk did not say so"""
