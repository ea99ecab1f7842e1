"""The desk of the agent who is signed in: what every use case needs, in one value."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast

from core.calling import Moment
from core.content.decode import (
    decode_calendar,
    decode_dispositions,
    decode_script,
    decode_skip_reasons,
    decode_sms_templates,
)
from core.desk.session_ended import refusal_in, session_ended
from core.domain.calendar import CALENDAR, Calendar
from core.domain.disposition import Dispositions
from core.domain.errors import Refused
from core.domain.indicator import Indicator
from core.domain.people import Agent
from core.domain.script import Script
from core.domain.template import SkipReason, SmsTemplate
from core.domain.text import Text
from core.sync.status import OFFLINE_LIMIT, SyncStatus
from core.wire.session import Site

if TYPE_CHECKING:
    from core.store import Store

T = TypeVar("T")
Versioned = TypeVar("Versioned", Script, Dispositions)
_CATALOGUE = ("indicators", "")


@dataclass
class Desk:
    """Content is decoded once and forgotten when a pull brings a newer version (`forget_content`)."""

    store: "Store"
    agent: Agent
    site: Site
    """as the server last told it: it may change under a running desk"""
    moment: Callable[[], Moment]
    """by the server's clock as last heard, with a monotonic clock beside it"""
    _content: dict[tuple[str, str], object] = field(default_factory=dict)
    _ended: Refused | None = None

    def heard(self, status: SyncStatus) -> None:
        """How the sync stands now: whether the server still knows this session."""
        self._ended = refusal_in(status)

    def may_go_on(self) -> None:
        """Asked before dialling and before showing a number; raises SessionEnded."""
        if self._ended is not None:
            raise session_ended(self._ended)

    def may_read(self) -> None:
        """Asked before a customer is opened; raises SessionEnded past the limit of work without the server."""
        if self._ended is not None and self._ended.code == OFFLINE_LIMIT:
            raise session_ended(self._ended)

    def script(self, scenario: str, version: int = 0) -> Script:
        """The newest, or that version where it is still here.

        Raises Refused where the server has not published it to this desk yet.
        """
        return self._of_version("script", scenario, version, decode_script)

    def dispositions(self, scenario: str, version: int = 0) -> Dispositions:
        return self._of_version("dispositions", scenario, version, decode_dispositions)

    def sms_templates(self, scenario: str) -> dict[str, SmsTemplate]:
        """By code, those that this scenario offers."""
        found = self._decoded("sms_templates", "sms", decode_sms_templates)
        return {t.code: t for t in found.templates if not t.scenarios or scenario in t.scenarios}

    def skip_reasons(self) -> tuple[SkipReason, ...]:
        return self._decoded("skip_reasons", "skip_reasons", decode_skip_reasons).reasons

    def scenarios(self) -> list[str]:
        return sorted(self.store.content_names("dispositions"))

    @property
    def calendar(self) -> Calendar:
        """Of the site as it is now, as published. Reads the store where it was forgotten: for the lane."""
        content, name = self._content, self.site.calendar
        found = content.get((CALENDAR, name))
        if found is None:
            body = self.store.content(CALENDAR, name)
            found = content[CALENDAR, name] = _came_with_it(name) if body is None else decode_calendar(body)
        return cast("Calendar", found)

    @property
    def catalogue(self) -> dict[str, Indicator]:
        """Reads the store where it was forgotten: for the lane."""
        content = self._content
        found = content.get(_CATALOGUE)
        if found is None:
            found = content[_CATALOGUE] = {one.name: one for one in self.store.indicators()}
        return cast("dict[str, Indicator]", found)

    def forget_content(self) -> None:
        """A pull brought content: decode it anew when it is next asked for."""
        # A decode under way on the lane keeps its result in the old one, which nobody reads any more.
        self._content = {}

    def _of_version(self, kind: str, name: str, version: int, decode: Callable[[bytes], Versioned]) -> Versioned:
        before = self.store.content_before(kind, name, version) if version else None
        if before is None:
            return self._decoded(kind, name, decode)
        newest = self.store.content(kind, name)
        if newest is not None and (found := self._decoded(kind, name, decode)).version == version:
            return found
        return decode(before)

    def _decoded(self, kind: str, name: str, decode: Callable[[bytes], T]) -> T:
        content = self._content
        found = content.get((kind, name))
        if found is None:
            body = self.store.content(kind, name)
            if body is None:
                raise _not_here_yet(name)
            found = content[kind, name] = decode(body)
        return cast("T", found)


def _came_with_it(name: str) -> Calendar:
    """Of a server that publishes no calendars: an earlier program's, or the site's folder is of one."""
    # YAML is imported here: the desk's start path must not pay for it.
    from core.content.calendars import calendar_names, load_calendar

    if name not in calendar_names():
        raise Refused(
            code="calendar_missing",
            title=Text("外呼日历还没到本机", "The calling calendar is not here yet"),
            message=Text(
                f"本站按日历“{name}”外呼，它尚未从服务器取到，所以不知道今天能否外呼。",
                f"This centre calls by the calendar “{name}”, which has not come from the server: nobody here knows"
                " whether calls are allowed today.",
            ),
            next_step=Text(
                "联网同步后再试；仍不行请管理员发布这个日历。",
                "Try again after the next sync; if it stays so, ask the administrator to publish that calendar.",
            ),
        )
    return load_calendar(name)


def _not_here_yet(name: str) -> Refused:
    return Refused(
        code="content_missing",
        title=Text("话术还没到本机", "The script is not here yet"),
        message=Text(f"场景“{name}”的内容尚未从服务器取到。", f"The content of “{name}” has not come from the server."),
        next_step=Text("联网同步后再打开；任务没有变化。", "Open it again after the next sync; the task is unchanged."),
    )
