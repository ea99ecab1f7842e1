"""The customer as the 360° view shows them: a document of sections.

The server keeps each section as encoded JSON with the right that it needs and sends whole sections; the client keeps
the bytes and decodes them when the customer is opened. Every field may be absent: `None` or empty means "not supplied",
never zero; where a section says `whole`, its empty lists mean none. Money is fen, months are `2026-11`, days are
dates, moments are aware UTC.
"""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from core.domain import decoding
from core.domain.calendar import Window
from core.domain.offered import PastOffer
from core.domain.order import Trial
from core.domain.people import Right
from core.domain.task import Tier
from core.domain.text import Text


class LifeStage(StrEnum):
    """ID-18."""

    ENTRY = "entry"
    GROWTH = "growth"
    STABLE = "stable"
    DECLINE = "decline"


class Value(StrEnum):
    """ID-17."""

    HIGH = "high"
    MID = "mid"
    LOW = "low"


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"


class Identity(Struct, kw_only=True, omit_defaults=True):
    """VIEW-01, 12: who this is."""

    name: str = ""
    gender: Gender | None = None
    birthday: date | None = None
    born_in: str = ""
    """`1985-03`, where a list gives no day: nobody is wished a happy birthday by it"""
    tier: Tier = Tier.NONE
    value: Value | None = None
    life_stage: LifeStage | None = None
    brand: str = ""
    prepaid: bool | None = None
    plan_code: str = ""
    plan_name: Text | None = None
    plan_fee_fen: int | None = None
    on_net_since: date | None = None
    tenure_months: int | None = None
    """as a list stated it, where no date is known"""
    points: int | None = None
    points_expiring: int | None = None
    points_expire_on: date | None = None
    credit_score: int | None = None
    manager: str = ""
    manager_staff_number: str = ""
    area: str = ""
    grid: str = ""
    branch: str = ""
    english: dict[str, str] = {}
    """by their Chinese words, the names of this section that have English ones; persons' names are not among them"""


class SpecialNeed(Struct, kw_only=True):
    """VIEW-15: impossible to miss in the header."""

    code: str
    label: Text
    service: Text
    """the form of service: bills are read out"""


class Number(Struct, kw_only=True, omit_defaults=True):
    number: str
    main: bool = False
    source: str = ""
    since: date | None = None
    bad: bool = False


class Contacting(Struct, kw_only=True, omit_defaults=True):
    """VIEW-15, 16, 18."""

    numbers: list[Number] = []
    address: str = ""
    best_time: Text | None = None
    quiet: list[Window] = []
    """minutes of each day in which the customer asked for no calls (TASK-16)"""
    quiet_at: datetime | None = None
    """when an agent was told so; None: a list or another system said it"""
    true_owner: bool | None = None
    verified_on: date | None = None
    acquiring_dealer: str = ""
    special_needs: list[SpecialNeed] = []
    missing: list[str] = []
    """names of core fields to complete: address, birthday, second_number, occupation"""
    english: dict[str, str] = {}
    """by their Chinese words, the names of this section that have English ones; persons' names are not among them"""


class BillItem(Struct, kw_only=True, omit_defaults=True):
    code: str
    label: Text
    fen: int


class Bill(Struct, kw_only=True, omit_defaults=True):
    month: str
    plan_code: str = ""
    plan_fee_fen: int | None = None
    total_fen: int
    items: list[BillItem] = []


class Payment(Struct, kw_only=True):
    at: datetime
    fen: int
    channel: Text


class Billing(Struct, kw_only=True, omit_defaults=True):
    """VIEW-02, 03, 04: bills oldest first, up to 24."""

    balance_fen: int | None = None
    arrears_fen: int | None = None
    arpu_fen: int | None = None
    """mean spend a month as the source states it, over months of its own choice: shown where there are no bills"""
    bills: list[Bill] = []
    payments: list[Payment] = []
    whole: bool = False
    """the source states all there is: an empty list or part then means none, and not what was left out"""


