"""What a window shows of the sync."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from core.domain.authority import AuthorityCase
from core.domain.errors import StaylineError

OFFLINE_LIMIT = "offline_limit"
"""code of the refusal of a desk that has not met the server for longer than the site lets it"""


class SyncState(StrEnum):
    ONLINE = "online"
    SYNCING = "syncing"
    OFFLINE = "offline"
    SIGNED_OUT = "signed_out"


class RequestNews(Struct, frozen=True, kw_only=True):
    """What the server told of requests for more authority."""

    own: tuple[AuthorityCase, ...]
    """this agent's, those of which it is news; they are in the store"""
    theirs: tuple[AuthorityCase, ...]
    """of the teams that this person answers for"""
    at: datetime
    """by the server's clock"""
    begun: bool = False
    """the first of this session: of the teams all that wait, and nothing that has just come"""


class SyncStatus(Struct, frozen=True, kw_only=True):
    state: SyncState
    since: datetime
    """when this state began; SYNCING does not end being online"""
    waiting: int = 0
    """items not yet uploaded"""
    results: int = 0
    """of those, the outcomes of calls"""
    refused: int = 0
    """outcomes that the server would not take and that wait for their correction"""
    oldest_waiting_at: datetime | None = None
    last_error: StaylineError | None = None
    progress: tuple[int, int | None] | None = None
    """objects pulled in this round, and of how many where that is known"""
