"""What becomes of a contact, and what a customer's answer sets off."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid5

from msgspec.structs import replace
from sqlalchemy import update

from core.domain import decoding
from core.domain.campaign import Barrier, MemberState
from core.domain.customer import Care
from core.domain.outreach import CONTACT_MOVES, OUTREACH, ContactState, OutgoingContact, Outreach, is_stop, plain_reply
from core.domain.task import TaskState
from core.server import binding
from core.server.db import audit, campaigns, customers, outreach, published, refusals, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.outreach import Unsent
from core.server.db.schema import campaign_member
from core.server.incoming.giving_out import give_at_once
from core.server.incoming.taking import take_in
from core.server.outreach.scenario import scenario_of
from core.wire.incoming import IncomingEvent, IncomingState
from core.wire.outreach import CALL_ME, ContactReport

WRITER = "outreach"
LEAD = "sales-lead"
"""kind of event that a wish to be called is"""
_NAMESPACE = UUID("5b0a6c1e-7d52-5e0b-9c3a-2f4d6e8a1b3c")
_LONGEST_WHY, _LONGEST_REPLY = 200, 40


class NoSuchContact(Exception):
    """None of that id has left from here."""


def contact_id(unit: Unit, campaign_id: str, customer_id: str) -> UUID:
    """Under which a member's one contact is kept."""
    return uuid5(_NAMESPACE, f"{unit.tenant}/{campaign_id}/{customer_id}")


def make(unit: Unit, found: Sequence[Unsent]) -> list[OutgoingContact]:
    """One contact for each of these members, under an id that a second making finds again."""
    made = [
        OutgoingContact(
            id=contact_id(unit, one.campaign_id, one.customer_id),
            campaign_id=one.campaign_id,
            customer_id=one.customer_id,
            route=one.route,
            made_at=unit.now,
        )
        for one in found
    ]
    outreach.add(unit, made)
    return made


def words_of(unit: Unit, scenario: str) -> Outreach | None:
    """What content says by each way for that scenario."""
    found = published.body(unit, OUTREACH, scenario)
    return None if found is None else decoding.decode(found, Outreach)


def withdraw(unit: Unit, contact: OutgoingContact, *, barrier: Barrier) -> None:
    """It does not leave: the customer, or the campaign, is not to be reached any more."""
    outreach.put(unit, replace(contact, state=ContactState.WITHDRAWN), due_at=None)
    unit.conn.execute(
        update(campaign_member)
        .where(
            campaign_member.c.tenant_id == unit.tenant,
            campaign_member.c.campaign_id == contact.campaign_id,
            campaign_member.c.customer_id == contact.customer_id,
            # A list that came anew may have taken the member off, or back on.
            campaign_member.c.state == MemberState.DISPATCHED.value,
        )
        .values(state=MemberState.RECALLED.value, barrier=barrier.value)
    )


def report(database: Database, contact_id: UUID, told: ContactReport, *, by: str = WRITER) -> OutgoingContact:
    """What the other side tells of it; what it cannot tell any more changes nothing. `by`: whose account told it, where
    it came unasked. Raises NoSuchContact."""
    lead = None
    with database.write() as unit:
        contact = outreach.get(unit, contact_id)
        if contact is None:
            raise NoSuchContact
        there = tasks.lock_customer(unit, contact.customer_id)
        contact = outreach.get(unit, contact_id, lock=True)
        if contact is None:
            raise NoSuchContact
        after = moved(unit, contact, told)
        if is_stop(told.reply) and not is_stop(after.reply):
            # However it stands: who answered something else before may still want nothing more.
            after = replace(after, reply=_clean(told.reply)[:_LONGEST_REPLY], reported_at=unit.now)
        if after == contact:
            return contact
        words = words_of(unit, scenario_of(unit, contact.campaign_id))
        if after.report_until is None:
            hours = Outreach(scenario="", version=1, words={}) if words is None else words
            after = replace(after, report_until=unit.now + timedelta(hours=hours.report_within_hours))
        outreach.put(unit, after if there else _without_words(after), due_at=None if _is_over(after) else unit.now)
        _follow(unit, contact, after)
        if is_stop(after.reply):
            if not is_stop(contact.reply):
                _refuse(unit, after, there=there, by=by)
        elif _asks_for_call(after.reply, words) and not _asks_for_call(contact.reply, words):
            lead = _call_back(unit, after)
    if lead is not None and lead.task_state == TaskState.WAITING:
        # Who asks to be called waits for no round of the dispatch (ID-24).
        give_at_once(database, lead.task, heard={}, actor=WRITER)
    return after


