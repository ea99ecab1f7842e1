"""`night`: the night's chain, from the snapshot to tasks on desks, each phase timed."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.apart import add_here, apart
from core.server.commands.place import actor, folder_of, opened
from core.server.commands.say import say
from core.server.commands.screening_options import add_content, add_delivery, said_columns

if TYPE_CHECKING:
    from core.screening.snapshots.record import Snapshot
    from core.server.db.engine import Database
    from core.server.screening.night import Phase


def run(options: argparse.Namespace) -> int:
    if options.limit < 0:
        raise InputError(
            title=Text("数量不可用", "The number cannot be used"),
            message=Text("--limit 不能小于 0。", "--limit is not below 0."),
            next_step=Text("不限数量请不写。", "Leave it out for no limit."),
        )
    said_columns(options)
    return apart(_run, options)


def _run(options: argparse.Namespace) -> None:
    from core.screening.snapshots.keeping import Shelf
    from core.server.commands.told_screening import tell_outcomes
    from core.server.commands.told_snapshot import moved_in_short, tell_faults
    from core.server.screening.night import run_night

    with opened(options) as database:
        night = run_night(
            database, folder_of(options), lambda: _taken(database, options), by=actor(), rules=options.rule,
            limit=options.limit, confirmed=options.confirm, root=options.content, tell=_tell,
        )  # fmt: skip
    tell_faults(night.snapshot)
    for trouble in night.troubles:
        say(f"！{trouble.zh} / {trouble.en}")
    tell_outcomes(night.outcomes)
    moved = moved_in_short(Shelf(folder_of(options), options.tenant), night.snapshot)
    # The last line is what is kept of a night that a job ran.
    say(f"全程 {night.seconds:.1f} 秒。{moved.zh} / {night.seconds:.1f} s in all.{moved.en}")


def _taken(database: "Database", options: argparse.Namespace) -> "Snapshot":
    from core.server.commands.told_snapshot import tell_loaded
    from core.server.screening.loading import load_files
    from core.server.screening.taking import take

    if not options.load:
        return take(database, folder_of(options), by=actor(), root=options.content)
    taken = load_files(
        database, folder_of(options), options.load, by=actor(), root=options.content, customer=options.id,
        said=said_columns(options),
    )  # fmt: skip
    tell_loaded(taken)
    return taken.snapshot


def _tell(phase: "Phase") -> None:
    say(f"{phase.name.zh} {phase.done}，{phase.seconds:.1f} 秒 / {phase.name.en} {phase.done}, {phase.seconds:.1f} s")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", nargs="?", choices=("run",), default="run", help="may be left out")
    parser.add_argument("--load", nargs="+", type=Path, default=[], metavar="FILE", help="files of the warehouse")
    add_delivery(parser)
    parser.add_argument(
        "--rule", action="append", default=[], metavar="RULE",
        help="these alone; by default those of new joiners and proactive care",
    )  # fmt: skip
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="tasks of rules in all")
    parser.add_argument("--confirm", action="store_true", help="go on where a rule matches more than its bound")
    add_here(parser)
    add_content(parser)
    parser.set_defaults(run=run)