class MemberUse(Struct, kw_only=True, omit_defaults=True):
    """What the further SIMs (副卡) of a shared plan used in a month, all together; parts as in `MonthUse`."""

    sims: int
    """how many stood on that month's bill"""
    data_mb: int | None = None
    directed_mb: int | None = None
    off_peak_mb: int | None = None
    voice_min: int | None = None
    off_net_min: int | None = None
    sms: int | None = None
    roaming_mb: int | None = None


class MonthUse(Struct, kw_only=True, omit_defaults=True):
    month: str
    data_mb: int | None = None
    directed_mb: int | None = None
    """of `data_mb`, what partner applications used"""
    off_peak_mb: int | None = None
    """of the rest of `data_mb`, what was used between 23 and 7 o'clock"""
    voice_min: int | None = None
    off_net_min: int | None = None
    sms: int | None = None
    roaming_mb: int | None = None
    members: MemberUse | None = None
    """beside all of the above, which is the first SIM's own; None: there were no further SIMs"""


class DayUse(Struct, kw_only=True):
    day: date
    data_mb: int
    voice_min: int


class Usage(Struct, kw_only=True, omit_defaults=True):
    """VIEW-02, 03, 11: months oldest first, up to 24; days oldest first, up to 60."""

    months: list[MonthUse] = []
    days: list[DayUse] = []
    allowance_data_mb: int | None = None
    allowance_voice_min: int | None = None
    allowance_sms: int | None = None
    months_over_data: int | None = None
    """of the last six, how many went over the data allowance"""


class Subscription(Struct, kw_only=True, omit_defaults=True):
    """VIEW-05."""

    code: str
    label: Text
    fee_fen: int | None = None
    since: date | None = None
    until: date | None = None


class SpecialService(Struct, kw_only=True, omit_defaults=True):
    """VIEW-06: 特服 and how it is used."""

    code: str
    label: Text
    use: Text | None = None


class Handset(Struct, kw_only=True, omit_defaults=True):
    model: str = ""
    supports_4g: bool | None = None
    supports_5g: bool | None = None
    since: date | None = None


class Holdings(Struct, kw_only=True, omit_defaults=True):
    subscriptions: list[Subscription] = []
    packs: list[Subscription] = []
    """added to the plan (`core.domain.plan.Pack`), by its code: billed whole from the month of `since` to that of
    `until`, while the plan of the month takes it"""
    services: list[SpecialService] = []
    handset: Handset | None = None
    whole: bool = False
    """the source states all there is: an empty list or part then means none, and not what was left out"""
    english: dict[str, str] = {}
    """by their Chinese words, the names of this section that have English ones; persons' names are not among them"""


class Contract(Struct, kw_only=True, omit_defaults=True):
    """VIEW-10."""

    kind: Text
    starts_on: date | None = None
    ends_on: date | None = None
    locked: bool = False
    """a change to a cheaper or other plan is refused while it runs"""
    renewal_from: date | None = None
    minimum_spend_fen: int | None = None
    monthly_bonus_fen: int | None = None
    """bonus credit (赠款) of each month within the term"""


class LineUse(Struct, kw_only=True):
    """How long the line was in use in a month, in begun hours."""

    month: str
    hours: int


class Broadband(Struct, kw_only=True, omit_defaults=True):
    """VIEW-14."""

    account: str = ""
    speed_mbps: int | None = None
    plan_name: Text | None = None
    yearly_fee_fen: int | None = None
    balance_fen: int | None = None
    ends_on: date | None = None
    installed_on: date | None = None
    address: str = ""
    rivals: list[str] = []
    """other operators in the building"""
    moving: bool | None = None
    demolition: bool | None = None
    faults_90d: int | None = None
    hours: list[LineUse] = []
    """oldest first, up to 12 months; empty: not supplied"""


class Tie(Struct, kw_only=True, omit_defaults=True):
    """VIEW-13: a member of the household, bundle or VPN group; names are masked."""

    kind: Text
    label: str
    number_masked: str = ""


