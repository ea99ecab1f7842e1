"""`task list|move|recall`: what lies on a desk, and giving it to another or back to the pool."""

import argparse
from collections.abc import Callable

from core.domain.clock import CHINA
from core.domain.errors import InputError
from core.domain.moving import STAYS_WORDS
from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say
from core.wire.team import Moved, MoveTasks


def run_list(options: argparse.Namespace) -> None:
    from core.server.db import people
    from core.server.team.moving import tasks_on_desk

    with opened(options) as database, database.read() as unit:
        people.require(unit, options.staff_number)
        found = tasks_on_desk(unit, options.staff_number)
    for one in found:
        due = one.callback_at or one.due_at
        when = f"{due.astimezone(CHINA):%Y-%m-%d %H:%M}" if due else "—"
        kind = "回拨 callback" if one.callback_at else one.scenario
        say("\t".join((one.task_id, when, kind, f"{one.reason.zh} / {one.reason.en}")))
    if not found:
        say("名下没有任务。 / Nothing lies on this desk.")


def run_move(options: argparse.Namespace) -> None:
    _run(options, to=options.to)


def run_recall(options: argparse.Namespace) -> None:
    _run(options, to="")


def _run(options: argparse.Namespace, *, to: str) -> None:
    from core.server.team.moving import move

    if bool(options.ids) is options.all:
        raise InputError(
            title=Text("没有说明哪些任务", "Which tasks?"),
            message=Text("请给出任务编号，或用 --all 表示全部。", "Name tasks by their ids, or give --all."),
            next_step=Text("用 task list 查看编号。", "See the ids with: task list."),
        )
    asked = MoveTasks(holder=options.holder, task_ids=tuple(options.ids), to=to, away=options.away)
    with opened(options) as database:
        _tell(move(database, asked, by=actor()))


def _tell(done: Moved) -> None:
    count = len(done.moved)
    say(f"已调走 {count} 个任务。 / {counted(count, 'task')} moved.")
    for one in done.left:
        why = STAYS_WORDS[one.why]
        say(f"    {one.task_id}\t{why.zh} / {why.en}")
    for held in done.held:
        say(f"    {held.task_id}\t{held.why.zh} / {held.why.en}")


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|move|recall")
    listing = verbs.add_parser("list", help="open tasks on a desk, promised callbacks first")
    listing.add_argument("staff_number", metavar="STAFF")
    listing.set_defaults(run=run_list)
    moving = verbs.add_parser("move", help="to another desk that may take them")
    moving.add_argument("--to", required=True, metavar="STAFF", help="whose desk they go to")
    moving.set_defaults(run=run_move)
    recalling = verbs.add_parser("recall", help="back to the pool; dispatch passes this desk over until tomorrow")
    recalling.set_defaults(run=run_recall)
    for verb in (moving, recalling):
        verb.add_argument("ids", nargs="*", metavar="TASK", help="ids, as `list` shows them")
        verb.add_argument("--from", dest="holder", required=True, metavar="STAFF", help="whose desk they lie on")
        verb.add_argument("--all", action="store_true", help="everything on the desk, promised callbacks too")
        verb.add_argument("--away", action="store_true", help="they are not here: they get nothing more today")
    for verb in (listing, moving, recalling):
        add_place(verb)
