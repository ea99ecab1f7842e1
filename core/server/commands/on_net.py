"""`on-net FILE --as-of DAY`: who has left the net, so that save rates can be told."""

import argparse
from datetime import date
from pathlib import Path

from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say

_LINES_SHOWN = 10


def run(options: argparse.Namespace) -> None:
    from core.server.review.departure_file import read_departures
    from core.server.review.departures import keep_departures

    with opened(options) as database:
        found = read_departures(database, options.file, as_of=options.as_of)
        changed = keep_departures(database, found.left, as_of=options.as_of, by=actor())
    say(
        f"离网 {len(found.left)} 户，新增或改动 {changed} 户；截至 {options.as_of}。"
        f" / {counted(len(found.left), 'customer')} left, {changed} new or changed; as of {options.as_of}."
    )
    _tell(found.unknown, "库中没有的客户", "Customers not here")
    _tell(found.unreadable, "日期读不出或晚于截至日", "No day that can be read, or after the list's own")


def _tell(lines: tuple[int, ...], zh: str, en: str) -> None:
    if lines:
        shown = ", ".join(str(one) for one in lines[:_LINES_SHOWN]) + (" …" if len(lines) > _LINES_SHOWN else "")
        say(f"{zh} {len(lines)} 行 / {en}, lines: {shown}")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV: customer id or number, day on which they left")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, required=True, metavar="DAY", help="the list is complete until that day"
    )
    parser.set_defaults(run=run)
