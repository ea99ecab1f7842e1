"""`restore`: a backup in the place of the database; what was there is kept beside it."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.server.commands.place import actor, no_folder, opened, place_of, same_place
from core.server.commands.say import counted, say

if TYPE_CHECKING:
    from core.server.backups import Undone

_SHOWN = 200
"""ids in one line"""


def run(options: argparse.Namespace) -> None:
    from core.domain.clock import utc_now
    from core.server.backups import (
        check_backup,
        check_digest,
        digest_file,
        put_back,
        put_on_record,
        refuse_server_database,
        undone,
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
            put_on_record(database, backup, by=actor(), aside=aside)
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
        _say_undone(undone(aside, place.file))
    say(
        "备份之后的改动不在其中：请核对工号（停用、密码）与派单，备份之后导入的名单请再导入一次。"
        " / What changed after the backup is not in it: check users (disabled, passwords) and what is given out, and"
        " import again the lists that came after it."
    )
    say(
        "所有人要重新登录；座席登录后，本机 35 天内的结果会自动再传一次，已有的不会重复。"
        " / Everybody signs in again; desks then send the work of their last 35 days once more; nothing counts twice."
    )
    say(f"下一步 / Next: stayline-server serve{same_place(options)}")


def _say_undone(found: "Undone | None") -> None:
    if found is None:
        say(
            "原来的数据库读不了：备份之后清除的客户和拒绝外呼要另行查明。"
            " / It cannot be read: find out elsewhere who was erased or refused calls after the backup."
        )
        return
    if found.erased:
        _say_ids(
            "备份之后清除的客户又回来了，请再清除", "Erased after the backup and back again; erase them", found.erased
        )
    if found.refused or found.numbers:
        numbers = counted(found.numbers, "number")
        rest = f" and {numbers} of nobody here" if found.numbers else ""
        zh, en = "备份之后拒绝外呼的不在其中，请重新登记", "Refused calls after the backup, to be noted again"
        _say_ids(zh, en, found.refused, rest)


def _say_ids(zh: str, en: str, ids: Sequence[str], rest: str = "") -> None:
    more = f" … ({len(ids)})" if len(ids) > _SHOWN else ""
    say(f"{zh}。 / {en}: {', '.join(ids[:_SHOWN])}{more}{rest}")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that `backup` has made")
    parser.set_defaults(run=run)
