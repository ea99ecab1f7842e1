"""Beginning a class of care: counted first, then begun for just those who were counted. No widgets."""

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from core.desk.care_beginning import Aim, Course, Tally, read_list
from core.domain.care_class import CareChannel
from core.domain.errors import ServerUnreachable
from core.sync.care import AskCare
from core.wire.care import CareArea, CareAreas, CareBegun
from desktop.lane import Lane


class Stage(Enum):
    IDLE = auto()
    LOOKING = auto()
    LOOKED = auto()
    BEGINNING = auto()
    BEGUN = auto()
    AWAY = auto()
    """the server cannot be reached; what was begun before stands"""


BUSY = frozenset({Stage.LOOKING, Stage.BEGINNING})


class CareBeginning:
    def __init__(
        self, ask: AskCare, *, lane: Lane, changed: Callable[[], None], show_error: Callable[[Exception], None]
    ) -> None:
        self._ask, self._lane, self._changed, self._show_error = ask, lane, changed, show_error
        self.areas: tuple[CareArea, ...] = ()
        self.stage, self.tally = Stage.IDLE, Tally()
        self.aim = Aim()
        self._course: Course | None = None
        """what was counted, to be begun"""
        self._asked = 0

    @property
    def may_begin(self) -> bool:
        return self.stage is Stage.LOOKED and self.tally.reached > 0

    def load(self) -> None:
        def take(found: CareAreas) -> None:
            self.areas = found.areas
            self._changed()

        if not self.areas:
            self._lane(self._ask.areas, take, self._no_areas)

    def _no_areas(self, error: Exception) -> None:
        """What is counted or begun meanwhile goes on without them."""
        if self.stage is Stage.IDLE or not isinstance(error, ServerUnreachable):
            self._failed(error, self.stage)

    def reset(self) -> None:
        """Another class, place or way is chosen: what was counted says nothing of it. What is being begun goes on."""
        if self.stage is not Stage.BEGINNING:
            self._asked += 1
            self.stage, self.tally, self._course = Stage.IDLE, Tally(), None
            self._changed()

    def look(self, code: str, where: CareArea | Path, ways: tuple[CareChannel, ...]) -> None:
        """Counts; of a list its file is read first."""
        if self.stage in BUSY:
            return
        self.reset()
        self.stage = Stage.LOOKING
        if isinstance(where, Path):
            ticket = self._asked

            def aimed(aim: Aim) -> None:
                if ticket == self._asked:
                    self._go(Course(code=code, aim=aim, ways=ways, look=True))

            self._lane(lambda: read_list(where), aimed, lambda error: self._not_gone(ticket, error))
            self._changed()
        else:
            aim = Aim(area=where.area, total=where.customers)
            self._go(Course(code=code, aim=aim, ways=ways, look=True))

    def begin(self) -> None:
        """For those who were counted."""
        if not self.may_begin or self._course is None:
            return
        counted = self._course
        self.stage, self.tally = Stage.BEGINNING, Tally()
        self._go(Course(code=counted.code, aim=counted.aim, ways=counted.ways, look=False))

    def _go(self, course: Course) -> None:
        if course.at == 0:
            self._course, self.aim = course, course.aim
        ticket = self._asked

        def take(page: CareBegun) -> None:
            if ticket != self._asked:
                return
            self.tally = self.tally.with_page(page)
            following = course.then(page)
            if following is not None:
                self._go(following)
                return
            self.stage = Stage.LOOKED if course.look else Stage.BEGUN
            self._changed()

        self._lane(
            lambda: self._ask.begin(course.code, course.request()), take, lambda error: self._not_gone(ticket, error)
        )
        self._changed()

    def _not_gone(self, ticket: int, error: Exception) -> None:
        """What failed is of no concern once another class, place or way was chosen."""
        if ticket == self._asked:
            self._failed(error, Stage.IDLE)

    def _failed(self, error: Exception, stage: Stage) -> None:
        self.stage = Stage.AWAY if isinstance(error, ServerUnreachable) else stage
        if not isinstance(error, ServerUnreachable):
            self._show_error(error)
        self._changed()
