"""`care classes|start`: care that an event sets off, begun for all whom it concerns."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.care_class import CareChannel
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import opened
from core.server.commands.say import counted, say

if TYPE_CHECKING:
    from core.server.care_notices import Left, Started
    from core.server.db.engine import Database


def run_classes(options: argparse.Namespace) -> None:
    from core.server.db import published

    with opened(options) as database, database.read() as unit:
        classes = published.care_classes(unit)
    for one in classes.classes if classes else ():
        who = one.by_notice or Text("按资料", "by the data")
        say("\t".join((one.code, f"{one.label.zh} / {one.label.en}", f"{who.zh} / {who.en}")))


def run_start(options: argparse.Namespace) -> None:
    from core.server.care_notices import LEFT_WORDS, WAYS, Left, start_care

    if (options.file is None) is (options.area is None):
        raise InputError(
            title=Text("说不清是给谁", "Nobody knows for whom"),
            message=Text("要么给名单，要么给地区。", "Give either a list or an area."),
            next_step=Text("FILE，或 --area 江北区。", "FILE, or --area 江北区."),
        )
    with opened(options) as database:
        named, unknown = _whom(options, database)
        ways = options.ways or WAYS
        started = start_care(database, options.code, named, by=options.by, ways=ways, plan_only=options.look)
        left = [*started.left, *((line, Left.UNKNOWN) for line in unknown)]
        _say_started(started, [why for _, why in left], look=options.look)
        if left and options.left is not None:
            _write(database, options.left, [(who, LEFT_WORDS[why].zh, LEFT_WORDS[why].en) for who, why in left])


def _say_started(started: "Started", left: "Sequence[Left]", *, look: bool) -> None:
    from core.server.care_notices import LEFT_WORDS

    verb = Text("可以", "Would be reached") if look else Text("已", "Reached")
    told = [
        (len(started.texted), Text("排短信", "by SMS, with `export sms`")),
        (len(started.written), Text("排信函", "by letter, with `export letters`")),
        (len(started.called), Text("派电话任务", "by call, with `dispatch`")),
    ]
    shown = [(count, way) for count, way in told if count] or [(0, Text("办理", "by any way"))]
    zh = "，".join(f"{verb.zh}{way.zh} {count} 户" for count, way in shown)
    en = ", ".join(f"{count} {way.en}" for count, way in shown)
    say(f"{zh}，没有办的 {len(left)} 户。 / {verb.en}: {en}; {len(left)} left out.")
    for why, words in LEFT_WORDS.items():
        count = left.count(why)
        if count:
            say(f"  {words.zh} {count} / {words.en}: {counted(count, 'customer')}")


def _whom(options: argparse.Namespace, database: "Database") -> tuple[Sequence[str], tuple[str, ...]]:
    """Customers' ids, and what in the list is none."""
    from core.server.care_notices import living_in
    from core.server.customer_list import read_customers

    if options.file is None:
        return living_in(database, options.area), ()
    found = read_customers(database, options.file)
    return found.known, found.unknown


def _write(database: "Database", path: Path, rows: Sequence[tuple[str, str, str]]) -> None:
    """A list as the import reads it: whoever is to be called can be brought in as tasks."""
    from core.domain.data_periods import Kept
    from core.server.purge.files import note_written
    from core.server.sheets import write_csv

    write_csv(path, ("客户编号", "原因", "reason"), rows)
    with database.write() as unit:
        note_written(unit, Kept.EXPORTS, path)


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="classes|start")
    classes = verbs.add_parser("classes", help="code, name, and who tells of it, or that the data do")
    classes.set_defaults(run=run_classes)
    start = verbs.add_parser(
        "start", help="begin such a class for a list of customers, or for an area: texts, letters, calls"
    )
    start.add_argument("code", metavar="CLASS", help="code of the class, as `care classes` has it")
    start.add_argument("file", type=Path, nargs="?", metavar="FILE", help="CSV: a customer's id or number in each line")
    start.add_argument("--area", metavar="AREA", help="all customers of this area instead of a list")
    start.add_argument("--by", required=True, metavar="STAFF", help="staff number in whose name the words go")
    start.add_argument("--look", action="store_true", help="only count: nothing is planned")
    start.add_argument("--left", type=Path, metavar="FILE", help="write who is left out, with the reason, to this CSV")
    start.add_argument(
        "--way",
        dest="ways",
        action="append",
        type=CareChannel,
        choices=(CareChannel.SMS, CareChannel.MAIL, CareChannel.CALL),
        metavar="WAY",
        help="sms, mail or call: by this way alone, repeatable; without it as the class prefers",
    )
    start.set_defaults(run=run_start)
    for verb in (classes, start):
        add_place(verb)
