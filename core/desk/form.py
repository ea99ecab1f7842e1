"""What the agent has filled in of an outcome; kept in the draft at every change."""

from datetime import date, datetime, timedelta

from msgspec import Struct, field, structs

from core.domain.charge import Charge
from core.domain.follow_up import FollowUpKind
from core.domain.offered import OfferMade
from core.domain.order import Trial
from core.domain.outcome import Intent
from core.domain.renewal import months_after
from core.domain.text import Text

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
    charge: Charge = Charge.MONTH
    term_days: int = 0
    """the term, where it is no number of months"""
    code: str = ""
    """of the plan or broadband plan that was taken from the catalogue; empty: typed by hand"""
    version: int = 0
    """of that catalogue"""
    name: Text | None = None
    """of that plan; `product` is one of the two as long as nobody typed another"""
    trial_months: int = 0
    """it is tried for so long, and may be given back for this plan"""
    back_to: str = ""
    back_to_name: Text | None = None
    ends_trial: bool = False
    """the customer goes back to this one"""

    def until(self) -> date | None:
        """The last day, where the term is no number of months."""
        if self.starts_on is None or not self.term_days:
            return None
        return self.starts_on + timedelta(days=self.term_days - 1)

    def trial(self) -> Trial | None:
        if self.starts_on is None or not self.trial_months or self.back_to_name is None:
            return None
        ends_on = months_after(self.starts_on, self.trial_months) - timedelta(days=1)
        return Trial(ends_on=ends_on, back_to=self.back_to, back_to_name=self.back_to_name)


class OrderTerms(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What of an order the customer hears and agrees to."""

    product: str = ""
    price_fen: int | None = None
    term_months: int = 0
    locked: bool = False
    starts_on: date | None = None
    charge: Charge = Charge.MONTH
    term_days: int = 0
    trial_months: int = 0


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
    fell: str = ""
    """the name of what was changed after that, `price_fen` say, so that it must be read back once more"""
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
    offer_steps: dict[str, dict[str, str]] = {}
    """offer → what the customer put together: group → code of the step"""
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
