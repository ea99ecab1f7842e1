"""Types of task by place, as the server has them. No widgets."""

from collections.abc import Callable

from msgspec import Struct

from core.domain.enabling import Enabled
from core.domain.errors import ServerUnreachable
from core.domain.task import TaskType
from core.domain.task_types import TASK_TYPE_NAMES
from core.domain.text import Text, filled
from core.sync.ask import Ask
from core.sync.campaigns import AskCampaigns
from core.wire.task_types import TaskTypes, TurnType, TypePlace
from desktop.campaigning import task_type_words as words
from desktop.lane import Lane
from desktop.widgets.values import Tone

SITE = TypePlace(area="", customers=0)


class TypeRow(Struct, frozen=True):
    """One type at the place in hand."""

    type: TaskType
    on: bool
    said: bool | None
    """at just that place; None: nothing"""
    whence: Text
    """what it goes by"""
    elsewhere: int
    """places within it of which something else is said"""


class TaskTypesPresenter:
    """`changed` is told when something else stands to be shown."""

    def __init__(
        self,
        ask: Ask,
        *,
        lane: Lane,
        changed: Callable[[], None],
        show_error: Callable[[Exception], None],
        say: Callable[[Text, Tone], None],
    ) -> None:
        self._ask, self._lane = AskCampaigns(ask), lane
        self._changed, self._show_error, self._say = changed, show_error, say
        self.found: TaskTypes | None = None
        self.place = SITE
        self.unreachable = self.turning = False
        self._asked = 0

    def load(self) -> None:
        """Reads them; an answer that a later asking, or a switch turned since, has overtaken is dropped."""
        if self.turning:
            return
        self._asked += 1
        ticket = self._asked

        def take(found: TaskTypes) -> None:
            if ticket == self._asked:
                self._take(found)

        def failed(error: Exception) -> None:
            if ticket == self._asked:
                self._failed(error)

        self._lane(self._ask.task_types, take, failed)

    def _take(self, found: TaskTypes) -> None:
        self.found, self.unreachable = found, False
        self._changed()

    def _failed(self, error: Exception) -> None:
        self.unreachable = isinstance(error, ServerUnreachable)
        if not self.unreachable:
            self._show_error(error)
        self._changed()

    @property
    def places(self) -> list[TypePlace]:
        """The whole site first."""
        if self.found is None:
            return []
        everybody = sum(one.customers for one in self.found.places if not (one.grid and one.area))
        return [TypePlace(area="", customers=everybody), *self.found.places]

    @property
    def rows(self) -> list[TypeRow]:
        """Each type at the place in hand."""
        if self.found is None:
            return []
        enabled, place = Enabled(self.found.switches), self.place
        return [self._row(enabled, one, place) for one in TaskType]

    def _row(self, enabled: Enabled, type_: TaskType, place: TypePlace) -> TypeRow:
        said = enabled.said(type_, area=place.area, grid=place.grid)
        on = enabled.allows(type_, area=place.area, grid=place.grid)
        within = [one for one in self._within(place) if enabled.said(type_, area=one.area, grid=one.grid) is not None]
        other = sum(enabled.allows(type_, area=one.area, grid=one.grid) is not on for one in within)
        return TypeRow(type_, on, said, self._whence(enabled, type_, place, said), other)

    def _within(self, place: TypePlace) -> list[TypePlace]:
        places = self.found.places if self.found else ()
        if place.grid:
            return []
        return [one for one in places if not place.area or (one.area == place.area and one.grid)]

    def _whence(self, enabled: Enabled, type_: TaskType, place: TypePlace, said: bool | None) -> Text:
        if said is not None:
            return words.HERE
        if place.grid and place.area and enabled.said(type_, area=place.area) is not None:
            return filled(words.AS_AREA, area=place.area)
        return words.AS_SITE if place.area or place.grid else words.USUAL

    def turn(self, row: TypeRow) -> None:
        """On where it is off, and off where it is on, at the place in hand."""
        self._send(row, on=not row.on)

    def unsay(self, row: TypeRow) -> None:
        if row.said is not None:
            self._send(row, on=None)

    def _send(self, row: TypeRow, *, on: bool | None) -> None:
        if self.turning:
            return
        place = self.place
        area = "" if place.grid else place.area
        asked = TurnType(type=row.type, on=on, area=area, grid=place.grid)
        self.turning = True
        self._asked += 1

        def failed(error: Exception) -> None:
            self.turning = False
            self._failed(error)

        def take(found: TaskTypes) -> None:
            self.turning = False
            self._take(found)
            now = Enabled(found.switches).allows(row.type, area=place.area, grid=place.grid)
            told = filled(
                words.TURNED, type=TASK_TYPE_NAMES[row.type], place=place_name(place),
                state=words.ON if now else words.OFF,
            )  # fmt: skip
            self._say(told, Tone.OK)

        self._lane(lambda: self._ask.turn_type(asked), take, failed)


def place_name(place: TypePlace) -> Text:
    name = place.grid or place.area
    return Text(name, name) if name else words.WHOLE_SITE
