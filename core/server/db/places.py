"""Areas and grids in which customers live: a slip of a name must not pass for a place."""

from collections.abc import Sequence

from sqlalchemy import Column, select

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db.engine import Unit
from core.server.db.schema import customer

_SHOWN = 30


def refuse_strange_place(unit: Unit, *, area: str = "", grid: str = "") -> None:
    """Raises InputError naming those that there are, where no customer lives in it."""
    for column, wanted, label in (
        (customer.c.area, area, Text("地区", "area")), (customer.c.grid, grid, Text("网格", "grid")),
    ):  # fmt: skip
        if wanted and not _lives(unit, column, wanted):
            raise _strange(label, wanted, _there(unit, column))


def _lives(unit: Unit, column: Column[str], wanted: str) -> bool:
    statement = select(column).where(customer.c.tenant_id == unit.tenant, column == wanted)
    return unit.conn.execute(statement.limit(1)).first() is not None


def _there(unit: Unit, column: Column[str]) -> Sequence[str]:
    statement = select(column).where(customer.c.tenant_id == unit.tenant, column != "").distinct().order_by(column)
    return list(unit.conn.execute(statement.limit(_SHOWN)).scalars())


def _strange(label: Text, wanted: str, there: Sequence[str]) -> InputError:
    return InputError(
        title=Text(f"没有这个{label.zh}", f"No such {label.en}"),
        message=Text(f"没有客户在{label.zh}“{wanted}”。", f"No customer is in the {label.en} “{wanted}”."),
        next_step=Text(f"现有：{'、'.join(there) or '—'}。", f"There are: {', '.join(there) or '—'}."),
    )
