"""What HTTP answers, or does not, as errors a person may see."""

import socket

import msgspec
import pytest
import zstandard
from rough_server import Asked, SmallStayline, problem, serving

from core.domain.errors import Refused, ServerForeign, ServerUnreachable, SignInRefused
from core.sync.refusals import ServerBusy, SignInThrottled, TokenRefused
from core.sync.transport import Transport
from core.wire.session import SignIn

ME = SignIn(staff_number="1001", password="x")


def test_a_stayline_says_hello(url: str) -> None:
    assert Transport(url).hello().product == "Stayline"


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ServerUnreachable) as caught:
        Transport(address).hello()
    assert caught.value.next_step.zh


def test_a_server_that_says_nothing_in_time_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        with pytest.raises(ServerUnreachable) as caught:
            Transport(f"http://127.0.0.1:{silent.getsockname()[1]}", read_s=0.1).hello()
        assert "time" in caught.value.message.en


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"<html>router</html>"),
        (200, {}, b'{"product":"other","version":"1","api":"v1","server_time":"2026-01-01T00:00:00Z"}'),
        (200, {}, b'{"product":"Stayline","version":"1","api":"v9","server_time":"2026-01-01T00:00:00Z"}'),
        (404, {}, b"not here"),
        (302, {"Location": "http://127.0.0.1:1/"}, b""),
        (200, {}, b"[" * 100_000),
    ],
)
def test_another_server_is_told_apart(answer: tuple[int, dict[str, str], bytes]) -> None:
    with serving(lambda _asked: answer) as url, pytest.raises(ServerForeign):
        Transport(url).hello()


@pytest.mark.parametrize("address", ["nonsense", "ftp://127.0.0.1/", "http://"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(ServerForeign):
        Transport(address).hello()


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}, b"oops"),
        (502, {}, b"<html>bad gateway</html>"),
        problem(500, "internal"),
        (200, {"Content-Length": "500"}, b'{"product":'),
        (200, {"Content-Encoding": "zstd"}, b"not zstd"),
    ],
)
def test_a_server_that_fails_is_tried_again_later(answer: tuple[int, dict[str, str], bytes]) -> None:
    with serving(lambda _asked: answer) as url, pytest.raises(ServerUnreachable):
        Transport(url).hello()


def test_retry_after_is_kept(small: SmallStayline, url: str) -> None:
    small.first = lambda _asked: problem(503, "busy", **{"Retry-After": "7"})
    with pytest.raises(ServerBusy) as caught:
        Transport(url).pull("", 10)
    assert caught.value.retry_after_s == 7


def test_a_refused_sign_in_says_why_and_when(small: SmallStayline, url: str) -> None:
    small.first = lambda _asked: problem(401, "wrong_password")
    with pytest.raises(SignInRefused) as caught:
        Transport(url).sign_in(ME)
    assert caught.value.title.zh == "不行"
    small.first = lambda _asked: problem(429, "throttled", **{"Retry-After": "30"})
    with pytest.raises(SignInThrottled) as throttled:
        Transport(url).sign_in(ME)
    assert throttled.value.retry_after_s == 30


def test_a_token_that_is_no_longer_good_is_told_from_a_refusal(small: SmallStayline, url: str) -> None:
    with pytest.raises(TokenRefused):
        Transport(url).pull("", 10)
    small.first = lambda _asked: problem(403, "forbidden")
    with pytest.raises(Refused) as caught:
        Transport(url).pull("", 10)
    assert caught.value.code == "forbidden"
    assert not isinstance(caught.value, TokenRefused)


def test_items_go_out_as_the_bytes_that_were_kept(small: SmallStayline, url: str) -> None:
    def check(asked: Asked) -> None:
        assert asked.body == b'{"items":[{"a": 1},{"b":2}]}'
        assert asked.headers["Content-Encoding"] == "zstd"

    def answer(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        check(asked)
        packed = zstandard.ZstdCompressor().compress(b'{"answers":[],"server_time":"2026-01-01T00:00:00Z"}')
        return 200, {"Content-Encoding": "zstd"}, packed

    small.first = answer
    assert Transport(url).push([b'{"a": 1}', b'{"b":2}']).answers == ()


def test_bodies_of_a_page_are_the_servers_bytes(small: SmallStayline, url: str) -> None:
    body = b'{ "id" : "C1" }'
    sent = b'{"kind":"customer","key":"C1","body":%b}' % body
    page = b'{"changes":[%b],"cursor":"1","more":false,"server_time":"2026-01-01T00:00:00Z"}' % sent
    small.first = lambda _asked: (200, {}, page)
    (change,) = Transport(url).pull("", 10).changes
    assert bytes(change.body) == body
    assert msgspec.json.decode(change.body) == {"id": "C1"}
