"""Before a call billing and CRM are asked whether its reason still holds: a task whose reason is gone closes itself,
and nobody waits for a system that is silent."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import Any

import msgspec
import pytest
from running_kit import publish
from server_kit import NOON, add_agent, agent, given, number_of, stored

from core.demo.crm.book import Book
from core.demo.crm.serving import listening
from core.demo.crm.standing import standings
from core.demo.outside import listening as answering
from core.domain.campaign import Barrier, MemberState
from core.domain.incoming import EVENT_KIND
from core.domain.people import Role
from core.domain.recheck import RECHECK, LineStatus, Standing
from core.domain.task import TaskState
from core.server.access.caller import Caller
from core.server.db import published
from core.server.db.engine import Database
from core.server.db.schema import campaign_member, feed
from core.server.incoming.taking import take_event
from core.server.outside.down import PortDown, PortRefused
from core.server.outside.peer import Peer
from core.server.rechecking.asking import NotOnYourDesk, recheck
from core.server.rechecking.port import HttpStanding, Patient
from core.wire.incoming import IncomingEvent
from core.wire.pull import ContentDocument
from core.wire.recheck import RecheckAsk

LOW = {"scenario": "low-balance"}
TOPPED_UP = Standing(balance_fen=6_350, paid_at=NOON - timedelta(hours=1), status=LineStatus.ACTIVE, as_of=NOON)


class Billing:
    """Says what it was told to say, and what it was asked."""

    def __init__(self, standing: Standing | None) -> None:
        self.standing_told, self.asked = standing, list[tuple[str, str]]()

    def standing(self, customer_id: str, number: str) -> Standing | None:
        self.asked.append((customer_id, number))
        return self.standing_told


class Silent:
    def __init__(self) -> None:
        self.asked = 0

    def standing(self, customer_id: str, number: str) -> Standing | None:
        self.asked += 1
        raise PortDown("timeout")


@pytest.fixture
def me(sqlite: Database) -> Caller:
    publish(sqlite, RECHECK)
    return add_agent(sqlite, agent("2043", skills=("low-balance", "4g-upgrade")))


def test_a_low_balance_task_closes_itself_once_the_customer_topped_up(sqlite: Database, me: Caller) -> None:
    # ID-11, INTEG-02
    task = given(sqlite, to="2043", **LOW)
    _in_a_campaign(sqlite, task.id)
    billing = Billing(TOPPED_UP)
    told = recheck(sqlite, billing, me, task.id, RecheckAsk())
    assert (told.settled, told.code, told.standing) == (True, "topped_up", TOPPED_UP)
    assert told.words is not None
    assert told.words.zh == "客户已经充值，余额 63.50 元。"
    assert billing.asked == [("C1", number_of(1))]
    assert stored(sqlite, task.id).state is TaskState.CANCELLED
    with sqlite.read() as unit:
        gone = unit.conn.execute(feed.select().where(feed.c.key == task.id, feed.c.audience == "2043")).one()
        member = unit.conn.execute(campaign_member.select()).one()
    assert gone.deleted
    assert (member.state, member.barrier) == (MemberState.RECALLED, Barrier.GONE)
    with pytest.raises(NotOnYourDesk):
        recheck(sqlite, billing, me, task.id, RecheckAsk())


@pytest.mark.parametrize(
    ("scenario", "standing", "code"),
    [
        ("4g-upgrade", {"number_is_theirs": False}, "number_changed"),
        ("4g-upgrade", {"status": LineStatus.LEFT}, "left"),
        ("win-back", {"status": LineStatus.LEFT}, ""),
        ("4g-upgrade", {"balance_fen": 6_350, "paid_at": NOON}, ""),
        ("low-balance", {"balance_fen": 6_350, "paid_at": NOON - timedelta(days=9)}, ""),
        ("low-balance", {"balance_fen": 300, "paid_at": NOON}, ""),
        ("low-balance", {"balance_fen": 6_350}, ""),
    ],
)  # fmt: skip
def test_which_facts_end_a_task_is_content_by_scenario(
    sqlite: Database, me: Caller, scenario: str, standing: dict[str, Any], code: str
) -> None:
    # ID-11: balance, number, status
    task = given(sqlite, to="2043", scenario=scenario)
    told = recheck(sqlite, Billing(Standing(as_of=NOON, **standing)), me, task.id, RecheckAsk())
    assert (told.settled, told.code) == (bool(code), code)
    assert (stored(sqlite, task.id).state is TaskState.CANCELLED) == told.settled


def test_a_promise_is_kept_whatever_became_of_the_reason(sqlite: Database, me: Caller) -> None:
    task = given(sqlite, to="2043", callback_at=NOON, state=TaskState.FOLLOW_UP, **LOW)
    assert not recheck(sqlite, Billing(TOPPED_UP), me, task.id, RecheckAsk()).settled
    assert stored(sqlite, task.id).state is TaskState.FOLLOW_UP


def test_news_that_joined_a_task_are_a_reason_of_their_own(sqlite: Database, me: Caller) -> None:
    # TASK-09: the balance is topped up, and the lead that came meanwhile stands
    publish(sqlite, EVENT_KIND)
    with sqlite.write() as unit:
        body = msgspec.Raw(b'{"title":{"zh":"a","en":"a"}}')
        published.put(unit, [ContentDocument(kind="script", name="new-service", version=1, body=body)])
    task = given(sqlite, to="2043", **LOW)
    take_event(sqlite, "9001", IncomingEvent(id="L", kind="sales-lead", customer_id="C1", at=NOON))
    assert not recheck(sqlite, Billing(TOPPED_UP), me, task.id, RecheckAsk()).settled
    # A number that is another's by now ends it all the same.
    gone = Standing(number_is_theirs=False, as_of=NOON)
    assert recheck(sqlite, Billing(gone), me, task.id, RecheckAsk()).settled


def test_only_the_tasks_own_numbers_are_asked_about(sqlite: Database, me: Caller) -> None:
    # Who asks about a number that is nobody's would else be rid of the task.
    task, billing = given(sqlite, to="2043", **LOW), Billing(None)
    for number in ("10099999999", number_of(1), ""):
        recheck(sqlite, billing, me, task.id, RecheckAsk(number=number))
    assert billing.asked == [("C1", number_of(1))] * 3


def test_nobodys_task_is_closed_behind_a_call_that_began_without_the_answer(sqlite: Database, me: Caller) -> None:
    # ID-11: the desk waits for a second, then it dials
    task, times = given(sqlite, to="2043", **LOW), iter([0.0, 1.2])
    told = recheck(sqlite, Billing(TOPPED_UP), me, task.id, RecheckAsk(), clock=lambda: next(times))
    assert not told.settled
    assert stored(sqlite, task.id).state is TaskState.ASSIGNED


def test_nobody_looks_at_what_lies_on_anothers_desk(sqlite: Database, me: Caller) -> None:
    # ROLE-01
    add_agent(sqlite, agent("2044"))
    task, billing = given(sqlite, to="2044", **LOW), Billing(TOPPED_UP)
    with pytest.raises(NotOnYourDesk):
        recheck(sqlite, billing, me, task.id, RecheckAsk())
    assert billing.asked == []


def test_money_is_told_only_to_who_may_see_billing(sqlite: Database, me: Caller) -> None:
    # Reliability S2: callback staff see no billing, in whatever answer; their task ends by it all the same
    staff = add_agent(sqlite, agent("4001", role=Role.CALLBACK_STAFF, skills=("low-balance",)))
    task = given(sqlite, to="4001", **LOW)
    told = recheck(sqlite, Billing(TOPPED_UP), staff, task.id, RecheckAsk())
    assert (told.settled, told.code) == (True, "topped_up")
    assert told.standing == Standing(status=LineStatus.ACTIVE, as_of=NOON)
    assert told.words is not None
    assert told.words.zh == "客户已经充值，余额 *** 元。"
    assert "63.50" not in told.words.en


def test_a_silent_system_says_nothing_and_is_left_alone_for_a_while(sqlite: Database, me: Caller) -> None:
    # ID-11: no answer never holds up the agent
    task, silent, clock = given(sqlite, to="2043", **LOW), Silent(), [0.0]
    port = Patient(silent, clock=lambda: clock[0])
    for _ in range(5):
        told = recheck(sqlite, port, me, task.id, RecheckAsk())
        assert (told.standing, told.settled) == (None, False)
    assert silent.asked == 3, "after the third it is not asked"
    clock[0] = 30.0
    recheck(sqlite, port, me, task.id, RecheckAsk())
    assert silent.asked == 4
    assert recheck(sqlite, None, me, task.id, RecheckAsk()).standing is None, "a centre without such a system"


def test_what_it_cannot_say_of_one_customer_keeps_nobody_else_from_asking(sqlite: Database, me: Caller) -> None:
    class Odd(Silent):
        def standing(self, customer_id: str, number: str) -> Standing | None:
            self.asked += 1
            raise PortRefused("status 422")

    task, odd = given(sqlite, to="2043", **LOW), Odd()
    port = Patient(odd)
    for _ in range(5):
        assert recheck(sqlite, port, me, task.id, RecheckAsk()).standing is None
    assert odd.asked == 5


def test_the_demos_billing_answers_over_http() -> None:
    # INTEG-02: a process beside the server, asked as any other
    with _billing(lambda: NOON) as address:
        port = HttpStanding(Peer(address))
        paid, same = port.standing("JC0000056", number_of(56)), port.standing("JC0000057", number_of(57))
        assert port.standing("JC9999999", "") is None
    assert paid is not None
    assert same is not None
    assert (paid.paid_at, paid.number_is_theirs, paid.as_of) == (NOON - timedelta(minutes=30), True, NOON)
    assert (same.paid_at, same.status) == (None, LineStatus.ACTIVE)


def test_the_number_goes_to_billing_by_body_and_stands_in_no_url() -> None:
    # Reliability S4: paths and queries are written down by proxies and servers
    paths, bodies = list[str](), list[bytes]()

    def told(path: str, body: bytes) -> tuple[int, bytes]:
        paths.append(path)
        bodies.append(body)
        return 200, msgspec.json.encode(TOPPED_UP)

    with _running(answering(lambda path: told(path, b""), told, post=told, port=0)) as address:
        assert HttpStanding(Peer(address)).standing("JC 1", number_of(1)) == TOPPED_UP
    assert paths == ["standing/JC%201"]
    assert number_of(1).encode() in bodies[0]


@contextmanager
def _billing(clock: Callable[[], datetime]) -> Iterator[str]:
    book = Book(":memory:", lambda _: None, clock=clock, delay=timedelta())
    with _running(listening(book, 0, standings(7, 100, clock))) as address:
        yield address
    book.close()


@contextmanager
def _running(server: ThreadingHTTPServer) -> Iterator[str]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _in_a_campaign(database: Database, task_id: str) -> None:
    values = {column.name: "" for column in campaign_member.columns if not column.nullable}
    values |= {"tenant_id": database.tenant, "campaign_id": "K", "customer_id": "C1", "task_id": task_id}
    values |= {"arm": "treated", "state": MemberState.DISPATCHED.value}
    with database.write() as unit:
        unit.conn.execute(campaign_member.insert().values(**(values | {"drawn_at": unit.now})))
