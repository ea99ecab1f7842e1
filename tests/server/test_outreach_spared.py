"""Whom no text, automated call or visit reaches: who refused, was erased or left, and what may not be sold to them."""

from datetime import datetime, timedelta

import msgspec
import pytest
from outreach_kit import Gateway, contacts, in_state, made_of, with_members
from server_kit import NOON, StillClock, document, number_of

from core.domain.campaign import Barrier, CampaignState, MemberState, Route
from core.domain.customer import Care, Ticket
from core.domain.incoming import Taken
from core.domain.outreach import ContactState, is_stop
from core.domain.task import Tier
from core.domain.text import Text
from core.server.db import customers, incoming, outreach, refusals
from core.server.db.engine import Database
from core.server.db.schema import audit, campaign, campaign_member, customer_section, dial
from core.server.loading import load
from core.server.outreach.moving import report
from core.server.outreach.worker import OutreachWorker
from core.server.outside.down import PortRefused
from core.server.purge.erasing import erase
from core.server.review.departures import keep_departures
from core.wire.outreach import CALL_ME, STOP, ContactOut, ContactReport


@pytest.fixture
def centre(sqlite: Database) -> Database:
    return with_members(sqlite)


def test_who_answers_stop_is_reached_no_more_and_who_asks_for_a_call_is_a_lead(centre: Database) -> None:
    # OUTCOME-11, TASK-09, CHANNEL-04
    OutreachWorker(centre, Gateway()).round()
    made = contacts(centre)
    report(centre, made[Route.SMS].id, ContactReport(state=ContactState.ANSWERED, reply=STOP))
    report(centre, made[Route.VOICE].id, ContactReport(state=ContactState.ANSWERED, reply=CALL_ME))
    with centre.read() as unit:
        assert refusals.is_opted_out(unit, "C1")
        (lead,) = incoming.listed(unit, frozenset(Taken), since=NOON - timedelta(days=1))
    assert (lead.event.kind, lead.customer_id) == ("sales-lead", "C2")


def test_nothing_leaves_out_of_hours_or_to_who_refused_or_of_a_campaign_that_stands_still(
    centre: Database, clock: StillClock
) -> None:
    # TASK-16: ten at night in China
    gateway = Gateway()
    worker = OutreachWorker(centre, gateway)
    clock.now = NOON + timedelta(hours=10)
    assert worker.round() == 1
    assert [one.route for one in gateway.sent] == [Route.VISIT], "field staff plan their own day"
    in_state(centre, CampaignState.PAUSED)
    clock.now = NOON + timedelta(days=1)
    worker.round()
    with centre.write() as unit:
        refusals.hear(unit, "C1", [number_of(1)], outcome_id="O", staff_number="2043")
    in_state(centre, CampaignState.RUNNING)
    clock.forward(minutes=2)
    worker.round()
    assert [one.route for one in gateway.sent] == [Route.VISIT, Route.VOICE]
    with centre.read() as unit:
        rows = {row.customer_id: row for row in unit.conn.execute(campaign_member.select())}
    assert (rows["C1"].state, rows["C1"].barrier) == (MemberState.RECALLED, Barrier.OPTED_OUT)
    assert contacts(centre)[Route.SMS].state is ContactState.WITHDRAWN


@pytest.mark.parametrize("reply", [STOP, "T", "ｔｄ", " 退订。", "Stop!", "“T”"])
def test_whoever_wants_nothing_more_is_heard_in_whatever_words(centre: Database, reply: str) -> None:
    # OUTCOME-11: the text itself says "reply T", and a gateway may hand on what the customer wrote
    OutreachWorker(centre, Gateway()).round()
    report(centre, contacts(centre)[Route.SMS].id, ContactReport(state=ContactState.ANSWERED, reply=reply))
    with centre.read() as unit:
        assert refusals.is_opted_out(unit, "C1")
    assert not is_stop("不要退订")


@pytest.mark.parametrize(
    "before",
    [
        ContactReport(state=ContactState.ANSWERED, reply="3"),
        ContactReport(state=ContactState.DELIVERED),
        ContactReport(state=ContactState.FAILED, why="关机"),
    ],
)
def test_a_refusal_is_final_whatever_was_told_before_it(centre: Database, before: ContactReport) -> None:
    # OUTCOME-11
    OutreachWorker(centre, Gateway()).round()
    sms = contacts(centre)[Route.SMS].id
    report(centre, sms, before)
    told = report(centre, sms, ContactReport(state=before.state, reply="T"))
    with centre.read() as unit:
        assert refusals.is_opted_out(unit, "C1")
    assert (told.state, told.reply) == (before.state, "T")
    # What else comes of it later does not take that back, and told again it changes nothing.
    after = report(centre, sms, ContactReport(state=ContactState.ANSWERED))
    assert report(centre, sms, ContactReport(state=ContactState.ANSWERED, reply="T")) == after
    assert is_stop(after.reply)


