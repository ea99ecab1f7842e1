"""The lanes that pages ask: work off the UI thread, one after another."""

from collections.abc import Callable
from typing import Any, Protocol

from desktop.effort import Effort


class Lane(Protocol):
    """Runs work off the UI thread and brings the result back on it, in the order asked."""

    def __call__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> object: ...


class HeavyLane(Protocol):
    """The same for what takes seconds, beside the store's: it can be looked at and stopped as it goes along."""

    def __call__(
        self,
        work: Callable[[Effort], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Effort: ...
