"""`duty add|clear|list`: who is on duty for diamond customers when (VIP-11)."""

import argparse
from collections.abc import Callable

from core.domain.duty import DAY_MIN, Roster, Shift, gaps
from core.domain.errors import InputError
from core.domain.people import Right
from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import say
from core.server.db.engine import Unit

_ZH, _EN = "一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def run_add(options: argparse.Namespace) -> None:
    from core.server.cases import duty
    from core.server.cases.shifts import shifts

    shift = Shift(
        staff_number=options.staff_number,
        days=_days(options.days),
        from_min=_minute(options.begins),
        until_min=_minute(options.ends) % DAY_MIN,
    )
    with opened(options) as database, database.write() as unit:
        _check(unit, options.staff_number)
        if shift not in (standing := shifts(unit)):
            duty.put_shifts(unit, [*standing, shift], by=actor())
        _tell(duty.roster(unit))


def run_clear(options: argparse.Namespace) -> None:
    """All shifts, or those of one person."""
    from core.server.cases import duty
    from core.server.cases.shifts import shifts

    with opened(options) as database, database.write() as unit:
        kept = [one for one in shifts(unit) if options.staff_number not in (None, one.staff_number)]
        duty.put_shifts(unit, kept, by=actor())
        _tell(duty.roster(unit))


def run_list(options: argparse.Namespace) -> None:
    from core.server.cases import duty

    with opened(options) as database, database.read() as unit:
        _tell(duty.roster(unit))


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|clear|list")
    adding = verbs.add_parser("add", help="put somebody on duty on certain days")
    adding.add_argument("staff_number")
    adding.add_argument("--days", default="1-7", metavar="DAYS", help="weekdays, Monday 1 to Sunday 7: 1-5, or 6,7")
    adding.add_argument("--from", dest="begins", required=True, metavar="HH:MM")
    adding.add_argument("--until", dest="ends", required=True, metavar="HH:MM", help="may lie after midnight")
    adding.set_defaults(run=run_add)
    clearing = verbs.add_parser("clear", help="take everybody off duty, or one person")
    clearing.add_argument("staff_number", nargs="?")
    clearing.set_defaults(run=run_clear)
    listing = verbs.add_parser("list", help="the shifts, and when nobody is on duty")
    listing.set_defaults(run=run_list)
    for verb in (adding, clearing, listing):
        add_place(verb)


def _tell(roster: Roster) -> None:
    for one in roster.shifts:
        days, names = "".join(_ZH[day - 1] for day in one.days), " ".join(_EN[day - 1] for day in one.days)
        hours = f"{_clock(one.from_min)}–{_clock(one.until_min)}"
        say("\t".join((one.staff_number, roster.name(one.staff_number), hours, f"{days} / {names}")))
    if not roster.shifts:
        say("没有值班安排：钻卡客户的来电转单按平常派单。 / Nobody is on duty: diamond calls go out as all others.")
        return
    for day, start, end in gaps(roster.shifts):
        span = f"{_clock(start)}–{_clock(end)}"
        say(f"星期{_ZH[day - 1]} {span} 没有人值班。 / Nobody is on duty on {_EN[day - 1]} {span}.")


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _minute(text: str) -> int:
    from core.domain.calendar import minute_of_day

    try:
        return minute_of_day(text)
    except InputError as error:
        next_step = Text("请用 --from 和 --until 写成 08:00 这样。", "Write --from and --until like 08:00.")
        raise InputError(title=error.title, message=error.message, next_step=next_step) from error


def _days(text: str) -> tuple[int, ...]:
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            raise _no_days(text)
        found.update(range(int(first), int(last or first) + 1))
    if not found or min(found) < 1 or max(found) > 7:
        raise _no_days(text)
    return tuple(sorted(found))


def _no_days(text: str) -> InputError:
    return InputError(
        title=Text("星期写法有误", "Not weekdays"),
        message=Text(f"“{text}”不是星期，周一为 1，周日为 7。", f"“{text}” are no weekdays: Monday is 1, Sunday 7."),
        next_step=Text("例如 --days 1-5 或 --days 6,7。", "Such as --days 1-5 or --days 6,7."),
    )


def _check(unit: Unit, staff_number: str) -> None:
    from core.server.db import people

    account = people.require(unit, staff_number)
    if account.disabled or Right.CALL_WITHOUT_TASK not in account.agent.rights:
        raise InputError(
            title=Text("不能值班", "Cannot be on duty"),
            message=Text("值班的要能自己接打电话。", "Whoever is on duty takes and makes calls of their own."),
            next_step=Text("请换一个工号，用 user list 查看。", "Name another; see them with: user list."),
        )
