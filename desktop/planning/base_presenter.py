"""The base counted page by page, so that it can be watched and left at any time. No widgets."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from core.desk.base_figures import BasePart, BasePlace, read_part
from core.desk.caring import Counts, care_classes
from core.desk.desk import Desk
from core.desk.plans import PlanDesk
from core.domain.care_class import CareClasses
from core.domain.clock import local_day
from core.domain.errors import ServerUnreachable
from core.domain.text import Text
from core.sync.ask import Ask
from desktop.lane import Lane

if TYPE_CHECKING:
    from core.offers.base import Lot


class BasePresenter:
    """Shared by the parts that show it; each is told when there is more."""

    def __init__(self, desk: Desk, ask: Ask, *, lane: Lane, show_error: Callable[[Exception], None]) -> None:
        self._desk, self._ask, self._lane, self._show_error = desk, ask, lane, show_error
        self._plans = PlanDesk(desk)
        self._listeners: list[Callable[[], None]] = []
        self.lots: list[Lot] = []
        self.done = 0
        """customers counted so far"""
        self.care: Counts = Counts()
        self.classes: CareClasses | None = None
        self.names: dict[str, Text] = {}
        self.total = 0
        self.counted_at: datetime | None = None
        """when the last page came; None: the base has not been counted to its end"""
        self.counting = self.unreachable = False

    def listen(self, changed: Callable[[], None]) -> None:
        self._listeners.append(changed)

    @property
    def counted(self) -> bool:
        """All of the base is in the figures."""
        return not self.counting and 0 < self.total <= self.done

    @property
    def _is_of_today(self) -> bool:
        """What was counted on an earlier day says nothing of today's ends of contracts and care."""
        return self.counted_at is not None and local_day(self.counted_at) == local_day(self._desk.moment().wall)

    def load(self) -> None:
        """Counts the base; what was counted today stays until another count is asked for by `again`."""
        if not self.counting and not (self.counted and self._is_of_today):
            self.again()

    def again(self) -> None:
        if self.counting:
            return
        self.lots, self.care, self.done, self.total = [], Counts(), 0, 0
        self.counted_at, self.counting, self.unreachable = None, True, False
        self._lane(lambda: care_classes(self._desk), self._take_classes, self._failed)

    def _take_classes(self, classes: CareClasses | None) -> None:
        self.classes = classes
        self._next(BasePlace())

    def _next(self, place: BasePlace) -> None:
        self._lane(lambda: read_part(self._desk, self._ask, self._plans, place), self._take, self._failed)
        self._tell()

    def _take(self, part: BasePart) -> None:
        from core.offers.base import gathered

        self.lots = gathered((*self.lots, *part.lots))
        self.done += part.customers
        self.care.update(part.care)
        self.names |= part.names
        self.total = part.total
        if part.next is not None:
            self._next(part.next)
        else:
            self.counting, self.counted_at = False, self._desk.moment().wall
            self._tell()

    def _failed(self, error: Exception) -> None:
        self.counting = False
        self.unreachable = isinstance(error, ServerUnreachable)
        if not self.unreachable:
            self._show_error(error)
        self._tell()

    def _tell(self) -> None:
        for changed in self._listeners:
            changed()
