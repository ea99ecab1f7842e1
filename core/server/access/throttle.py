"""Sign-in slows down for a staff number, and for an address, after failures."""

import hashlib
import math
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

FAILURES_PER_STAFF = 5
FAILURES_PER_ADDRESS = 50
WINDOW_MIN = 5
_SHORTLY_S = 1
"""while tries of the same person are still being looked at"""


class Throttle:
    """Counts failures alone: who knows the password is never slowed by their own sign-ins. Safe from any thread."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limits = {
            "staff": RateLimitItemPerMinute(FAILURES_PER_STAFF, WINDOW_MIN),
            "address": RateLimitItemPerMinute(FAILURES_PER_ADDRESS, WINDOW_MIN),
        }
        self._lock = threading.Lock()
        self._looked_at: Counter[str] = Counter()
        """by staff number the tries of which nobody knows yet how they end"""

    def wait_s(self, staff_number: str, address: str) -> int:
        """Seconds until the next try is heard; 0 for now."""
        waits = [0.0]
        for kind, key in (("staff", staff_number), ("address", address)):
            if not self._limiter.test(self._limits[kind], kind, _short(key)):
                window = self._limiter.get_window_stats(self._limits[kind], kind, _short(key))
                waits.append(window.reset_time - time.time())
        return max(0, math.ceil(max(waits)))

    @contextmanager
    def trying(self, staff_number: str, address: str) -> Iterator[int]:
        """Gives `wait_s`. A try that is heard counts against its staff number until it has ended: looking at a password
        takes so long that any number of guesses sent at once would else be heard before the first had failed."""
        key = _short(staff_number)
        with self._lock:
            wait = self.wait_s(staff_number, address) or self._wait_for_others(key)
            heard = wait == 0
            self._looked_at[key] += heard
        try:
            yield wait
        finally:
            with self._lock:
                self._looked_at[key] -= heard
                # What nobody tries any more is not remembered.
                self._looked_at += Counter()

    def _wait_for_others(self, key: str) -> int:
        left: int = self._limiter.get_window_stats(self._limits["staff"], "staff", key).remaining
        return 0 if self._looked_at[key] < left else _SHORTLY_S

    def failed(self, staff_number: str, address: str) -> None:
        self._limiter.hit(self._limits["staff"], "staff", _short(staff_number))
        self._limiter.hit(self._limits["address"], "address", _short(address))

    def succeeded(self, staff_number: str) -> None:
        self._limiter.clear(self._limits["staff"], "staff", _short(staff_number))


def _short(key: str) -> str:
    """Whoever guesses chooses how long a staff number is: what is remembered of it is not."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
