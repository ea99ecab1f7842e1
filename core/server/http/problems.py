"""Every answer that is not 2xx is a wire.session.Problem, with a stable code."""

from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.domain.errors import Refused
from core.domain.text import Text
from core.server.access.sessions import Throttled, Unauthenticated
from core.server.campaigns.refusing import CampaignRefused
from core.server.db.trouble import NEXT, WORDS, Trouble, trouble_of
from core.server.organisation.refusals import NotOffered, ProviderAway
from core.wire.session import Problem

RETRY_BUSY_S = 5
_PASSING = (Trouble.BUSY, Trouble.AWAY)
_log = structlog.get_logger("stayline.http")
_encode = msgspec.json.Encoder().encode

_OWN_MISTAKE = Text(
    "对接系统请核对请求；是客户端发的，就升级客户端。",
    "Another system looks at its request again; where the desktop sent it, update that.",
)
_BY_STATUS: dict[int, tuple[str, Text, Text]] = {
    400: ("bad_request", Text("请求有误", "Bad request"), _OWN_MISTAKE),
    401: ("signed_out", Text("未登录", "Not signed in"), Text("请先登录。", "Sign in first.")),
    403: ("forbidden", Text("无权操作", "Not permitted"), Text("如需权限请找班长。", "Ask your team lead.")),
    404: ("not_found", Text("没有找到", "Not found"), Text("请检查地址或编号。", "Check the address or the id.")),
    405: ("method_not_allowed", Text("方法不支持", "Wrong method"), _OWN_MISTAKE),
    413: ("too_large", Text("内容过大", "Too large"), Text("请分批上传。", "Send it in smaller parts.")),
    415: ("unsupported_media", Text("格式不支持", "Unsupported format"), _OWN_MISTAKE),
    500: ("internal", Text("服务器出错", "Server error"), Text("请稍后重试。", "Try again later.")),
    503: ("busy", Text("服务器繁忙", "Server is busy"), Text("请稍后重试。", "Try again shortly.")),
}  # fmt: skip


class Malformed(HTTPException):
    """A request that cannot be read; `code` where a client acts on it."""

    status_code = 400
    code = ""


def problem(
    status: int, *, detail: Text | None = None, code: str = "", retry_after_s: int | None = None
) -> Response[bytes]:
    """The answer for a status."""
    known, title, next_step = _BY_STATUS.get(status, _BY_STATUS[400 if status < 500 else 500])
    words = detail or Text("", "")
    return _response(
        status,
        Problem(
            code=code or known,
            title_zh=title.zh,
            title_en=title.en,
            detail_zh=words.zh,
            detail_en=words.en,
            next_zh=next_step.zh,
            next_en=next_step.en,
            retry_after_s=retry_after_s,
        ),
    )


def unwritable(found: Trouble) -> Response[bytes]:
    """The answer while the database does not take what agents record."""
    _log.error("database cannot be written", trouble=found.value)
    words, step = WORDS[found], NEXT[found]
    return _response(
        503,
        Problem(
            code=found.value,
            title_zh=words.zh,
            title_en=words.en,
            detail_zh="",
            detail_en="",
            next_zh=step.zh,
            next_en=step.en,
            retry_after_s=RETRY_BUSY_S,
        ),
    )


def orders_stopped() -> Response[bytes]:
    """The answer while orders no longer leave, though desks are served."""
    return _response(
        503,
        Problem(
            code="orders_stopped",
            title_zh="订单停止处理",
            title_en="Orders are no longer worked off",
            detail_zh="新订单不再提交；已登记的内容没有丢失。",
            detail_en="New orders do not leave; what was recorded is safe.",
            next_zh="请重新启动服务，并把日志交给维护人员。",
            next_en="Start the server again, and hand its log to who maintains it.",
        ),
    )


def contacts_stopped() -> Response[bytes]:
    """The answer while no text, automated call or visit of a campaign leaves any more, though desks are served."""
    return _response(
        503,
        Problem(
            code="contacts_stopped",
            title_zh="活动的短信和语音停止发出",
            title_en="Campaigns' texts and calls no longer leave",
            detail_zh="活动的短信、语音和上门不再发出；已登记的内容没有丢失。",
            detail_en="Texts, automated calls and visits of campaigns stay here; what was recorded is safe.",
            next_zh="请重新启动服务，并把日志交给维护人员。",
            next_en="Start the server again, and hand its log to who maintains it.",
        ),
    )


def jobs_stopped() -> Response[bytes]:
    """The answer while nothing runs at its hour any more, though desks are served."""
    return _response(
        503,
        Problem(
            code="jobs_stopped",
            title_zh="定时任务停止运行",
            title_en="Jobs no longer run",
            detail_zh="夜间筛选等定时任务不再运行；坐席的工作不受影响。",
            detail_en="What runs at set hours, such as the night's screening, stands still; desks are served.",
            next_zh="请重新启动服务，漏掉的会补跑；并把日志交给维护人员。",
            next_en="Start the server again, which makes up for what was missed, and hand its log to who maintains it.",
        ),
    )


