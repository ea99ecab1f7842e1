"""Signing in with the server, and with what is on the machine."""

from datetime import datetime, timedelta

import msgspec
import pytest
from rough_server import SmallStayline, problem
from store_kit import NOW, a_page, a_task, answered, asking, put, saved

from core.domain.errors import ServerForeign, SignInRefused
from core.store.store import Store
from core.sync import sign_in
from core.sync.ask import Ask
from core.sync.session import remember, remembered
from core.sync.sign_in import resume, sign_in_offline, sign_in_online, sign_out
from core.sync.transport import Transport

HOUR = timedelta(hours=1)


def online(store: Store, url: str, staff_number: str = "1001") -> None:
    sign_in_online(store, Transport(url), staff_number, "right", clock=lambda: NOW)


def offline(store: Store, password: str = "right", at: datetime = NOW) -> str:
    return sign_in_offline(store, "1001", password, clock=lambda: at).agent.name


def test_after_one_sign_in_the_machine_knows_its_agent(store: Store, url: str) -> None:
    online(store, url)
    assert offline(store) == "周敏"
    with pytest.raises(SignInRefused):
        offline(store, "wrong")
    with pytest.raises(SignInRefused):
        sign_in_offline(store, "2002", "right", clock=lambda: NOW)
    assert "right" not in str(store.setting("offline_password"))


def test_a_machine_that_knows_nobody_asks_for_the_network(store: Store) -> None:
    with pytest.raises(SignInRefused) as caught:
        offline(store)
    assert caught.value.next_step.zh == "请联网后登录。"


def test_a_refused_password_changes_nothing_here(store: Store, url: str, small: SmallStayline) -> None:
    online(store, url)
    small.first = lambda asked: problem(401, "wrong_password") if asked.path == "/v1/session" else None
    with pytest.raises(SignInRefused):
        sign_in_online(store, Transport(url), "1001", "other", clock=lambda: NOW)
    assert offline(store) == "周敏"


def test_another_program_at_the_address_never_sees_the_password(store: Store, url: str, small: SmallStayline) -> None:
    small.first = lambda _asked: (200, {}, b"hello, I am a printer")
    with pytest.raises(ServerForeign):
        online(store, url)
    assert all(b"right" not in asked.body for asked in small.asked)


def test_the_offline_limit_counts_from_the_later_clock(store: Store, url: str) -> None:
    # Reliability S5: 72 hours here.
    online(store, url)
    assert offline(store, at=NOW + 71 * HOUR) == "周敏"
    with pytest.raises(SignInRefused) as caught:
        offline(store, at=NOW + 73 * HOUR)
    assert "72" in caught.value.message.zh
    with pytest.raises(SignInRefused):
        offline(store, at=NOW)
    online(store, url)
    assert offline(store, at=NOW) == "周敏"


def test_a_restart_goes_straight_to_the_queue(store: Store, url: str) -> None:
    assert resume(store, clock=lambda: NOW) is None
    online(store, url)
    again = resume(store, clock=lambda: NOW + HOUR)
    assert again is not None
    assert again.agent.staff_number == "1001"
    assert again.refresh_token not in f"{again} {again!r}"
    assert resume(store, clock=lambda: NOW + 100 * HOUR) is None


def test_signing_out_ends_the_session_and_keeps_the_work(store: Store, url: str) -> None:
    online(store, url)
    store.save(saved(a_task(1)))
    sign_out(store, Transport(url))
    assert resume(store, clock=lambda: NOW) is None
    assert store.outbox_state().waiting == 1
    assert offline(store) == "周敏"


def test_guessing_offline_ends_after_ten_tries(store: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Reliability S13
    monkeypatch.setattr(sign_in, "MOST_FAILURES", 2)
    online(store, url)
    for _ in range(2):
        with pytest.raises(SignInRefused):
            offline(store, "wrong")
    with pytest.raises(SignInRefused) as caught:
        offline(store)
    assert "联网" in caught.value.next_step.zh
    online(store, url)
    assert offline(store) == "周敏"


def test_another_agent_waits_until_the_first_ones_work_is_uploaded(
    store: Store, url: str, small: SmallStayline
) -> None:
    online(store, url)
    store.apply(a_page(put(a_task(1)), cursor="5"), now=NOW)
    kept = saved(a_task(2))
    store.save(kept)
    other = msgspec.structs.replace(small.session().agent, staff_number="2002", name="李强")
    session = small.session()
    small.session = lambda: msgspec.structs.replace(session, agent=other)  # type: ignore[method-assign]
    with pytest.raises(SignInRefused) as caught:
        online(store, url, "2002")
    assert "周敏" in caught.value.message.zh
    store.settle(answered(kept.id))
    online(store, url, "2002")
    now_here = remembered(store)
    assert now_here is not None
    assert now_here.agent.name == "李强"
    assert store.counts(asking()).total == 0, "the first one's customers are gone"


def test_a_session_written_by_another_version_asks_to_sign_in(store: Store, small: SmallStayline) -> None:
    remember(store, small.session(), NOW)
    store.put_setting("session", '{"agent": 7}')
    assert resume(store, clock=lambda: NOW) is None


def test_the_server_hears_of_it_after_the_store_is_closed(store: Store, url: str, small: SmallStayline) -> None:
    transport = Transport(url)
    ask = Ask(store, transport)
    sign_in_online(store, transport, "1001", "right")
    sign_out(store)
    store.close()
    ask.end_session()
    assert (small.asked[-1].method, small.asked[-1].path) == ("DELETE", "/v1/session")
    assert small.asked[-1].headers["Authorization"] == f"Bearer {small.access}"
    assert transport.access_token == ""
