"""Which types of task are made where, as planners switch them: GET and PUT /v1/task-types (TASK-17)."""

from msgspec import Struct

from core.domain.enabling import Switch
from core.domain.task import TaskType


class TypePlace(Struct, frozen=True, kw_only=True):
    """Where customers live, or something is said although none does any more; of an area alone `grid` is empty, and
    `area` of a grid that lies in none."""

    area: str
    grid: str = ""
    customers: int


class TaskTypes(Struct, frozen=True, kw_only=True):
    switches: tuple[Switch, ...] = ()
    places: tuple[TypePlace, ...] = ()
    """each area, then its grids"""


class TurnType(Struct, frozen=True, kw_only=True):
    """A type switched on or off for the whole site, an area or a grid."""

    type: TaskType
    on: bool | None
    """None: nothing is said there any more, and what holds around it holds"""
    area: str = ""
    grid: str = ""
