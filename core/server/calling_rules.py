"""The calling rules as the server asks them (TASK-16, VIP-03): before a task goes out, before an automated call leaves,
and of the dials that desks tell of. `core.compliance` decides; here is what it has to know."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import bindparam, select, update

from core.compliance import DialRequest, awaited, quiet_of, rest_of
from core.compliance.verdict import PASSING, Judgement, judge
from core.domain import decoding
from core.domain.calendar import Window
from core.domain.customer import Ticket
from core.domain.task import Task
from core.server.calling_hours import CallingHours
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import customer_section, task

_ASKED_AGAIN = timedelta(hours=1)
"""a site's caps, a complaint or a list may change before a rest is over"""


class Known(Struct, frozen=True):
    """What of a customer the rules go by: the rest of the sections is not read."""

    tickets: list[Ticket] = []
    dials: list[datetime] = []
    opted_out: bool = False
    quiet: list[Window] = []


class CallingRules:
    """As they stand in this transaction. Raises ContentError where the site's calendar cannot be read."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self.hours = unit, CallingHours(unit)

    def opening(self) -> datetime:
        """Now, or the next moment at which the centre calls at all: for what goes out to be called then."""
        return self.hours.opens(self._unit.now) or self._unit.now

    def barred(self, tasks: Iterable[Task], at: datetime) -> dict[str, datetime]:
        """By id, of tasks whose customer may not be called at that moment: until when they rest, an hour at most."""
        asked = list(tasks)
        facts = known(self._unit, [one.customer_id for one in asked])
        latest, found = self._unit.now + _ASKED_AGAIN, dict[str, datetime]()
        for one in asked:
            barrier, free = self._of_task(one, facts[one.customer_id], at)
            if barrier in PASSING:
                found[one.id] = min(free or latest, latest)
        return found

    def _of_task(self, one: Task, facts: Known, at: datetime) -> Judgement:
        number = one.callback_number or next(iter(one.customer.numbers), "")
        return self.of(one.customer_id, number, facts, at, wanted=awaited(one))

    def of(self, customer_id: str, number: str, facts: Known, at: datetime, *, wanted: bool = False) -> Judgement:
        """Of one call at that moment. `wanted`: no complaint stands against it."""
        site = self.hours.site
        rest = None if wanted else rest_of(facts.tickets, now=at, days=site.complaint_rest_d)
        return judge(
            DialRequest(
                customer_id=customer_id,
                number=number,
                now=at,
                dials=tuple(facts.dials),
                opted_out=facts.opted_out,
                quiet=quiet_of(facts.quiet),
                rest=rest,
                site=site,
                calendar=self.hours.calendar,
            )
        )


def known(unit: Unit, customer_ids: Sequence[str]) -> dict[str, Known]:
    """Of each of these customers; of whom nothing is held there is nothing to go by."""
    found: dict[str, dict[str, Known]] = {one: {} for one in customer_ids}
    ids = sorted(found)
    for some in chunks(ids):
        statement = select(customer_section.c.customer_id, customer_section.c.section, customer_section.c.body).where(
            customer_section.c.tenant_id == unit.tenant,
            customer_section.c.customer_id.in_(some),
            customer_section.c.section.in_(("care", "contact")),
        )
        for customer_id, section, body in unit.conn.execute(statement):
            found[customer_id][section] = _decode(body)
    return {one: _together(sections) for one, sections in found.items()}


_decode = decoding.decoder(Known).decode


def _together(sections: Mapping[str, Known]) -> Known:
    care, contact = sections.get("care", Known()), sections.get("contact", Known())
    return Known(tickets=care.tickets, dials=care.dials, opted_out=care.opted_out, quiet=contact.quiet)


def let_rest(unit: Unit, until: Mapping[str, datetime]) -> None:
    """By the tasks' ids: before those moments they are not looked at."""
    if until:
        which = (task.c.tenant_id == unit.tenant) & (task.c.id == bindparam("which"))
        moment = bindparam("until", type_=task.c.rests_until.type)
        rows = [{"which": one, "until": at} for one, at in sorted(until.items())]
        unit.conn.execute(update(task).where(which).values(rests_until=moment), rows)
