"""`demo-departments`: the demo's departments and stores, a process beside the server."""

import argparse
from datetime import timedelta
from pathlib import Path

from core.server.commands.beside import serve_beside
from core.server.commands.place import folder_of

FILE = "demo-departments.db"


def run(options: argparse.Namespace) -> None:
    from core.demo.departments.book import Book
    from core.demo.departments.serving import listening
    from core.domain.clock import utc_now

    folder = Path(folder_of(options))
    book = Book(folder / FILE, clock=utc_now, delay=timedelta(seconds=options.delay_seconds))
    try:
        serve_beside(listening(book, options.port), die_with_parent=options.die_with_parent)
    finally:
        book.close()


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one (default)")
    parser.add_argument(
        "--delay-seconds", type=float, default=6.0, metavar="S", help="what each step of an errand takes"
    )
    parser.add_argument("--die-with-parent", action="store_true", help="stop when the parent process ends")
    parser.set_defaults(run=run)
