"""The adapters against real counterparts: the demo's CRM over HTTP, one that misbehaves, and a folder of files."""

import socket
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from rough_server import Answering, Asked, serving
from server_kit import StillClock

from core.demo.crm.book import Book
from core.demo.crm.rules import Standing, refusal
from core.demo.crm.serving import listening
from core.domain import decoding
from core.domain.errors import InputError
from core.server.orders.file_port import FileOrders
from core.server.orders.http_port import HttpConfirmations, HttpOrders
from core.server.orders.port import OrderPort, PortDown
from core.server.orders.service import ways
from core.server.outside.down import PortRefused
from core.server.outside.peer import Peer
from core.wire.crm import Ask, OrderAnswer, OrderOut, Reply, Verdict

ID = UUID(int=16)
CUSTOMERS = {"good": Standing(), "owes": Standing(arrears_fen=3_000)}


def an_order(order_id: UUID = ID, customer_id: str = "good") -> OrderOut:
    return OrderOut(
        id=order_id, customer_id=customer_id, product="飞享 118", price_fen=11800, term_months=12, locked=False,
        starts_on=date(2026, 12, 1), agent="2043", read_back=True, consent=True,
        confirmed_at=datetime(2026, 11, 23, tzinfo=UTC),
    )  # fmt: skip


@contextmanager
def crm(book: Book) -> Iterator[str]:
    server = listening(book, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def book(tmp_path: Path, clock: StillClock) -> Iterator[Book]:
    made = Book(tmp_path / "crm.db", CUSTOMERS.get, clock=clock, delay=timedelta(seconds=4))
    yield made
    made.close()


def test_the_crm_thinks_it_over_and_accepts(book: Book, clock: StillClock) -> None:
    # INTEG-07
    with crm(book) as url:
        port = HttpOrders(Peer(url))
        assert port.look(ID) is None
        assert port.place(an_order()) == OrderAnswer(verdict=Verdict.RECEIVED)
        assert port.place(an_order()).verdict is Verdict.RECEIVED
        clock.forward(seconds=5)
        accepted = port.look(ID)
    assert accepted is not None
    assert (accepted.verdict, accepted.effective_from) == (Verdict.ACCEPTED, date(2026, 12, 1))
    assert book.count() == 1


def test_the_crm_refuses_some_with_the_reason(book: Book, clock: StillClock) -> None:
    with crm(book) as url:
        port = HttpOrders(Peer(url))
        for customer, number in (("owes", 1), ("nobody", 2)):
            port.place(an_order(UUID(int=number), customer))
        clock.forward(seconds=5)
        answers = [port.look(UUID(int=number)) for number in (1, 2)]
    assert [(one.verdict, one.reason_zh, one.reason_en) for one in answers if one] == [
        (Verdict.REFUSED, "客户欠费 30.00 元，交清后可办", "30.00 yuan in arrears; possible once paid"),
        (Verdict.REFUSED, "系统里没有这个客户", "the customer is not known"),
    ]


def test_under_a_lock_only_what_is_not_cheaper_is_accepted() -> None:
    locked = Standing(fee_fen=15_800, locked_until=date(2027, 3, 1))
    assert refusal(an_order(), locked, date(2026, 11, 23)) is not None
    assert refusal(an_order(), locked, date(2027, 3, 2)) is None
    dearer = msgspec.structs.replace(an_order(), price_fen=23_800)
    assert refusal(dearer, locked, date(2026, 11, 23)) is None
    pack = msgspec.structs.replace(an_order(), price_fen=1_000, offer="data-pack")
    assert refusal(pack, locked, date(2026, 11, 23)) is None


def test_the_customer_is_asked_and_replies(book: Book, clock: StillClock) -> None:
    # OUTCOME-12
    with crm(book) as url:
        port = HttpConfirmations(Peer(url))
        assert port.reply(ID) is None
        ask = Ask(number="10000000001", text="确认请回复 Y")
        assert (port.ask(ID, ask), port.ask(ID, ask), port.reply(ID)) == (Reply.NONE,) * 3
        clock.forward(seconds=5)
        assert port.reply(ID) is Reply.YES
        for number, said in (("10000000044", Reply.NO), ("10000000077", Reply.NONE)):
            other = UUID(int=int(number))
            port.ask(other, Ask(number=number, text="确认请回复 Y"))
            clock.forward(seconds=5)
            assert port.reply(other) is said


def test_the_crm_remembers_over_a_restart(tmp_path: Path, book: Book, clock: StillClock) -> None:
    book.place(an_order())
    clock.forward(seconds=5)
    again = Book(tmp_path / "crm.db", CUSTOMERS.get, clock=clock, delay=timedelta(seconds=4))
    assert again.place(an_order()).verdict is Verdict.ACCEPTED
    assert again.count() == 1
    again.close()


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}, b"{}"),
        (403, {}, b"no"),
        (302, {"Location": "http://127.0.0.1:9/"}, b""),
        (200, {}, b"<html>"),
        (200, {}, b'{"verdict":"perhaps"}'),
        (200, {}, b"[" * 60_000),
        (200, {}, b" " * 70_000),
    ],
)
def test_what_is_not_as_agreed_counts_as_no_answer(answer: Answering) -> None:
    with serving(lambda _asked: answer) as url, pytest.raises(PortDown):
        HttpOrders(Peer(url)).place(an_order())