def errands_stopped() -> Response[bytes]:
    """The answer while nothing goes to departments any more, though desks are served."""
    return _response(
        503,
        Problem(
            code="errands_stopped",
            title_zh="工单停止派出",
            title_en="Work orders no longer leave",
            detail_zh="工单、上门和反馈不再派出；已登记的内容没有丢失。",
            detail_en="Work orders, visits and feedback stay here; what was recorded is safe.",
            next_zh="请重新启动服务，并把日志交给维护人员。",
            next_en="Start the server again, and hand its log to who maintains it.",
        ),
    )


def housekeeping_stopped() -> Response[bytes]:
    """The answer while nothing is given out unasked any more, though desks are served."""
    return _response(
        503,
        Problem(
            code="housekeeping_stopped",
            title_zh="派单和到期处理停止",
            title_en="Tasks are no longer given out",
            detail_zh="不再派发新任务，到期的任务和申请不再收回；已登记的内容没有丢失。",
            detail_en="Nothing new is given out and nothing ends in its time; what was recorded is safe.",
            next_zh="请重新启动服务，并把日志交给维护人员。",
            next_en="Start the server again, and hand its log to who maintains it.",
        ),
    )


def _response(status: int, body: Problem) -> Response[bytes]:
    headers = {} if body.retry_after_s is None else {"Retry-After": str(body.retry_after_s)}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(_encode(body), status_code=status, media_type="application/json", headers=headers)


def _of_refused(_request: Request[Any, Any, Any], error: Refused) -> Response[bytes]:
    return _response(
        _status_of(error),
        Problem(
            code=error.code,
            title_zh=error.title.zh,
            title_en=error.title.en,
            detail_zh=error.message.zh,
            detail_en=error.message.en,
            next_zh=error.next_step.zh,
            next_en=error.next_step.en,
            retry_after_s=error.retry_after_s if isinstance(error, Throttled | ProviderAway) else None,
        ),
    )


def _status_of(error: Refused) -> int:
    match error:
        case Throttled():
            return 429
        case ProviderAway():
            return 503
        case Unauthenticated():
            return 401
        case NotOffered():
            return 404
        case CampaignRefused():
            return 404 if error.missing else 400
        case _:
            return 403


def _of_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    if error.status_code >= 500:
        return _of_unknown(request, error)
    detail = _flaw(error) if error.status_code == 400 else ""
    code = error.code if isinstance(error, Malformed) else ""
    answer = problem(error.status_code, detail=Text(detail, detail), code=code)
    if error.headers and "Allow" in error.headers:
        answer.headers["Allow"] = error.headers["Allow"]
    return answer


def _flaw(error: HTTPException) -> str:
    """What was wrong with the request, without what it held."""
    extra = error.extra
    if isinstance(extra, list) and extra and isinstance(extra[0], dict):
        return f"{extra[0].get('key', '')}: {extra[0].get('message', '')}".strip(": ")[:300]
    return str(error.detail)[:300] if isinstance(error, Malformed) else ""


def _of_depth(_request: Request[Any, Any, Any], _error: RecursionError) -> Response[bytes]:
    return problem(400, detail=Text("JSON 嵌套过深。", "The JSON is nested too deeply."))


def _of_database(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Busy or away passes by itself; else whoever reads the answer hears what is the matter. An error that says
    nothing of the database is a mistake of ours."""
    found = trouble_of(error)
    if found is Trouble.AWAY and isinstance(error, DBAPIError) and not isinstance(error, OperationalError):
        return _of_unknown(request, error)
    _log.error("database unavailable", path=request.url.path, error=_said(error))
    return problem(503, retry_after_s=RETRY_BUSY_S) if found in _PASSING else unwritable(found)


def _said(error: Exception) -> str:
    """What the database says of itself; where it speaks of a row, its words may hold what stands there."""
    cause = getattr(error, "orig", error)
    words = str(cause).splitlines() if isinstance(error, OperationalError | PoolTimeout) else []
    return f"{type(cause).__name__}: {words[0][:300] if words else ''}".rstrip(": ")


def _of_unknown(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    _log.error("unexpected error", method=request.method, path=request.url.path, exc_info=error)
    return problem(500)


HANDLERS: ExceptionHandlersMap = {
    Refused: _of_refused,
    HTTPException: _of_http,
    RecursionError: _of_depth,
    OperationalError: _of_database,
    PoolTimeout: _of_database,
    DBAPIError: _of_database,
    Exception: _of_unknown,
}
