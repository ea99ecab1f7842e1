"""The switches of types of task in the database, as one setting of the site (TASK-17)."""

import msgspec

from core.domain import decoding
from core.domain.enabling import Enabled, Switch
from core.domain.task import TaskType
from core.server.db import audit, settings
from core.server.db.audit import Action
from core.server.db.engine import Unit

_KEY = "task_types"


def enabled(unit: Unit) -> Enabled:
    kept = settings.read(unit, _KEY)
    return Enabled(() if kept is None else decoding.decode(kept, tuple[Switch, ...]))


def switch(unit: Unit, wanted: Switch, *, by: str) -> Enabled:
    """Keep it in the place of what was said of the same type and place before; on record."""
    kept = [one for one in enabled(unit).switches if _place(one) != _place(wanted)]
    return _keep(unit, [*kept, wanted], wanted, said="on" if wanted.on else "off", by=by)


def unsay(unit: Unit, type_: TaskType, *, area: str = "", grid: str = "", by: str) -> Enabled:
    """Nothing is said of that type there any more; on record."""
    gone = Switch(type=type_, on=True, area=area, grid=grid)
    kept = [one for one in enabled(unit).switches if _place(one) != _place(gone)]
    return _keep(unit, kept, gone, said="", by=by)


def _keep(unit: Unit, switches: list[Switch], changed: Switch, *, said: str, by: str) -> Enabled:
    after = sorted(switches, key=_place)
    settings.write(unit, _KEY, msgspec.json.encode(after).decode())
    audit.write(
        unit, writer=by, action=Action.TASK_TYPE_SWITCHED, object_=changed.type.value, said=said, area=changed.area,
        grid=changed.grid,
    )  # fmt: skip
    return Enabled(after)


def _place(one: Switch) -> tuple[str, str, str]:
    return one.type.value, one.area, one.grid
