"""`user add|disable|enable|password|list`: accounts."""

import argparse
import getpass
import sys
from collections.abc import Callable

from core.domain.errors import InputError
from core.domain.people import ROLE_NAMES, Agent, Role, SkillLevel
from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import say
from core.server.commands.scenarios import check_scenarios


def run_add(options: argparse.Namespace) -> None:
    from core.server.access.passwords import hash_password
    from core.server.db import audit, people
    from core.server.db.audit import Action

    check_scenarios(options.skill)
    agent = Agent(
        staff_number=options.staff_number,
        name=options.name,
        role=Role(options.role),
        team=options.team,
        team_name=options.team_name or options.team,
        skills=tuple(options.skill),
        level=SkillLevel(options.level),
        daily_target=options.daily_target,
        areas=tuple(options.area),
    )
    password_hash = hash_password(_password(options))
    with opened(options) as database, database.write() as unit:
        new = people.put(unit, agent, password_hash=password_hash)
        audit.write(
            unit, writer=actor(), action=Action.USER_ADDED, object_=agent.staff_number, role=agent.role, new=new
        )
    zh, en = ("已添加", "added") if new else ("已更新", "updated")
    say(f"工号 {agent.staff_number} {zh}。 / User {agent.staff_number} {en}.")


def run_disable(options: argparse.Namespace) -> None:
    from core.server.db import audit, people
    from core.server.db.audit import Action

    disabled = options.verb == "disable"
    with opened(options) as database, database.write() as unit:
        people.set_disabled(unit, options.staff_number, disabled)
        action = Action.USER_DISABLED if disabled else Action.USER_ENABLED
        audit.write(unit, writer=actor(), action=action, object_=options.staff_number)
    zh, en = ("已停用", "disabled") if disabled else ("已启用", "enabled")
    say(f"工号 {options.staff_number} {zh}。 / User {options.staff_number} {en}.")


def run_password(options: argparse.Namespace) -> None:
    from core.server.access.passwords import hash_password
    from core.server.db import audit, people
    from core.server.db.audit import Action

    password_hash = hash_password(_password(options))
    with opened(options) as database, database.write() as unit:
        people.set_password(unit, options.staff_number, password_hash)
        audit.write(unit, writer=actor(), action=Action.PASSWORD_SET, object_=options.staff_number)
    say(f"工号 {options.staff_number} 的密码已重设。 / Password of {options.staff_number} was set.")


def run_list(options: argparse.Namespace) -> None:
    from core.server.db import people

    with opened(options) as database, database.read() as unit:
        accounts = people.everyone(unit)
    for account in accounts:
        who = account.agent
        state = "停用 disabled" if account.disabled else ""
        role = ROLE_NAMES[who.role]
        say("\t".join((who.staff_number, who.name, role.zh, role.en, who.team, ",".join(who.skills), state)).rstrip())


def _password(options: argparse.Namespace) -> str:
    """From standard input where told so, else asked for; never an argument, which a process list would show."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise InputError(
            title=Text("缺少密码", "No password"),
            message=Text("没有终端可以输入密码。", "There is no terminal to ask for one."),
            next_step=Text(
                "请用 --password-stdin 从标准输入传入。", "Pass it on standard input with --password-stdin."
            ),
        )
    return getpass.getpass("密码 / Password: ")


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|disable|enable|password|list")
    one = verbs.add_parser("add", help="add a user, or replace one")
    one.add_argument("staff_number")
    one.add_argument("--name", required=True)
    one.add_argument("--role", required=True, choices=[role.value for role in Role])
    one.add_argument("--team", required=True, help="id of the team")
    one.add_argument("--team-name", help="what the team is called")
    one.add_argument("--skill", action="append", default=[], metavar="SCENARIO", help="certified for it; may repeat")
    one.add_argument("--level", default="single", choices=[level.value for level in SkillLevel])
    one.add_argument("--area", action="append", default=[], help="may repeat; none stands for the whole centre")
    one.add_argument("--daily-target", type=int, default=80)
    one.set_defaults(run=run_add)
    _password_options(one)
    for verb, words in (("disable", "refuse a user from the next request on"), ("enable", "let a user in again")):
        single = verbs.add_parser(verb, help=words)
        single.add_argument("staff_number")
        single.set_defaults(run=run_disable)
        add_place(single)
    reset = verbs.add_parser("password", help="set a user's password")
    reset.add_argument("staff_number")
    reset.set_defaults(run=run_password)
    _password_options(reset)
    listing = verbs.add_parser("list", help="all users")
    listing.set_defaults(run=run_list)
    for sub in (one, reset, listing):
        add_place(sub)


def _password_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
