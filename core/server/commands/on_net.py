"""`on-net FILE --as-of DAY`: who has left the net, so that save rates can be told."""

import argparse
from datetime import date
from pathlib import Path

from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say

_LINES_SHOWN = 10


def run(options: argparse.Namespace) -> None:
    from core.server.review.departure_file import read_departures
    from core.server.review.departures import keep_departures, on_net_day, take_back

    with opened(options) as database:
        today = local_day(database.clock())
        if options.as_of > today:
            raise _still_to_come(options.as_of, today)
        found = read_departures(database, options.file, as_of=options.as_of)
        if not found.left and found.unreadable:
            raise _unreadable(len(found.unreadable))
        if not found.left and not options.nobody:
            raise (
                _strangers(len(found.unknown), found.stranger, options.as_of)
                if found.unknown
                else _empty(options.as_of)
            )
        back = take_back(database, after=options.as_of, by=actor()) if options.correct else 0
        changed = keep_departures(database, found.left, as_of=options.as_of, by=actor())
        with database.read() as unit:
            until = on_net_day(unit)
    say(
        f"离网 {len(found.left)} 户，新增或改动 {changed} 户；截至 {options.as_of}。"
        f" / {counted(len(found.left), 'customer')} left, {changed} new or changed; as of {options.as_of}."
    )
    if back:
        say(
            f"{back} 户原记在这天之后离网，已作废。"
            f" / {counted(back, 'customer')} had left after that day by an earlier list: taken back."
        )
    if until is not None and until > options.as_of:
        say(
            f"离网情况仍算已知到 {until}，因为先前的名单说到那天；那份错了，请加 --correct 再导入一次。"
            f" / Who left still counts as known until {until}, as an earlier list said; if that was wrong, bring this"
            " one again with --correct."
        )
    _tell(found.unknown, "库中没有的客户", "Customers not here")
    _tell(found.unreadable, "日期读不出或晚于截至日", "No day that can be read, or after the list's own")


def _tell(lines: tuple[int, ...], zh: str, en: str) -> None:
    if lines:
        shown = ", ".join(str(one) for one in lines[:_LINES_SHOWN]) + (" …" if len(lines) > _LINES_SHOWN else "")
        say(f"{zh} {len(lines)} 行 / {en}, lines: {shown}")


def _still_to_come(as_of: date, today: date) -> InputError:
    return InputError(
        title=Text("日期还没有到", "The day is still to come"),
        message=Text(
            f"{as_of} 还没有到（今天是 {today}），谁会在那之前离网还不知道。什么都没有记下。",
            f"{as_of} is still to come (today is {today}): nobody knows who leaves until then. Nothing was kept.",
        ),
        next_step=Text("--as-of 写名单完整到哪一天。", "Say with --as-of until which day the list is complete."),
    )


def _empty(as_of: date) -> InputError:
    return InputError(
        title=Text("名单里没有人", "The list names nobody"),
        message=Text(
            f"除了表头什么也没有。记下它，就等于说到 {as_of} 没有人离网。",
            f"It holds nothing but headers. Kept, it would say that nobody left until {as_of}.",
        ),
        next_step=Text(
            "请核对文件；确实没有人离网，请加 --nobody。", "Check the file; if nobody left indeed, add --nobody."
        ),
    )


def _strangers(lines: int, first: str, as_of: date) -> InputError:
    """Ids of another spelling, or of another centre: kept, everybody here would count as a stayer."""
    return InputError(
        title=Text("名单里没有这里的客户", "The list names nobody who is here"),
        message=Text(
            f"{lines} 位离网客户这里一位也没有，第一位写作“{first}”。记下它，就等于说到 {as_of} 没有人离网。",
            f"None of {counted(lines, 'customer')} who left is known here, the first written “{first}”. Kept,"
            f" it would say that nobody left until {as_of}.",
        ),
        next_step=Text(
            "请核对客户编号的写法；这里确实没有人离网，请加 --nobody。",
            "Check how customers' ids are written; if nobody left here indeed, add --nobody.",
        ),
    )


def _unreadable(lines: int) -> InputError:
    return InputError(
        title=Text("名单里没有人", "The list names nobody"),
        message=Text(
            f"{lines} 行的日期都读不出或晚于截至日。什么都没有记下。",
            f"{counted(lines, 'row')} without a day that can be read, or after the list's own. Nothing was kept.",
        ),
        next_step=Text("请核对日期的写法。", "Check how the days are written."),
    )


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV: customer id or number, day on which they left")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, required=True, metavar="DAY", help="the list is complete until that day"
    )
    parser.add_argument(
        "--correct", action="store_true", help="an earlier list told of later days, and was wrong: they are taken back"
    )
    parser.add_argument(
        "--nobody", action="store_true", help="the list names nobody of this centre, and nobody left indeed"
    )
    parser.set_defaults(run=run)