@pytest.mark.parametrize(
    ("answer", "of_this_one"),
    [
        ((422, {}, b"{}"), True), ((409, {}, b"{}"), True), ((200, {}, b"<html>"), True),
        ((500, {}, b"{}"), False), ((403, {}, b"{}"), False), ((404, {}, b"{}"), False), ((429, {}, b"{}"), False),
    ],
)  # fmt: skip
def test_what_is_said_of_one_order_is_not_said_of_the_crm(answer: Answering, of_this_one: bool) -> None:
    # INTEG-07: one that is never taken holds up no other
    with serving(lambda _asked: answer) as url, pytest.raises(PortDown) as said:
        HttpOrders(Peer(url)).place(an_order())
    assert isinstance(said.value, PortRefused) is of_this_one


def test_key_and_token_go_with_the_order() -> None:
    heard: list[Asked] = []

    def answer(asked: Asked) -> Answering:
        heard.append(asked)
        return 200, {}, msgspec.json.encode(OrderAnswer(verdict=Verdict.RECEIVED))

    with serving(answer) as url:
        HttpOrders(Peer(url + "/crm/", token="secret")).place(an_order())
    (asked,) = heard
    assert (asked.method, asked.path) == ("PUT", f"/crm/orders/{ID}")
    assert (asked.headers["Idempotency-Key"], asked.headers["Authorization"]) == (str(ID), "Bearer secret")
    assert decoding.decode(asked.body, OrderOut) == an_order()


_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
_HANDSHAKE = b"\x16\x03\x03\x40\x00"
"""begins a record of 16 kB"""


@pytest.mark.parametrize(
    ("scheme", "drip", "connecting_s"),
    [("http", b"", 0), ("http", _ANSWER, 0), ("http", _ANSWER, 1.0), ("https", _HANDSHAKE, 0)],
)
def test_a_crm_that_hangs_or_drips_costs_its_deadline(
    scheme: str, drip: bytes, connecting_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = socket.create_connection

    def slowly(*args: Any, **more: Any) -> socket.socket:
        threading.Event().wait(connecting_s)
        return connect(*args, **more)

    monkeypatch.setattr(socket, "create_connection", slowly)
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def hold() -> None:
        conn, _ = listener.accept()
        try:
            conn.sendall(drip)
            while drip and not done.wait(0.1):
                conn.sendall(b" ")
        except OSError:
            # The other side has given up, as it should.
            pass
        done.wait(30)
        conn.close()

    thread = threading.Thread(target=hold)
    thread.start()
    began = time.monotonic()
    try:
        with pytest.raises(PortDown):
            HttpOrders(Peer(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}", deadline_s=0.8)).look(ID)
    finally:
        done.set()
        thread.join()
        listener.close()
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "address",
    ["ftp://crm", "crm", "http://", "http://crm.example/x", "https://crm/x?y=1", "https://h:99999", "http://[::1"],
)
def test_an_address_that_is_none_or_not_encrypted_is_refused(address: str) -> None:
    with pytest.raises(InputError):
        Peer(address)


@pytest.mark.parametrize("where", ["crm.example/x", "crm.example:8443", "https//crm.example/x", "there"])
def test_an_address_without_its_scheme_does_not_become_a_folder(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="https://host/path"):
        ways(where, "")
    (tmp_path / "there").write_bytes(b"")
    with pytest.raises(InputError):
        ways("./there", "")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_folder_is_one_that_is_there_or_begins_as_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders").mkdir()
    for where in ("orders", "./new", "~/new", str(tmp_path / "new")):
        assert isinstance(ways(where, "").crm, FileOrders)


def test_files_go_out_once_and_answers_come_in(tmp_path: Path) -> None:
    port: OrderPort = FileOrders(tmp_path / "crm")
    assert port.look(ID) is None
    assert port.place(an_order()).verdict is Verdict.RECEIVED
    out = tmp_path / "crm" / "out" / f"{ID}.json"
    written = out.stat()
    assert stat.S_IMODE(written.st_mode) == 0o600
    assert decoding.decode(out.read_bytes(), OrderOut) == an_order()
    port.place(an_order())
    assert out.stat() == written
    answer = tmp_path / "crm" / "in" / f"{ID}.json"
    answer.write_bytes(b'{"verdict":"acc')
    with pytest.raises(PortDown):
        port.look(ID)
    answer.write_bytes(msgspec.json.encode(OrderAnswer(verdict=Verdict.ACCEPTED)))
    found = port.look(ID)
    assert found is not None
    assert found.verdict is Verdict.ACCEPTED
    assert sorted(path.name for path in out.parent.iterdir()) == [out.name]
