"""Works off contacts: makes them of members, hands them over in calling hours, and hears what came of them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from msgspec.structs import replace
from sqlalchemy import select

from core.compliance.verdict import PASSING
from core.domain.call import Dial
from core.domain.campaign import Barrier, CampaignState, MemberState, Route
from core.domain.outreach import ContactState, OutgoingContact
from core.domain.task_types import made_to_sell, wins_back
from core.domain.text import Text, filled
from core.server import dials
from core.server.calling_hours import CallingHours
from core.server.calling_rules import consent_withheld_by
from core.server.campaigns.sifting import left_among
from core.server.db import campaigns, customers, outreach, published, refusals, settings, tasks
from core.server.db.claims import CLAIM
from core.server.db.engine import Database, Unit
from core.server.db.outreach import Due
from core.server.db.schema import campaign, campaign_member
from core.server.outreach.moving import WRITER, make, report, withdraw, words_of
from core.server.outreach.port import OutreachPort
from core.server.outreach.scenario import scenario_of
from core.server.outside.rounds import Rounds, Side
from core.wire.outreach import ContactOut

AT_ONCE = 500
"""members made contacts of in one transaction"""
_GATHER_EVERY_S = 10.0
"""between two looks for members of whom nothing is made yet: they are many, and their campaign takes days"""
_FIRST_LOOK, _LAST_LOOK = timedelta(seconds=5), timedelta(hours=1)
_HELD, _WORDLESS = timedelta(minutes=1), timedelta(minutes=15)
"""after so long one of a campaign that was paused meanwhile is looked at again, or one without words"""


_BARRED = timedelta(hours=12)
"""after so long one whose customer has a complaint open is looked at again"""


class OutreachWorker(Rounds):
    def __init__(self, database: Database, port: OutreachPort, *, claim: timedelta = CLAIM) -> None:
        self._port, self._claim, self._gathers_at = port, claim, 0.0
        side = Side("outreach", outreach.due, self._claimed, self._work, self._wait)
        super().__init__(database, "contacts", [side])

    def round(self, stopped: Callable[[], bool] = lambda: False) -> int:
        self._gather(stopped)
        return super().round(stopped)

    def _gather(self, stopped: Callable[[], bool]) -> None:
        if monotonic() < self._gathers_at:
            return
        self._gathers_at = monotonic() + _GATHER_EVERY_S
        while not stopped():
            with self._database.read() as unit:
                if not outreach.unsent(unit, 1):
                    return
            with self._database.write() as unit:
                if len(make(unit, outreach.unsent(unit, AT_ONCE))) < AT_ONCE:
                    return

    def _wait(self, unit: Unit, one: Due, until: datetime) -> None:
        outreach.rest(unit, one, until=until)

    def _claimed(self, unit: Unit, one: Due) -> Due | None:
        if not outreach.claim(unit, one, pause=self._claim):
            return None
        contact = outreach.get(unit, one.contact.id, lock=True)
        if contact is None:
            return None
        if contact.state is ContactState.WAITING:
            return self._may_leave(unit, one, contact)
        if contact.report_until is not None and contact.report_until <= unit.now:
            outreach.put(unit, contact, due_at=None)
            return None
        return replace(one, contact=contact)

    def _may_leave(self, unit: Unit, one: Due, contact: OutgoingContact) -> Due | None:
        state, member = _campaign_state(unit, contact), _member_state(unit, contact)
        if (barrier := _barrier(unit, contact)) is not None:
            withdraw(unit, contact, barrier=barrier)
        elif state in (None, CampaignState.STOPPED, CampaignState.ENDED) or member is not MemberState.DISPATCHED:
            withdraw(unit, contact, barrier=Barrier.GONE)
        elif state is CampaignState.PAUSED:
            outreach.rest(unit, one, until=unit.now + _HELD)
        elif self._words(unit, contact) is None:
            outreach.rest(unit, one, until=unit.now + _WORDLESS)
        elif (opens := _opens(unit)) > unit.now and contact.route is not Route.VISIT:
            outreach.rest(unit, one, until=opens)
        else:
            return replace(one, contact=contact)
        return None

    def _work(self, one: Due) -> None:
        contact = one.contact
        if contact.state is ContactState.WAITING:
            self._send(one)
            return
        told = self._port.look(contact.id)
        if told is not None and report(self._database, contact.id, told) != contact:
            return
        with self._database.write() as unit:
            outreach.rest(unit, one, until=unit.now + _again(contact, unit.now))

    def _send(self, one: Due) -> None:
        contact = one.contact
        with self._database.read() as unit:
            out, hours = self._out(unit, contact)
        if contact.route is Route.VOICE and not self._may_call(one, out.number):
            return
        told = self._port.send(out)
        with self._database.write() as unit:
            held = outreach.get(unit, contact.id, lock=True)
            if held is None or held.state is not ContactState.WAITING:
                return
            until = unit.now + timedelta(hours=hours)
            sent = replace(held, state=ContactState.SENT, sent_at=unit.now, report_until=until)
            outreach.put(unit, sent, due_at=unit.now + _FIRST_LOOK)
            campaigns.left_all_the_same(unit, contact.campaign_id, contact.customer_id)
        if told.state is not ContactState.SENT:
            report(self._database, contact.id, told)

    def _may_call(self, one: Due, number: str) -> bool:
        """An automated call is a dial: asked for by the rules of all dials, and counted before it leaves: neither
        a gateway that answers late nor another server's call makes one too many."""
        contact = one.contact
        with self._database.write() as unit:
            tasks.lock_customer(unit, contact.customer_id)
            call = Dial(
                id=contact.id, customer_id=contact.customer_id, task_id=None, number=number, at=unit.now, agent=WRITER
            )
            barrier, free = dials.asked(unit, call, sells=_sells(unit, contact))
            if barrier is None:
                dials.count(unit, call)
                return True
            # What bars it for good is met at the next look, which withdraws it.
            known = free if barrier in PASSING else None
            outreach.rest(unit, one, until=known or unit.now + _BARRED)
            return False

    def _out(self, unit: Unit, contact: OutgoingContact) -> tuple[ContactOut, int]:
        words, hours = self._words(unit, contact) or (Text("", ""), 1)
        head, site = customers.head(unit, contact.customer_id), settings.site(unit)
        told = filled(words, centre=Text(site.name_zh, site.name_en), hotline=site.official_hotline)
        visit, number = contact.route is Route.VISIT, "" if head is None else head.main_number
        good = refusals.numbers_of(unit, [contact.customer_id])[contact.customer_id]
        if number not in good:
            number = min(good, default="")
        out = ContactOut(
            id=contact.id, campaign_id=contact.campaign_id, customer_id=contact.customer_id, route=contact.route,
            number="" if visit else number,
            area=head.area if head is not None and visit else "", words=told, hotline=site.official_hotline,
            caller=(site.caller_number or site.official_hotline) if contact.route is Route.VOICE else "",
        )  # fmt: skip
        return out, hours

    def _words(self, unit: Unit, contact: OutgoingContact) -> tuple[Text, int] | None:
        """What is said by that way, and for how many hours reports are asked for; None where content says nothing."""
        found = words_of(unit, scenario_of(unit, contact.campaign_id))
        words = found.words.get(contact.route) if found is not None else None
        return (words, found.report_within_hours) if found is not None and words is not None else None


