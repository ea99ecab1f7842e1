"""Which data a command works on: the options that all of them share, and that a mistyped place is not made anew."""

import argparse
import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, make_url
from sqlalchemy.exc import ArgumentError

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.db.migrate import current, upgrade
from core.server.db.settings import feed_mark, prepare
from core.server.folders import default_folder, keep_private, prepare_folder
from core.server.holding import used

DATABASE_VARIABLE = "STAYLINE_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command's database is."""

    url: str
    shown: str
    """as a person may read it: SQLite's file, or the address without its password"""
    file: Path | None
    """SQLite's; None for a server's"""


def add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder (default: the user's own)")
    parser.add_argument(
        "--database",
        metavar="URL",
        help=f"postgresql://… or sqlite:///…; as {DATABASE_VARIABLE} a process list does not show it",
    )
    parser.add_argument("--tenant", default="main", help=argparse.SUPPRESS)


def place_of(options: argparse.Namespace) -> Place:
    """Where the options point; nothing is made. Raises InputError where the address is none."""
    given = options.database or os.environ.get(DATABASE_VARIABLE)
    url = given or sqlite_url((options.data or default_folder()).absolute())
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InputError(
            title=Text("数据库地址不可用", "Database address cannot be used"),
            message=Text("地址的写法不对。", "It is not written as one."),
            next_step=Text(
                "请用 sqlite:///路径 或 postgresql://主机/库。", "Give sqlite:///path or postgresql://host/database."
            ),
        ) from error
    if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
        file = Path(parsed.database).absolute()
        return Place(url, str(file), file)
    return Place(url, parsed.render_as_string(hide_password=True), None)


def same_place(options: argparse.Namespace) -> str:
    """The options that lead another command to the same data, with a blank before them; a password is left out."""
    if options.data:
        return f" --data {options.data}"
    return " --database …" if options.database else ""


def folder_of(options: argparse.Namespace) -> Path:
    return prepare_folder(options.data or default_folder())


@contextmanager
def opened(options: argparse.Namespace, *, make: bool = False) -> Iterator[Database]:
    """The database, migrated to the newest schema; without `make` raises InputError where there is none yet."""
    place = place_of(options)
    keep_private()
    if place.file is not None and make:
        prepare_folder(place.file.parent)
    elif place.file is not None and not _holds_anything(place.file):
        raise _no_database(place)
    with used(place.file) if place.file is not None else nullcontext():
        database = Database(open_engine(place.url), tenant=options.tenant)
        try:
            if not make:
                _refuse_empty(database, place)
            upgrade(database.engine)
            with database.read() as unit:
                ready = bool(feed_mark(unit))
            if not ready:
                with database.write() as unit:
                    prepare(unit)
            yield database
        finally:
            database.close()


def at_hand(options: argparse.Namespace) -> bool:
    """Whether there is data to look at: a server's was named, or SQLite's file is there."""
    place = place_of(options)
    return _holds_anything(place.file) if place.file is not None else True


def _holds_anything(file: Path) -> bool:
    # An engine would make an empty file into a database.
    return file.exists() and (not file.is_file() or file.stat().st_size > 0)


def _refuse_empty(database: Database, place: Place) -> None:
    with database.read() as unit:
        if current(unit.conn) is None and not inspect(unit.conn).get_table_names():
            raise _no_database(place)


def _no_database(place: Place) -> InputError:
    return InputError(
        title=Text("没有数据库", "No database"),
        message=Text(
            f"{place.shown} 还没有 Stayline 的数据库。", f"There is no Stayline database at {place.shown} yet."
        ),
        next_step=Text(
            "请先运行 stayline-server init，或用 --data、--database 指明它在哪里。",
            "Run stayline-server init first, or say with --data or --database where it is.",
        ),
    )


def no_folder(place: Place) -> InputError:
    """Where even a database that is brought along is not put: a mistyped folder is not made anew."""
    return InputError(
        title=Text("没有这个文件夹", "There is no such folder"),
        message=Text(f"{place.shown} 所在的文件夹不存在。", f"The folder of {place.shown} is not there."),
        next_step=Text(
            "请先建好文件夹，或先运行 stayline-server init；也可用 --data、--database 指明别处。",
            "Make the folder, or run stayline-server init first; or say with --data or --database where else.",
        ),
    )


def actor() -> str:
    """Who is at the command line, for the audit."""
    try:
        return f"cli:{getpass.getuser()}"[:60]
    except (KeyError, OSError):
        return "cli"
