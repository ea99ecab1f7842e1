"""What the server runs at set hours, and how one run of it stands."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct

from core.domain.text import Text

JOB: Final = "job"
"""the kind of content; a piece each, named by its id"""


SINCE: Final = "job_since:"
"""begins the server's setting, with a job's id behind it, of since when it knows the job"""


class RunState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    """due while nothing ran, and a later one of the same job is due as well"""


RUN_WORDS: Mapping[RunState, Text] = {
    RunState.RUNNING: Text("运行中", "running"),
    RunState.DONE: Text("完成", "done"),
    RunState.FAILED: Text("失败", "failed"),
    RunState.SKIPPED: Text("已由后一次代替", "left to a later one"),
}


class Job(Struct, frozen=True, kw_only=True):
    """When something runs: a file each under `resources/jobs/`."""

    id: str
    version: int
    name: Text
    runs: tuple[tuple[str, ...], ...]
    """commands of the server, one after the other, each with its options but without its place"""
    minute: str
    hour: str
    """as in a crontab, China time: `30`, `*/15`, `8-20`"""
    weekdays: str = "*"
    """0 Sunday … 6 Saturday"""
    catch_up_hours: int = 24
    """after downtime the newest run that was missed is made up for, if it was due in the last so many hours"""
    tries: int = 3
    again_after_min: int = 15
    longest_hours: int = 12
    """a command that takes longer is ended, and the run has failed: it would keep all other jobs waiting"""
    on: bool = True


class JobRun(Struct, frozen=True, kw_only=True):
    job: str
    due: datetime
    state: RunState
    tries: int
    started_at: datetime
    ended_at: datetime | None = None
    again_at: datetime | None = None
    step: str = ""
    error: str = ""
