"""`restore`: a backup in the place of the database; what was there is kept beside it."""

import argparse
from pathlib import Path

from core.server.commands.place import actor, no_folder, opened, place_of, same_place
from core.server.commands.say import say


def run(options: argparse.Namespace) -> None:
    from core.domain.clock import utc_now
    from core.server.backups import (
        check_backup,
        check_digest,
        digest_file,
        put_back,
        put_on_record,
        refuse_server_database,
    )
    from core.server.holding import held, unused

    place, backup = place_of(options), options.file
    if place.file is None:
        raise refuse_server_database(place.shown)
    if not place.file.parent.is_dir():
        raise no_folder(place)
    contents, as_written = check_backup(backup), check_digest(backup)
    with held(place.file):
        with unused(place.file):
            aside = put_back(backup, place.file, now=utc_now())
        with opened(options) as database:
            put_on_record(database, backup, by=actor())
    say(
        f"已恢复 {place.shown}：客户 {contents.customers}，任务 {contents.tasks}，通话结果 {contents.outcomes}。"
        f" / Restored {place.shown}: {contents.customers} customers, {contents.tasks} tasks,"
        f" {contents.outcomes} outcomes."
    )
    if not as_written:
        beside = digest_file(backup).name
        say(
            f"没有 {beside}，只核对了结构，没有逐字节核对。"
            f" / There is no {beside}: the structure was checked, not every byte."
        )
    if aside is not None:
        say(f"原来的数据库留在 {aside}。 / The former database is kept as {aside}.")
    say(
        "备份之后的改动不在其中：请核对工号（停用、密码）与派单。"
        " / What changed after the backup is not in it: check users (disabled, passwords) and what is given out."
    )
    say(f"下一步 / Next: stayline-server serve{same_place(options)}")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that `backup` has made")
    parser.set_defaults(run=run)
