"""A run that is this process's: what it runs, and for how long others take its word for it."""

from datetime import timedelta

from core.domain.job import JobRun

HELD = timedelta(minutes=2)
"""a runner that was not heard of for so long is gone"""


class Claim(JobRun, frozen=True, kw_only=True):
    runs: tuple[tuple[str, ...], ...]
    tries_most: int
    again_after: timedelta
    longest: timedelta
    """for one of its commands"""
