"""`user link` and `user unlink`: which account of the organisation a user may sign in by."""

import argparse

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import say

_LONGEST = 255


def run_link(options: argparse.Namespace) -> None:
    """In the place of an earlier link.

    Raises InputError where no provider is set, for an unknown staff number, or an account that is somebody else's.
    """
    from core.server.db import audit, links
    from core.server.db.audit import Action
    from core.server.db.links import Link
    from core.server.organisation import settings

    subject = options.subject.strip()
    if not subject or len(subject) > _LONGEST:
        raise InputError(
            title=Text("单位账号写法不对", "That is no account"),
            message=Text(f"要 1 到 {_LONGEST} 个字符。", f"It has 1 to {_LONGEST} letters."),
            next_step=Text("请照登录窗口所示填写。", "Write it as the sign-in window shows it."),
        )
    with opened(options) as database, database.write() as unit:
        known = settings.read(unit)
        if known is None:
            raise InputError(
                title=Text("没有开通单位账号登录", "No provider is set"),
                message=Text("未作改动。", "Nothing was changed."),
                next_step=Text("先运行 oidc set。", "First run: oidc set."),
            )
        links.put(unit, options.staff_number, Link(known.issuer, known.claim, subject))
        audit.write(unit, writer=actor(), action=Action.USER_LINKED, object_=options.staff_number, issuer=known.issuer)
    say(
        f"工号 {options.staff_number} 可用单位账号 {subject} 登录。 / "
        f"User {options.staff_number} may sign in by the account {subject}."
    )


def run_unlink(options: argparse.Namespace) -> None:
    """Ends the user's sessions too: it cannot be told which of them were begun so. Raises InputError if unknown."""
    from core.server.db import audit, links, people
    from core.server.db.audit import Action

    with opened(options) as database, database.write() as unit:
        people.require(unit, options.staff_number)
        gone = links.remove(unit, options.staff_number)
        if gone:
            people.end_sessions(unit, options.staff_number)
            audit.write(unit, writer=actor(), action=Action.USER_UNLINKED, object_=options.staff_number)
    if gone:
        say(
            f"工号 {options.staff_number} 不再关联单位账号，其登录已结束。 / "
            f"User {options.staff_number} is linked no more; their sessions have ended."
        )
    else:
        say(f"工号 {options.staff_number} 没有关联单位账号。 / User {options.staff_number} has no link.")


def add_options(linking: argparse.ArgumentParser, unlinking: argparse.ArgumentParser) -> None:
    linking.add_argument("staff_number")
    linking.add_argument(
        "subject", help="the account as the provider names it: its subject, or its e-mail with --claim"
    )
    linking.set_defaults(run=run_link)
    unlinking.add_argument("staff_number")
    unlinking.set_defaults(run=run_unlink)
