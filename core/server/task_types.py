"""Types of task as planners switch them on and off, for the whole site, an area or a grid (TASK-17)."""

from sqlalchemy import func, or_, select

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
    """Each place in which customers live, and each of which something is said although nobody lives there any more."""
    statement = (
        select(customer.c.area, customer.c.grid, func.count())
        .where(customer.c.tenant_id == unit.tenant, or_(customer.c.area != "", customer.c.grid != ""))
        .group_by(customer.c.area, customer.c.grid)
        .order_by(customer.c.area, customer.c.grid)
    )
    lived = [TypePlace(area=row[0], grid=row[1], customers=row[2]) for row in unit.conn.execute(statement)]
    switches = enabled(unit).switches
    gone = sorted({one.grid for one in switches} - {one.grid for one in lived} - {""})
    grids = [one for one in lived if one.grid] + [TypePlace(area="", grid=one, customers=0) for one in gone]
    places: list[TypePlace] = []
    for area in sorted(({one.area for one in lived} | {one.area for one in switches}) - {""}):
        there = sum(one.customers for one in lived if one.area == area)
        places.append(TypePlace(area=area, customers=there))
        places += [one for one in grids if one.area == area]
    places += [one for one in grids if not one.area]
    return TaskTypes(switches=switches, places=tuple(places))


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