def _barrier(unit: Unit, contact: OutgoingContact) -> Barrier | None:
    """What bars the customer for good since they were drawn: they were erased, left the net, refused under this id or,
    by one of their numbers, under another, have no number left that would reach them, or agree to nothing
    that sells."""
    head = customers.head(unit, contact.customer_id)
    if head is None or _left(unit, contact):
        return Barrier.GONE
    numbers = refusals.numbers_of(unit, [contact.customer_id])[contact.customer_id]
    if refusals.met(unit, {contact.customer_id: numbers}):
        return Barrier.OPTED_OUT
    if contact.route is Route.VISIT:
        return None
    if not numbers:
        return Barrier.NO_NUMBER
    return Barrier.NO_CONSENT if _lacks_consent(unit, contact) else None


def _left(unit: Unit, contact: OutgoingContact) -> bool:
    about = scenario_of(unit, contact.campaign_id)
    return not wins_back(about) and bool(left_among(unit, [contact.customer_id]))


def _lacks_consent(unit: Unit, contact: OutgoingContact) -> bool:
    return _sells(unit, contact) and bool(consent_withheld_by(unit, [contact.customer_id]))


def _sells(unit: Unit, contact: OutgoingContact) -> bool:
    about = scenario_of(unit, contact.campaign_id)
    return made_to_sell(about, published.task_type(unit, about))


def _campaign_state(unit: Unit, contact: OutgoingContact) -> CampaignState | None:
    statement = select(campaign.c.state).where(
        campaign.c.tenant_id == unit.tenant, campaign.c.id == contact.campaign_id
    )
    found = unit.conn.execute(statement).scalar_one_or_none()
    return None if found is None else CampaignState(found)


def _member_state(unit: Unit, contact: OutgoingContact) -> MemberState | None:
    statement = select(campaign_member.c.state).where(
        campaign_member.c.tenant_id == unit.tenant,
        campaign_member.c.campaign_id == contact.campaign_id,
        campaign_member.c.customer_id == contact.customer_id,
    )
    found = unit.conn.execute(statement).scalar_one_or_none()
    return None if found is None else MemberState(found)


def _opens(unit: Unit) -> datetime:
    """When texts and automated calls may leave: at hours at which agents may call (TASK-16)."""
    return CallingHours(unit).opens(unit.now) or unit.now + timedelta(days=1)


def _again(contact: OutgoingContact, now: datetime) -> timedelta:
    """Rarer and rarer: as long again as it has been under way."""
    under_way = now - (contact.sent_at or now)
    return min(max(under_way, _FIRST_LOOK), _LAST_LOOK)
