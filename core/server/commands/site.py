"""`site show|set|types|enable|disable`: what the centre is called, when it may call, which tasks are made where."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from core.domain.errors import ContentError, InputError
from core.domain.ordered import TOLD_DAYS
from core.domain.text import Text
from core.server.commands import site_types
from core.server.commands.entered import check_hotline, check_number, check_words
from core.server.commands.place import actor, opened
from core.server.commands.say import say, told, warn
from core.wire.session import Site

if TYPE_CHECKING:
    from core.server.db.engine import Unit

_SETTABLE = (
    "name_zh",
    "name_en",
    "official_hotline",
    "caller_number",
    "call_from",
    "call_until",
    "cap_24h",
    "cap_30d",
    "complaint_rest_d",
    "offline_limit_h",
    "calendar",
    "orders_told_days",
    "reply_within_h",
    "opened_24h",
)

_LONGEST_OFFLINE_H = 30 * 24
_LONGEST_TOLD_DAYS = 3650
_LONGEST_REPLY_H = 30 * 24
_MOST_OPENED = 5000
_LONGEST_REST_DAYS = 365


def run_show(options: argparse.Namespace) -> None:
    from core.server.db import settings

    with opened(options) as database, database.read() as unit:
        site = settings.site(unit)
        _say(site)
        _say_of_calendar(unit, site)


def run_set(options: argparse.Namespace) -> None:
    """Changes what was named; agents have it from their next sign-in on."""
    from core.server.calling_rules import ask_again
    from core.server.db import audit, settings
    from core.server.db.audit import Action

    _check_named(options)
    wanted = {name: value for name in _SETTABLE if (value := getattr(options, name)) is not None}
    with opened(options) as database, database.write() as unit:
        # Who rests by the former hours or caps would rest on though they may be called now.
        ask_again(unit)
        site = msgspec.structs.replace(settings.site(unit), **wanted)
        _check(unit, site)
        settings.put_site(unit, site)
        audit.write(unit, writer=actor(), action=Action.SITE_SET, **wanted)
    _say(site)


def check_names(name_zh: str | None, name_en: str | None, hotline: str | None) -> None:
    """Raises InputError on what agents could not read out; what was not given passes."""
    check_words(name_zh, Text("中文名称", "Chinese name"))
    check_words(name_en, Text("英文名称", "English name"))
    check_hotline(hotline, Text("官方热线", "hotline"))


def _check_named(options: argparse.Namespace) -> None:
    """Raises InputError on a setting that would leave the centre without a name, a bound or work."""
    check_names(options.name_zh, options.name_en, options.official_hotline)
    # Nothing at all gives it up again.
    check_hotline(options.caller_number or None, Text("外显号码", "number that customers see"))
    check_number(options.cap_24h, Text("24 小时拨打上限", "limit of dials within 24 hours"), least=1, most=50)
    check_number(options.cap_30d, Text("30 天拨打上限", "limit of dials within 30 days"), least=1, most=500)
    rest = Text("投诉后的免扰天数", "days of rest after a complaint")
    check_number(options.complaint_rest_d, rest, least=0, most=_LONGEST_REST_DAYS)
    check_number(options.offline_limit_h, Text("离线时限", "hours of work offline"), least=1, most=_LONGEST_OFFLINE_H)
    # A desk takes a sale for one whose order is under way as long as that, unless it is told otherwise.
    told = Text("订单状态保留天数", "days for which ended orders are told")
    check_number(options.orders_told_days, told, least=TOLD_DAYS, most=_LONGEST_TOLD_DAYS)
    reply = Text("确认短信的等待小时数", "hours to wait for the reply to a confirmation")
    check_number(options.reply_within_h, reply, least=1, most=_LONGEST_REPLY_H)
    opened = Text("24 小时内不经任务打开的客户数", "customers opened without a task within 24 hours")
    check_number(options.opened_24h, opened, least=1, most=_MOST_OPENED)


def _check(unit: "Unit", site: Site) -> None:
    """Raises InputError on hours without a minute, ContentError on a calendar that is missing or wrong."""
    from core.compliance import site_window

    hours = site_window(site)
    if hours.from_min >= hours.until_min:
        raise InputError(
            title=Text("外呼时段为空", "No hours to call in"),
            message=Text(
                f"外呼时段 {site.call_from} 到 {site.call_until} 在开始之前就结束了，全站将无法外呼。",
                f"Calling hours from {site.call_from} until {site.call_until} end before they begin:"
                " nobody could call at all.",
            ),
            next_step=Text(
                "请用 --call-from 和 --call-until 写出先后正确的时间。",
                "Give --call-from and --call-until in their order.",
            ),
        )
    check_calendar(unit, site.calendar)


def check_calendar(unit: "Unit", name: str) -> None:
    """Raises InputError that names those there are, ContentError on one that is wrong."""
    from core.server.calendars import calendar, names

    there = names(unit)
    if name not in there:
        raise InputError(
            title=Text("没有这个日历", "There is no such calendar"),
            message=Text(
                f"没有叫 {name} 的日历，设置没有改动。", f"No calendar is called {name}; nothing was changed."
            ),
            next_step=Text(
                f"可选：{'、'.join(there)}；要加一个，在内容文件夹的 calendars 里放一个文件，再 content publish。",
                f"There are: {', '.join(there)}; to have another, put a file into the calendars of your content folder"
                " and publish it (content publish).",
            ),
        )
    calendar(unit, name)


def _say(site: Site) -> None:
    for name in _SETTABLE:
        say(f"{name:<18}{getattr(site, name)}")


def _say_of_calendar(unit: "Unit", site: Site) -> None:
    """On standard error: a year is near whose holidays nobody has filled in, or the calendar cannot be used at all."""
    from core.server.calendars import calendar
    from core.server.content_hints import without_holidays

    try:
        found = calendar(unit, site.calendar)
    except ContentError as error:
        lines = told(error)
    else:
        year = found.lacks_from(unit.now.astimezone(found.zone).date())
        hint = None if year is None else without_holidays(found, year)
        lines = [] if hint is None else [f"{hint.zh} / {hint.en}"]
    for line in lines:
        warn(line)


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="show|set|types|enable|disable")
    show = verbs.add_parser("show", help="print the site's settings")
    show.set_defaults(run=run_show)
    change = verbs.add_parser("set", help="change the site's settings")
    change.add_argument("--name-zh", help="what the centre is called, in Chinese")
    change.add_argument("--name-en", help="and in English")
    change.add_argument("--hotline", dest="official_hotline", help="the operator's official hotline")
    seen = "the official number that customers see when they are called; empty: what the exchange shows"
    change.add_argument("--caller-number", metavar="N", help=seen)
    change.add_argument("--call-from", metavar="HH:MM", help="calling hours begin")
    change.add_argument("--call-until", metavar="HH:MM", help="and end; 24:00 is midnight")
    change.add_argument("--cap-24h", type=int, metavar="N", help="dials of one customer within 24 hours, at most")
    change.add_argument("--cap-30d", type=int, metavar="N", help="and within 30 days")
    rest = "so long after a complaint was closed its customer is called about nothing else; 0: no rest, open or not"
    change.add_argument("--complaint-rest-days", dest="complaint_rest_d", type=int, metavar="N", help=rest)
    change.add_argument("--offline-limit-h", type=int, metavar="H", help="how long a desk may work offline")
    told = "days for which desks are told of an order that has ended"
    change.add_argument("--orders-told-days", type=int, metavar="N", help=told)
    reply = "how long a customer has to reply to the SMS that asks to confirm an order"
    change.add_argument("--reply-within-h", type=int, metavar="H", help=reply)
    opened = "customers whom one person may open without a task within 24 hours, at most"
    change.add_argument("--opened-24h", type=int, metavar="N", help=opened)
    change.add_argument(
        "--calendar", metavar="NAME", help="which days are workdays: a published calendar, by its file's name"
    )
    change.set_defaults(run=run_set)
    for verb in (show, change):
        add_place(verb)
    site_types.add_verbs(verbs, add_place)
