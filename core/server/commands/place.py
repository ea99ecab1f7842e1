"""Which data a command works on: the options that all of them share."""

import argparse
import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.db.migrate import upgrade
from core.server.db.settings import feed_mark, prepare
from core.server.folders import default_folder, prepare_folder

DATABASE_VARIABLE = "STAYLINE_DATABASE_URL"


def add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder (default: the user's own)")
    parser.add_argument(
        "--database",
        metavar="URL",
        help=f"postgresql://… or sqlite:///…; as {DATABASE_VARIABLE} a process list does not show it",
    )
    parser.add_argument("--tenant", default="main", help=argparse.SUPPRESS)


def folder_of(options: argparse.Namespace) -> Path:
    return prepare_folder(options.data or default_folder())


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Database]:
    """The database, migrated to the newest schema."""
    folder = folder_of(options)
    url = options.database or os.environ.get(DATABASE_VARIABLE) or sqlite_url(folder)
    database = Database(open_engine(url), tenant=options.tenant)
    try:
        upgrade(database.engine)
        with database.read() as unit:
            ready = bool(feed_mark(unit))
        if not ready:
            with database.write() as unit:
                prepare(unit)
        yield database
    finally:
        database.close()


def actor() -> str:
    """Who is at the command line, for the audit."""
    try:
        return f"cli:{getpass.getuser()}"[:60]
    except (KeyError, OSError):
        return "cli"
