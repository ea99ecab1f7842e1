"""What a customer was given for a time, and its last day (FOLLOW-07): whoever sold it is reminded before it ends."""

from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import Struct

from core.domain.offered import Reply
from core.domain.outcome import Outcome
from core.domain.text import Text

TRIAL: Final = "trial"
"""kind of the content document that tells a desk of one"""


class TrialTold(Struct, frozen=True, kw_only=True):
    id: UUID
    outcome: UUID
    """the first record of the call that brought it"""
    offer: str
    name: Text
    customer_id: str
    customer: str = ""
    """the name, masked"""
    agent: str
    """staff number of who looks after its end"""
    scenario: str = ""
    until: date
    """the last day that it runs"""


class Ending(NamedTuple):
    """What one call gave for a time."""

    offer: str
    """id of the offer, or code of the plan"""
    name: Text
    until: date


def endings(outcome: Outcome) -> list[Ending]:
    """Offers that were accepted until a day, and a plan that is tried (SCRIPT-14)."""
    found = [
        Ending(made.offer, made.name, made.until)
        for made in outcome.offers
        if made.reply is Reply.ACCEPTED and made.until is not None
    ]
    order = outcome.order
    if order is not None and order.trial is not None and outcome.success:
        found.append(Ending(order.code, order.name or Text(order.product, order.product), order.trial.ends_on))
    return found
