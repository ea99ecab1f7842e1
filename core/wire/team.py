"""A team lead's day: GET /v1/team, GET /v1/team/{staff}/tasks, POST /v1/team/moves, POST /v1/team/targets."""

from datetime import datetime

from msgspec import Struct

from core.domain.moving import Stays
from core.domain.people import Role
from core.domain.presence import AgentState, Seen
from core.domain.task import Tier
from core.domain.text import Text

TASKS_MOST = 500
"""tasks of one desk that are told, and that are moved by one request"""
TARGET_MOST = 10_000
REFUSED_MOST = 50
"""refused records that a board tells of"""


class ScenarioToday(Struct, frozen=True, kw_only=True):
    """One agent's work in one scenario today. Targets: 0 where none is set."""

    scenario: str
    calls: int = 0
    connects: int = 0
    owners: int = 0
    successes: int = 0
    awaited: int = 0
    """sales whose order is still under way"""
    target_calls: int = 0
    target_successes: int = 0


class AgentToday(Struct, frozen=True, kw_only=True):
    staff_number: str
    name: str
    role: Role
    team: str
    state: AgentState | None = None
    """as last told; None where nothing was"""
    since: datetime | None = None
    seen: Seen = Seen.NEVER
    heard_at: datetime | None = None
    away_until: datetime | None = None
    """the lead said that they are away: nothing is dispatched to them until then"""
    remaining: int = 0
    """open tasks on the desk that can be called"""
    overdue: int = 0
    """of them, those whose callback or due time is over"""
    callbacks: int = 0
    """of them, promised callbacks"""
    talk_s: int = 0
    calls_target: int = 0
    """of the day, over all scenarios"""
    skills: tuple[str, ...] = ()
    scenarios: tuple[ScenarioToday, ...] = ()

    @property
    def calls(self) -> int:
        return sum(one.calls for one in self.scenarios)

    @property
    def connects(self) -> int:
        return sum(one.connects for one in self.scenarios)

    @property
    def owners(self) -> int:
        return sum(one.owners for one in self.scenarios)

    @property
    def successes(self) -> int:
        return sum(one.successes for one in self.scenarios)

    @property
    def successes_target(self) -> int:
        return sum(one.target_successes for one in self.scenarios)


class RefusedRecord(Struct, frozen=True, kw_only=True):
    """A call's record that the server could not take and keeps aside: its task stays open until the agent corrects it,
    or somebody else has the customer."""

    staff_number: str
    name: str
    """of the agent"""
    customer: str
    """masked name; empty where the record cannot be read"""
    since: datetime
    why: Text


class TeamBoard(Struct, frozen=True, kw_only=True):
    """Agents of the caller's teams by team and staff number; `at` is the server's time."""

    at: datetime
    agents: tuple[AgentToday, ...]
    refused: tuple[RefusedRecord, ...] = ()
    """the longest waiting first, at most REFUSED_MOST"""


class DeskTask(Struct, frozen=True, kw_only=True):
    """An open task on a desk, as whoever moves it sees it."""

    task_id: str
    name: str
    tier: Tier
    scenario: str
    reason: Text
    area: str = ""
    due_at: datetime | None = None
    callback_at: datetime | None = None
    attempts: int = 0


class DeskTasks(Struct, frozen=True, kw_only=True):
    """Promised callbacks first, then by due time."""

    staff_number: str
    tasks: tuple[DeskTask, ...]


class MoveTasks(Struct, frozen=True, kw_only=True):
    """Tasks of one desk to another, or back to the pool.

    `task_ids` empty: everything on the desk. With `away` the desk gets nothing more today, until its agent works again.
    """

    holder: str
    """staff number of the agent on whose desk they lie"""
    task_ids: tuple[str, ...] = ()
    to: str = ""
    """staff number; empty: the pool"""
    away: bool = False


class Left(Struct, frozen=True, kw_only=True):
    task_id: str
    why: Stays


class Held(Struct, frozen=True, kw_only=True):
    """A task that was moved, and whose customer may not be called at the hour at which its desk would call."""

    task_id: str
    why: Text
    """with the first moment at which nothing stands in the way, where there is one"""


class Moved(Struct, frozen=True, kw_only=True):
    moved: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    held: tuple[Held, ...] = ()
    """of those moved to a desk"""


class SetTarget(Struct, frozen=True, kw_only=True):
    """What an agent is to reach in a day; 0 and 0 take the target back."""

    staff_number: str
    scenario: str
    calls: int = 0
    successes: int = 0
