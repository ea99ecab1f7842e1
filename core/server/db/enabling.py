"""TASK-17: which types of task are switched on where. All are, until somebody switches one off; what is said of a grid
counts before what is said of its area, and that before what is said of the whole site."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from core.domain import decoding
from core.domain.task import TaskType
from core.server.db import audit, settings
from core.server.db.audit import Action
from core.server.db.engine import Unit

_KEY = "task_types"


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

    def allows(self, type_: TaskType, *, area: str = "", grid: str = "") -> bool:
        """Whether tasks of that type are made for customers there."""
        places = [("", grid)] if grid else []
        places += [(area, "")] if area else []
        for place in (*places, ("", "")):
            if (said := self._by_place.get((type_, *place))) is not None:
                return said
        return True


def enabled(unit: Unit) -> Enabled:
    kept = settings.read(unit, _KEY)
    return Enabled(() if kept is None else decoding.decode(kept, tuple[Switch, ...]))


def switch(unit: Unit, wanted: Switch, *, by: str) -> Enabled:
    """Keep it in the place of what was said of the same type and place before; on record."""
    kept = [one for one in enabled(unit).switches if _place(one) != _place(wanted)]
    after = sorted([*kept, wanted], key=lambda one: _place(one))
    settings.write(unit, _KEY, msgspec.json.encode(after).decode())
    audit.write(
        unit, writer=by, action=Action.TASK_TYPE_SWITCHED, object_=wanted.type.value, on=wanted.on, area=wanted.area,
        grid=wanted.grid,
    )  # fmt: skip
    return Enabled(after)


def _place(one: Switch) -> tuple[str, str, str]:
    return one.type.value, one.area, one.grid
