"""What the store takes and gives: values alone, cheap to import (msgspec and the standard library)."""

from datetime import datetime
from enum import Enum, StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.authority import AuthorityCase
from core.domain.ordered import Ordered
from core.domain.outcome import Contact
from core.domain.task import Block, Gone, TaskState, Tier
from core.domain.text import Text
from core.wire.session import Site


class KeyringState(Enum):
    """Whether the system can keep the store's key."""

    AVAILABLE = "available"
    NONE = "none"
    LOCKED = "locked"


class KeyKind(StrEnum):
    """Where the key of an existing store comes from."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"


class Section(StrEnum):
    """The parts of the queue, in the order in which they are worked."""

    DUE = "due"
    """callbacks that fell due"""
    UNFINISHED = "unfinished"
    """a call was begun and no outcome saved"""
    VIP = "vip"
    SCENARIO = "scenario"
    LATER = "later"
    """callbacks ahead, tasks skipped or retried until a later time"""
    BLOCKED = "blocked"
    """cannot be called at all"""


class Sort(StrEnum):
    """QUEUE keeps the sections' order; every other sort goes across them."""

    QUEUE = "queue"
    NAME = "name"
    DUE = "due"
    TIER = "tier"
    SCENARIO = "scenario"


class QueueQuery(Struct, frozen=True, kw_only=True):
    section: Section | None = None
    scenarios: tuple[str, ...] = ()
    """empty: all"""
    tiers: tuple[Tier, ...] = ()
    """empty: all"""
    text: str = ""
    sort: Sort = Sort.QUEUE
    now: datetime
    """aware; decides which callbacks are due and which skips are over"""


class QueueRow(Struct, frozen=True, kw_only=True, gc=False):
    """One line of the queue."""

    task_id: str
    customer_id: str
    name: str
    tier: Tier
    scenario: str
    reason: Text
    figure: Text | None
    section: Section
    due_at: datetime | None
    callback_at: datetime | None
    callback_agreed: bool = True
    """with somebody who was reached"""
    later_until: datetime | None
    """set in LATER for a task that was skipped or is retried then"""
    state: TaskState
    block: Block | None
    attempts: int
    has_draft: bool
    number_count: int
    number_masked: str
    area: str


class QueueCounts(Struct, frozen=True, kw_only=True):
    total: int
    """of the sections asked for"""
    by_section: dict[Section, int]
    """every section, whichever was asked for"""
    by_scenario: dict[str, int]
    """of the tasks in SCENARIO, whichever was asked for; in the order of the queue"""


class QueuePage(Struct, frozen=True, kw_only=True):
    """Rows and counts of one moment."""

    counts: QueueCounts
    rows: list[QueueRow]


class Found(Struct, frozen=True, kw_only=True):
    total: int
    rows: list[QueueRow]
    """the first ones in queue order"""


class Person(Struct, frozen=True, kw_only=True):
    """A customer of this machine, as a search shows them."""

    customer_id: str
    name: str
    number_masked: str


class Draft(Struct, frozen=True, kw_only=True):
    """An outcome being written; kept at every change."""

    key: str
    """the task's id, or `call:` and a UUID for a call without a task"""
    customer_id: str
    task_id: str | None
    begun: bool
    """a call was begun: nag until an outcome is saved"""
    body: bytes
    """the window's own JSON"""
    at: datetime


class UploadState(StrEnum):
    WAITING = "waiting"
    UPLOADED = "uploaded"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    CONFLICT = "conflict"


class SavedRow(Struct, frozen=True, kw_only=True):
    """One saved outcome in the day's list."""

    outcome_id: UUID
    customer_id: str
    task_id: str | None
    name: str
    scenario: str
    result: str
    contact: Contact
    success: bool
    talk_time_s: int
    recorded_at: datetime
    corrects: UUID | None
    corrected: bool
    """a later record stands in its place"""
    upload: UploadState
    message: Text | None
    """why it was not taken as it is"""
    orders: tuple[Ordered, ...] = ()
    """what was ordered, the plan first, and how it stands"""
    let_go: bool = False
    """its words are gone with the customer's data, or with their time: it counts, and cannot be corrected"""


class ScenarioFigures(Struct, frozen=True, kw_only=True):
    called: int
    """customers: several calls about one task count once"""
    calls: int
    """calls with an outcome; what follows counts calls, too"""
    connected: int
    owner: int
    success: int
    """sales that the CRM has accepted, and other successes"""
    awaited: int = 0
    """sales whose order is still under way"""


class DayFigures(Struct, frozen=True, kw_only=True):
    """Counts of the agent's own work; a corrected outcome counts as its correction says, on its first day."""

    dialled: int
    called: int
    """tasks, and calls without one, that have an outcome"""
    connected: int
    owner: int
    success: int
    """sales that the CRM has accepted, and other successes"""
    talk_s: int
    by_scenario: dict[str, ScenarioFigures]
    awaited: int = 0
    """sales whose order is still under way"""


class OwnRequest(Struct, frozen=True, kw_only=True):
    """A request for more authority as this desk knows it."""

    case: AuthorityCase
    upload: UploadState
    message: Text | None = None
    """why the server would not take it"""


class OutboxItem(Struct, frozen=True, kw_only=True):
    id: UUID
    kind: str
    body: bytes
    """the push item as JSON"""


class TroubledItem(Struct, frozen=True, kw_only=True):
    """The server would not take it; it is kept and shown."""

    id: UUID
    kind: str
    state: UploadState
    """REJECTED or CONFLICT"""
    code: str
    message: Text
    at: datetime


class OutboxState(Struct, frozen=True, kw_only=True):
    waiting: int
    results: int = 0
    """of those, the outcomes of calls: what an agent counts"""
    refused: int = 0
    """outcomes that the server would not take and that nothing stands in the place of yet"""
    oldest_at: datetime | None
    troubled: list[TroubledItem]


class Applied(Struct, frozen=True, kw_only=True):
    """What a page of the pull changed, for views to refresh from."""

    task_ids: tuple[str, ...] = ()
    customer_ids: tuple[str, ...] = ()
    gone: tuple[tuple[str, Gone], ...] = ()
    """tasks that left this desk, as far as the server said why"""
    let_go: tuple[str, ...] = ()
    """customers of whom nothing is to stay here: their data are gone on the server too"""
    content: tuple[tuple[str, str], ...] = ()
    """(kind, name) of content documents"""
    indicators: bool = False
    unreadable: tuple[str, ...] = ()
    """keys of objects that were not of their kind; they were left as they were"""
    finished: bool = True
    """no more pages wait on the server"""
    staged: int = 0
    """changes of a page that waits here for the last one of its pull: nothing of them is shown yet"""
    site: Site | None = None
    """how the centre may call now, where that has changed (TASK-16)"""

    @property
    def anything(self) -> bool:
        return bool(self.task_ids or self.customer_ids or self.content or self.indicators)
