"""A lead's machine pulls the packs of the own team, goes on where it was cut off, and keeps nothing half."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from uuid import UUID

import msgspec
import pytest
from rough_server import ANNA
from server_process import ServerProcess
from store_kit import a_document

from core.domain import decoding
from core.domain.call import CallRecord, Direction
from core.domain.outcome import Contact, Outcome
from core.domain.people import Role
from core.review.frame import Frame, PackId
from core.review.packs import LoadedPack, load
from core.server.loading import load_history
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.sync import review as review_line
from core.sync.review import ReviewLine, ReviewStatus
from core.sync.session import remembered
from core.sync.sign_in import sign_in_online
from core.sync.transport import Transport
from core.wire.push import Saved

NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
LEAD = msgspec.structs.replace(ANNA, staff_number="3001", role=Role.TEAM_LEAD, areas=())
CALLS = 400


def _past(number: int) -> Saved:
    at = NOW - timedelta(days=number % 9, seconds=number)
    call = CallRecord(direction=Direction.OUTBOUND, number="10000000001", dialled_at=at, talk_time_s=number % 300)
    return Saved(
        outcome=Outcome(
            id=decoding.convert(f"00000000-0000-4000-8000-{number:012d}", UUID),
            task_id=None, customer_id="C1", agent=ANNA.staff_number, scenario="4g-upgrade", script_version=1,
            call=call, result="done", contact=Contact.OWNER, success=number % 3 == 0, recorded_at=at,
            note=f"记录 {number}",
        )
    )  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("server")) as running:
        for one in (msgspec.structs.replace(ANNA, areas=()), LEAD):
            running.add_user(one)
        running.load([(a_document(1), None)])
        load_history(running.database, [_past(n) for n in range(CALLS)], {ANNA.staff_number: ANNA.team})
        yield running


class CutTransport(Transport):
    """Loses the connection after so many pieces."""

    left = 10**9

    def review_piece(self, digest: str, offset: int, length: int) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise ConnectionResetError
        return super().review_piece(digest, offset, length)


@pytest.fixture
def lead_store(server: ServerProcess, tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "lead", StoreKey("5a" * 32))
    sign_in_online(store, Transport(server.url, read_s=10), LEAD.staff_number, "stayline-demo")
    yield store
    store.close()


def line_of(server: ServerProcess, store: Store) -> tuple[ReviewLine, CutTransport]:
    transport = CutTransport(server.url, read_s=10)
    kept = remembered(store)
    assert kept is not None
    transport.access_token = kept.access_token
    return ReviewLine(store, transport, kept.agent), transport


def pull_all(line: ReviewLine) -> None:
    """However many looks the server takes to put all packs together."""
    while line.pull_once() != review_line.EVERY_S:
        assert line.status.error is None


def frame_of(store: Store) -> Frame:
    listed = store.review.listed()
    assert listed is not None
    packs = []
    for pack in listed.packs:
        bodies = store.review.bodies([part.digest for part in pack.parts])
        parts = {part.name: bodies[part.digest] for part in pack.parts}
        packs.append(LoadedPack(PackId(pack.team, pack.period), pack.made_at.timestamp(), parts))
    return load(packs, now=listed.server_time.timestamp(), names=listed.names)


def test_what_was_pulled_is_all_there_without_a_network(server: ServerProcess, lead_store: Store) -> None:
    # EVAL-07
    line, _ = line_of(server, lead_store)
    pull_all(line)
    frame = frame_of(lead_store)
    assert len(frame.calls) == CALLS
    assert int(frame.calls["success"].sum()) == len(range(0, CALLS, 3))
    assert frame.agent_name(ANNA.staff_number) == ANNA.name
    assert line.status.as_of is not None


def test_a_pull_that_was_cut_off_goes_on_where_it_stood(
    server: ServerProcess, lead_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_line, "PIECE", 4_000)
    line, transport = line_of(server, lead_store)
    transport.left = 5
    with pytest.raises(ConnectionResetError):
        line.pull_once()
    assert lead_store.review.listed() is None
    wanted = transport.review_packs()
    sizes = sum(part.size for pack in wanted.packs for part in pack.parts)
    transport.left = counted = 10**6
    pull_all(line)
    assert counted - transport.left <= sizes // 4_000 + len(wanted.packs) * 5 - 4
    assert len(frame_of(lead_store).calls) == CALLS


def test_nothing_is_shown_before_the_server_has_put_all_of_it_together(
    server: ServerProcess, lead_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, transport = line_of(server, lead_store)
    whole = transport.review_packs()
    part = msgspec.structs.replace(whole, packs=whole.packs[:1], waiting=3)
    with monkeypatch.context() as patched:
        patched.setattr(transport, "review_packs", lambda: part)
        assert line.pull_once() == review_line.SOON_S
    assert lead_store.review.listed() is None
    assert line.status.preparing == 3
    pull_all(line)
    assert len(frame_of(lead_store).calls) == CALLS
    assert line.status.preparing == 0


def test_a_lead_who_is_none_any_more_keeps_nothing(server: ServerProcess, lead_store: Store) -> None:
    line, _ = line_of(server, lead_store)
    pull_all(line)
    server.add_user(msgspec.structs.replace(LEAD, role=Role.OUTBOUND_REPRESENTATIVE))
    try:
        line.pull_once()
        assert lead_store.review.listed() is None
        assert line.status.error is not None
    finally:
        server.add_user(LEAD)


def test_the_line_pulls_by_itself_once_the_server_is_there(server: ServerProcess, lead_store: Store) -> None:
    line, _ = line_of(server, lead_store)
    done, seen = threading.Event(), list[ReviewStatus]()

    def hear(status: ReviewStatus, new: bool) -> None:
        seen.append(status)
        if new:
            done.set()

    end = line.listen(hear)
    line.server_is_there()
    assert done.wait(20)
    line.stop()
    end()
    assert any(one.pulling and one.wanted > 0 for one in seen)
    assert len(frame_of(lead_store).calls) == CALLS


def test_who_may_not_review_asks_for_nothing(server: ServerProcess, tmp_path: Path) -> None:
    store = open_store(tmp_path / "agent", StoreKey("5a" * 32))
    transport = CutTransport(server.url, read_s=10)
    sign_in_online(store, transport, ANNA.staff_number, "stayline-demo")
    kept = remembered(store)
    assert kept is not None
    line = ReviewLine(store, transport, kept.agent)
    line.server_is_there()
    line.pull()
    assert not cast(threading.Thread, line._thread).is_alive()
    store.close()
