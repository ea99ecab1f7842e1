"""A desk speaks to its own server alone: the key of its certificate is kept at the first sign-in, and no other goes."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from certificate_kit import Made, issuer, server
from news_kept import News
from rough_server import SmallStayline, problem, serving
from store_kit import NOW, a_page, a_task, put, saved

from core.domain.errors import CertificateUnknown, ServerForeign, ServerKeyChanged, ServerUntrusted, SignInRefused
from core.store.store import Store
from core.sync.session import know_server
from core.sync.sign_in import sign_in_online
from core.sync.status import SyncState
from core.sync.syncer import Syncer
from core.sync.transport import Transport
from core.sync.trust import SERVER_KEY, of_store
from core.wire.server_key import code_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def centre(folder: Path) -> Made:
    return issuer(folder)


@pytest.fixture(scope="module")
def first(folder: Path, centre: Made) -> Made:
    return server(folder, "first", issued_by=centre)


@pytest.fixture(scope="module")
def other(folder: Path, centre: Made) -> Made:
    """From the same issuer and for the same address, with another key: a stolen issuer's, or a new one."""
    return server(folder, "other", issued_by=centre)


@contextmanager
def shown(small: SmallStayline, made: Made, store: Store, file: Path | None, code: str = "") -> Iterator[Transport]:
    """A desk's way to a server that shows that certificate."""
    with serving(small, tls=made.tls) as url:
        announced = small.site.server_keys
        transport = Transport(url, trust=of_store(store, file=file, announced=announced, code=code), read_s=5)
        yield transport
        transport.close()


def meet(store: Store, transport: Transport, small: SmallStayline) -> None:
    """What a sign-in asks first, and what it keeps at last, without the password's slow hash between them."""
    transport.hello()
    know_server(store, transport, small.site)


@pytest.fixture
def enrolled(signed_in: Store, first: Made) -> Store:
    """A store whose agent has signed in once at the first server."""
    signed_in.put_setting(SERVER_KEY, first.key)
    return signed_in


def test_the_first_sign_in_keeps_the_servers_key(store: Store, small: SmallStayline, first: Made, centre: Made) -> None:
    with shown(small, first, store, centre.file) as transport:
        sign_in_online(store, transport, "1001", "right", clock=lambda: NOW)
    assert store.setting(SERVER_KEY) == first.key


def test_a_refused_sign_in_keeps_no_key(store: Store, small: SmallStayline, first: Made, centre: Made) -> None:
    small.first = lambda asked: problem(401, "wrong_password") if asked.path == "/v1/session" else None
    with shown(small, first, store, centre.file) as transport, pytest.raises(SignInRefused):
        sign_in_online(store, transport, "1001", "wrong", clock=lambda: NOW)
    assert not store.setting(SERVER_KEY)


def test_another_key_is_refused_before_anything_is_sent(
    enrolled: Store, small: SmallStayline, other: Made, centre: Made
) -> None:
    with shown(small, other, enrolled, centre.file) as transport, pytest.raises(ServerKeyChanged) as caught:
        meet(enrolled, transport, small)
    assert small.asked == []
    assert "没有发出去" in caught.value.message.zh
    assert "管理员" in caught.value.next_step.zh
    assert enrolled.setting(SERVER_KEY) != other.key


def test_a_desk_at_work_goes_offline_and_keeps_what_it_has(
    enrolled: Store, small: SmallStayline, other: Made, centre: Made, news: News
) -> None:
    enrolled.apply(a_page(put(a_task(1))), now=NOW)
    enrolled.save(saved(a_task(1)))
    waiting = enrolled.outbox_state().waiting
    with shown(small, other, enrolled, centre.file) as transport:
        syncer = Syncer(enrolled, transport, news, poll_s=600)
        syncer.start()
        status = news.status(lambda status: status.state is SyncState.OFFLINE and status.last_error is not None)
        syncer.stop()
    assert isinstance(status.last_error, ServerKeyChanged)
    assert small.asked == []
    assert enrolled.outbox_state().waiting == waiting > 0


def test_a_renewed_certificate_with_the_same_key_is_no_news(
    enrolled: Store, small: SmallStayline, first: Made, centre: Made, folder: Path
) -> None:
    renewed = server(folder, "renewed", issued_by=centre, of=first)
    with shown(small, renewed, enrolled, centre.file) as transport:
        meet(enrolled, transport, small)
    assert enrolled.setting(SERVER_KEY) == first.key


