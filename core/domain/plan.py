"""A plan of the catalogue: what it costs, what it holds, what lies beyond, to whom it is sold, and why it exists.

Money is fen, data MB, talk minutes. Days are dates; a plan is on sale on both its first and its last day.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from core.domain.condition import Condition
from core.domain.text import Text

UNLIMITED = 1_000_000_000
"""an allowance that no month exhausts"""
MOST_PACKS = 40
"""in a catalogue: each has a bit of its own where months are billed"""


class Payment(StrEnum):
    PREPAID = "prepaid"
    POSTPAID = "postpaid"
    EITHER = "either"


class Channel(StrEnum):
    """Where a plan may be sold (4G-04)."""

    CALL = "call"
    """the assisted channel: an agent on the phone"""
    STORE = "store"
    ONLINE_HALL = "online_hall"
    DEALER = "dealer"
    HOME_VISIT = "home_visit"


class Suitability(StrEnum):
    """How well a plan sells through a channel (4G-04)."""

    WELL = "well"
    WITH_CARE = "with_care"
    CLOSED = "closed"
    """not open to this channel; a branch office may be asked to open it (4G-05)"""


class Step(Struct, frozen=True, kw_only=True):
    """A price that holds from some amount beyond the allowance up to the next step."""

    above: int
    """amount beyond the allowance after which this price holds; 0 for the first"""
    unit: int = 1
    """charged by begun units of this size"""
    fen: int
    """of each begun unit"""


class Beyond(Struct, frozen=True, kw_only=True):
    """What use beyond the allowance costs.

    The use is cut into blocks; within a block the steps hold in turn and no block costs more than its cap; the month
    never costs more than its own.
    """

    steps: tuple[Step, ...]
    block: int | None = None
    """size of a block; None: the month is one block"""
    block_cap_fen: int | None = None
    month_cap_fen: int | None = None


class Tariff(Struct, frozen=True, kw_only=True):
    """The charges beyond all allowances of a plan."""

    data: Beyond
    on_net: Beyond
    off_net: Beyond
    sms: Beyond
    roaming: Beyond


class Allowances(Struct, frozen=True, kw_only=True):
    """What the fee holds, a month."""

    data_mb: int = 0
    """any data"""
    directed_mb: int = 0
    """data of partner applications (定向流量), used before `data_mb`"""
    off_peak_mb: int = 0
    """data between 23 and 7 o'clock (闲时流量), used before `data_mb`"""
    voice_min: int = 0
    """minutes to any network; off-net calls use them first"""
    on_net_min: int = 0
    """minutes within the network alone, used before `voice_min`"""
    sms: int = 0
    roaming_mb: int = 0


class Pack(Struct, frozen=True, kw_only=True):
    """What may be added to a plan by the month: its fee and what it holds are added to the plan's, in full."""

    code: str
    name: Text
    fee_fen: int
    holds: Allowances


class Shared(Struct, frozen=True, kw_only=True):
    """Further SIMs that use the allowances together (副卡): the use of all is charged as if one SIM had used it."""

    members: int
    """how many beside the first"""
    member_fee_fen: int
    """of each, a month"""


class ContractEffect(Struct, frozen=True, kw_only=True):
    """What taking the plan does to contracts."""

    term_months: int = 0
    """contract term that begins; 0: none"""
    monthly_bonus_fen: int = 0
    """bonus credit a month within the term"""
    tier_up: bool = False
    """on the approved migration path: a customer under a handset-subsidy contract may move up to it (CONTRACT-02)"""


class PlanFamily(Struct, frozen=True, kw_only=True):
    id: str
    name: Text
    about: Text


class Plan(Struct, frozen=True, kw_only=True):
    code: str
    family: str
    name: Text
    brand: Text
    generation: int
    """2 … 5"""
    payment: Payment
    fee_fen: int
    minimum_spend_fen: int = 0
    """what a month's bill comes to at least"""
    allowances: Allowances
    tariff: Tariff
    packs: tuple[Pack, ...] = ()
    shared: Shared | None = None
    broadband_mbps: int = 0
    """a home bundle (e家) with broadband of this speed, whose own monthly fee falls away; 0: without"""
    audience: Text
    advantage: Text
    why: Text | None = None
    """why it exists although it is nobody's cheapest"""
    places: tuple[str, ...] = ()
    """cities or districts in which it is sold; empty: everywhere"""
    channels: dict[Channel, Suitability]
    ease: int
    """ease-to-recommend index (易推荐指数), 1 … 5"""
    on_sale_from: date
    on_sale_until: date | None = None
    """last day of sale; None: not withdrawn"""
    takers: Condition | None = None
    """who may have it, over the facts of eligibility; None: everybody"""
    contract: ContractEffect = ContractEffect()

    def is_on_sale(self, day: date) -> bool:
        """Whether it may be sold on that day."""
        return self.on_sale_from <= day and (self.on_sale_until is None or day <= self.on_sale_until)

    def takes_members(self, sims: int) -> bool:
        """Whether there is room for so many further SIMs."""
        return not sims or (self.shared is not None and self.shared.members >= sims)

    @property
    def with_broadband(self) -> bool:
        return self.broadband_mbps > 0


class BroadbandKind(StrEnum):
    """How a broadband plan is paid."""

    YEARLY = "yearly"
    HOLIDAY = "holiday"
    METERED = "metered"
    BUNDLE = "bundle"
    """free within a home bundle"""


class BroadbandPlan(Struct, frozen=True, kw_only=True):
    code: str
    kind: BroadbandKind
    name: Text
    speed_mbps: int
    term_fen: int = 0
    """price of a prepaid term; 0 where it is paid by the month or free"""
    term_days: int = 0
    monthly_fen: int = 0
    """stands on the bill; metered lines"""
    included_hours: int | None = None
    """of metered lines, a month; None: no limit"""
    beyond_fen: int = 0
    """of metered lines, for each begun hour beyond those"""
    month_cap_fen: int | None = None
    """what a month of a metered line costs at the most; None: no cap"""
    audience: Text
    advantage: Text
    on_sale_from: date
    on_sale_until: date | None = None

    def is_on_sale(self, day: date) -> bool:
        """Whether it may be sold on that day."""
        return self.on_sale_from <= day and (self.on_sale_until is None or day <= self.on_sale_until)


class Catalogue(Struct, frozen=True, kw_only=True):
    """All plans, in the order in which they stand in their files."""

    version: int
    families: tuple[PlanFamily, ...]
    plans: tuple[Plan, ...]
    broadband: tuple[BroadbandPlan, ...] = ()

    def plan(self, code: str) -> Plan | None:
        """The plan of that code, or None where the catalogue has none."""
        return next((plan for plan in self.plans if plan.code == code), None)
