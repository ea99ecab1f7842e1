"""`backup`: a consistent copy of the database while it is served."""

import argparse
from pathlib import Path

from core.server.commands.place import actor, opened, place_of
from core.server.commands.say import say


def run(options: argparse.Namespace) -> None:
    from core.server.backups import make_backup, refuse_server_database

    place, target = place_of(options), options.file
    if place.file is None:
        raise refuse_server_database(place.shown)
    with opened(options) as database:
        held = make_backup(database, place.file, target, by=actor())
    size = target.stat().st_size / 1_000_000
    say(
        f"已备份到 {target}（{size:.1f} MB）：客户 {held.customers}，任务 {held.tasks}，通话结果 {held.outcomes}，"
        f"审计 {held.audit_entries} 条；校验通过。其中有客户资料，请妥善保管。"
    )
    say(
        f"Backed up to {target} ({size:.1f} MB): {held.customers} customers, {held.tasks} tasks, {held.outcomes}"
        f" outcomes, {held.audit_entries} audit entries; checked. It holds customers' data: keep it safe."
    )


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="where to; a name that is free")
    parser.set_defaults(run=run)