def test_an_announced_key_takes_the_place_of_the_one_before(
    enrolled: Store, small: SmallStayline, first: Made, other: Made, centre: Made
) -> None:
    small.site = msgspec.structs.replace(small.site, server_keys=(other.key,))
    with shown(small, other, enrolled, centre.file) as transport:
        meet(enrolled, transport, small)
    assert enrolled.setting(SERVER_KEY) == other.key
    small.site = msgspec.structs.replace(small.site, server_keys=())
    with shown(small, first, enrolled, centre.file) as transport, pytest.raises(ServerKeyChanged):
        meet(enrolled, transport, small)


def test_what_the_administrator_reads_out_lets_a_new_key_in(
    enrolled: Store, small: SmallStayline, other: Made, centre: Made
) -> None:
    spoken = code_of(other.key).lower().replace("-", " ")
    with shown(small, other, enrolled, centre.file, code=spoken) as transport:
        meet(enrolled, transport, small)
    assert enrolled.setting(SERVER_KEY) == other.key


@pytest.mark.parametrize("code", ["2222-2222-2222-2222-2222", "没有", "A"])
def test_a_code_that_does_not_fit_lets_nothing_in(
    enrolled: Store, small: SmallStayline, other: Made, centre: Made, code: str
) -> None:
    with shown(small, other, enrolled, centre.file, code=code) as transport, pytest.raises(ServerKeyChanged):
        meet(enrolled, transport, small)
    assert small.asked == []


def test_a_connection_that_changes_keys_during_the_first_sign_in_is_refused(
    store: Store, small: SmallStayline, first: Made, other: Made, centre: Made
) -> None:
    trust = of_store(store, file=centre.file)
    with serving(small, tls=first.tls) as url:
        Transport(url, trust=trust).hello()
    small.asked.clear()
    with serving(small, tls=other.tls) as url, pytest.raises(ServerKeyChanged):
        Transport(url, trust=trust).hello()
    assert small.asked == []


def test_a_certificate_of_an_unknown_issuer_needs_the_centres_file(
    store: Store, small: SmallStayline, folder: Path
) -> None:
    alone = server(folder, "alone", issued_by=None)
    with shown(small, alone, store, None) as transport, pytest.raises(CertificateUnknown) as caught:
        meet(store, transport, small)
    assert "证书文件" in caught.value.next_step.zh
    assert small.asked == []
    with shown(small, alone, store, alone.file) as transport:
        meet(store, transport, small)
    assert store.setting(SERVER_KEY) == alone.key


def test_a_server_named_by_its_own_certificate_needs_no_issuer(store: Store, small: SmallStayline, first: Made) -> None:
    with shown(small, first, store, first.file) as transport:
        meet(store, transport, small)


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_file_without_certificates_is_told_by_name(
    store: Store, small: SmallStayline, first: Made, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "centre.pem"
    if content is not None:
        file.write_bytes(content)
    with shown(small, first, store, file) as transport, pytest.raises(CertificateUnknown) as caught:
        meet(store, transport, small)
    assert "centre.pem" in caught.value.message.zh


@pytest.mark.parametrize(("host", "days", "said"), [("192.0.2.1", 30, "地址"), ("127.0.0.1", -1, "过期")])
def test_what_is_wrong_with_a_certificate_is_said(
    store: Store, small: SmallStayline, folder: Path, centre: Made, host: str, days: int, said: str
) -> None:
    wrong = server(folder, f"wrong{days}", issued_by=centre, host=host, days=days)
    with shown(small, wrong, store, centre.file) as transport, pytest.raises(ServerUntrusted) as caught:
        meet(store, transport, small)
    assert said in caught.value.message.zh
    assert small.asked == []


def test_a_port_that_speaks_no_tls_is_told_apart(small: SmallStayline) -> None:
    with serving(small) as url, pytest.raises(ServerForeign) as caught:
        Transport(url.replace("http:", "https:")).hello()
    assert not isinstance(caught.value, ServerUntrusted)


@pytest.mark.parametrize("address", ["http://192.0.2.7:8300", "HTTP://192.0.2.7", "http://127.0.0.1.example/"])
def test_plain_http_goes_no_further_than_this_machine(address: str) -> None:
    with pytest.raises(ServerUntrusted) as caught:
        Transport(address, connect_s=0.01).hello()
    assert "https://" in caught.value.next_step.zh


def test_old_versions_of_tls_are_not_spoken(store: Store, small: SmallStayline, first: Made, centre: Made) -> None:
    context = of_store(store, file=centre.file).context()
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
