"""What a customer accepted in a call, and what was read back before it (OUTCOME-06, 12). Money is fen."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from core.domain.charge import Charge
from core.domain.text import Text


class Confirmation(StrEnum):
    """OUTCOME-12: a sale counts once the customer's SMS has confirmed it."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Trial(Struct, frozen=True, kw_only=True):
    """SCRIPT-14: the plan is tried, and may be given back for the one before."""

    ends_on: date
    """the last day of the trial"""
    back_to: str
    """code of the plan that the customer returns to"""
    back_to_name: Text


class ChosenStep(Struct, frozen=True, kw_only=True):
    """OFFER-12: so much of one thing that the customer put into a plan of their own."""

    code: str
    name: Text
    price_fen: int
    """its part of the month's price"""


class Order(Struct, frozen=True, kw_only=True):
    product: str
    """in Chinese, as the CRM and the customer's SMS know it"""
    price_fen: int
    """as often as `charge` says"""
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
    """paid each month, as older servers know it; of a plan's order also where an older desk did not say so"""
    charge: Charge | None = None
    """None: an older desk, which knew no other than a month's and once"""
    code: str = ""
    """of the plan in the catalogue, or id of the offer; empty: what neither holds, a suspension say"""
    version: int = 0
    """of the catalogue, or of the offer, that it was taken from; 0: not known"""
    name: Text | None = None
    """of the plan in both languages; None: what the agent wrote"""
    trial: Trial | None = None
    """None: it is no trial"""
    ends_trial: bool = False
    """the customer gives a plan that was tried back: this is the plan of before"""
    chosen: tuple[ChosenStep, ...] = ()
    """what a plan of one's own consists of"""


def charge_of(order: Order, *, offer: bool = False) -> Charge:
    """How often its price is paid, also where an older desk wrote the order; `offer`: it is of one beyond plans."""
    if order.charge is not None:
        return order.charge
    return Charge.MONTH if order.monthly or not offer else Charge.ONCE