def test_a_customer_who_was_erased_is_reached_no_more(centre: Database) -> None:
    # DATA: what the centre still had to do with them it does not do any more
    with centre.write() as unit:
        made = {one.customer_id: one for one in made_of(unit)}
    erase(centre, "C1", by="9001")
    gateway = Gateway()
    OutreachWorker(centre, gateway).round()
    assert {one.customer_id for one in gateway.sent} == {"C2", "C3"}
    # A refusal of a text that was on its way still holds, and makes no customer of them again.
    report(centre, made["C1"].id, ContactReport(state=ContactState.ANSWERED, reply="T"))
    with centre.read() as unit:
        assert refusals.is_opted_out(unit, "C1")
        assert unit.conn.execute(customer_section.select().where(customer_section.c.customer_id == "C1")).all() == []


def test_what_a_customer_answered_in_words_goes_when_they_are_erased_and_does_not_come_again(centre: Database) -> None:
    # PIPL art. 47
    with centre.write() as unit:
        made = {one.customer_id: one for one in made_of(unit)}
    OutreachWorker(centre, Gateway()).round()
    words = ContactReport(state=ContactState.ANSWERED, reply=f"请打 {number_of(9)}")
    report(centre, made["C1"].id, words)
    erase(centre, "C1", by="9001")
    erase(centre, "C2", by="9001")
    report(centre, made["C2"].id, words)
    with centre.read() as unit:
        assert [outreach.get(unit, made[one].id).reply for one in ("C1", "C2")] == ["", ""]
        assert [outreach.get(unit, made[one].id).state for one in ("C1", "C2")] == [ContactState.ANSWERED] * 2


def test_a_refusal_under_another_id_holds_for_the_number(centre: Database) -> None:
    # OUTCOME-11: the same number under another id
    with centre.write() as unit:
        refusals.hear(unit, "X9", [number_of(1)], outcome_id="O", staff_number="2043")
    gateway = Gateway()
    OutreachWorker(centre, gateway).round()
    assert {one.customer_id for one in gateway.sent} == {"C2", "C3"}


def test_who_told_of_a_refusal_is_on_record(centre: Database) -> None:
    # S7
    OutreachWorker(centre, Gateway()).round()
    report(centre, contacts(centre)[Route.SMS].id, ContactReport(state=ContactState.ANSWERED, reply="T"), by="9001")
    with centre.read() as unit:
        rows = unit.conn.execute(audit.select().where(audit.c.action == "opt_out")).all()
    assert [msgspec.json.decode(row.payload)["told_by"] for row in rows] == ["9001"]


def dials_of(database: Database, customer_id: str) -> list[datetime]:
    """As desks know them; what the server has on record agrees."""
    with database.read() as unit:
        care = customers.section(unit, customer_id, "care", Care) or Care()
        rows = unit.conn.execute(dial.select().where(dial.c.customer_id == customer_id)).all()
    assert {row.at for row in rows} <= {*care.dials}
    return care.dials


def cared_for(database: Database, index: int, **care: object) -> None:
    def edit(kept: Care) -> None:
        for name, value in care.items():
            setattr(kept, name, value)

    with database.write() as unit:
        customers.edit_care(unit, f"C{index}", edit)


def test_an_automated_call_is_a_dial_and_waits_for_the_caps(centre: Database, clock: StillClock) -> None:
    # TASK-16, CHANNEL-01: the third of a day leaves, the fourth of another campaign does not
    cared_for(centre, 2, dials=[NOON - timedelta(hours=n) for n in (1, 2, 3)])
    gateway = Gateway()
    worker = OutreachWorker(centre, gateway)
    worker.round()
    assert {one.route for one in gateway.sent} == {Route.SMS, Route.VISIT}
    assert len(dials_of(centre, "C2")) == 3
    clock.forward(hours=21, minutes=1)
    worker.round()
    assert Route.VOICE in {one.route for one in gateway.sent}
    assert dials_of(centre, "C2")[0] == clock.now, "from then on it counts for everybody"
    assert dials_of(centre, "C1") == [], "a text is none"


