"""The one table from what HTTP answers, or does not, to errors a person may see."""

from typing import TYPE_CHECKING

import msgspec

from core.domain import decoding
from core.domain.errors import Refused, ServerForeign, ServerUnreachable, SignInRefused, StaylineError
from core.domain.text import Text
from core.sync import certificates
from core.sync.status import OFFLINE_LIMIT
from core.wire.session import Problem

if TYPE_CHECKING:
    import requests

_LONGEST_WAIT_S = 3600


class TokenRefused(Refused):
    """The access or refresh token is not, or no longer, good."""


class ServerBusy(ServerUnreachable):
    """The server asks to come back later."""

    def __init__(self, *, title: Text, message: Text, next_step: Text, retry_after_s: float | None) -> None:
        super().__init__(title=title, message=message, next_step=next_step)
        self.retry_after_s = retry_after_s


class SignInThrottled(SignInRefused):
    """Too many attempts; `retry_after_s` says when the next counts."""

    def __init__(self, *, title: Text, message: Text, next_step: Text, retry_after_s: float | None) -> None:
        super().__init__(title=title, message=message, next_step=next_step)
        self.retry_after_s = retry_after_s


def unreachable(error: "requests.RequestException") -> StaylineError:
    """No answer: the wire, the name or the time ran out; a wrong address or certificate is said apart."""
    import requests

    if isinstance(error, requests.exceptions.SSLError):
        return certificates.not_verified(error)
    if isinstance(
        error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema)
    ):
        return foreign(Text("服务器地址写法不对。", "The server's address is not written correctly."))
    slow = isinstance(error, requests.exceptions.Timeout)
    return ServerUnreachable(
        title=Text("连不上服务器", "The server cannot be reached"),
        message=Text("服务器没有及时回应。", "It did not answer in time.")
        if slow
        else Text("网络不通或服务器未启动。", "The network is down or the server is not running."),
        next_step=Text("可以继续离线工作，恢复后自动上传。", "Work goes on offline and is uploaded once it is back."),
    )


def foreign(message: Text) -> ServerForeign:
    return ServerForeign(
        title=Text("这不是本系统的服务器", "Not a server of this system"),
        message=message,
        next_step=Text(
            "服务器地址在登录窗口填写，请核对。", "Check the server's address; it stands in the sign-in window."
        ),
    )


def not_ours() -> ServerForeign:
    return foreign(
        Text(
            "该地址有回应，但不是 Stayline 服务器或版本不符。",
            "It answers, but not as a Stayline server of this version.",
        )
    )


def signed_out() -> TokenRefused:
    return TokenRefused(
        code="signed_out",
        title=Text("已退出登录", "Signed out"),
        message=Text("这台电脑上的登录已结束。", "The session on this computer has ended."),
        next_step=Text("请重新登录；已保存的记录都在。", "Sign in again; everything saved is still there."),
    )


def past_offline_limit(hours: int) -> Refused:
    """This desk went on without the server for as long as the site lets it."""
    return Refused(
        code=OFFLINE_LIMIT,
        title=Text("离线已到时限", "Offline for too long"),
        message=Text(
            f"离线已超过 {hours} 小时。已保存的记录都在。",
            f"Offline for over {hours} hours. All saved records are here.",
        ),
        next_step=Text("连上服务器就能继续。", "Go on as soon as the server is reached."),
    )


def refused(status: int, body: bytes, retry_after: str | None) -> StaylineError:
    """What an answer outside 2xx means."""
    problem = _problem(body)
    wait = _wait_s(retry_after, problem)
    if status in (429, 502, 503, 504) or (status >= 500 and problem is not None):
        return _busy(problem, wait)
    if problem is None:
        return not_ours() if status < 500 else _busy(None, wait)
    kind = TokenRefused if status == 401 else Refused
    title, message, next_step = _words(problem)
    return kind(code=problem.code, title=title, message=message, next_step=next_step)


def sign_in_refused(error: StaylineError) -> StaylineError:
    """The same answer to a sign-in."""
    if isinstance(error, ServerBusy) and error.retry_after_s is not None:
        return SignInThrottled(
            title=error.title, message=error.message, next_step=error.next_step, retry_after_s=error.retry_after_s
        )
    if isinstance(error, Refused):
        return SignInRefused(title=error.title, message=error.message, next_step=error.next_step)
    return error


def _busy(problem: Problem | None, retry_after_s: float | None) -> ServerBusy:
    if problem is not None:
        title, message, next_step = _words(problem)
        return ServerBusy(title=title, message=message, next_step=next_step, retry_after_s=retry_after_s)
    return ServerBusy(
        title=Text("服务器暂时不可用", "The server is not available now"),
        message=Text("服务器出错或正忙。", "It failed or is busy."),
        next_step=Text("可以继续工作，稍后自动重试。", "Work goes on; it is tried again by itself."),
        retry_after_s=retry_after_s,
    )


def _problem(body: bytes) -> Problem | None:
    try:
        return decoding.decode(body, Problem)
    except (msgspec.DecodeError, RecursionError):
        return None


def _words(problem: Problem) -> tuple[Text, Text, Text]:
    return (
        Text(problem.title_zh, problem.title_en),
        Text(problem.detail_zh, problem.detail_en),
        Text(problem.next_zh, problem.next_en),
    )


def _wait_s(header: str | None, problem: Problem | None) -> float | None:
    """Seconds to wait as asked, in bounds; a date in the header counts as not given."""
    asked = header.strip() if header else ""
    wait = float(asked) if asked.isdigit() else (problem.retry_after_s if problem else None)
    return None if wait is None else min(max(float(wait), 0.0), _LONGEST_WAIT_S)
