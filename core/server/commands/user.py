"""`user add|change|disable|enable|password|list|link|unlink|sessions|sign-out`: accounts, and who is signed in."""

import argparse
from collections.abc import Callable

from core.domain.people import ROLE_NAMES
from core.server.commands.passwords import add_password_options, password_of
from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say


def run_disable(options: argparse.Namespace) -> None:
    from core.server.db import audit, people
    from core.server.db.audit import Action
    from core.server.leases import reap

    disabled = options.verb == "disable"
    with opened(options) as database:
        with database.write() as unit:
            people.set_disabled(unit, options.staff_number, disabled)
            action = Action.USER_DISABLED if disabled else Action.USER_ENABLED
            audit.write(unit, writer=actor(), action=action, object_=options.staff_number)
        taken = reap(database).leases if disabled else 0
    zh, en = ("已停用", "disabled") if disabled else ("已启用", "enabled")
    if taken:
        zh, en = f"{zh}，收回 {taken} 个任务待派发", f"{en}; {counted(taken, 'task')} wait to be given out again"
    say(f"工号 {options.staff_number} {zh}。 / User {options.staff_number} {en}.")


def run_password(options: argparse.Namespace) -> None:
    from core.server.access.passwords import hash_password
    from core.server.db import audit, people
    from core.server.db.audit import Action

    with opened(options) as database:
        with database.read() as unit:
            people.require(unit, options.staff_number)
        password_hash = hash_password(password_of(options))
        with database.write() as unit:
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
    if not accounts:
        say("还没有工号。 / There is no user yet.")


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    from core.server.commands.user_links import add_options as add_link_options
    from core.server.commands.user_records import add_options
    from core.server.commands.user_sessions import add_options as add_session_options

    shown = "add|change|disable|enable|password|list|link|unlink|sessions|sign-out"
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=shown)
    one = verbs.add_parser("add", help="add a user; a staff number that exists is refused")
    change = verbs.add_parser("change", help="change what is named of a user; the rest and the password stay")
    add_options(one, change)
    add_password_options(one)
    for verb, words in (("disable", "refuse a user from the next request on"), ("enable", "let a user in again")):
        single = verbs.add_parser(verb, help=words)
        single.add_argument("staff_number")
        single.set_defaults(run=run_disable)
        add_place(single)
    reset = verbs.add_parser("password", help="set a user's password")
    reset.add_argument("staff_number")
    reset.set_defaults(run=run_password)
    add_password_options(reset)
    listing = verbs.add_parser("list", help="all users")
    listing.set_defaults(run=run_list)
    linking = verbs.add_parser("link", help="let a user sign in by that account of the organisation (see oidc)")
    unlinking = verbs.add_parser("unlink", help="no more; ends the user's sessions, the password stays")
    add_link_options(linking, unlinking)
    going_on = verbs.add_parser("sessions", help="who is signed in on which machine: begun, last heard")
    ending = verbs.add_parser("sign-out", help="end a user's sessions; refused at the next request")
    add_session_options(going_on, ending)
    for sub in (one, change, reset, listing, linking, unlinking, going_on, ending):
        add_place(sub)
