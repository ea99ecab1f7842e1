"""Types of task as planners switch them on and off, for the whole site, an area or a grid (TASK-17)."""

from sqlalchemy import func, select

from core.domain.enabling import Switch
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.campaigns.relooking import look_soon
from core.server.db.enabling import enabled, switch, unsay
from core.server.db.engine import Unit
from core.server.db.places import refuse_strange_place
from core.server.db.schema import customer
from core.wire.task_types import TaskTypes, TurnType, TypePlace


def told(unit: Unit) -> TaskTypes:
    statement = (
        select(customer.c.area, customer.c.grid, func.count())
        .where(customer.c.tenant_id == unit.tenant, customer.c.area != "")
        .group_by(customer.c.area, customer.c.grid)
        .order_by(customer.c.area, customer.c.grid)
    )
    grids = [TypePlace(area=row[0], grid=row[1], customers=row[2]) for row in unit.conn.execute(statement)]
    areas: dict[str, int] = {}
    for one in grids:
        areas[one.area] = areas.get(one.area, 0) + one.customers
    places: list[TypePlace] = []
    for area, customers in areas.items():
        places.append(TypePlace(area=area, customers=customers))
        places += [one for one in grids if one.area == area and one.grid]
    return TaskTypes(switches=enabled(unit).switches, places=tuple(places))


def turn(unit: Unit, asked: TurnType, *, by: str) -> None:
    """On record. Whom it held is looked at in the next round of campaigns. Raises InputError where no customer lives
    there."""
    if asked.area and asked.grid:
        raise InputError(
            title=Text("地区和网格只能写一个", "An area or a grid, not both"),
            message=Text("网格已经在地区里。", "A grid lies in its area."),
            next_step=Text("请只写网格。", "Give the grid alone."),
        )
    if asked.on is not None:
        # What was switched for a place is taken back also where nobody lives there any more.
        refuse_strange_place(unit, area=asked.area, grid=asked.grid)
    if asked.on is None:
        unsay(unit, asked.type, area=asked.area, grid=asked.grid, by=by)
    else:
        switch(unit, Switch(type=asked.type, on=asked.on, area=asked.area, grid=asked.grid), by=by)
    look_soon(unit)
