"""`site show|set`: what the centre is called and when it may call."""

import argparse
from collections.abc import Callable

import msgspec

from core.server.commands.place import actor, opened
from core.server.commands.say import say
from core.wire.session import Site

_SETTABLE = (
    "name_zh",
    "name_en",
    "official_hotline",
    "call_from",
    "call_until",
    "cap_24h",
    "cap_30d",
    "offline_limit_h",
    "calendar",
)


def run_show(options: argparse.Namespace) -> None:
    from core.server.db import settings

    with opened(options) as database, database.read() as unit:
        _say(settings.site(unit))


def run_set(options: argparse.Namespace) -> None:
    """Changes what was named; agents have it from their next sign-in on."""
    from core.server.db import audit, settings
    from core.server.db.audit import Action

    wanted = {name: value for name in _SETTABLE if (value := getattr(options, name)) is not None}
    with opened(options) as database, database.write() as unit:
        site = msgspec.structs.replace(settings.site(unit), **wanted)
        _check(site)
        settings.put_site(unit, site)
        audit.write(unit, writer=actor(), action=Action.SITE_SET, **wanted)
    _say(site)


def _check(site: Site) -> None:
    """Raises InputError on hours that are none, ContentError on a calendar that is missing or wrong."""
    from core.compliance import load_calendar, site_window

    site_window(site)
    load_calendar(site.calendar)


def _say(site: Site) -> None:
    for name in _SETTABLE:
        say(f"{name:<18}{getattr(site, name)}")


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="show|set")
    show = verbs.add_parser("show", help="print the site's settings")
    show.set_defaults(run=run_show)
    change = verbs.add_parser("set", help="change the site's settings")
    change.add_argument("--name-zh", help="what the centre is called, in Chinese")
    change.add_argument("--name-en", help="and in English")
    change.add_argument("--hotline", dest="official_hotline", help="the operator's official hotline")
    change.add_argument("--call-from", metavar="HH:MM", help="calling hours begin")
    change.add_argument("--call-until", metavar="HH:MM", help="and end; 24:00 is midnight")
    change.add_argument("--cap-24h", type=int, metavar="N", help="dials of one customer within 24 hours, at most")
    change.add_argument("--cap-30d", type=int, metavar="N", help="and within 30 days")
    change.add_argument("--offline-limit-h", type=int, metavar="H", help="how long a desk may work offline")
    change.add_argument("--calendar", metavar="NAME", help="file of resources/calendars: cn, training")
    change.set_defaults(run=run_set)
    for verb in (show, change):
        add_place(verb)
