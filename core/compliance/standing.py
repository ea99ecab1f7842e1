"""How a customer stands before any dial: the status line beside the number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.compliance.caps import DAY, MONTH, used
from core.compliance.hours import clock_of, site_window, windows
from core.compliance.request import DialRequest
from core.compliance.verdict import Barrier, judge
from core.compliance.words import when_told
from core.domain.calendar import Calendar, Window
from core.domain.text import Text
from core.wire.session import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    allowed: bool
    barrier: Barrier | None
    next_allowed: datetime | None
    hours: Text
    """today's calling windows at the customer's place"""
    used_24h: int
    cap_24h: int
    used_30d: int
    cap_30d: int
    verdict: Text
    """may be called, or why not and from when"""

    @property
    def counts(self) -> Text:
        """Dials used of those allowed."""
        return Text(
            f"24 小时 {self.used_24h}/{self.cap_24h} · 30 天 {self.used_30d}/{self.cap_30d}",
            f"24 h {self.used_24h}/{self.cap_24h} · 30 d {self.used_30d}/{self.cap_30d}",
        )


def standing(request: DialRequest) -> Standing:
    """The state that `ask` would meet, without asking for a Permit."""
    barrier, next_allowed = judge(request)
    return Standing(
        allowed=barrier is None,
        barrier=barrier,
        next_allowed=next_allowed,
        hours=_hours(request),
        used_24h=used(request.dials, now=request.now, span=DAY),
        cap_24h=request.site.cap_24h,
        used_30d=used(request.dials, now=request.now, span=MONTH),
        cap_30d=request.site.cap_30d,
        verdict=_verdict(request, barrier, next_allowed),
    )


def _hours(request: DialRequest) -> Text:
    return hours_today(request.now, site=request.site, calendar=request.calendar, quiet=request.quiet)


def hours_today(now: datetime, *, site: Site, calendar: Calendar, quiet: Sequence[Window] = ()) -> Text:
    """The stretches of the day of `now` in which may be called at the calendar's place."""
    today = now.astimezone(calendar.zone).date()
    open_ = windows(today, site=site_window(site), calendar=calendar, quiet=quiet)
    if not open_:
        return Text("今天不外呼", "No calls today")
    spans = [_span(window) for window in open_]
    known = calendar.knows(today.year)
    unknown = (
        Text("", "")
        if known
        else Text(
            f"（日历没有 {today.year} 年的节假日，按休息日）",
            f" (the calendar has no holidays of {today.year}: as on rest days)",
        )
    )
    return Text("可拨 " + "、".join(spans) + unknown.zh, "Calls " + ", ".join(spans) + unknown.en)


def _span(window: Window) -> str:
    return f"{clock_of(window.from_min)}–{clock_of(window.until_min)}"


def _verdict(request: DialRequest, barrier: Barrier | None, next_allowed: datetime | None) -> Text:
    return Text("可以拨打", "May be called") if barrier is None else when_told(barrier, request, next_allowed)
