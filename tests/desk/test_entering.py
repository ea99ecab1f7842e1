"""Getting to the desk: whose folder it is, what a failed first sign-in leaves, and what time it is."""

import platform
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import msgspec
import pytest
from keyring_kit import FakeKeyring
from rough_server import SmallStayline, problem, serving
from store_kit import NOW, a_page, saved

from core.desk import entering
from core.desk.entering import Entered, ServerClock
from core.desk.folder import folder_of, may_have_store
from core.domain.clock import utc_now
from core.domain.errors import ServerUnreachable, SessionEnded, SignInRefused
from core.store.store import Store
from core.store.types import Applied
from core.sync.status import SyncState, SyncStatus

NOBODY = "http://127.0.0.1:1"


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    ring = FakeKeyring()
    monkeypatch.setattr("core.store.keyring_backend._viable", lambda: ring)
    return ring


@pytest.fixture
def small() -> SmallStayline:
    return SmallStayline(clock=utc_now)


@pytest.fixture
def url(small: SmallStayline) -> Iterator[str]:
    with serving(small) as address:
        yield address


def enter(base: Path, server: str, staff_number: str = "1001") -> Entered:
    folder = folder_of(base, server, staff_number)
    return entering.sign_in(folder, server, staff_number, "right", passphrase="", listener=lambda _news: None)


def test_no_two_agents_share_a_folder(tmp_path: Path) -> None:
    asked = [
        ("https://a-b", "1"),
        ("https://a", "b-1"),
        ("https://a:444", "b-1"),
        ("https://a.b", "1"),
        ("http://a", "b-1"),
    ]
    assert len({folder_of(tmp_path, *one) for one in asked}) == len(asked)
    assert folder_of(tmp_path, "https://A:443/x", "b-1") == folder_of(tmp_path, "https://a", "b-1")


def test_the_port_of_a_server_on_this_machine_does_not_matter(tmp_path: Path) -> None:
    # The server of `build/run` has another port at each start.
    for host in ("127.0.0.1", "localhost", "[::1]"):
        assert folder_of(tmp_path, f"http://{host}:4001", "1") == folder_of(tmp_path, f"http://{host}:4002", "1")


def test_a_store_is_seen_before_it_is_opened(tmp_path: Path, ring: FakeKeyring, url: str) -> None:
    assert not may_have_store(tmp_path, url, "1001")
    enter(tmp_path, url).leave()
    assert may_have_store(tmp_path, url, "1001")
    assert not may_have_store(tmp_path, "http://[", "1001")


def test_without_the_server_the_first_sign_in_says_so_each_time(tmp_path: Path, ring: FakeKeyring) -> None:
    for _ in range(2):
        with pytest.raises(ServerUnreachable):
            enter(tmp_path, NOBODY)
    assert not list(tmp_path.rglob("*.db"))
    assert ring.kept == {}


def test_a_mistyped_number_leaves_nothing_behind(
    tmp_path: Path, ring: FakeKeyring, url: str, small: SmallStayline
) -> None:
    small.first = lambda asked: problem(401, "wrong_password") if asked.path == "/v1/session" else None
    with pytest.raises(SignInRefused):
        enter(tmp_path, url, "10001")
    assert not folder_of(tmp_path, url, "10001").exists()
    assert ring.kept == {}


def test_a_store_that_was_worked_in_outlives_a_refused_password(
    tmp_path: Path, ring: FakeKeyring, url: str, small: SmallStayline
) -> None:
    enter(tmp_path, url).leave()
    small.first = lambda asked: problem(401, "wrong_password") if asked.path == "/v1/session" else None
    with pytest.raises(SignInRefused):
        enter(tmp_path, url)
    assert may_have_store(tmp_path, url, "1001")
    assert len(ring.kept) == 1


