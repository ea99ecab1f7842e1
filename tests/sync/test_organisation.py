"""Signing in by the browser: what comes home is taken once, for this sign-in alone, and no secret leaves the desk."""

import base64
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
import requests
from rough_server import Answering, Asked, SmallStayline, problem
from store_kit import NOW

from core.domain.errors import SignInRefused
from core.store.store import Store
from core.sync.browser import Browser
from core.sync.session import note_refused, remembered
from core.sync.sign_in import go_on_offline, sign_in_offline, sign_in_online
from core.sync.transport import Transport
from core.wire.organisation import SignInPage
from core.wire.session import Hello

PAGE = SignInPage(
    issuer="https://idp.example",
    authorization_endpoint="https://idp.example/page?realm=a",
    client_id="stayline",
    scope="openid",
)


@dataclass
class Person:
    """At the provider's page: comes home with a code, or with what they are told to."""

    more: dict[str, str] = field(default_factory=dict)
    host: str = ""
    pages: list[str] = field(default_factory=list)
    answers: list[requests.Response] = field(default_factory=list)

    def asked(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.pages[-1]).query).items()}

    def __call__(self, page: str) -> None:
        self.pages.append(page)
        told = {"code": "c0de", "state": self.asked()["state"]} | self.more
        headers = {"Host": self.host} if self.host else {}
        self.answers.append(requests.get(self.asked()["redirect_uri"], params=told, headers=headers, timeout=10))


@pytest.fixture
def offering(small: SmallStayline) -> SmallStayline:
    """A server that lets people in by accounts of their organisation."""

    def answer(asked: Asked) -> Answering | None:
        if asked.path == "/v1/hello":
            told = Hello(product="Stayline", version="0", api="v1", server_time=NOW, organisation=True)
            return 200, {}, msgspec.json.encode(told)
        if asked.path == "/v1/sessions/oidc":
            return 200, {}, msgspec.json.encode(PAGE if asked.method == "GET" else small.session())
        return None

    small.first = answer
    return small


def enter(store: Store, url: str, browser: Browser, staff_number: str = "1001") -> None:
    sign_in_online(store, Transport(url), staff_number, browser, device="PC-7", clock=lambda: NOW)


def why(store: Store, url: str, show: Callable[[str], None], staff_number: str = "1001") -> SignInRefused:
    with pytest.raises(SignInRefused) as caught:
        enter(store, url, Browser(show), staff_number)
    assert remembered(store) is None
    assert all(text.zh and text.en for text in (caught.value.title, caught.value.message, caught.value.next_step))
    return caught.value


def sent(small: SmallStayline) -> list[dict[str, str]]:
    return [
        json.loads(asked.body) for asked in small.asked if (asked.method, asked.path) == ("POST", "/v1/sessions/oidc")
    ]


def test_the_code_goes_to_the_server_with_what_proves_that_this_desk_asked(
    store: Store, url: str, offering: SmallStayline
) -> None:
    person = Person()
    enter(store, url, Browser(person))
    assert remembered(store) is not None
    asked, (given,) = person.asked(), sent(offering)
    assert person.pages[0].startswith("https://idp.example/page?realm=a&")
    digest = sha256(given["verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert asked["code_challenge_method"] == "S256"
    assert given["verifier"] not in person.pages[0]
    assert (given["code"], given["nonce"], given["redirect_uri"], given["device"]) == (
        "c0de",
        asked["nonce"],
        asked["redirect_uri"],
        "PC-7",
    )
    assert urlsplit(asked["redirect_uri"]).hostname == "127.0.0.1"
    assert "关闭此页" in person.answers[0].text
    assert "c0de" not in person.answers[0].text


def test_the_port_is_closed_once_somebody_came_home(store: Store, url: str, offering: SmallStayline) -> None:
    person = Person()
    enter(store, url, Browser(person))
    with pytest.raises(requests.ConnectionError):
        requests.get(person.asked()["redirect_uri"], timeout=10)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"state": "of another sign-in"}, "不属于这一次"),
        ({"state": ""}, "不属于这一次"),
        ({"error": "access_denied"}, "没有同意"),
        ({"code": ""}, "没有同意"),
    ],
)
def test_what_comes_home_otherwise_is_not_taken(
    store: Store, url: str, offering: SmallStayline, more: dict[str, str], words: str
) -> None:
    person = Person(more)
    assert words in why(store, url, person).message.zh
    assert not sent(offering)
    assert "查看原因" in person.answers[0].text


