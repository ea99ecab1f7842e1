"""`dispatch`: give out waiting tasks now."""

import argparse

from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say
from core.server.db.engine import Database


def run(options: argparse.Namespace) -> None:
    with opened(options) as database:
        dispatch_and_tell(database)


def dispatch_and_tell(database: Database) -> None:
    """One run, with its counts on standard output."""
    from core.server.dispatching import dispatch_waiting
    from core.server.leases import reap

    reap(database)
    done = dispatch_waiting(database, actor=actor())
    rest = ", ".join(f"{why.value} {count}" for why, count in sorted(done.waiting.items()))
    waiting = sum(done.waiting.values())
    say(
        f"派出任务 {len(done.assignments)} 个，等待 {waiting} 个。"
        f" / {counted(len(done.assignments), 'task')} given out, {waiting} {'waits' if waiting == 1 else 'wait'}"
        f"{': ' + rest if rest else ''}."
    )


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=run)
