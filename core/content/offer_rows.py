"""How an author writes an offer beyond plans: amounts with their units, days as dates."""

from datetime import date

from msgspec import Struct

from core.domain.approval import Approval
from core.domain.eligibility import Action, EligibilityRule
from core.domain.follow_up import FollowUpKind
from core.domain.offer import Pays, Starts, ValueGroup
from core.domain.offer_kind import OfferKind
from core.domain.plan import Channel, Suitability
from core.domain.text import Text


class SaleRow(Struct, kw_only=True):
    since: date
    until: date | None = None


class ShareRow(Struct, kw_only=True):
    """An amount that is a share of a figure of the customer's."""

    percent: int
    of: str
    months: int = 1
    most: str = ""


class ThenRow(Struct, kw_only=True):
    do: FollowUpKind
    after: str = ""
    """`3 days`"""
    text: Text | None = None
    template: str = ""
    department: str = ""


class CardRow(Struct, kw_only=True):
    valid: str


class StepRow(Struct, kw_only=True):
    code: str
    name: Text
    price: str
    """a month"""


class GroupRow(Struct, kw_only=True):
    id: str
    name: Text
    steps: tuple[StepRow, ...]


class OfferFile(Struct, kw_only=True):
    id: str
    version: int
    kind: OfferKind
    name: Text
    audience: Text
    gives: Text
    terms: Text | None = None
    cost: str | ShareRow
    worth: str | ShareRow
    price: str = ""
    pays: Pays = Pays.NOTHING
    benefit: str
    subscription: str = ""
    runs: str = ""
    rest: str
    groups: tuple[ValueGroup, ...] = ()
    scenarios: tuple[str, ...] = ()
    channels: dict[Channel, Suitability]
    on_sale: SaleRow
    retired: Text | None = None
    confirm: bool = False
    starts: Starts = Starts.AT_ONCE
    binds: bool = False
    actions: tuple[Action, ...] = (Action.TAKE_BENEFIT,)
    rules: tuple[EligibilityRule, ...] = ()
    then: tuple[ThenRow, ...] = ()
    card: CardRow | None = None
    approval: Approval | None = None
    choose: tuple[GroupRow, ...] = ()
