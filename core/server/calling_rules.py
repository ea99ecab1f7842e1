"""The calling rules as the server asks them (TASK-16, VIP-03): before a task goes out, before an automated call leaves,
and of the dials that desks tell of. `core.compliance` decides; here is what it has to know."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import bindparam, select, update

from core.compliance import DialRequest, awaited, consent_withheld, needs_consent, quiet_of, rest_of
from core.compliance.moments import CONSENT
from core.compliance.verdict import HOLDING, Judgement, judge
from core.compliance.words import when_told
from core.domain import decoding
from core.domain.calendar import Window
from core.domain.customer import Ticket
from core.domain.task import Task
from core.domain.task_types import made_to_sell
from core.domain.text import Text
from core.server.calling_hours import CallingHours
from core.server.db import outreach
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import customer_section, task
from core.server.one_run import one_run_at_a_time

_ASKED_AGAIN = timedelta(hours=1)
"""a site's caps, a complaint or a list may change before a rest is over"""


class Known(Struct, frozen=True):
    """What of a customer the rules go by: the rest of the sections is not read."""

    tickets: list[Ticket] = []
    dials: list[datetime] = []
    opted_out: bool = False
    quiet: list[Window] = []
    withheld: bool = False
    """they agree to no call that is made to sell; read where one is"""


class CallingRules:
    """As they stand in this transaction. Raises ContentError where the site's calendar cannot be read."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self.hours = unit, CallingHours(unit)

    def opening(self) -> datetime:
        """Now, or the next moment at which the centre calls at all: for what goes out to be called then."""
        return self.hours.opens(self._unit.now) or self._unit.now

    def hour_of(self, one: Task) -> datetime:
        """At which a desk that is given the task would call: the centre's next opening, or the promised hour."""
        opening = self.opening()
        if one.callback_at is None:
            return opening
        return self.hours.opens(max(opening, one.callback_at)) or opening

    def barred(self, tasks: Iterable[Task], at: datetime) -> dict[str, datetime]:
        """By id, of tasks whose customer may not be called at that moment: until when they rest, an hour at most."""
        asked = list(tasks)
        facts = known(self._unit, [one.customer_id for one in asked], selling=_commercial(asked))
        latest, found = self._unit.now + _ASKED_AGAIN, dict[str, datetime]()
        for one in asked:
            barrier, free = judge(self._of_task(one, facts[one.customer_id], at))
            if barrier in HOLDING:
                found[one.id] = min(free or latest, latest)
        return found

    def what_holds(self, one: Task) -> Text | None:
        """What stands against calling the task's customer at its hour, in words for who gives it to a desk; None where
        nothing does."""
        facts = known(self._unit, [one.customer_id], selling=_commercial([one]))[one.customer_id]
        request = self._of_task(one, facts, self.hour_of(one))
        barrier, free = judge(request)
        return None if barrier is None else when_told(barrier, request, free, at=self._unit.now)

    def _of_task(self, one: Task, facts: Known, at: datetime) -> DialRequest:
        number = one.callback_number or next(iter(one.customer.numbers), "")
        lacks = needs_consent(facts.withheld, one)
        return self._request(one.customer_id, number, facts, at, wanted=awaited(one), needs_consent=lacks)

    def of(self, customer_id: str, number: str, facts: Known, at: datetime, *, wanted: bool = False) -> Judgement:
        """Of one call at that moment. `wanted`: the customer has something from it, so that neither a complaint nor a
        lack of consent stands against it."""
        lacks = facts.withheld and not wanted
        return judge(self._request(customer_id, number, facts, at, wanted=wanted, needs_consent=lacks))

    def _request(
        self, customer_id: str, number: str, facts: Known, at: datetime, *, wanted: bool, needs_consent: bool
    ) -> DialRequest:
        site = self.hours.site
        return DialRequest(
            customer_id=customer_id,
            number=number,
            now=at,
            dials=tuple(facts.dials),
            opted_out=facts.opted_out,
            needs_consent=needs_consent,
            quiet=quiet_of(facts.quiet),
            rest=None if wanted else rest_of(facts.tickets, now=at, days=site.complaint_rest_d),
            site=site,
            calendar=self.hours.calendar,
        )


def _commercial(asked: Iterable[Task]) -> list[str]:
    return [one.customer_id for one in asked if made_to_sell(one.scenario, one.type)]


def known(unit: Unit, customer_ids: Sequence[str], *, selling: Collection[str] = ()) -> dict[str, Known]:
    """Of each of these customers; of whom nothing is held there is nothing to go by. `selling`: to whom a call would
    sell, of whom their consent is read too; indicators are a long section."""
    found: dict[str, dict[str, Known]] = {one: {} for one in customer_ids}
    for customer_id, section, body in _sections(unit, sorted(found), ("care", "contact")):
        found[customer_id][section] = _decode(body)
    withheld = consent_withheld_by(unit, sorted(found.keys() & set(selling)))
    return {one: _together(sections, one in withheld) for one, sections in found.items()}


def consent_withheld_by(unit: Unit, customer_ids: Sequence[str]) -> frozenset[str]:
    """Those of these customers who agree to nothing that is made to sell. Reads a long section of each."""
    return frozenset(
        customer_id
        for customer_id, _section, body in _sections(unit, customer_ids, ("indicators",))
        if consent_withheld({CONSENT: _decode_consent(body).marketing_consent})
    )


def _sections(unit: Unit, ids: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
    for some in chunks(ids):
        statement = select(customer_section.c.customer_id, customer_section.c.section, customer_section.c.body).where(
            customer_section.c.tenant_id == unit.tenant,
            customer_section.c.customer_id.in_(some),
            customer_section.c.section.in_(names),
        )
        yield from ((row[0], row[1], row[2]) for row in unit.conn.execute(statement))


class _Consent(Struct, frozen=True):
    marketing_consent: object = None


_decode = decoding.decoder(Known).decode
_decode_consent = decoding.decoder(_Consent).decode


def _together(sections: Mapping[str, Known], withheld: bool) -> Known:
    care, contact = sections.get("care", Known()), sections.get("contact", Known())
    return Known(
        tickets=care.tickets, dials=care.dials, opted_out=care.opted_out, quiet=contact.quiet, withheld=withheld
    )


def ask_again(unit: Unit) -> None:
    """Whoever rests, tasks and contacts alike, is asked of anew: hours, calendar or caps are other than they were.

    Before anything else of its transaction: a run that gives out would still go by what was, and is waited for. What
    anybody else holds at the moment is left, since who holds one task may come to want another of these."""
    one_run_at_a_time(unit)
    rests = (task.c.tenant_id == unit.tenant) & (task.c.rests_until > unit.now)
    free = select(task.c.id).where(rests).with_for_update(skip_locked=True)
    unit.conn.execute(update(task).where(rests, task.c.id.in_(free)).values(rests_until=None))
    outreach.wake(unit)


def let_rest(unit: Unit, until: Mapping[str, datetime]) -> None:
    """By the tasks' ids: before those moments they are not looked at."""
    if until:
        which = (task.c.tenant_id == unit.tenant) & (task.c.id == bindparam("which"))
        moment = bindparam("until", type_=task.c.rests_until.type)
        rows = [{"which": one, "until": at} for one, at in sorted(until.items())]
        unit.conn.execute(update(task).where(which).values(rests_until=moment), rows)
