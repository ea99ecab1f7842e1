"""Plans as resources/plans has them: every amount a word with its unit; a family lends what its rows leave out."""

from datetime import date

from msgspec import Struct

from core.domain.condition import Condition
from core.domain.plan import BroadbandKind, Channel, Payment, Suitability
from core.domain.text import Text


class StepRow(Struct, frozen=True, kw_only=True):
    above: str
    to: str = ""
    """where the next step begins; empty in the last"""
    price: str


class BeyondRow(Struct, frozen=True, kw_only=True):
    """One `price`, or `steps`; a block and the caps as wished."""

    price: str = ""
    steps: tuple[StepRow, ...] = ()
    block: str = ""
    block_cap: str = ""
    month_cap: str = ""


class TariffRow(Struct, frozen=True, kw_only=True):
    """`voice` stands for both networks; `on_net` and `off_net` go before it."""

    data: BeyondRow | None = None
    voice: BeyondRow | None = None
    on_net: BeyondRow | None = None
    off_net: BeyondRow | None = None
    sms: BeyondRow | None = None
    roaming: BeyondRow | None = None


class HoldsRow(Struct, frozen=True, kw_only=True):
    data: str = ""
    directed: str = ""
    off_peak: str = ""
    voice: str = ""
    on_net: str = ""
    sms: str = ""
    roaming: str = ""


class PackRow(Struct, frozen=True, kw_only=True):
    code: str
    name: Text
    fee: str
    holds: HoldsRow


class SharedRow(Struct, frozen=True, kw_only=True):
    members: int
    member_fee: str


class SaleRow(Struct, frozen=True, kw_only=True):
    since: date
    until: date | None = None


class ContractRow(Struct, frozen=True, kw_only=True):
    term: str = ""
    monthly_bonus: str = ""
    tier_up: bool = False


class PlanRow(Struct, frozen=True, kw_only=True):
    code: str
    name: Text
    fee: str
    minimum_spend: str = ""
    holds: HoldsRow = HoldsRow()
    beyond: TariffRow = TariffRow()
    packs: tuple[str, ...] = ()
    """codes of the family's packs"""
    shared: SharedRow | None = None
    broadband: str = ""
    brand: Text | None = None
    generation: int | None = None
    payment: Payment | None = None
    audience: Text
    advantage: Text
    why: Text | None = None
    places: tuple[str, ...] | None = None
    channels: dict[Channel, Suitability] | None = None
    ease: int
    on_sale: SaleRow
    takers: Condition | None = None
    contract: ContractRow | None = None


class FamilyFile(Struct, frozen=True, kw_only=True):
    id: str
    name: Text
    about: Text
    brand: Text
    generation: int
    payment: Payment = Payment.EITHER
    tariff: TariffRow
    packs: tuple[PackRow, ...] = ()
    places: tuple[str, ...] = ()
    channels: dict[Channel, Suitability]
    takers: Condition | None = None
    contract: ContractRow = ContractRow()
    plans: tuple[PlanRow, ...]


class BroadbandRow(Struct, frozen=True, kw_only=True):
    code: str
    kind: BroadbandKind
    name: Text
    speed: str
    term_fee: str = ""
    term: str = ""
    monthly_fee: str = ""
    included: str = ""
    beyond: str = ""
    """price of an hour beyond what is included"""
    month_cap: str = ""
    audience: Text
    advantage: Text
    on_sale: SaleRow


class BroadbandFile(Struct, frozen=True, kw_only=True):
    version: int
    """of the whole catalogue"""
    plans: tuple[BroadbandRow, ...]
