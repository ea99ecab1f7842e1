"""Why a call may not be made, and when it may: the words for the agent."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.compliance.hours import next_open, site_window
from core.compliance.request import DialRequest
from core.compliance.verdict import Barrier
from core.domain.calendar import DayKind
from core.domain.text import Text

_ZH_DAYS = "一二三四五六日"
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_LASTING: dict[Barrier, tuple[Text, Text]] = {
    Barrier.OPTED_OUT: (
        Text(
            "客户已拒绝再联系，对其所有号码长期有效。", "The customer refused further calls; it holds for every number."
        ),
        Text("请不要再拨打；客户来电时照常服务。", "Do not dial again; serve the customer as usual if they call."),
    ),
    Barrier.NO_NUMBER: (
        Text("该客户没有号码。", "This customer has no number."),
        Text("请先添加号码并注明来源。", "Add a number first and say where it is from."),
    ),
    Barrier.BAD_NUMBER: (
        Text("该号码已标记为空号、停机或非本人。", "This number is marked as empty, suspended or someone else's."),
        Text("请换一个号码，或添加新号码。", "Choose another number or add a new one."),
    ),
    Barrier.NOT_A_LINE: (
        Text("这不是可以外呼的客户号码。", "This is not a customer's number that may be called."),
        Text("请核对号码后再拨。", "Check the number and dial again."),
    ),
    Barrier.NO_CONSENT: (
        Text("客户不同意接听营销电话。", "The customer does not agree to calls that sell."),
        Text(
            "推销电话不要拨；客户来电、约好的回拨和服务类外呼照常。",
            "Make no call to sell; they may call, and what they asked for or have is called about as usual.",
        ),
    ),
}
_COMPLAINT = {
    False: Text(
        "客户有投诉未了结，除处理投诉外不外呼。", "The customer has a complaint open, and is called about nothing else."
    ),
    True: Text("客户的投诉刚了结，暂不外呼其他事。", "The customer's complaint was closed lately: no other calls yet."),
}
"""by whether it is closed"""
_QUIET = Text("客户要求这段时间免扰。", "The customer asked for no calls at this hour.")
_UNTIL_CLOSED = Text(
    "请由投诉回访或修复工单联系；客户来电时照常服务。",
    "The complaint's revisit or repair case may call; serve the customer as usual if they call.",
)


def spoken_moment(moment: datetime, request: DialRequest) -> Text:
    """The minute on the place's wall clock, never before the moment: today 14:00, tomorrow 09:13, 24 Nov (Tue)."""
    here = moment.astimezone(request.calendar.zone)
    if here.second or here.microsecond:
        here = here.replace(second=0, microsecond=0) + timedelta(minutes=1)
    clock = f"{here:%H:%M}"
    ahead = (here.date() - request.now.astimezone(request.calendar.zone).date()).days
    if ahead in (0, 1):
        return Text(f"{('今天', '明天')[ahead]} {clock}", f"{('today', 'tomorrow')[ahead]} {clock}")
    weekday = here.weekday()
    return Text(
        f"{here.month}月{here.day}日（周{_ZH_DAYS[weekday]}）{clock}",
        f"{_EN_DAYS[weekday]} {here.day} {_EN_MONTHS[here.month - 1]} {clock}",
    )


def why(barrier: Barrier, request: DialRequest) -> Text:
    """What stands in the way."""
    if barrier in _LASTING:
        return _LASTING[barrier][0]
    site = request.site
    if barrier is Barrier.COMPLAINT:
        return _COMPLAINT[request.rest is not None and request.rest.until is not None]
    if barrier is Barrier.CAP_24H:
        return _cap(Text("24 小时内", "within 24 hours"), site.cap_24h)
    if barrier is Barrier.CAP_30D:
        return _cap(Text("30 天内", "within 30 days"), site.cap_30d)
    if barrier is Barrier.HOURS and their_own(request):
        return _QUIET
    today = request.now.astimezone(request.calendar.zone).date()
    day = request.calendar.days.get(today)
    if not request.calendar.knows(today.year):
        return Text(
            f"现在不在可外呼时段（日历没有 {today.year} 年的节假日，按休息日）。",
            f"It is outside calling hours now (the calendar has no holidays of {today.year}: as on rest days).",
        )
    if day is not None and day.kind is DayKind.REST:
        return Text(f"现在不在可外呼时段（{day.label.zh}）。", f"It is outside calling hours now ({day.label.en}).")
    return Text("现在不在可外呼时段。", "It is outside calling hours now.")


def their_own(request: DialRequest) -> bool:
    """Whether the hours in the way are the customer's own: the centre may call then."""
    site = site_window(request.site)
    return next_open(request.now, site=site, calendar=request.calendar) == request.now


def when_told(
    barrier: Barrier, request: DialRequest, next_allowed: datetime | None, *, at: datetime | None = None
) -> Text:
    """In one line: what stands in the way, and from when on nothing does. `at`: when it is told, where the request asks
    about another moment."""
    reason = why(barrier, request)
    if next_allowed is None:
        return reason
    opens = spoken_moment(next_allowed, request if at is None else replace(request, now=at))
    return Text(f"{reason.zh}最早{opens.zh}。", f"{reason.en} Earliest {opens.en}.")


def _cap(span: Text, cap: int) -> Text:
    return Text(
        f"该客户 {span.zh}的拨打次数已达上限（{cap} 次，所有号码合计）。",
        f"This customer has been dialled as often as allowed {span.en} ({cap}, all numbers together).",
    )


def what_next(barrier: Barrier, request: DialRequest, next_allowed: datetime | None) -> Text:
    """What the agent can do instead."""
    if barrier in _LASTING:
        return _LASTING[barrier][1]
    if barrier is Barrier.COMPLAINT and next_allowed is None:
        return _UNTIL_CLOSED
    if next_allowed is None:
        return Text(
            "外呼日历没有开放时段，请联系管理员。", "The calling calendar has no open hours; ask the administrator."
        )
    at = spoken_moment(next_allowed, request)
    return Text(f"最早{at.zh} 可以拨打，可先约定回拨。", f"Earliest {at.en}; set a callback for then.")
