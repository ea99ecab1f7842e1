"""A moment by two clocks: one to date things, one that never jumps to measure them."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from core.domain.clock import Clock


class Moment(NamedTuple):
    wall: datetime
    """aware UTC, corrected by the server's time; it may jump"""
    monotonic_s: float
    """seconds of a clock that only goes forward while the program runs; comparable within one run alone"""


def moments(clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> Callable[[], Moment]:
    """A source of moments from the two clocks."""
    return lambda: Moment(clock(), monotonic())