def test_the_desk_goes_by_the_calling_hours_that_the_server_tells_now(
    tmp_path: Path, ring: FakeKeyring, url: str, small: SmallStayline
) -> None:
    # TASK-16
    heard = Event()
    folder = folder_of(tmp_path, url, "1001")

    def listen(news: object) -> None:
        if isinstance(news, Applied) and news.site is not None:
            heard.set()

    entered = entering.sign_in(folder, url, "1001", "right", passphrase="", listener=listen)
    assert entered.desk.calendar.name == "cn"
    (asked,) = (one for one in small.asked if one.path == "/v1/session")
    assert msgspec.json.decode(asked.body)["device"] == platform.node(), "who ends a session sees where it goes on"
    small.site = msgspec.structs.replace(small.site, call_from="10:00", cap_24h=1, calendar="training")
    entered.syncer.start()
    assert heard.wait(15)
    assert entered.desk.site == small.site
    assert entered.desk.calendar.name == "training"
    entered.leave()
    again = entering.resume(folder, url, listener=lambda _news: None)
    assert again is not None
    assert again.desk.site == small.site, "kept over a restart"
    again.leave()


@pytest.mark.parametrize("code", ["disabled", "signed_out"])
def test_once_the_server_ended_the_session_nothing_is_dialled_or_shown_but_what_was_begun_is_saved(
    code: str, tmp_path: Path, ring: FakeKeyring, url: str, small: SmallStayline
) -> None:
    # Reliability S5
    heard = Event()
    folder = folder_of(tmp_path, url, "1001")

    def listen(news: object) -> None:
        if isinstance(news, SyncStatus) and news.state is SyncState.SIGNED_OUT:
            heard.set()

    entered = entering.sign_in(folder, url, "1001", "right", passphrase="", listener=listen)
    entered.desk.may_go_on()
    small.first = lambda _asked: problem(401, code)
    entered.syncer.start()
    assert heard.wait(15)
    with pytest.raises(SessionEnded) as caught:
        entered.desk.may_go_on()
    assert ("停用" in caught.value.title.zh) == (code == "disabled")
    assert "重新登录" in caught.value.next_step.zh
    kept = saved(None, recorded_at=NOW)
    entered.store.save(kept)
    assert entered.store.saved(kept.id) == kept
    entered.leave()


def test_a_stopped_account_does_not_come_back_by_pulling_the_plug(
    tmp_path: Path, ring: FakeKeyring, url: str, small: SmallStayline
) -> None:
    # Reliability S5
    heard = Event()
    folder = folder_of(tmp_path, url, "1001")

    def listen(news: object) -> None:
        if isinstance(news, SyncStatus) and news.state is SyncState.SIGNED_OUT:
            heard.set()

    entered = entering.sign_in(folder, url, "1001", "right", passphrase="", listener=listen)
    small.first = lambda _asked: problem(401, "disabled")
    entered.syncer.start()
    assert heard.wait(15)
    entered.leave()
    with pytest.raises(SignInRefused):
        entering.sign_in(folder, NOBODY, "1001", "right", passphrase="", listener=listen)
    small.first = lambda _asked: None
    entering.sign_in(folder, url, "1001", "right", passphrase="", listener=listen).leave()
    offline = entering.sign_in(folder, NOBODY, "1001", "right", passphrase="", listener=listen)
    offline.desk.may_go_on()
    offline.leave()


def test_a_desk_that_is_merely_offline_goes_on(
    tmp_path: Path, ring: FakeKeyring, url: str, small: SmallStayline
) -> None:
    heard = Event()
    folder = folder_of(tmp_path, url, "1001")

    def listen(news: object) -> None:
        if isinstance(news, SyncStatus) and news.last_error is not None:
            heard.set()

    entered = entering.sign_in(folder, url, "1001", "right", passphrase="", listener=listen)
    small.first = lambda _asked: problem(503, "busy")
    entered.syncer.start()
    assert heard.wait(15)
    entered.desk.may_go_on()
    entered.leave()


def test_a_clock_that_is_set_moves_nothing_until_the_server_is_heard(store: Store) -> None:
    # Reliability R13
    wall, steady_s = [NOW], [50.0]
    clock = ServerClock(store, wall=lambda: wall[0], steady_s=lambda: steady_s[0])
    wall[0] -= timedelta(hours=8)
    steady_s[0] += 60
    clock.heard()
    assert clock() == NOW + timedelta(minutes=1)
    assert round(clock.local_ahead / timedelta(minutes=1)) == -481
    store.apply(a_page(at=NOW + timedelta(minutes=2)), now=wall[0])
    clock.heard()
    assert clock() == NOW + timedelta(minutes=2)
    wall[0] += timedelta(days=3)
    steady_s[0] += 5
    assert clock() == NOW + timedelta(minutes=2, seconds=5)
