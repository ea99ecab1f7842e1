"""Campaigns as a planner's desk sees them: GET and POST /v1/campaigns, GET and PUT /v1/campaigns/{id}, its preview,
state and next segments, and the lists that campaigns choose from, /v1/campaign-lists."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from core.domain.bounded import refuse_endless
from core.domain.campaign import Audience, Barrier, Campaign, CampaignState, Forecast, Route
from core.domain.outreach import ContactState
from core.domain.running_dry import RateFrom
from core.domain.text import Text

LIST_ROWS_MOST = 20_000
"""rows of a list in one request"""


class AudienceTold(Audience, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """An older desk passes over what it does not know; only what is asked for is refused for a strange field."""


class ForecastTold(Forecast, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """As `AudienceTold`."""


class BarrierCount(Struct, frozen=True, kw_only=True):
    barrier: Barrier
    members: int


class RouteCount(Struct, frozen=True, kw_only=True):
    route: Route
    members: int


class ContactCount(Struct, frozen=True, kw_only=True):
    """Texts, automated calls and visits: how many stand how."""

    route: Route
    state: ContactState
    contacts: int


class MemberCounts(Struct, frozen=True, kw_only=True):
    """Of whom a campaign chose. Treated, control and not drawn add up to chosen."""

    chosen: int = 0
    treated: int = 0
    control: int = 0
    not_drawn: int = 0
    """barred, or beyond the quota"""
    ready: int = 0
    """treated, and to be dispatched"""
    held: int = 0
    blocked: int = 0
    """without those of the control group"""
    dispatched: int = 0
    recalled: int = 0
    barriers: tuple[BarrierCount, ...] = ()
    """the most frequent first, without control"""
    routes: tuple[RouteCount, ...] = ()
    """of those treated"""


class CampaignDone(Struct, frozen=True, kw_only=True):
    """What has come of its tasks, in calls."""

    tasks: int = 0
    open: int = 0
    waiting: int = 0
    """of those open: given to nobody yet"""
    finished: int = 0
    """a result ended them"""
    reached: int = 0
    """customers who were spoken to, the owners themselves"""
    agreed: int = 0
    """customers whose last result is a success"""
    expired: int = 0
    cancelled: int = 0


class RunsDry(Struct, frozen=True, kw_only=True):
    """TASK-07: whether those who are left to call will bring the agreements that are wanted."""

    target: int
    agreed: int
    left: int
    """customers still to be called, those with an open task among them"""
    rate: float
    """agreements of a customer whose task is over, 0…1"""
    rate_from: RateFrom = RateFrom.CALLS
    """an older server knows of calls alone"""
    rate_low: float
    rate_high: float
    """95 % interval (Wilson)"""
    expected: int
    """agreements once all who are left were called"""
    expected_low: int
    expected_high: int
    days_left: int
    """calendar days until it ends, today among them"""
    days_of_work: float | None = None
    """as many days as those left take at the pace so far; None where there is none yet"""
    dry: bool
    """even at the rate's upper bound those left do not bring the target"""
    likely: bool
    """at the rate they do not"""


class CampaignTold(Campaign, frozen=True, kw_only=True, forbid_unknown_fields=False):
    audience: AudienceTold
    forecast: ForecastTold = ForecastTold()
    state: CampaignState
    changed_at: datetime
    why: Text | None = None
    """what keeps it from going on, such as a source that is late"""
    members: MemberCounts = MemberCounts()
    done: CampaignDone = CampaignDone()
    runs_dry: RunsDry | None = None
    """None where no target is stated, and of a campaign that is over"""
    contacts: tuple[ContactCount, ...] = ()
    """of ways other than calls, by way and state"""


class Campaigns(Struct, frozen=True, kw_only=True):
    """Those that run first, then the newest."""

    at: datetime
    campaigns: tuple[CampaignTold, ...] = ()


class StratumCount(Struct, frozen=True, kw_only=True):
    stratum: str
    name: Text | None = None
    """as it is called; an older server says the code alone"""
    members: int
    control: int
    called: int = 0
    """of those ready"""
    profit_fen: int | None = None
    """what calling these is expected to bring; None where the campaign goes by no model with costs"""


class CampaignPreview(Struct, frozen=True, kw_only=True):
    """What starting would do, by the same steps, with nothing kept: said before anybody is called."""

    id: str
    snapshot_id: str = ""
    """empty where neither a rule nor a model asks for one"""
    snapshot_at: datetime | None = None
    members: MemberCounts
    strata: tuple[StratumCount, ...] = ()
    """of those whom chance would draw, the largest first"""
    called: int | None = None
    """of those ready, who would be called: without anybody room and days say nothing; None: an older server"""
    room_now: int = 0
    """tasks that desks have room for at this moment"""
    a_day: int = 0
    """tasks that those certified for the scenario can take a day by their targets"""
    days_of_work: float | None = None
    """None where nobody may take them"""
    days: int = 0
    """calendar days from its beginning to its end"""
    expected_reached: int | None = None
    expected_agreed: int | None = None
    """of those called, by its forecast; None where none is stated"""
    sent: int = 0
    """of those ready, who gets a text, an automated call or a visit: nobody asks them whether they agree"""
    expected_delivered: int | None = None
    """of those, whom it comes to by its forecast"""
    expected_kept: int | None = None
    """customers more on net after 30 days: by `effect_model` where there is one, of those called, and below 0 where it
    expects harm; else by its forecast, whichever way they were reached"""
    profit_fen: int | None = None
    """what calling all of them is expected to bring, by the costs that the model was trained with"""
    effect_model: str = ""
    """TASK-06: the uplift model by which those whom a call helps most come first; empty: the forecast, or nothing"""
    effect_since: datetime | None = None
    """from when on that model counts"""
    effect_told: Text | None = None
    """by what the expected effect goes, in words; an older server says nothing of it"""
    most_percent: float = 0.0
    """of all customers, the share that the widest rule or the model names"""
    cautions: tuple[Text, ...] = ()


