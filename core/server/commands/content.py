"""`content check|diff|publish|rollback|list`: scripts, results, texts, knowledge, plans and rules, on their way."""

import argparse
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.clock import CHINA, local_day
from core.domain.text import Text
from core.server.commands.place import actor, at_hand, opened
from core.server.commands.say import counted, say
from core.server.content_diff import Change, Difference
from core.server.content_hints import hints

if TYPE_CHECKING:
    from core.content import Shipped
    from core.server.db.engine import Database

_NOT_COMPARED = Text(
    "这里没有数据库，版本号没有与已发布的对照。",
    "There is no database here: versions were not compared with what is published.",
)
_CHANGES = {
    Change.NEW: Text("新增", "new"),
    Change.CHANGED: Text("修改", "changed"),
    Change.GONE: Text("撤下", "gone"),
}


def run_check(options: argparse.Namespace) -> None:
    from core.server.publishing import checked_pieces

    pieces = checked_pieces(_root(options))
    compared = _versions_raised(options, pieces)
    kinds = {kind: sum(piece.kind == kind for piece in pieces) for kind in sorted({p.kind for p in pieces})}
    counted = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    say(f"{len(pieces)} 份内容没有错误。 / {len(pieces)} pieces of content are sound: {counted}.")
    if not compared:
        say(f"{_NOT_COMPARED.zh} / {_NOT_COMPARED.en}")
    for hint in hints(pieces, today=local_day(datetime.now(UTC))):
        say(f"{hint.zh} / {hint.en}")


def _versions_raised(options: argparse.Namespace, pieces: "list[Shipped]") -> bool:
    """Whether a database was at hand to compare with; raises ContentError where publishing to it would be refused."""
    from core.content.mistakes import Mistakes
    from core.server.publishing import unraised

    if not at_hand(options):
        return False
    with opened(options) as database:
        found = unraised(database, pieces)
    mistakes = Mistakes()
    for one in found:
        mistakes.add(one)
    mistakes.refuse()
    return True


def run_diff(options: argparse.Namespace) -> None:
    from core.server.publishing import folder_differences

    with opened(options) as database:
        found = folder_differences(database, _root(options), against=options.against)
    _tell(found)
    if not found:
        say("与已发布的内容相同。 / The same as what is published.")


def run_publish(options: argparse.Namespace) -> None:
    from core.server.publishing import publish_folder

    with opened(options) as database:
        done = publish_folder(database, _root(options), by=actor())
    if done is None:
        say("没有变化，未发布。 / Nothing has changed; nothing was published.")
        return
    _tell(done.differences, lines=False)
    _tell_number(done.publication.number, done.differences)


def run_rollback(options: argparse.Namespace) -> None:
    from core.server.publishing import roll_back

    with opened(options) as database:
        done = roll_back(database, options.number, by=actor())
        standing = _standing_tips(database)
    if done is None:
        say(f"现在就是第 {options.number} 号的内容。 / Desks have the content of {options.number} already.")
        return
    _tell(done.differences, lines=False)
    _tell_number(done.publication.number, done.differences)
    if standing:
        zh = f"坐席写的 {standing} 条经验不随发布回退，照旧公开；要撤的用 tips list --standing 查，tips take-back 撤。"
        en = f"{counted(standing, 'tip')} of agents stay with everyone: they belong to no publication."
        say(f"{zh} / {en} See `tips list --standing`, `tips take-back`.")


def _standing_tips(database: "Database") -> int:
    """What agents learnt is not the planners' to bring back or take away with a publication."""
    from core.domain.knowledge import TipState
    from core.server.db import tips

    with database.read() as unit:
        return tips.count(unit, TipState.APPROVED)


def run_list(options: argparse.Namespace) -> None:
    from core.server.db import publications

    with opened(options) as database, database.read() as unit:
        found = publications.all_of_them(unit)
    for one in found:
        of = f"→ {one.of}" if one.of else ""
        say("\t".join((str(one.number), f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M}", one.source, one.by, of)).rstrip())


def _tell(found: Iterable[Difference], *, lines: bool = True) -> None:
    for one in found:
        word = _CHANGES[one.change]
        versions = " → ".join(str(number) for number in (one.before, one.after) if number is not None)
        say(f"{word.zh} {word.en}\t{one.kind}/{one.name}\t{versions}")
        for line in one.lines if lines else ():
            say(f"    {line}")


def _tell_number(number: int, found: list[Difference]) -> None:
    counts = {change: sum(one.change is change for one in found) for change in Change}
    zh = "，".join(f"{_CHANGES[change].zh} {count}" for change, count in counts.items())
    en = ", ".join(f"{count} {_CHANGES[change].en}" for change, count in counts.items())
    say(f"第 {number} 号发布：{zh}。 / Publication {number}: {en}.")


def _root(options: argparse.Namespace) -> Path:
    from core.content import folder

    return options.folder or folder()


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="check|diff|publish|rollback|list")
    check = verbs.add_parser(
        "check", help="read a folder; every mistake with file, line and reason, and versions that were not raised"
    )
    check.set_defaults(run=run_check)
    diff = verbs.add_parser("diff", help="what publishing a folder would change, word by word")
    diff.add_argument("--against", type=int, metavar="N", help="compare with publication N instead of the present one")
    diff.set_defaults(run=run_diff)
    publish = verbs.add_parser("publish", help="give a folder to every desk, as a whole or not at all")
    publish.set_defaults(run=run_publish)
    for verb in (check, diff, publish):
        verb.add_argument(
            "folder", nargs="?", type=Path, metavar="FOLDER", help="laid out as resources/ (default: what came with it)"
        )
    back = verbs.add_parser("rollback", help="give desks the content of an earlier publication again")
    back.add_argument("number", type=int, metavar="N", help="its number, see `content list`")
    back.set_defaults(run=run_rollback)
    listing = verbs.add_parser("list", help="all publications: number, when, what, who")
    listing.set_defaults(run=run_list)
    # A check needs no data; where there are some, it compares versions with what they have.
    for sub in (check, diff, publish, back, listing):
        add_place(sub)