def test_a_page_of_somebody_else_is_not_heard(store: Store, url: str, offering: SmallStayline) -> None:
    person, stranger = Person(), Person(host="rebound.example")

    def show(page: str) -> None:
        stranger(page)
        address = urlsplit(stranger.asked()["redirect_uri"])
        stranger.answers.append(requests.get(f"http://{address.netloc}/favicon.ico", timeout=10))
        person(page)

    enter(store, url, Browser(show))
    assert [answer.status_code for answer in stranger.answers] == [404, 404]


def test_who_gives_up_is_back_at_once(store: Store, url: str, offering: SmallStayline) -> None:
    shown = threading.Event()
    browser = Browser(lambda _page: shown.set())
    person = threading.Thread(target=lambda: (shown.wait(10), browser.cancel()))
    person.start()
    with pytest.raises(SignInRefused) as caught:
        enter(store, url, browser)
    person.join()
    assert "取消" in caught.value.message.zh


def test_a_browser_that_never_comes_home_is_waited_for_so_long() -> None:
    with pytest.raises(SignInRefused) as caught:
        Browser(lambda _page: None).code(lambda home, state: f"{home}?{state}", wait_s=0.01)
    assert "及时" in caught.value.message.zh


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://idp.example/page", "javascript:alert(1)", "http://["]
)
def test_only_a_page_that_nobody_reads_on_the_way_is_opened(
    store: Store, url: str, offering: SmallStayline, address: str
) -> None:
    answer, page = offering.first, msgspec.structs.replace(PAGE, authorization_endpoint=address)
    offering.first = lambda asked: (
        (200, {}, msgspec.json.encode(page)) if asked.path == "/v1/sessions/oidc" else answer(asked)
    )
    person = Person()
    assert "不安全" in why(store, url, person).message.zh
    assert not person.pages


def test_the_account_of_another_is_told_and_their_session_ended(
    store: Store, url: str, offering: SmallStayline
) -> None:
    error = why(store, url, Person(), staff_number="2002")
    assert "1001" in error.message.zh
    assert "2002" in error.message.en
    assert offering.asked[-1].method == "DELETE"


def test_a_server_that_does_not_offer_it_says_so_before_any_browser(store: Store, url: str) -> None:
    person = Person()
    assert "没有开通" in why(store, url, person).message.zh
    assert not person.pages


def test_a_provider_that_is_away_is_told_in_the_servers_words(store: Store, url: str, offering: SmallStayline) -> None:
    answer = offering.first
    away = problem(503, "provider_away", **{"Retry-After": "10"})
    offering.first = lambda asked: away if asked.path == "/v1/sessions/oidc" else answer(asked)
    assert why(store, url, Person()).message.zh == "细节"


def test_without_a_password_the_passphrase_lets_one_go_on_offline(
    store: Store, url: str, offering: SmallStayline
) -> None:
    # Reliability S5, S12
    enter(store, url, Browser(Person()))
    with pytest.raises(SignInRefused):
        sign_in_offline(store, "1001", "", clock=lambda: NOW)
    assert go_on_offline(store, "1001", clock=lambda: NOW).agent.name == "周敏"
    with pytest.raises(SignInRefused):
        go_on_offline(store, "2002", clock=lambda: NOW)
    with pytest.raises(SignInRefused):
        go_on_offline(store, "1001", clock=lambda: NOW + timedelta(hours=73))
    note_refused(store, "disabled")
    with pytest.raises(SignInRefused):
        go_on_offline(store, "1001", clock=lambda: NOW)


def test_an_earlier_password_goes_on_working_offline(store: Store, url: str, offering: SmallStayline) -> None:
    sign_in_online(store, Transport(url), "1001", "right", clock=lambda: NOW)
    enter(store, url, Browser(Person()))
    assert sign_in_offline(store, "1001", "right", clock=lambda: NOW).agent.name == "周敏"
