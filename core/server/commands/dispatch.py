"""`dispatch`: give out waiting tasks now."""

import argparse

from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say
from core.server.db.engine import Database


def run(options: argparse.Namespace) -> None:
    with opened(options) as database:
        dispatch_and_tell(database)


def dispatch_and_tell(database: Database) -> None:
    """One run, with its counts on standard output, and why the rest waits."""
    from core.server.campaigns.dispatching import dispatch_campaigns
    from core.server.commands.told_waiting import tell_waiting
    from core.server.dispatching import desks, dispatch_waiting
    from core.server.leases import reap
    from core.server.outstanding import outstanding

    reap(database)
    given = len(dispatch_waiting(database, actor=actor()).assignments)
    given += dispatch_campaigns(database, actor=actor())
    with database.read() as unit:
        rest = outstanding(unit, desks(unit))
    waiting = sum(one.tasks for one in rest)
    say(
        f"派出任务 {given} 个，等待 {waiting} 个。"
        f" / {counted(given, 'task')} given out, {waiting} {'waits' if waiting == 1 else 'wait'}."
    )
    tell_waiting(rest)


def tell_ungivable(database: Database, *, list_id: str) -> None:
    """How many tasks of a list no agent can be given, and why; nothing where there are none."""
    from core.server.commands.told_waiting import tell_waiting
    from core.server.dispatching import desks
    from core.server.outstanding import NOBODY, outstanding

    with database.read() as unit:
        found = [one for one in outstanding(unit, desks(unit), list_id=list_id) if one.why in NOBODY]
    number = sum(one.tasks for one in found)
    if not number:
        return
    say(f"本名单有 {number} 个任务没有人可以接： / {counted(number, 'task')} of this list can be given to nobody:")
    tell_waiting(found)


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=run)
