"""`demo-crm`: the demo's CRM and SMS gateway, a process beside the server."""

import argparse
from datetime import timedelta
from pathlib import Path

from core.server.commands.beside import serve_beside
from core.server.commands.place import folder_of

FILE = "demo-crm.db"


def run(options: argparse.Namespace) -> None:
    from core.demo.crm.book import Book
    from core.demo.crm.contacts import Contacts
    from core.demo.crm.known import City
    from core.demo.crm.serving import listening
    from core.demo.crm.standing import standings
    from core.domain.clock import utc_now

    city = City(options.seed, options.customers, utc_now)
    delay = timedelta(seconds=options.delay_seconds)
    contacts = Contacts(clock=utc_now, delay=delay)
    book = Book(Path(folder_of(options)) / FILE, city, clock=utc_now, delay=delay)
    try:
        serve_beside(
            listening(book, options.port, standings(options.seed, options.customers, utc_now), contacts),
            die_with_parent=options.die_with_parent,
        )
    finally:
        book.close()


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one (default)")
    parser.add_argument("--customers", type=int, default=1_000_000, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=7, help="as the demo data were made with")
    parser.add_argument(
        "--delay-seconds", type=float, default=4.0, metavar="S", help="until it decides, and a customer replies"
    )
    parser.add_argument("--die-with-parent", action="store_true", help="stop when the parent process ends")
    parser.set_defaults(run=run)