def test_a_customer_with_a_complaint_open_is_not_called_by_a_machine_either(centre: Database) -> None:
    # VIP-03
    ticket = Ticket(id="1", kind=Text("投诉", "Complaint"), topic=Text("弱", "Weak"), complaint=True, opened_at=NOON)
    cared_for(centre, 2, tickets=[ticket])
    gateway = Gateway()
    OutreachWorker(centre, gateway).round()
    assert {one.route for one in gateway.sent} == {Route.SMS, Route.VISIT}
    assert contacts(centre)[Route.VOICE].state is ContactState.WAITING


def about_renewal(database: Database) -> None:
    """The campaign sells, and content has words for it."""
    with database.write() as unit:
        body = unit.conn.execute(campaign.select()).one().body
        about = msgspec.json.decode(body) | {"scenario": "second-renewal"}
        unit.conn.execute(campaign.update().values(body=msgspec.json.encode(about)))


@pytest.mark.parametrize(("scenario", "called"), [("low-balance", True), ("second-renewal", False)])
def test_no_machine_sells_to_who_agrees_to_no_calls_that_do(centre: Database, scenario: str, called: bool) -> None:
    # TASK-16: about their own balance it may
    load(centre, [(document(2, tier=Tier.NONE, indicators={"marketing_consent": False}), None)])
    if scenario != "low-balance":
        about_renewal(centre)
    gateway = Gateway()
    OutreachWorker(centre, gateway).round()
    assert (Route.VOICE in {one.route for one in gateway.sent}) is called


# TASK-16: what would never leave ends at once, and says why
def test_a_text_or_call_that_sells_to_who_agrees_to_none_is_withdrawn_with_the_reason(
    centre: Database, clock: StillClock
) -> None:
    agrees_not = {"marketing_consent": False}
    load(centre, [(document(n, tier=Tier.NONE, indicators=agrees_not), None) for n in (1, 2, 3)])
    about_renewal(centre)
    gateway = Gateway()
    worker = OutreachWorker(centre, gateway)
    worker.round()
    assert [one.route for one in gateway.sent] == [Route.VISIT], "who comes to the door sells nothing by phone"
    states = {route: one.state for route, one in contacts(centre).items()}
    assert states[Route.SMS] is states[Route.VOICE] is ContactState.WITHDRAWN
    with centre.read() as unit:
        rows = unit.conn.execute(campaign_member.select().order_by(campaign_member.c.customer_id)).all()
    assert [(one.state, one.barrier) for one in rows[:2]] == [("recalled", "no_consent")] * 2
    clock.forward(hours=13)
    worker.round()
    assert [one.route for one in gateway.sent] == [Route.VISIT], "nor are they tried again"


def test_a_call_that_the_gateway_did_not_take_is_tried_again_and_counts_once(
    centre: Database, clock: StillClock
) -> None:
    # TASK-16
    cared_for(centre, 2, dials=[NOON - timedelta(hours=n) for n in (1, 2)])

    class Full(Gateway):
        def send(self, contact: ContactOut) -> ContactReport:
            if contact.route is Route.VOICE and clock.now == NOON:
                raise PortRefused("full")
            return super().send(contact)

    gateway = Full()
    worker = OutreachWorker(centre, gateway)
    worker.round()
    assert dials_of(centre, "C2")[0] == NOON, "it may have been heard"
    clock.forward(minutes=16)
    worker.round()
    assert [one.route for one in gateway.sent].count(Route.VOICE) == 1
    assert dials_of(centre, "C2") == [clock.now, NOON - timedelta(hours=1), NOON - timedelta(hours=2)]


# ID-11: also for those who come to the door
def test_nothing_leaves_for_who_left_the_net_since_the_draw(centre: Database) -> None:
    keep_departures(centre, dict.fromkeys(("C1", "C3"), NOON.date()), as_of=NOON.date(), by="9001")
    gateway = Gateway()
    OutreachWorker(centre, gateway).round()
    with centre.read() as unit:
        rows = unit.conn.execute(campaign_member.select().order_by(campaign_member.c.customer_id)).all()
    gone = {row.customer_id for row in rows if row.barrier == Barrier.GONE.value}
    assert gone == {"C1", "C3"}
    assert len(gateway.sent) == len(rows) - len(gone)
