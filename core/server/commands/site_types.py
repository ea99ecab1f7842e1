"""`site types|enable|disable`: which types of task are made where (TASK-17)."""

import argparse
from collections.abc import Callable

from core.domain.task_types import TASK_TYPE_NAMES
from core.server.commands.place import actor, opened
from core.server.commands.say import say

TYPE_NAMES = {one.value: words for one, words in TASK_TYPE_NAMES.items()}


def run_types(options: argparse.Namespace) -> None:
    from core.domain.task import TaskType
    from core.server.db.enabling import enabled

    with opened(options) as database, database.read() as unit:
        found = enabled(unit)
    for one in TaskType:
        words = TYPE_NAMES[one.value]
        on = found.allows(one)
        say(f"{one.value}\t{words.zh} / {words.en}\t{'开通 on' if on else '未开通 off'}")
        for each in found.switches:
            if each.type is one and (each.area or each.grid):
                say(f"    {each.grid or each.area}\t{'开通 on' if each.on else '未开通 off'}")


def run_enable(options: argparse.Namespace) -> None:
    _switch(options, on=True)


def run_disable(options: argparse.Namespace) -> None:
    _switch(options, on=False)


def _switch(options: argparse.Namespace, *, on: bool) -> None:
    from core.domain.task import TaskType
    from core.server.campaigns.relooking import look_again
    from core.server.task_types import turn
    from core.wire.task_types import TurnType

    wanted = TurnType(type=TaskType(options.type), on=on, area=options.area, grid=options.grid)
    with opened(options) as database:
        with database.write() as unit:
            turn(unit, wanted, by=actor())
        if on:
            look_again(database, force=True)
    words, where = TYPE_NAMES[options.type], options.grid or options.area or "全站 everywhere"
    say(f"{words.zh} / {words.en}\t{where}\t{'开通 on' if on else '未开通 off'}")


def add_verbs(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
    add_place: Callable[[argparse.ArgumentParser], None],
) -> None:
    types = verbs.add_parser("types", help="which types of task are switched on, and where not")
    types.set_defaults(run=run_types)
    add_place(types)
    for name, words, run in (
        ("enable", "campaigns make tasks of that type", run_enable),
        ("disable", "they do not, until it is enabled again", run_disable),
    ):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("type", choices=sorted(TYPE_NAMES), metavar="TYPE", help=", ".join(sorted(TYPE_NAMES)))
        verb.add_argument("--area", default="", metavar="AREA", help="there alone")
        verb.add_argument("--grid", default="", metavar="GRID", help="there alone; counts before its area")
        verb.set_defaults(run=run)
        add_place(verb)
