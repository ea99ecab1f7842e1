"""Sign-in slows down for a staff number, and for an address, after failures."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

FAILURES_PER_STAFF = 5
FAILURES_PER_ADDRESS = 50
WINDOW_MIN = 5


class Throttle:
    """Counts failures alone: who knows the password is never slowed by their own sign-ins."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limits = {
            "staff": RateLimitItemPerMinute(FAILURES_PER_STAFF, WINDOW_MIN),
            "address": RateLimitItemPerMinute(FAILURES_PER_ADDRESS, WINDOW_MIN),
        }

    def wait_s(self, staff_number: str, address: str) -> int:
        """Seconds until the next try is heard; 0 for now."""
        waits = [0.0]
        for kind, key in (("staff", staff_number), ("address", address)):
            if not self._limiter.test(self._limits[kind], kind, key):
                window = self._limiter.get_window_stats(self._limits[kind], kind, key)
                waits.append(window.reset_time - time.time())
        return max(0, math.ceil(max(waits)))

    def failed(self, staff_number: str, address: str) -> None:
        self._limiter.hit(self._limits["staff"], "staff", staff_number)
        self._limiter.hit(self._limits["address"], "address", address)

    def succeeded(self, staff_number: str) -> None:
        self._limiter.clear(self._limits["staff"], "staff", staff_number)
