"""`deputy set|end|list`: who answers a team's requests for more authority while its lead is away."""

import argparse
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from core.domain.clock import CHINA
from core.domain.errors import InputError
from core.domain.people import Role
from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import say
from core.server.db.engine import Unit


def run_set(options: argparse.Namespace) -> None:
    from core.server.db import audit, authority
    from core.server.db.audit import Action

    until = _end_of(options.until)
    with opened(options) as database, database.write() as unit:
        if until <= unit.now:
            raise _past()
        _check(unit, options.team, options.staff_number)
        authority.put_deputy(unit, options.team, options.staff_number, until)
        audit.write(
            unit, writer=actor(), action=Action.DEPUTY_SET, object_=options.staff_number, team=options.team,
            until=until.isoformat(),
        )  # fmt: skip
    day = f"{options.until:%Y-%m-%d}"
    say(f"工号 {options.staff_number} 代 {options.team} 班答复申请，到 {day} 为止（含当天）。"
        f" / {options.staff_number} answers for team {options.team} up to and including {day}.")  # fmt: skip


def run_end(options: argparse.Namespace) -> None:
    from core.server.db import audit, authority
    from core.server.db.audit import Action

    with opened(options) as database, database.write() as unit:
        if not authority.drop_deputy(unit, options.team, options.staff_number):
            raise _none(options.team, options.staff_number)
        audit.write(
            unit, writer=actor(), action=Action.DEPUTY_SET, object_=options.staff_number, team=options.team, until=""
        )
    say(f"工号 {options.staff_number} 不再代班。 / {options.staff_number} is no deputy of {options.team} any more.")


def run_list(options: argparse.Namespace) -> None:
    from core.server.db import authority

    with opened(options) as database, database.read() as unit:
        found = authority.deputies(unit)
    for team, staff_number, until in found:
        say("\t".join((team, staff_number, f"{until.astimezone(CHINA) - timedelta(seconds=1):%Y-%m-%d}")))
    if not found:
        say("没有代班班长。 / There is no deputy.")


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="set|end|list")
    setting = verbs.add_parser("set", help="let another team lead answer for a team until a day")
    ending = verbs.add_parser("end", help="end it before that day")
    listing = verbs.add_parser("list", help="deputies, with their team and last day")
    for verb, run in ((setting, run_set), (ending, run_end)):
        verb.add_argument("team")
        verb.add_argument("staff_number")
        verb.set_defaults(run=run)
    setting.add_argument("--until", required=True, type=_day, metavar="DAY", help="the last day, such as 2026-12-01")
    listing.set_defaults(run=run_list)
    for verb in (setting, ending, listing):
        add_place(verb)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no day like 2026-12-01") from error


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=CHINA)


def _check(unit: Unit, team: str, staff_number: str) -> None:
    """A deputy is the lead of another team: their window has the page for it."""
    from core.server.db import people

    account = people.require(unit, staff_number)
    if not people.team_name(unit, team):
        raise InputError(
            title=Text("没有这个班组", "No such team"),
            message=Text(f"库中没有班组 {team}。", f"There is no team {team}."),
            next_step=Text("用 user list 查看班组。", "See the teams with: user list."),
        )
    if account.agent.role is not Role.TEAM_LEAD or account.agent.team == team:
        raise InputError(
            title=Text("不能代班", "Cannot be deputy"),
            message=Text("代班的要是另一个班组的班长。", "A deputy is the lead of another team."),
            next_step=Text(
                "用 user change 改角色，或换一个工号。", "Change the role with: user change, or name another."
            ),
        )


def _past() -> InputError:
    return InputError(
        title=Text("日期已过", "The day is over"),
        message=Text("代班的最后一天要在今天或以后。", "The last day is today or later."),
        next_step=Text("请改 --until。", "Give another --until."),
    )


def _none(team: str, staff_number: str) -> InputError:
    return InputError(
        title=Text("没有这个代班", "No such deputy"),
        message=Text(f"{staff_number} 没有代 {team} 班。", f"{staff_number} is no deputy of {team}."),
        next_step=Text("用 deputy list 查看。", "See them with: deputy list."),
    )