class Services(Struct, kw_only=True, omit_defaults=True):
    """Contracts, broadband and ties."""

    contracts: list[Contract] = []
    broadband: Broadband | None = None
    ties: list[Tie] = []
    whole: bool = False
    """the source states all there is: an empty list or part then means none, and not what was left out"""
    english: dict[str, str] = {}
    """by their Chinese words, the names of this section that have English ones; persons' names are not among them"""


class EventKind(StrEnum):
    CALL = "call"
    TICKET = "ticket"
    PAYMENT = "payment"
    ORDER = "order"
    WARNING = "warning"


class Ticket(Struct, kw_only=True, omit_defaults=True):
    """VIEW-07: a complaint, an enquiry or a wish."""

    id: str
    kind: Text
    topic: Text
    opened_at: datetime
    closed_at: datetime | None = None
    satisfied: bool | None = None
    complaint: bool = False
    damaged: str = ""
    """VIP-08: perception or key_service"""


class Warning_(Struct, kw_only=True, omit_defaults=True):
    """VIEW-09."""

    code: str
    label: Text
    at: datetime
    risk: float | None = None


class PastCall(Struct, kw_only=True, omit_defaults=True):
    """VIEW-08."""

    at: datetime
    agent: str
    scenario: str
    scenario_label: Text
    result: Text
    note: str = ""
    talk_time_s: int | None = None
    measured: bool = False
    outcome_id: str = ""


class PastCare(Struct, kw_only=True, omit_defaults=True):
    """A class of care (CARE-24) that somebody gave: it rests for all desks from then on."""

    at: datetime
    code: str
    label: Text
    channel: str
    """a `CareChannel`, or one that a later program knows"""
    agent: str = ""
    """by name"""


class OrderEvent(Struct, kw_only=True, omit_defaults=True):
    at: datetime
    label: Text
    order_id: str = ""
    """of an order that Stayline follows; its entry says how it stands"""
    what: Text | None = None
    """what was ordered, with a trial"""
    trial: Trial | None = None
    """it was accepted to be tried, and may be given back"""


class RepairCase(Struct, kw_only=True, omit_defaults=True):
    """VIEW-17."""

    id: str
    title: Text
    opened_at: datetime
    damaged: str = ""
    state: Text | None = None
    checks: list[Text] = []


class Care(Struct, kw_only=True, omit_defaults=True):
    """VIEW-07, 08, 09, 17: newest first."""

    tickets: list[Ticket] = []
    calls: list[PastCall] = []
    warnings: list[Warning_] = []
    orders: list[OrderEvent] = []
    cases: list[RepairCase] = []
    roaming: list[Subscription] = []
    offers: list[PastOffer] = []
    """made beyond plans in earlier calls, newest first"""
    given: list[PastCare] = []
    """care that was given, newest first"""
    opted_out: bool = False
    dials: list[datetime] = []
    """of the last 30 days, by anyone, to any of the numbers: for the caps"""
    whole: bool = False
    """the source states all there is: an empty list or part then means none, and not what was left out"""


class Document(Struct, kw_only=True, omit_defaults=True):
    """A customer with the sections that the caller may see; a section that may not is absent."""

    id: str
    version: int = 0
    identity: Identity | None = None
    contact: Contacting | None = None
    billing: Billing | None = None
    usage: Usage | None = None
    holdings: Holdings | None = None
    services: Services | None = None
    care: Care | None = None
    indicators: dict[str, float | int | str | bool | None] | None = None
    """VIEW-01: values by indicator name; labels and units stand in the indicator catalogue"""


SECTION_RIGHTS: dict[str, Right] = {
    "identity": Right.SEE_IDENTITY,
    "contact": Right.SEE_CONTACT,
    "billing": Right.SEE_BILLING,
    "usage": Right.SEE_BILLING,
    "holdings": Right.SEE_IDENTITY,
    "services": Right.SEE_IDENTITY,
    "care": Right.SEE_CARE,
    "indicators": Right.SEE_INDICATORS,
}
"""Each section of a Document and the right without which it is not sent."""

_decoder = decoding.decoder(Document)


def decode_document(body: bytes) -> Document:
    """The document of the bytes that came over the wire; raises msgspec.DecodeError on others."""
    return _decoder.decode(body)
