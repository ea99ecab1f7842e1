"""What is fetched from the provider once in a while, and not again at once where that failed."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from core.server.organisation.asking import ProviderDown

LASTS_S = 3600.0
PAUSE_S = 10.0
"""after a failure: one who waits for a provider that hangs is enough"""
_T = TypeVar("_T")


class Kept(Generic[_T]):
    """Safe from any thread; whoever comes while it is fetched waits for that one answer."""

    def __init__(self, fetch: Callable[[], _T], *, steady_s: Callable[[], float]) -> None:
        self._fetch, self._steady_s = fetch, steady_s
        self._lock = threading.Lock()
        self._value: tuple[_T, float] | None = None
        self._failed: tuple[ProviderDown, float] | None = None

    def get(self, *, newer_than_s: float = LASTS_S) -> _T:
        """The value, fetched anew where it is older; raises ProviderDown."""
        with self._lock:
            if self._value is not None and self._steady_s() - self._value[1] < newer_than_s:
                return self._value[0]
            if self._failed is not None and self._steady_s() - self._failed[1] < PAUSE_S:
                raise ProviderDown(str(self._failed[0]))
            try:
                value = self._fetch()
            except ProviderDown as error:
                self._failed = error, self._steady_s()
                raise
            self._value, self._failed = (value, self._steady_s()), None
            return value
