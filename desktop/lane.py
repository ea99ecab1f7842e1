"""The lane that pages ask for the store: work off the UI thread, one after another."""

from collections.abc import Callable
from typing import Any, Protocol


class Lane(Protocol):
    """Runs work off the UI thread and brings the result back on it, in the order asked."""

    def __call__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> object: ...
