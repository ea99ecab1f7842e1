"""`snapshot take|load|list|drop|erased|health|accept|arrived`: what is known of every customer, as it was, and its
sources."""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from core.domain.clock import CHINA, utc_now
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.apart import add_here, apart
from core.server.commands.place import actor, folder_of, opened
from core.server.commands.progress import progress
from core.server.commands.say import counted, say, warn
from core.server.commands.screening_options import add_content, add_delivery, said_columns

_VERBS = "take|load|list|drop|erased|health|accept|arrived"
_FIRST_YEAR = 1990
"""no source is older"""


def run_take(options: argparse.Namespace) -> int:
    return apart(_take, options)


def _take(options: argparse.Namespace) -> None:
    from core.server.commands.told_scores import score_if_published
    from core.server.commands.told_snapshot import tell_faults
    from core.server.screening.taking import take

    with opened(options) as database, progress("快照 snapshot") as report:
        snapshot = take(database, folder_of(options), by=actor(), root=options.content, progress=report)
    size = f"{snapshot.size / 1_000_000:.1f} MB"
    say(
        f"已取快照 {snapshot.id}：{snapshot.rows} 位客户，{len(snapshot.columns)} 个因子，{size}。"
        f" / Snapshot {snapshot.id} taken: {counted(snapshot.rows, 'customer')},"
        f" {len(snapshot.columns)} factors, {size}."
    )
    if not snapshot.rows:
        warn(
            "！这里一位客户也没有：规则和活动都不会命中谁。先用 import 导入，或用 snapshot load 读数据仓库的文件。"
            " / There is no customer here: rules and campaigns will match nobody. Bring customers by import, or a"
            " warehouse's files by snapshot load."
        )
    tell_faults(snapshot)
    with opened(options) as database:
        score_if_published(database, folder_of(options), snapshot)


def run_load(options: argparse.Namespace) -> int:
    said_columns(options)
    if options.at and _moment(options.at) > utc_now():
        raise _bad_moment(options.at)
    return apart(_load, options)


def _load(options: argparse.Namespace) -> None:
    from core.server.commands.told_scores import score_if_published
    from core.server.commands.told_snapshot import tell_faults, tell_loaded
    from core.server.screening.loading import load_files

    with opened(options) as database:
        taken = load_files(
            database, folder_of(options), options.files, by=actor(), root=options.content, customer=options.id,
            said=said_columns(options),
            taken_at=_moment(options.at) if options.at else None,
        )  # fmt: skip
        tell_loaded(taken)
        tell_faults(taken.snapshot)
        score_if_published(database, folder_of(options), taken.snapshot)


def run_list(options: argparse.Namespace) -> None:
    from core.screening.snapshots.keeping import Shelf

    shelf = Shelf(folder_of(options), options.tenant)
    every = shelf.all()
    for one in every:
        if options.check:
            shelf.check(one)
        when = one.taken_at.astimezone(CHINA)
        say("\t".join((one.id, f"{when:%Y-%m-%d %H:%M}", one.owner, str(one.rows), str(len(one.faults)), one.sha256)))
    if not every:
        say("还没有快照。 / There is no snapshot yet.")
    elif options.check:
        say("都与取得时一致。 / All are byte for byte what was taken.")


def run_drop(options: argparse.Namespace) -> None:
    from core.screening.snapshots.keeping import Shelf
    from core.server.db import audit
    from core.server.db.audit import Action

    shelf = Shelf(folder_of(options), options.tenant)
    gone = [shelf.named(one) for one in dict.fromkeys(options.ids)]
    with opened(options) as database, database.write() as unit:
        for one in gone:
            audit.write(unit, writer=actor(), action=Action.SNAPSHOT_DROPPED, object_=one.id, sha256=one.sha256)
    for one in gone:
        shelf.drop(one)
    say(f"已删除 {len(gone)} 个快照。 / {counted(len(gone), 'snapshot')} deleted.")


def run_erased(options: argparse.Namespace) -> int:
    return apart(_erased, options)


def _erased(options: argparse.Namespace) -> None:
    from core.server.commands.purge import say_taken_out
    from core.server.purge.from_snapshots import take_out

    with opened(options) as database:
        taken = take_out(database, folder_of(options), by=actor())
    say_taken_out(taken)
    if taken.left:
        raise InputError(
            title=Text("有快照没能重写", "Some snapshots could not be written anew"),
            message=Text(
                f"要求删除的客户还在 {len(taken.left)} 个快照里。",
                f"Who asked to be erased is still in {counted(len(taken.left), 'snapshot')}.",
            ),
            next_step=Text("请按上面所说处理后再运行一次。", "Do as is said above, and run it once more."),
        )
    if not taken.rows:
        say("快照里没有要取出的。 / No snapshot holds anybody who asked to be erased.")


