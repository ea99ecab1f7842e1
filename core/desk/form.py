"""What the agent has filled in of an outcome; kept in the draft at every change."""

from datetime import date, datetime

from msgspec import Struct, field, structs

from core.domain.follow_up import FollowUpKind
from core.domain.offered import OfferMade
from core.domain.outcome import Intent

OWN_DESK = "own_desk"
"""department of a reminder to oneself"""


class Planned(Struct, kw_only=True, omit_defaults=True):
    """A follow-up chosen and not yet saved."""

    preset: str
    kind: FollowUpKind
    due_at: datetime | None = None
    mine: bool = True
    number: str = ""
    template: str = ""
    text: str = ""
    department: str = ""
    consent: bool = False
    offer: str = ""
    """the offer beyond plans that brings it"""


class OrderForm(Struct, kw_only=True, omit_defaults=True):
    """OUTCOME-06, 12: the order with what was read back."""

    product: str = ""
    price_fen: int | None = None
    term_months: int | None = None
    locked: bool | None = None
    starts_on: date | None = None
    consent: bool = False


class OrderTerms(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What of an order the customer hears and agrees to."""

    product: str = ""
    price_fen: int | None = None
    term_months: int = 0
    locked: bool = False
    starts_on: date | None = None


class DisconnectForm(Struct, kw_only=True, omit_defaults=True):
    """OUTCOME-01."""

    next_brand: str = ""
    suggestion: str = ""


class Form(Struct, kw_only=True, omit_defaults=True):
    result: str = ""
    reason: str = ""
    intent: Intent | None = None
    planned: list[Planned] = []
    order: OrderForm = field(default_factory=OrderForm)
    agreed: OrderTerms | None = None
    """the order as it was read back or agreed to; None while neither was done"""
    disconnect: DisconnectForm = field(default_factory=DisconnectForm)
    other_number: str = ""
    false_field: str = ""
    """OUTCOME-09: which datum of the customer is false"""
    offers: list[OfferMade] = []
    """what was offered beyond plans, in the order in which the customer answered"""
    offer_planned: list[Planned] = []
    """what the accepted ones bring about"""
    offer_grants: dict[str, int] = {}
    """offer → fen up to which somebody else granted it for this call"""
    offer_granters: dict[str, str] = {}
    """offer → who did"""
    note: str = ""
    note_edited: bool = False
    no_callbacks: bool = False
    """the customer may not be called any more, as came to be known during the call: nothing promises one"""

    @property
    def untouched(self) -> bool:
        """The agent filled in nothing: what a lead granted, and the note written of it, are read anew each time."""
        note = self.note if self.note_edited else ""
        return structs.replace(self, offer_grants={}, offer_granters={}, note=note) == Form()

    def planned_as(self, preset: str) -> Planned | None:
        return next((p for p in self.planned if p.preset == preset), None)

    def callback(self) -> Planned | None:
        return next((p for p in self.planned if p.kind is FollowUpKind.CALLBACK), None)

    def offer_follow_ups(self) -> list[Planned]:
        """What accepted offers bring about; a reminder becomes a work order of one's own where another callback was
        promised: there is one at most."""
        found: list[Planned] = []
        promised = self.callback() is not None
        for plan in self.offer_planned:
            reminder = plan.kind is FollowUpKind.CALLBACK
            if reminder and self.no_callbacks:
                continue
            if reminder and promised:
                plan = structs.replace(plan, kind=FollowUpKind.WORK_ORDER, department=OWN_DESK)
            promised = promised or reminder
            found.append(plan)
        return found

    def bar_callbacks(self) -> bool:
        """The customer may not be called any more; gives whether a callback had been planned."""
        before = self.callback() is not None
        self.no_callbacks = True
        self.planned = [p for p in self.planned if p.kind is not FollowUpKind.CALLBACK]
        return before

    def toggle(self, planned: Planned) -> None:
        """Choose a follow-up, or take it back if that very one is chosen; there is one callback at most."""
        if self.planned_as(planned.preset) is not None:
            self.planned = [p for p in self.planned if p.preset != planned.preset]
            return
        if planned.kind is FollowUpKind.CALLBACK:
            self.planned = [p for p in self.planned if p.kind is not FollowUpKind.CALLBACK]
        self.planned = [*self.planned, planned]
