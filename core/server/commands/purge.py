"""`purge`: what has been kept for longer than its period goes for good."""

import argparse
from typing import TYPE_CHECKING

from core.domain.data_periods import Kept
from core.domain.text import Text
from core.server.commands.place import actor, folder_of, opened
from core.server.commands.progress import progress
from core.server.commands.say import counted, say

if TYPE_CHECKING:
    from core.server.purge.bytes import Cleaned
    from core.server.purge.from_snapshots import Taken
    from core.server.purge.purging import Purged

KINDS: dict[Kept, Text] = {
    Kept.CUSTOMERS: Text("客户资料", "customers"),
    Kept.NOTES: Text("有备注的旧记录", "records with old notes"),
    Kept.NUMBERS: Text("拨打与查看过的号码", "numbers dialled or shown"),
    Kept.ORDERS: Text("办结已久的订单", "orders ended long ago"),
    Kept.ASIDE: Text("待核对的记录", "records kept aside"),
    Kept.AUDIT: Text("审计内容（链条保留）", "audit payloads (the chain stays)"),
    Kept.SESSIONS: Text("登录与状态日志", "log of sign-ins and states"),
    Kept.SNAPSHOTS: Text("客户快照文件", "files of snapshots"),
    Kept.EXPORTS: Text("导出的文件", "exported files"),
    Kept.REJECTS: Text("拒绝行文件", "files of rejected rows"),
    Kept.BACKUPS: Text("备份", "backups"),
}


def run(options: argparse.Namespace) -> None:
    from core.server.purge.from_snapshots import take_out
    from core.server.purge.purging import purge

    with opened(options) as database:
        with progress("清除 purge") as report:
            found = purge(
                database, by=actor(), really=not options.dry_run, report=lambda _kind, done: report(done, None)
            )
        _say_counts(found, why=options.why)
        _say_files(found)
        if options.dry_run:
            say("只是试算，什么都没有删。 / Counted alone; nothing was deleted.")
        else:
            say_taken_out(take_out(database, folder_of(options), by=actor()))
            say_cleaned(found.cleaned)


def _say_counts(found: "Purged", *, why: bool) -> None:
    for kind, name in KINDS.items():
        days, count = found.periods.days(kind), found.counts[kind]
        if kind is Kept.BACKUPS:
            continue
        say(f"{name.zh}：满 {days} 天的 {count} / {name.en}: {count} older than {counted(days, 'day')}")
        if why:
            for reason in (one.why for one in found.periods.periods if one.kind is kind):
                say(f"    {reason.zh} / {reason.en}")


def _say_files(found: "Purged") -> None:
    days = found.periods.days(Kept.BACKUPS)
    for path in found.named.backups:
        say(f"备份 {path} 已满 {days} 天，里面有已清除的资料，请自行销毁。")
        say(f"Backup {path} is older than {counted(days, 'day')} and holds what was purged since: destroy it.")
    for path in found.named.changed:
        say(f"{path} 写出后被改过，没有删，请自行处理。 / {path} was changed since it was written: see to it yourself.")
    for path in found.named.unreachable:
        say(f"{path} 读不到或删不掉，下次再试。 / {path} cannot be read or deleted; the next purge tries again.")


def say_taken_out(taken: "Taken") -> None:
    """Of who asked to be erased; nothing where no snapshot held any."""
    if taken.rows:
        say(
            f"已从 {taken.snapshots} 个客户快照里取出要求删除的 {taken.rows} 行；评分一并改写。"
            f" / {counted(taken.rows, 'row')} of who asked to be erased taken out of"
            f" {counted(taken.snapshots, 'snapshot')}, and out of their scores."
        )
    _say_left(taken)


def _say_left(taken: "Taken") -> None:
    for name in taken.left:
        say(
            f"快照 {name} 读不出或写不了，要求删除的客户还在里面：请删除它（snapshot drop），或腾出空间后再运行一次。"
            f" / Snapshot {name} cannot be read or written; who asked to be erased is still in it: drop it"
            " (snapshot drop), or make room and run this once more."
        )


def say_cleaned(cleaned: "Cleaned | None") -> None:
    """What became of the bytes beneath the rows."""
    if cleaned is None:
        say("数据库里没有要清的。 / Nothing in the database had to go.")
    elif not cleaned.pages:
        say("有的表一直有人在用，没能重写，里面删掉的内容还在；请稍后再运行一次。")
        say("Some tables were in use all the time and were not written anew; deleted bytes are still there: run again.")
    elif cleaned.journal:
        say("数据库文件已重写，删掉的内容不再留在文件和日志里。")
        say("The database was written anew: what was deleted is neither in its files nor in its journal.")
    else:
        say(
            "数据库文件已重写；预写日志里的旧内容要等它自己回收（有人在读，或没有 CHECKPOINT 权限），请稍后再运行一次。"
        )
        say(
            "The database was written anew; its write-ahead log lets go of old bytes later (somebody reads, or there"
            " is no right to CHECKPOINT): run this once more."
        )


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="count what is due; delete nothing")
    parser.add_argument("--why", action="store_true", help="say beside each kind why it is kept for so long")
    parser.set_defaults(run=run)