def run_accept(options: argparse.Namespace) -> None:
    from core.screening.snapshots.keeping import Shelf
    from core.server.screening.measures import accept

    snapshot = Shelf(folder_of(options), options.tenant).find(options.id)
    with opened(options) as database, database.write() as unit:
        accept(unit, snapshot, by=actor())
    say(
        f"以后的快照以 {snapshot.id}（{snapshot.rows} 位客户）为准；请再取一次快照。"
        f" / Later snapshots are measured by {snapshot.id}, {counted(snapshot.rows, 'customer')}; take one anew."
    )


def run_health(options: argparse.Namespace) -> None:
    from core.screening.snapshots.keeping import Shelf
    from core.server.commands.told_snapshot import tell_faults, tell_held, tell_moved, tell_since, tell_stands
    from core.server.screening.arrivals import arrivals
    from core.server.screening.rules import rules_in_use
    from core.server.screening.taking import library_of

    shelf = Shelf(folder_of(options), options.tenant)
    snapshot = shelf.find(options.id)
    with opened(options) as database, database.read() as unit:
        library = library_of(unit, options.content)
        rules = rules_in_use(unit, library, options.content).rules
        since = {key: one for key, one in arrivals(unit).items() if one.at > snapshot.taken_at}
    tell_stands(snapshot, library)
    tell_faults(snapshot)
    tell_since(since, library)
    tell_held(shelf, snapshot, library, rules)
    tell_moved(shelf, snapshot)


def run_arrived(options: argparse.Namespace) -> None:
    from core.server.screening.arrivals import named_source, tell
    from core.server.screening.taking import library_of

    with opened(options) as database, database.write() as unit:
        source = named_source(library_of(unit, options.content), options.source)
        at = _moment(options.at) if options.at else unit.now
        if at > unit.now:
            raise _bad_moment(options.at)
        tell(unit, [source.id], at=at, failed=options.failed, by=actor())
    zh, en = ("失败", "failed") if options.failed else ("已到达", "arrived")
    say(f"{source.label.zh}：{zh}。 / {source.label.en}: {en}.")


def _moment(words: str) -> datetime:
    try:
        found = datetime.fromisoformat(words)
    except ValueError as error:
        raise _bad_moment(words) from error
    if found.year < _FIRST_YEAR:
        raise _bad_moment(words)
    return found if found.tzinfo else found.replace(tzinfo=CHINA)


def _bad_moment(words: str) -> InputError:
    return InputError(
        title=Text("时间不可用", "The moment cannot be used"),
        message=Text(f"“{words}”不是已过去的时间。", f"“{words}” is no moment that has passed."),
        next_step=Text("请写成 2026-11-23T03:20。", "Write it as 2026-11-23T03:20."),
    )


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_VERBS)
    taking = verbs.add_parser("take", help="every customer's factors as they are now, into the data folder")
    add_here(taking)
    taking.set_defaults(run=run_take)
    loading = verbs.add_parser("load", help="a snapshot of files of the operator's warehouse: Parquet, or CSV")
    loading.add_argument("files", nargs="+", type=Path, metavar="FILE", help="parts of one table, or tables of others")
    add_delivery(loading)
    loading.add_argument("--at", default="", metavar="WHEN", help="of which moment it tells; now by default")
    add_here(loading)
    loading.set_defaults(run=run_load)
    listing = verbs.add_parser("list", help="id, when, by whom, customers, faults, SHA-256")
    listing.add_argument("--check", action="store_true", help="read each file and compare it with its SHA-256")
    listing.set_defaults(run=run_list)
    dropping = verbs.add_parser("drop", help="delete snapshots for good; that it was done stays on record")
    dropping.add_argument("ids", nargs="+", metavar="SNAPSHOT", help="ids, as `list` shows them")
    dropping.set_defaults(run=run_drop)
    erased = verbs.add_parser("erased", help="take who asked to be erased out of all, as the server does at night")
    add_here(erased)
    erased.set_defaults(run=run_erased)
    health = verbs.add_parser("health", help="how each source stands, and which rules are held")
    health.add_argument("id", nargs="?", default="", metavar="SNAPSHOT", help="the newest by default")
    health.set_defaults(run=run_health)
    accepting = verbs.add_parser("accept", help="as few customers and values as in it are right from now on")
    accepting.add_argument("id", nargs="?", default="", metavar="SNAPSHOT", help="the newest by default")
    accepting.set_defaults(run=run_accept)
    arrived = verbs.add_parser("arrived", help="tell that a source came, or failed")
    arrived.add_argument("source", metavar="SOURCE", help="its id or Chinese name")
    arrived.add_argument("--at", default="", metavar="WHEN", help="when, in China's time; now by default")
    arrived.add_argument("--failed", default="", metavar="WHY", help="it did not come, or not as it should")
    arrived.set_defaults(run=run_arrived)
    for verb in (taking, loading, health, arrived):
        add_content(verb)
    for verb in (taking, loading, listing, dropping, erased, health, accepting, arrived):
        add_place(verb)
