"""What tests of the desk share: a clock that stands, a lane that runs when told to, a phone that takes every number."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from store_kit import AGENT, NOW

from core.calling import Moment
from core.compliance import Permit
from core.domain.people import Agent, Role
from core.wire.session import Site

SITE = Site(name_zh="示范中心", name_en="Demo centre", official_hotline="10000")


def an_agent(**changes: Any) -> Agent:
    values: dict[str, Any] = {
        "staff_number": AGENT,
        "name": "李敏",
        "role": Role.OUTBOUND_REPRESENTATIVE,
        "team": "A",
        "team_name": "一班",
    }
    return Agent(**(values | changes))


class StillMoment:
    """Both clocks stand until they are moved."""

    def __init__(self, wall: datetime = NOW) -> None:
        self.wall, self.monotonic_s = wall, 1000.0

    def __call__(self) -> Moment:
        return Moment(self.wall, self.monotonic_s)

    def forward(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.monotonic_s += seconds


class HandLane:
    """Keeps what it is given, in order, until `run`; then works and answers like the store's lane."""

    def __init__(self) -> None:
        self._asked: list[tuple[Callable[[], Any], Any, Any]] = []

    def __call__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self._asked.append((work, done, failed))

    def run_without_answers(self) -> None:
        """As where the window is gone before the answers come."""
        while self._asked:
            self._asked.pop(0)[0]()

    def run(self, most: int = 1_000) -> None:
        """All that was asked, or so many of it."""
        for _ in range(most):
            if not self._asked:
                return
            self.work()()

    def work(self) -> Callable[[], None]:
        """Does what was asked first; its answer comes when what is returned is called."""
        work, done, failed = self._asked.pop(0)
        try:
            value = work()
        except Exception as error:
            if failed is None:
                raise
            return partial(failed, error)
        return partial(done, value) if done is not None else lambda: None


class Phone:
    """A dialler that notes what it was handed."""

    name = "tel"
    capabilities: frozenset[Any] = frozenset()

    def __init__(self) -> None:
        self.dialled: list[str] = []

    def dial(self, permit: Permit) -> None:
        self.dialled.append(permit.spend())
