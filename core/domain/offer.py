"""An offer beyond plans, as content: what it gives and costs, to whom it may be made, and what accepting it brings.

Money is fen, durations are days. An offer is made on both the first and the last day of its sale.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from core.domain.approval import Approval
from core.domain.eligibility import Action, EligibilityRule
from core.domain.follow_up import FollowUpKind
from core.domain.offer_kind import OfferKind
from core.domain.order import ChosenStep
from core.domain.plan import Channel, Suitability
from core.domain.text import Text


class ValueGroup(StrEnum):
    """OFFER-09: whom an offer is meant for; a customer may be of the first two at once."""

    HIGH = "high"
    AT_RISK = "at_risk"
    STABLE = "stable"


HOME_VISIT = "home_visit"
"""the benefit of which there are so many a year by tenure (OFFER-07)"""


class Pays(StrEnum):
    """When the customer pays for it."""

    NOTHING = "nothing"
    NOW = "now"
    NEXT_BILL = "next_bill"
    """with the next month's bill (OFFER-04)"""
    MONTHLY = "monthly"
    """each month, until the customer changes it"""


class Starts(StrEnum):
    """From when an accepted one holds."""

    AT_ONCE = "at_once"
    NEXT_MONTH = "next_month"
    """from its first day"""


class Amount(Struct, frozen=True, kw_only=True):
    """Fen: fixed, or a share of a figure of the customer's, rounded down."""

    fen: int = 0
    percent: int = 0
    of: str = ""
    """the fact that holds the figure, in fen a month; empty: `fen` is the amount"""
    months: int = 1
    most_fen: int | None = None


class OfferingRules(Struct, frozen=True, kw_only=True):
    """What holds for every offer, as content."""

    version: int
    rules: tuple[EligibilityRule, ...]
    pack_rest_days: int = 30
    """for so long a pack that the customer refused is not told of again: it has no file of its own to say so"""
    at_risk_days: int = 90
    """a churn warning makes a customer one at risk for so long (OFFER-09)"""


class Consequence(Struct, frozen=True, kw_only=True):
    """What accepting brings about: a follow-up."""

    kind: FollowUpKind
    in_days: int = 0
    """callback: when; else by when; 0 for an SMS: at once"""
    text: Text | None = None
    """what is to be done; None for an SMS"""
    template: str = ""
    """the SMS template"""
    department: str = ""


class Card(Struct, frozen=True, kw_only=True):
    """A reinstall card (BB-10)."""

    valid_days: int


class StepGroup(Struct, frozen=True, kw_only=True):
    """OFFER-12: one thing of which the customer chooses how much."""

    id: str
    name: Text
    steps: tuple[ChosenStep, ...]
    """the least first; what is not wanted costs nothing"""


class Offer(Struct, frozen=True, kw_only=True):
    id: str
    version: int
    kind: OfferKind
    name: Text
    audience: Text
    gives: Text
    """what the customer gets, as the agent says it"""
    terms: Text | None = None
    """what the customer must know before accepting"""
    cost: Amount
    """what it costs the operator"""
    worth: Amount
    """what it is worth to the customer"""
    price_fen: int = 0
    pays: Pays = Pays.NOTHING
    benefit: str
    """what it is of: of one benefit nothing is granted twice at a time (OFFER-05)"""
    subscription: str = ""
    """code of the subscription that it is, where it is one: who has that has the benefit"""
    runs_days: int = 0
    """how long an accepted one runs; 0: it is had once, and at once"""
    rest_days: int
    """how long it rests after a refusal"""
    groups: tuple[ValueGroup, ...] = ()
    """whom it suits best; empty: everybody alike"""
    scenarios: tuple[str, ...] = ()
    """the calls that it belongs to; it may be made in others too, and stands behind there"""
    channels: dict[Channel, Suitability]
    on_sale_from: date
    on_sale_until: date | None = None
    retired: Text | None = None
    """what to tell who asks for a withdrawn one (OFFER-13)"""
    confirm: bool = False
    """it costs or binds the customer: read back and agreed to, it leaves as an order, and counts once the customer has
    confirmed it by SMS and the CRM has accepted it (OUTCOME-12, INTEG-07)"""
    starts: Starts = Starts.AT_ONCE
    binds: bool = False
    """no cheaper plan as long as it runs"""
    actions: tuple[Action, ...]
    """which of the rules shared with plans hold for it"""
    rules: tuple[EligibilityRule, ...] = ()
    """its own"""
    then: tuple[Consequence, ...] = ()
    card: Card | None = None
    approval: Approval | None = None
    """without one its words say nothing of competitors"""
    choose: tuple[StepGroup, ...] = ()
    """what a plan of one's own is put together of"""
    chosen: tuple[ChosenStep, ...] = ()
    """in a call: what this customer has put together, and `price_fen` is its price; no content says it"""

    @property
    def as_chosen(self) -> bool:
        """Paid by the month, as much as the customer puts together, until the customer changes it (OFFER-12)."""
        return self.kind is OfferKind.OWN_PLAN

    @property
    def until_changed(self) -> bool:
        """It has no last day: it is paid by the month until the customer changes it."""
        return self.as_chosen or (self.pays is Pays.MONTHLY and not self.runs_days)
