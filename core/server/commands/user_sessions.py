"""`user sessions` and `user sign-out`: who is signed in on which machine, and ending it from afar."""

import argparse

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say

_SHOWN = 8
"""letters of a session's id that are shown, and are enough to name it"""


def run_sessions(options: argparse.Namespace) -> None:
    from core.server.db import people, sessions

    with opened(options) as database, database.read() as unit:
        if options.staff_number:
            people.require(unit, options.staff_number)
        found = sessions.going_on(unit, options.staff_number or "")
    for one in found:
        began, heard = (at.astimezone().strftime("%Y-%m-%d %H:%M") for at in (one.started_at, one.heard_at))
        say("\t".join((one.id[:_SHOWN], one.staff_number, one.device or "-", began, heard)))
    if not found:
        say("没有人登录。 / Nobody is signed in.")


def run_sign_out(options: argparse.Namespace) -> None:
    """Ends one or all sessions of a user; what they saved stays on their machine and goes up at the next sign-in.

    Raises InputError for an unknown staff number, or a session that is none of theirs.
    """
    from core.server.db import audit, people, sessions
    from core.server.db.audit import Action

    with opened(options) as database, database.write() as unit:
        people.require(unit, options.staff_number)
        named = options.session or ""
        ids = [one.id for one in sessions.going_on(unit, options.staff_number) if one.id.startswith(named)]
        if named and len(ids) != 1:
            raise _not_one(options.staff_number, named)
        ended = sessions.end(unit, ids)
        if ended:
            audit.write(
                unit, writer=actor(), action=Action.SESSIONS_ENDED, object_=options.staff_number, sessions=",".join(ids)
            )
    say(
        f"工号 {options.staff_number} 的 {ended} 处登录已结束，其桌面下次联网即须重新登录。 / "
        f"Ended {counted(ended, 'session')} of user {options.staff_number}; their desk is refused at its next request."
    )


def _not_one(staff_number: str, named: str) -> InputError:
    return InputError(
        title=Text("没有这处登录", "No such session"),
        message=Text(
            f"工号 {staff_number} 没有唯一一处以 {named} 开头的登录，未作改动。",
            f"User {staff_number} has no single session that begins with {named}; nothing was changed.",
        ),
        next_step=Text("用 user sessions 查看。", "See them with: user sessions."),
    )


def add_options(listing: argparse.ArgumentParser, ending: argparse.ArgumentParser) -> None:
    listing.add_argument("staff_number", nargs="?", default="", help="of this user alone")
    listing.set_defaults(run=run_sessions)
    ending.add_argument("staff_number")
    ending.add_argument("--session", metavar="ID", help="this one alone, as user sessions names it")
    ending.set_defaults(run=run_sign_out)
