"""An agent without work asks for the next task: POST /v1/tasks/next. No body; the answer tells what the desk got."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from core.domain.task import Task


class NoTask(StrEnum):
    """Why there is none."""

    NOTHING_FITS = "nothing_fits"
    """nothing waits that this agent may be given"""
    DESK_FULL = "desk_full"
    """as much lies on the desk as the agent is to do in a day"""

    NOT_NOW = "not_now"
    """it is outside calling hours"""


class Claimed(Struct, frozen=True, kw_only=True):
    """The task as it stands on the desk now, under its lease; its customer comes with the next pull.

    An answer that is lost on the way loses nothing: the task comes by the pull as well."""

    task: Task | None = None
    why: NoTask | None = None
    """set where there is no task"""
    server_time: datetime
