"""TASK-17: which types of task are switched on where. All are, until somebody switches one off; what is said of a grid
counts before what is said of its area, and that before what is said of the whole site. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from core.domain.task import TaskType


class Switch(Struct, frozen=True, kw_only=True):
    type: TaskType
    on: bool
    area: str = ""
    grid: str = ""
    """both empty: the whole site"""


class Enabled:
    """What the switches say."""

    def __init__(self, switches: Sequence[Switch]) -> None:
        self.switches = tuple(switches)
        self._by_place = {(one.type, one.area, one.grid): one.on for one in switches}

    def said(self, type_: TaskType, *, area: str = "", grid: str = "") -> bool | None:
        """What is said of just that place; None: nothing."""
        return self._by_place.get((type_, "" if grid else area, grid))

    def allows(self, type_: TaskType, *, area: str = "", grid: str = "") -> bool:
        """Whether tasks of that type are made for customers there."""
        places = [("", grid)] if grid else []
        places += [(area, "")] if area else []
        for place in (*places, ("", "")):
            if (said := self._by_place.get((type_, *place))) is not None:
                return said
        return True
