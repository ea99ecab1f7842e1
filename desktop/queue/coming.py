"""Why there may be no task in sight: none is there, they are on their way, or the disk takes nothing new."""

from enum import Enum, auto

from core.domain.errors import StoreDisk
from core.domain.text import Text
from core.sync.status import SyncState, SyncStatus


class Coming(Enum):
    BY_ITSELF = auto()
    """all that there was is here"""
    FETCHING = auto()
    NOT_KEPT = auto()
    """what is new cannot be kept on this computer: whether there are tasks is not known"""


FETCHING = Text("正在取任务…", "Fetching your tasks…")
NOT_KEPT = Text(
    "新任务存不进本机，所以这里看不到；清理磁盘空间后会自己出现。",
    "New tasks cannot be kept on this computer, so none show. Free some disk space; they appear by themselves.",
)


def coming_of(status: SyncStatus) -> Coming:
    if isinstance(status.last_error, StoreDisk):
        return Coming.NOT_KEPT
    return Coming.FETCHING if status.state is SyncState.SYNCING else Coming.BY_ITSELF


def said_of(coming: Coming, nothing: Text) -> Text:
    """What stands where no task is; `nothing`: there is none."""
    return {Coming.FETCHING: FETCHING, Coming.NOT_KEPT: NOT_KEPT}.get(coming, nothing)
