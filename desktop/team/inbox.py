"""What waits for a lead, from every place where something can: what, since when, and where it is decided.

One more source is one more entry at the end of `SOURCES`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from core.domain.authority import AuthorityCase
from core.domain.text import Text
from core.wire.tips import JudgedTip
from desktop.team import words

if TYPE_CHECKING:
    from desktop.shell.page import PageContext, ShellPage


class Waiting(Struct, frozen=True, kw_only=True):
    """One thing that waits."""

    source: int
    """place of its source in `SOURCES`"""
    what: str
    who: str
    since: datetime


class Found(Struct, frozen=True, kw_only=True):
    """The same, before it is known of which source."""

    what: str
    who: str
    since: datetime


class Source(Struct, frozen=True, kw_only=True):
    name: Text
    ask: "Callable[[PageContext], Callable[[], Sequence[Found]]]"
    """called on the window's thread; what it gives is asked beside it, and may raise ServerUnreachable"""
    page: "Callable[[], ShellPage[Any]]"
    """where it is decided"""


def _requests(context: "PageContext") -> Callable[[], Sequence[Found]]:
    cases = context.requests.cases
    return lambda: [_request(case) for case in cases]


def _request(case: AuthorityCase) -> Found:
    return Found(what=case.request.reason, who=case.agent_name or case.request.agent, since=case.received_at)


def _tips(context: "PageContext") -> Callable[[], Sequence[Found]]:
    return lambda: [_tip(one) for one in context.entered.ask.waiting_tips()]


def _tip(one: JudgedTip) -> Found:
    return Found(what=one.tip.title, who=one.author or one.tip.agent, since=one.received_at)


def _requests_page() -> "ShellPage[Any]":
    from desktop.shell.pages import REQUESTS

    return REQUESTS


def _tips_page() -> "ShellPage[Any]":
    from desktop.shell.pages import TIPS

    return TIPS


SOURCES: tuple[Source, ...] = (
    Source(name=words.REQUEST, ask=_requests, page=_requests_page),
    Source(name=words.TIP, ask=_tips, page=_tips_page),
)