class SetCampaignState(Struct, frozen=True, kw_only=True):
    state: CampaignState
    confirmed: bool = False
    """goes on although more customers match than its rule's bound"""
    why: str = ""


class SegmentKind(StrEnum):
    RESERVE = "reserve"
    """whom the audience names beyond the quota"""
    MODEL = "model"
    """the next-likeliest to leave by the model"""
    RULE = "rule"


class NextSegment(Struct, frozen=True, kw_only=True):
    """Whom to go on with once a list runs dry."""

    kind: SegmentKind
    id: str
    """of the rule or the model"""
    name: Text
    ready: int
    """customers who could be called now"""
    expected_agreed: int | None = None
    """at the rate so far, before that at the forecast's"""


class NextSegments(Struct, frozen=True, kw_only=True):
    runs_dry: RunsDry | None = None
    segments: tuple[NextSegment, ...] = ()


class ListRow(Struct, frozen=True, kw_only=True):
    """One customer of a list, by id or by number."""

    customer_id: str = ""
    number: str = ""
    score: float | None = None
    reason: str = ""
    """in the planner's words; the agent reads it"""
    wants_no_calls: bool = False
    """a column says so, or the words of a remark: it binds as a customer's own word, on whichever list it stands"""
    withholds_consent: bool = False
    """a column says that they agree to no calls that sell"""
    unclear: bool = False
    """such a column holds what says neither"""

    def __post_init__(self) -> None:
        refuse_endless(self.score)


class PutCampaignList(Struct, frozen=True, kw_only=True):
    name: str
    rows: tuple[ListRow, ...]
    append: bool = False
    """to what was brought in under this id before; else it is replaced"""
    part: bool = False
    """more of a new list follows: nobody sees it, nor can a campaign choose from it, before the last part has come. One
    without rows, not appended, lets go of the parts before"""


class ListFlaw(StrEnum):
    UNKNOWN = "unknown"
    DOUBLE = "double"
    OPTED_OUT = "opted_out"
    NO_CONSENT = "no_consent"
    """by this list they agree to no calls that sell"""
    UNCLEAR = "unclear"
    """a column of who wants no calls holds what says neither: left off the list, as an import leaves it out"""
    LEFT = "left"
    """left the net, where others of the list have not: a win-back campaign alone calls them"""
    EMPTY = "empty"
    """neither an id nor a number"""
    SHARED_NUMBER = "shared_number"
    """several customers have that number"""


class FlawedRow(Struct, frozen=True, kw_only=True):
    row: int
    """from 1, of those that were sent"""
    flaw: ListFlaw


class ListReport(Struct, frozen=True, kw_only=True):
    """ID-06, 07: what a list holds, checked. Who opted out stays on the list, and nobody calls them; who
    agrees to no sales is called where nothing is sold."""

    list_id: str
    name: str
    rows: int
    customers: int
    """on the list now"""
    flaws: tuple[FlawedRow, ...] = ()
    no_score: tuple[int, ...] = ()
    """rows, as those of flaws, whose score is none; their customers are on the list without one"""
    campaigns: tuple[Text, ...] = ()
    """names of those under way that choose from it"""
    taken_back: int = 0
    """tasks of theirs, of whom the list leaves out now"""


class ListTold(Struct, frozen=True, kw_only=True):
    list_id: str
    name: str
    owner: str
    made_at: datetime
    customers: int


class Whom(StrEnum):
    """Which members of a campaign."""

    ALL = "all"
    CONTROL = "control"
    """held out: refused while the campaign is under way"""
    REACHED = "reached"
    UNREACHED = "unreached"
    """dispatched, and nobody was spoken to"""
    AGREED = "agreed"


class ListFromCampaign(Struct, frozen=True, kw_only=True):
    """TASK-14: a list of another campaign's members, by what came of it, such as for a survey or a callback to those
    who were given something."""

    campaign_id: str
    whom: Whom
    name: str


class ModelTold(Struct, frozen=True, kw_only=True):
    """A churn model that was trained here."""

    id: str
    made_at: datetime
    by: str
    published: bool = False
    """the one that counts"""


class CampaignModels(Struct, frozen=True, kw_only=True):
    """The newest first."""

    models: tuple[ModelTold, ...] = ()


class CampaignLists(Struct, frozen=True, kw_only=True):
    lists: tuple[ListTold, ...] = ()
