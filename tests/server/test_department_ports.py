"""The departments' adapters against real counterparts: the demo's departments over HTTP, and a folder of files."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from server_kit import NOON, StillClock

from core.demo.departments.book import Book
from core.demo.departments.serving import listening
from core.domain.errand import ErrandKind, ErrandState, Stage
from core.domain.errors import InputError
from core.domain.later_event import LaterEvent, LaterKind
from core.domain.store import Slot
from core.server.departments.file_port import FileDepartments
from core.server.departments.http_port import HttpDepartments
from core.server.departments.later_decode import LaterTold
from core.server.departments.service import departments
from core.server.outside.down import PortDown
from core.server.outside.file_box import FileBox
from core.server.outside.peer import Peer
from core.wire.departments import ErrandAnswer, ErrandOut, LaterEvents, SlotAsk, SlotVerdict

STEP = timedelta(seconds=4)
TAKEN = "JC0000001"


def out(number: int = 1, customer_id: str = TAKEN, **changes: object) -> ErrandOut:
    made = ErrandOut(
        id=UUID(int=number), revision=1, kind=ErrandKind.WORK_ORDER, department="branch", text="提速到 500M",
        agent="2043", asked_at=NOON, answer_by=NOON + timedelta(days=2), customer_id=customer_id, consent=True,
    )  # fmt: skip
    return msgspec.structs.replace(made, **changes)


@pytest.fixture
def book(tmp_path: Path, clock: StillClock) -> Iterator[Book]:
    made = Book(tmp_path / "departments.db", clock=clock, delay=STEP)
    yield made
    made.close()


@pytest.fixture
def port(book: Book) -> Iterator[HttpDepartments]:
    server = listening(book, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield HttpDepartments(Peer(f"http://127.0.0.1:{server.server_address[1]}"))
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_departments_take_their_time_and_get_it_done(port: HttpDepartments, book: Book, clock: StillClock) -> None:
    # INTEG-04, FOLLOW-05
    assert port.look(UUID(int=1)) is None
    seen = [port.place(out()), port.place(out())]
    for _ in range(4):
        clock.forward(seconds=4)
        found = port.look(UUID(int=1))
        assert found is not None
        seen.append(found)
    assert [one.state for one in seen] == ["submitted", "submitted", "accepted", "in_progress", "in_progress", "done"]
    assert (seen[3].stage, seen[4].stage, seen[5].bill_on) == (Stage.CONTACTED, Stage.SET_UP, date(2026, 12, 1))
    assert book.count() == 1


def test_a_repair_is_mended_and_brings_no_bill(port: HttpDepartments, clock: StillClock) -> None:
    # FOLLOW-05
    port.place(out(department="maintenance", text="宽带掉线"))
    clock.forward(seconds=20)
    found = port.look(UUID(int=1))
    assert found is not None
    assert (found.state, found.bill_on, found.reason_zh) == (ErrandState.DONE, None, "已修好，客户试过正常")


def test_they_refuse_some_with_the_reason_and_drop_what_is_withdrawn(port: HttpDepartments, clock: StillClock) -> None:
    numbered = [f"JC{index:07}" for index in range(1, 40)]
    for at, customer in enumerate(numbered):
        port.place(out(at + 10, customer))
    port.place(out(2, revision=2, withdrawn=True))
    clock.forward(seconds=5)
    answers = [port.look(UUID(int=at + 10)) for at in range(len(numbered))]
    refused = [one for one in answers if one is not None and one.state is ErrandState.REFUSED]
    assert 0 < len(refused) < len(numbered) / 3
    assert all(one.reason_zh and one.reason_en for one in refused)
    dropped = port.look(UUID(int=2))
    assert dropped is not None
    assert dropped.state is ErrandState.WITHDRAWN


def test_a_stores_time_is_booked_once_and_the_visit_is_heard_of_later(port: HttpDepartments, clock: StillClock) -> None:
    # CHANNEL-02, INTEG-05, OUTCOME-07
    first = port.stores(area="南浦区", what="").stores[0]
    assert (first.area, bool(first.slots), len(first.stock)) == ("南浦区", True, 5)
    ask = SlotAsk(store=first.code, slot=first.slots[0], customer_id=TAKEN)
    assert port.book(UUID(int=5), ask) == port.book(UUID(int=5), ask)
    assert port.book(UUID(int=6), ask).verdict is SlotVerdict.TAKEN
    port.cancel(UUID(int=404))
    assert first.slots[0] not in port.stores(area="南浦区", what="").stores[0].slots
    nothing = next(one for one in first.stock if one.pieces == 0) if any(not s.pieces for s in first.stock) else None
    if nothing is not None:
        wanted = msgspec.structs.replace(ask, slot=first.slots[1], what=nothing.what)
        assert port.book(UUID(int=7), wanted).verdict is SlotVerdict.SOLD_OUT
    port.book(UUID(int=9), msgspec.structs.replace(ask, slot=first.slots[2]))
    port.cancel(UUID(int=9))
    assert first.slots[2] in port.stores(area="南浦区", what="").stores[0].slots
    assert port.later("") == LaterTold()
    clock.forward(seconds=13)
    told = port.later("")
    assert [(one.kind, one.customer_id) for one in told.events] == [(LaterKind.ORDERED, TAKEN)]
    assert port.later(told.after).events == ()


def test_a_time_that_is_over_is_not_booked(port: HttpDepartments) -> None:
    gone = SlotAsk(store="YYT-01", slot=Slot(begins_at=NOON - timedelta(days=1)), customer_id=TAKEN)
    assert port.book(UUID(int=8), gone).verdict is SlotVerdict.TAKEN


def test_departments_that_are_not_there_are_down(port: HttpDepartments) -> None:
    away = HttpDepartments(Peer("http://127.0.0.1:9", deadline_s=1))
    for ask in (lambda: away.place(out()), lambda: away.look(UUID(int=1)), lambda: away.stores(area="", what="")):
        with pytest.raises(PortDown):
            ask()


def test_over_files_each_revision_is_one_file_and_the_answer_another(tmp_path: Path) -> None:
    # INTEG-04
    port = FileDepartments(FileBox(tmp_path))
    assert port.look(UUID(int=1)) is None
    assert port.place(out()).state is ErrandState.SUBMITTED
    answer = ErrandAnswer(state=ErrandState.REFUSED, reason_zh="端口已满", reason_en="no free port")
    (tmp_path / "in" / f"{UUID(int=1)}.json").write_bytes(msgspec.json.encode(answer))
    assert port.look(UUID(int=1)) == answer
    assert port.place(out(revision=2, withdrawn=True)).state is ErrandState.WITHDRAWN
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"{UUID(int=1)}.1.json", f"{UUID(int=1)}.2.json"]
    event = LaterEvent(id="x", kind=LaterKind.BONUS, customer_id=TAKEN, at=datetime(2026, 11, 23, tzinfo=UTC))
    (tmp_path / "in" / "later.json").write_bytes(msgspec.json.encode(LaterEvents(events=(event,))))
    assert port.later("").events == (event,)
    odd = b'{"id":"y","kind":"moved_house","customer_id":"1","at":"2026-11-23T00:00:00Z"}'
    mixed = b'{"after":"7","events":[' + odd + b"," + msgspec.json.encode(event) + b"]}"
    (tmp_path / "in" / "later.json").write_bytes(mixed)
    told = port.later("")
    assert (told.events, told.after, [one.body for one in told.strange]) == ((event,), "7", [odd])
    (tmp_path / "in" / f"{UUID(int=1)}.json").write_bytes(b"{")
    with pytest.raises(PortDown):
        port.look(UUID(int=1))


def test_where_the_departments_are_is_clear_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STAYLINE_DEPARTMENTS", raising=False)
    assert departments("").port is None
    assert departments(str(tmp_path / "new")).stores is None
    assert departments("https://departments.example").stores is not None
    for wrong in ("departments.example", "http://departments.example"):
        with pytest.raises(InputError):
            departments(wrong)
