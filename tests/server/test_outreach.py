"""Texts, automated calls and visits of campaigns leave through one port, and what comes of them counts (CHANNEL-01)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from uuid import UUID

import msgspec
import pytest
from case_kit import customer
from running_kit import publish
from server_kit import NOON, StillClock, add_agent, agent, document, number_of, stored

from core.demo.crm.book import Book
from core.demo.crm.contacts import Contacts
from core.demo.crm.serving import listening
from core.domain.campaign import Arm, Audience, Barrier, Campaign, CampaignState, MemberState, Route
from core.domain.customer import Care, Ticket
from core.domain.data_periods import Kept
from core.domain.incoming import EVENT_KIND, Taken
from core.domain.outreach import OUTREACH, ContactState, is_stop
from core.domain.task import Tier
from core.domain.text import Text
from core.server.campaigns.telling import all_told
from core.server.cli import main
from core.server.db import customers, incoming, outreach, presence, published, refusals, settings
from core.server.db.engine import Database, Unit
from core.server.db.schema import audit, campaign, campaign_member, customer_section, dial, outgoing_contact, session
from core.server.loading import load
from core.server.outreach.moving import NoSuchContact, make, report
from core.server.outreach.port import FileOutreach, HttpOutreach
from core.server.outreach.worker import OutreachWorker
from core.server.outside.down import PortRefused
from core.server.outside.file_box import FileBox
from core.server.outside.peer import Peer
from core.server.purge.erasing import erase
from core.server.purge.purging import purge
from core.server.review.departures import keep_departures
from core.wire.outreach import CALL_ME, STOP, ContactOut, ContactReport
from core.wire.pull import ContentDocument

K = "balances-20261101"
"""planners put the day into the id"""


class Gateway:
    """Takes what it is given, and tells what it was told to."""

    def __init__(self) -> None:
        self.sent: list[ContactOut] = []
        self.report: ContactReport | None = None

    def send(self, contact: ContactOut) -> ContactReport:
        self.sent.append(contact)
        return ContactReport(state=ContactState.SENT)

    def look(self, contact_id: UUID) -> ContactReport | None:
        return self.report


@pytest.fixture
def centre(sqlite: Database) -> Database:
    """A running campaign about low balances with three members: a text, an automated call, a visit."""
    publish(sqlite, OUTREACH)
    publish(sqlite, EVENT_KIND)
    stated = Campaign(
        id=K, name=Text("余额提醒", "Balances"), audience=Audience(), scenario="low-balance", owner="9001",
        starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 1), created_at=NOON, seed="00",
    )  # fmt: skip
    with sqlite.write() as unit:
        unit.conn.execute(
            campaign.insert().values(
                tenant_id=unit.tenant, id=K, state=CampaignState.RUNNING.value, changed_at=unit.now,
                body=msgspec.json.encode(stated),
            )
        )  # fmt: skip
    for index, route in enumerate((Route.SMS, Route.VOICE, Route.VISIT), start=1):
        customer(sqlite, index, tier=Tier.NONE)
        member(sqlite, index, route)
    return sqlite


def member(database: Database, index: int, route: Route) -> None:
    values = {column.name: "" for column in campaign_member.columns if not column.nullable}
    values |= {"tenant_id": database.tenant, "campaign_id": K, "customer_id": f"C{index}", "route": route.value}
    values |= {"arm": Arm.TREATED.value, "state": MemberState.DISPATCHED.value}
    with database.write() as unit:
        unit.conn.execute(campaign_member.insert().values(**(values | {"drawn_at": unit.now})))


def contacts(database: Database) -> dict[Route, outreach.OutgoingContact]:
    with database.read() as unit:
        rows = unit.conn.execute(outgoing_contact.select()).all()
        found = [outreach.get(unit, UUID(row.id)) for row in rows]
    return {one.route: one for one in found if one is not None}


def in_state(database: Database, state: CampaignState) -> None:
    with database.write() as unit:
        unit.conn.execute(campaign.update().values(state=state.value))


def test_each_member_is_sent_once_by_their_way_with_the_words_of_content(centre: Database) -> None:
    # CHANNEL-01, INTEG-03
    gateway = Gateway()
    worker = OutreachWorker(centre, gateway)
    assert worker.round() == 3
    assert worker.round() == 0
    sent = {one.route: one for one in gateway.sent}
    assert sent[Route.SMS].number == number_of(1)
    assert sent[Route.SMS].words.zh.startswith("【客户维系中心】您的话费余额不多了")
    assert "10000" in sent[Route.VOICE].words.zh
    assert (sent[Route.VISIT].number, sent[Route.VISIT].area) == ("", "东岭区")
    assert {one.state for one in contacts(centre).values()} == {ContactState.SENT}


def test_an_automated_call_comes_from_the_official_number(
    centre: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # INTEG-06
    gateway = Gateway()
    assert main(["site", "set", "--caller-number", "1000086", "--data", str(tmp_path)]) == 0
    assert "caller_number     1000086" in capsys.readouterr().out
    OutreachWorker(centre, gateway).round()
    assert {one.route: one.caller for one in gateway.sent} == {
        Route.SMS: "", Route.VOICE: "1000086", Route.VISIT: "",
    }  # fmt: skip
    assert main(["site", "set", "--caller-number", "ten", "--data", str(tmp_path)]) != 0
    assert main(["site", "set", "--caller-number", "", "--data", str(tmp_path)]) == 0
    with centre.read() as unit:
        assert settings.site(unit).caller_number == ""


def test_what_came_of_them_is_told_and_counts(centre: Database, clock: StillClock) -> None:
    # CHANNEL-01: delivered, failed, answered
    gateway = Gateway()
    worker = OutreachWorker(centre, gateway)
    worker.round()
    clock.forward(minutes=1)
    gateway.report = ContactReport(state=ContactState.DELIVERED, at=clock.now)
    worker.round()
    made = contacts(centre)
    told = report(centre, made[Route.VOICE].id, ContactReport(state=ContactState.ANSWERED, reply="1"))
    assert (told.state, told.reply) == (ContactState.ANSWERED, "1")
    # What is over is over: a report that comes late, or twice, changes nothing.
    assert report(centre, told.id, ContactReport(state=ContactState.FAILED)) == told
    with centre.read() as unit:
        assert outreach.counts(unit, K) == {
            (K, Route.SMS, ContactState.DELIVERED): 1,
            (K, Route.VOICE, ContactState.ANSWERED): 1,
            (K, Route.VISIT, ContactState.DELIVERED): 1,
        }
        (shown,) = all_told(unit).campaigns
    assert [(one.route, one.state, one.contacts) for one in shown.contacts] == [
        (Route.SMS, ContactState.DELIVERED, 1),
        (Route.VISIT, ContactState.DELIVERED, 1),
        (Route.VOICE, ContactState.ANSWERED, 1),
    ], "the planner's page shows them"
    with pytest.raises(NoSuchContact):
        report(centre, UUID(int=0), ContactReport(state=ContactState.DELIVERED))


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


def test_a_wish_to_be_called_that_could_not_be_kept_is_no_report_either(
    centre: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # TASK-09: the gateway is asked again, and tells of it again
    OutreachWorker(centre, Gateway()).round()
    sms, told = contacts(centre)[Route.SMS], ContactReport(state=ContactState.ANSWERED, reply=CALL_ME)
    with monkeypatch.context() as broken:
        broken.setattr(incoming, "add", _lost)
        with pytest.raises(ConnectionError):
            report(centre, sms.id, told)
    assert contacts(centre)[Route.SMS] == sms
    report(centre, sms.id, told)
    with centre.read() as unit:
        assert len(incoming.listed(unit, frozenset(Taken), since=NOON - timedelta(days=1))) == 1


def _lost(*_: object, **__: object) -> None:
    raise ConnectionError


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


def test_of_a_campaign_that_was_stopped_nothing_more_leaves(centre: Database) -> None:
    in_state(centre, CampaignState.STOPPED)
    gateway = Gateway()
    OutreachWorker(centre, gateway).round()
    assert gateway.sent == []
    assert {one.state for one in contacts(centre).values()} == {ContactState.WITHDRAWN}


def test_a_site_that_exchanges_files_gets_one_each_and_is_read_back(centre: Database, tmp_path: Path) -> None:
    # INTEG-03
    worker = OutreachWorker(centre, FileOutreach(FileBox(tmp_path / "box")))
    worker.round()
    sms = contacts(centre)[Route.SMS]
    out = msgspec.json.decode((tmp_path / "box" / "out" / f"{sms.id}.json").read_bytes())
    assert (out["route"], out["customer_id"]) == ("sms", "C1")
    answer = ContactReport(state=ContactState.FAILED, why="停机")
    (tmp_path / "box" / "in" / f"{sms.id}.json").write_bytes(msgspec.json.encode(answer))
    report(centre, sms.id, FileOutreach(FileBox(tmp_path / "box")).look(sms.id) or answer)
    assert contacts(centre)[Route.SMS].why == "停机"


def test_the_demos_gateway_answers_over_http(centre: Database, clock: StillClock) -> None:
    gateway = Contacts(clock=clock, delay=timedelta(seconds=4))
    with _listening(gateway, clock) as address:
        worker = OutreachWorker(centre, HttpOutreach(Peer(address)))
        worker.round()
        clock.forward(minutes=1)
        worker.round()
    assert gateway.count() == 3
    assert all(one.reported_at is not None for one in contacts(centre).values())


@contextmanager
def _listening(gateway: Contacts, clock: StillClock) -> Iterator[str]:
    book = Book(":memory:", lambda _: None, clock=clock, delay=timedelta())
    server = listening(book, 0, contacts=gateway)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        book.close()


def test_moments_of_a_report_are_never_ahead(centre: Database, clock: StillClock) -> None:
    OutreachWorker(centre, Gateway()).round()
    sms = contacts(centre)[Route.SMS]
    ahead: datetime = clock.now + timedelta(days=3)
    told = report(centre, sms.id, ContactReport(state=ContactState.DELIVERED, at=ahead))
    assert told.reported_at == clock.now


def test_a_member_whom_nothing_reached_is_no_longer_dispatched_until_it_does(centre: Database) -> None:
    # CHANNEL-01, TASK-04: the gateway gives up, and hears of the handset later
    OutreachWorker(centre, Gateway()).round()
    made = contacts(centre)
    report(centre, made[Route.SMS].id, ContactReport(state=ContactState.FAILED, why="停机"))
    report(centre, made[Route.VISIT].id, ContactReport(state=ContactState.DELIVERED))
    with centre.read() as unit:
        (shown,) = all_told(unit).campaigns
    assert (shown.members.dispatched, shown.members.blocked) == (2, 1)
    assert [(one.barrier, one.members) for one in shown.members.barriers] == [(Barrier.UNDELIVERED, 1)]
    report(centre, made[Route.SMS].id, ContactReport(state=ContactState.DELIVERED))
    with centre.read() as unit:
        (shown,) = all_told(unit).campaigns
    assert (shown.members.dispatched, shown.members.blocked) == (3, 0)


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


def test_the_answer_that_the_words_ask_for_is_a_wish_to_be_called(centre: Database) -> None:
    # TASK-09: "reply 1 for a call" stands in the renewal's text, and in no other
    OutreachWorker(centre, Gateway()).round()
    answered = ContactReport(state=ContactState.ANSWERED, reply="１")
    report(centre, contacts(centre)[Route.SMS].id, answered)
    with centre.write() as unit:
        assert incoming.listed(unit, frozenset(Taken), since=NOON - timedelta(days=1)) == []
        body = unit.conn.execute(campaign.select()).one().body
        renewal = msgspec.json.decode(body) | {"scenario": "second-renewal"}
        unit.conn.execute(campaign.update().values(body=msgspec.json.encode(renewal)))
    report(centre, contacts(centre)[Route.VOICE].id, answered)
    with centre.read() as unit:
        (lead,) = incoming.listed(unit, frozenset(Taken), since=NOON - timedelta(days=1))
    assert lead.customer_id == "C2"


def test_a_gateway_that_tells_before_it_has_answered_is_understood(centre: Database, clock: StillClock) -> None:
    # It has the contact, and its report overtakes its own answer.
    with centre.write() as unit:
        _made(unit)
    told = report(centre, contacts(centre)[Route.SMS].id, ContactReport(state=ContactState.SENT, reply=CALL_ME))
    assert (told.state, told.sent_at) == (ContactState.SENT, clock.now)
    # Nothing is asked about for ever.
    assert told.report_until == clock.now + timedelta(hours=72)


def _made(unit: Unit) -> list[outreach.OutgoingContact]:
    return make(unit, outreach.unsent(unit, 10))


def test_a_customer_who_was_erased_is_reached_no_more(centre: Database) -> None:
    # DATA: what the centre still had to do with them it does not do any more
    with centre.write() as unit:
        made = {one.customer_id: one for one in _made(unit)}
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
        made = {one.customer_id: one for one in _made(unit)}
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


def test_a_paused_campaign_keeps_no_other_waiting(centre: Database) -> None:
    in_state(centre, CampaignState.PAUSED)
    gateway = Gateway()
    worker = OutreachWorker(centre, gateway)
    assert worker.round() == 0
    with centre.read() as unit:
        assert outreach.due(unit, 50) == [], "none stands before those of other campaigns"
    in_state(centre, CampaignState.RUNNING)
    assert worker.round() == 3


def test_what_the_gateway_never_takes_holds_up_nothing_else(centre: Database, clock: StillClock) -> None:
    # CHANNEL-01: a number that the gateway refuses
    class Choosy(Gateway):
        def send(self, contact: ContactOut) -> ContactReport:
            if contact.route is Route.SMS:
                raise PortRefused("status 422")
            return super().send(contact)

    gateway = Choosy()
    worker = OutreachWorker(centre, gateway)
    assert worker.round() == 2, "in the same round"
    tried = 0
    for _ in range(240):
        clock.forward(seconds=30)
        with centre.read() as unit:
            tried += len([one for one in outreach.due(unit, 50) if one.contact.route is Route.SMS])
        worker.round()
    assert tried < 30, "rarer and rarer"
    assert contacts(centre)[Route.SMS].state is ContactState.WAITING


def test_members_of_all_times_are_not_read_through_each_second(
    centre: Database, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    unsent = outreach.unsent

    def counted(unit: Unit, limit: int) -> list[outreach.Unsent]:
        looked.append(limit)
        return unsent(unit, limit)

    monkeypatch.setattr(outreach, "unsent", counted)
    worker = OutreachWorker(centre, Gateway())
    for _ in range(5):
        worker.round()
    assert len(looked) == 2, "once whether there are any, and once for them"
    in_state(centre, CampaignState.ENDED)
    clock.forward(days=3)
    member(centre, 4, Route.SMS)
    with centre.read() as unit:
        assert unsent(unit, 10) == []


def test_who_told_of_a_refusal_is_on_record(centre: Database) -> None:
    # S7
    OutreachWorker(centre, Gateway()).round()
    report(centre, contacts(centre)[Route.SMS].id, ContactReport(state=ContactState.ANSWERED, reply="T"), by="9001")
    with centre.read() as unit:
        rows = unit.conn.execute(audit.select().where(audit.c.action == "opt_out")).all()
    assert [msgspec.json.decode(row.payload)["told_by"] for row in rows] == ["9001"]


def test_who_was_sent_something_lately_is_kept_for_as_long(centre: Database, clock: StillClock) -> None:
    clock.forward(days=364)
    OutreachWorker(centre, Gateway()).round()
    clock.forward(days=2)
    assert purge(centre, by="test", cleaning=False).counts[Kept.CUSTOMERS] == 0
    clock.forward(days=365)
    assert purge(centre, by="test", cleaning=False).counts[Kept.CUSTOMERS] == 3


def test_whoever_asks_to_be_called_waits_for_no_round_of_the_dispatch(centre: Database) -> None:
    # ID-24, TASK-09
    body = msgspec.Raw(b'{"title":{"zh":"a","en":"a"}}')
    add_agent(centre, agent("2043", skills=("new-service",)))
    with centre.write() as unit:
        published.put(unit, [ContentDocument(kind="script", name="new-service", version=1, body=body)])
        unit.conn.execute(
            session.insert().values(tenant_id=unit.tenant, id="s", staff_number="2043", device="", started_at=unit.now)
        )
        presence.hear(unit, {"2043": unit.now})
    OutreachWorker(centre, Gateway()).round()
    report(centre, contacts(centre)[Route.VOICE].id, ContactReport(state=ContactState.ANSWERED, reply=CALL_ME))
    with centre.read() as unit:
        (lead,) = incoming.listed(unit, frozenset(Taken), since=NOON - timedelta(days=1))
    assert stored(centre, lead.task_id).assigned_to == "2043"


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
