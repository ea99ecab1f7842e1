"""Care begun for all whom it concerns (CARE-24): an event sets it off, of which the emergency desk or the points system
tells, or the customers' own data say for whom it is due.

Each gets it by the class's own way (`core.server.care_begun`). Who is left out is named with the reason.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from core.domain.care_class import CareChannel, CareClass
from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.people import Agent
from core.domain.text import Text
from core.guidance.facts_festival import festival_facts
from core.server.calendars import calendar
from core.server.care_begun import CARE_CALL, LEFT_WORDS, WAYS, Begun, Left
from core.server.db import audit, people, published, settings
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import customer

__all__ = ["CARE_CALL", "LEFT_WORDS", "WAYS", "Left", "Started", "areas", "living_in", "start_care"]

AT_ONCE = 200
"""customers in one transaction: nobody who saves waits for the whole list"""


class Started(NamedTuple):
    """What came of it; customers in the order in which they were named."""

    texted: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    """by letter"""
    called: tuple[str, ...] = ()
    """a task was made of each"""
    left: tuple[tuple[str, Left], ...] = ()

    @property
    def begun(self) -> int:
        return len(self.texted) + len(self.written) + len(self.called)


def start_care(
    database: Database,
    code: str,
    named: Sequence[str],
    *,
    by: str,
    ways: Collection[CareChannel] = WAYS,
    plan_only: bool = False,
) -> Started:
    """Begins the class for each of `named`, ids of customers; `by` is the staff number in whose name. With `plan_only`
    nothing is kept. Done again the same day it changes nothing: the class rests, or the task is there.

    Raises InputError where there is no such class, or no such account."""
    found: dict[CareChannel, list[str]] = {way: [] for way in WAYS}
    left: list[tuple[str, Left]] = []
    with database.read() as unit:
        _class(unit, code)
        _agent(unit, by)
        festival = festival_facts(calendar(unit, settings.site(unit).calendar), local_day(unit.now))
    for some in _some(list(dict.fromkeys(named))):
        with database.write() as unit:
            begun = Begun(unit, _class(unit, code), _agent(unit, by), settings.site(unit), ways, plan_only, festival)
            for customer_id, came in begun.each(some):
                if isinstance(came, Left):
                    left.append((customer_id, came))
                else:
                    found[came].append(customer_id)
    started = Started(
        texted=tuple(found[CareChannel.SMS]),
        written=tuple(found[CareChannel.MAIL]),
        called=tuple(found[CareChannel.CALL]),
        left=tuple(left),
    )
    if started.begun and not plan_only:
        with database.write() as unit:
            audit.write(
                unit, writer=by, action=Action.CARE_STARTED, object_=code, texted=len(started.texted),
                written=len(started.written), called=len(started.called), left=len(left),
            )  # fmt: skip
    return started


def areas(database: Database) -> list[tuple[str, int]]:
    """Where customers live, and how many of them."""
    with database.read() as unit:
        found = select(customer.c.area, func.count()).where(customer.c.tenant_id == unit.tenant, customer.c.area != "")
        rows = unit.conn.execute(found.group_by(customer.c.area).order_by(customer.c.area))
        return [(area, count) for area, count in rows]


def living_in(database: Database, area: str) -> list[str]:
    """Ids of the customers of that area, in their order.

    Raises InputError where nobody lives: a slip of the name would pass for an area in which all have been told."""
    with database.read() as unit:
        mine = select(customer.c.id).where(customer.c.tenant_id == unit.tenant, customer.c.area == area)
        found = list(unit.conn.execute(mine.order_by(customer.c.id)).scalars())
    if not found:
        raise _nobody_lives(area, [name for name, _ in areas(database)])
    return found


def _nobody_lives(area: str, there: Sequence[str]) -> InputError:
    return InputError(
        title=Text("地区里没有客户", "No customers in that area"),
        message=Text(f"没有客户在“{area}”，没有发起关怀。", f"No customer lives in “{area}”; no care was begun."),
        next_step=Text(
            f"请核对地区名称。现有：{'、'.join(there) or '-'}。",
            f"Check its name. There are: {', '.join(there) or '-'}.",
        ),
    )


def _some(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _class(unit: Unit, code: str) -> CareClass:
    classes = published.care_classes(unit)
    every = classes.classes if classes else ()
    found = next((one for one in every if one.code == code), None)
    if found is None:
        names = "、".join(f"{one.code} {one.label.zh}" for one in every) or "-"
        raise InputError(
            title=Text("没有这一类关怀", "No such care"),
            message=Text(f"{code}：没有这样的关怀类别。", f"There is no class of care `{code}`."),
            next_step=Text(f"请用：{names}。", f"Give one of: {', '.join(one.code for one in every) or '-'}."),
        )
    return found


def _agent(unit: Unit, staff_number: str) -> Agent:
    account = people.get(unit, staff_number)
    if account is None or account.disabled:
        raise InputError(
            title=Text("没有这个工号", "No such account"),
            message=Text(f"工号 {staff_number} 没有，或已停用。", f"There is no {staff_number}, or it is disabled."),
            next_step=Text(
                "短信以这个工号的名义发：请用 --by 另给一个。", "The texts go in its name: give another --by."
            ),
        )
    return account.agent
