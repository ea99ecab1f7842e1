"""`demo-crm`: the demo's CRM and SMS gateway, a process beside the server."""

import argparse
import signal
import threading
from datetime import timedelta
from pathlib import Path

from core.server.commands.place import folder_of

FILE = "demo-crm.db"


def run(options: argparse.Namespace) -> None:
    from core.demo.crm.book import Book
    from core.demo.crm.known import City
    from core.demo.crm.serving import announce, listening
    from core.domain.clock import utc_now
    from core.server.parent import when_parent_ends

    city = City(options.seed, options.customers, utc_now)
    delay = timedelta(seconds=options.delay_seconds)
    book = Book(Path(folder_of(options)) / FILE, city, clock=utc_now, delay=delay)
    server = listening(book, options.port)
    if options.die_with_parent:
        when_parent_ends(server.shutdown)
    for number in (signal.SIGTERM, signal.SIGINT):
        # Asked from another thread: the one that serves would wait for itself.
        signal.signal(number, lambda _number, _frame: threading.Thread(target=server.shutdown).start())
    announce(server.server_address[1])
    try:
        server.serve_forever(poll_interval=0.1)
    finally:
        server.server_close()
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
