"""`export`: outcomes and waiting follow-ups for people outside; each export stands in the audit."""

import argparse
from datetime import date, datetime
from pathlib import Path

from core.domain.clock import day_start
from core.domain.data_periods import Kept
from core.server.commands.place import actor, opened
from core.server.commands.progress import Report, progress
from core.server.commands.say import counted, say
from core.server.db import audit
from core.server.db.audit import Action
from core.server.exporting import Export, Rows, headers, rows
from core.server.purge.files import note_written
from core.server.sheets import write_sheet


def run(options: argparse.Namespace) -> None:
    what = Export(options.what)
    with opened(options) as database:
        with database.read() as unit, progress("导出 export") as report:
            found = rows(unit, what, since=options.since)
            count = write_sheet(options.file, headers(what), _counted(found, report))
        with database.write() as unit:
            audit.write(unit, writer=actor(), action=Action.EXPORT, object_=what.value, rows=count)
            note_written(unit, Kept.EXPORTS, options.file)
    say(f"已导出 {count} 行到 {options.file}。 / {counted(count, 'row')} exported to {options.file}.")


def _counted(found: Rows, report: Report) -> Rows:
    for done, row in enumerate(found, start=1):
        if done % 500 == 0:
            report(done, None)
        yield row


def _day(word: str) -> datetime:
    """The midnight that begins the day, or the error that argparse tells in a line."""
    try:
        return day_start(date.fromisoformat(word))
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f"{word!r} is no day; write it as 2026-11-22") from error


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=[what.value for what in Export])
    parser.add_argument("file", type=Path, metavar="FILE", help=".csv or .xlsx")
    parser.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="from that day on, by China's clock")
    parser.set_defaults(run=run)
