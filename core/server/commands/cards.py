"""`cards report|list|redeem`: reinstall cards that agents gave, and which came back (WINBACK-03)."""

import argparse
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from core.domain.clock import CHINA, local_day
from core.server.commands.place import actor, opened
from core.server.commands.say import say

_BEGINNING, _END = date(2000, 1, 1), date(2200, 1, 1)


def run_report(options: argparse.Namespace) -> None:
    from core.server.cards import by_month
    from core.server.db import cards

    with opened(options) as database, database.read() as unit:
        months = by_month(cards.given_between(unit, *_span(options)), local_day(unit.now))
    if not months:
        say("没有发过回装卡。 / No card was given.")
        return
    say("月份 month\t发出 given\t兑付 redeemed\t到期 expired\t有效 open\t兑付率 share")
    for one in months:
        say(_line(one.month, one.given, one.redeemed, one.expired, one.open))
    sums = [sum(getattr(one, name) for one in months) for name in ("given", "redeemed", "expired", "open")]
    say(_line("合计 all", *sums))


def run_list(options: argparse.Namespace) -> None:
    from core.server.db import cards

    with opened(options) as database, database.read() as unit:
        found = cards.given_between(unit, *_span(options))
    for one in found:
        given = f"{one.given_at.astimezone(CHINA):%Y-%m-%d}"
        back = f"{one.redeemed_at.astimezone(CHINA):%Y-%m-%d} {one.redeemed_by}" if one.redeemed_at else "-"
        say("\t".join((one.number, one.customer_id, one.staff_number, given, one.good_until.isoformat(), back)))
    if not found:
        say("没有发过回装卡。 / No card was given.")


def run_redeem(options: argparse.Namespace) -> None:
    from core.server.cards import redeem

    with opened(options) as database:
        found = redeem(database, options.number, by=actor())
    say(f"已兑付：{found.number}，客户 {found.customer_id} / Redeemed: {found.number}, customer {found.customer_id}")


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="report|list|redeem")
    report = verbs.add_parser("report", help="by month of giving: given, redeemed, expired, open, and the share")
    report.set_defaults(run=run_report)
    listing = verbs.add_parser("list", help="number, customer, agent, given on, good until, redeemed on and by")
    listing.set_defaults(run=run_list)
    redeeming = verbs.add_parser("redeem", help="a card has come back: refused where it is unknown, used or expired")
    redeeming.add_argument("number", metavar="NUMBER", help="as on the card, dashes or not")
    redeeming.set_defaults(run=run_redeem)
    for verb in (report, listing):
        verb.add_argument("--since", type=date.fromisoformat, metavar="DAY", help="given on that day or later")
        verb.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="given on that day or before")
    for verb in (report, listing, redeeming):
        add_place(verb)


def _span(options: argparse.Namespace) -> tuple[datetime, datetime]:
    first, last = options.since or _BEGINNING, options.until or _END
    return (
        datetime.combine(first, time(), tzinfo=CHINA),
        datetime.combine(last + timedelta(days=1), time(), tzinfo=CHINA),
    )


def _line(name: str, given: int, redeemed: int, expired: int, open_: int) -> str:
    share = f"{redeemed * 100 / given:.1f} %" if given else "-"
    return f"{name}\t{given}\t{redeemed}\t{expired}\t{open_}\t{share}"
