"""Texts, automated calls and visits of campaigns leave through one port, and what comes of them counts (CHANNEL-01)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from uuid import UUID

import msgspec
import pytest
from outreach_kit import Gateway, K, contacts, in_state, made_of, member, with_members
from server_kit import NOON, StillClock, add_agent, agent, number_of, stored

from core.demo.crm.book import Book
from core.demo.crm.contacts import Contacts
from core.demo.crm.serving import listening
from core.domain.campaign import Barrier, CampaignState, Route
from core.domain.data_periods import Kept
from core.domain.incoming import Taken
from core.domain.outreach import ContactState
from core.server.campaigns.telling import all_told
from core.server.cli import main
from core.server.db import incoming, outreach, presence, published, settings
from core.server.db.engine import Database, Unit
from core.server.db.schema import campaign, session
from core.server.outreach.moving import NoSuchContact, report
from core.server.outreach.port import FileOutreach, HttpOutreach
from core.server.outreach.worker import OutreachWorker
from core.server.outside.down import PortRefused
from core.server.outside.file_box import FileBox
from core.server.outside.peer import Peer
from core.server.purge.purging import purge
from core.wire.outreach import CALL_ME, ContactOut, ContactReport
from core.wire.pull import ContentDocument


@pytest.fixture
def centre(sqlite: Database) -> Database:
    return with_members(sqlite)


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
        made_of(unit)
    told = report(centre, contacts(centre)[Route.SMS].id, ContactReport(state=ContactState.SENT, reply=CALL_ME))
    assert (told.state, told.sent_at) == (ContactState.SENT, clock.now)
    # Nothing is asked about for ever.
    assert told.report_until == clock.now + timedelta(hours=72)


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