def _asks_for_call(reply: str, words: Outreach | None) -> bool:
    plain = plain_reply(reply)
    return plain == CALL_ME or (words is not None and plain in {plain_reply(one) for one in words.call_replies})


def moved(unit: Unit, contact: OutgoingContact, told: ContactReport) -> OutgoingContact:
    if told.state not in CONTACT_MOVES[contact.state] or told.state is ContactState.WITHDRAWN:
        return contact
    at = unit.now if told.at is None or told.at.tzinfo is None else min(told.at, unit.now)
    return replace(
        contact,
        state=told.state,
        sent_at=contact.sent_at or at,
        reported_at=at if told.state is not ContactState.SENT else contact.reported_at,
        # What else comes of it later does not take back that the customer wants nothing more.
        reply=contact.reply if is_stop(contact.reply) else _clean(told.reply)[:_LONGEST_REPLY],
        why=_clean(told.why)[:_LONGEST_WHY],
    )


def _without_words(contact: OutgoingContact) -> OutgoingContact:
    """Of who was let go nothing is kept but a refusal: customers answer in words of their own."""
    return replace(contact, reply=contact.reply if is_stop(contact.reply) else "", why="")


def _is_over(contact: OutgoingContact) -> bool:
    return not CONTACT_MOVES[contact.state] or contact.state is ContactState.FAILED


def _follow(unit: Unit, before: OutgoingContact, after: OutgoingContact) -> None:
    """Whom it did not reach the campaign has not reached; a gateway that gave up may still hear of the handset."""
    if after.state is ContactState.FAILED:
        campaigns.undelivered(unit, after.campaign_id, after.customer_id)
    elif before.state is ContactState.FAILED:
        campaigns.delivered(unit, after.campaign_id, after.customer_id)


def _refuse(unit: Unit, contact: OutgoingContact, *, there: bool, by: str) -> None:
    """OUTCOME-11: a customer who answers that nothing more is to come is not called either. Not `there`: they were
    erased since, and nothing is kept of them but that."""
    customer_id, told_by = contact.customer_id, str(contact.id)
    numbers = refusals.numbers_of(unit, [customer_id])[customer_id]
    refusals.hear(unit, customer_id, numbers, outcome_id=told_by, staff_number=WRITER)
    audit.write(unit, writer=WRITER, action=Action.OPT_OUT, object_=customer_id, why="answered_stop", told_by=by)
    if there:
        customers.edit_care(unit, customer_id, _opt_out)
        binding.withdraw_tasks(unit, customer_id)
    binding.bind_all_with(unit, numbers, besides=[customer_id], writer=WRITER, outcome_id=told_by)


def _opt_out(care: Care) -> None:
    care.opted_out = True


def _call_back(unit: Unit, contact: OutgoingContact) -> IncomingState:
    """The customer would like to be called: a lead, as the hotline would send it."""
    event = IncomingEvent(
        id=f"reply-{contact.id}", kind=LEAD, customer_id=contact.customer_id, at=contact.reported_at or unit.now,
        fields={"about": contact.campaign_id, "channel": contact.route.value},
    )  # fmt: skip
    return take_in(unit, WRITER, event)


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()
