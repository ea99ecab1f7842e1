"""`tips list|approve|return|refuse|take-back|reword`: what agents learnt in their calls, and what becomes of it."""

import argparse
from collections.abc import Callable

from core.domain.clock import CHINA
from core.domain.knowledge import TipState
from core.server.commands.place import actor, opened
from core.server.commands.say import say


def run_list(options: argparse.Namespace) -> None:
    from core.server.db import tips

    state = None if options.all else TipState.APPROVED if options.standing else TipState.WAITING
    with opened(options) as database, database.read() as unit:
        found = tips.listed(unit, state=state)
    for one in found:
        when = f"{one.received_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        where = "/".join(part for part in (one.tip.scenario, one.tip.step) if part)
        say("\t".join((str(one.tip.id), when, one.tip.agent, one.state, where, one.tip.title)))
        for line in one.tip.text.splitlines():
            say(f"    {line}")
        if one.reason:
            say(f"    ✗ {one.decided_by}: {one.reason}")
    if not found:
        nothing = {
            None: "还没有人写过经验。 / No tip was written yet.",
            TipState.APPROVED: "没有公开的经验。 / No tip is with everyone.",
        }
        say(nothing.get(state, "没有经验在等待。 / No tip is waiting."))


def run_approve(options: argparse.Namespace) -> None:
    from core.server.tips import decide

    with opened(options) as database:
        done = decide(database, options.id, approve=True, by=actor())
    say(f"已批准，下次同步时大家可见：{done.tip.title} / Approved; everyone has it at the next sync.")


def run_refuse(options: argparse.Namespace) -> None:
    from core.server.tips import decide

    with opened(options) as database:
        done = decide(database, options.id, approve=False, reason=options.reason, by=actor())
    say(f"未采纳，理由会告诉 {done.tip.agent}。 / Refused; {done.tip.agent} is told why.")


def run_return(options: argparse.Namespace) -> None:
    from core.server.tips import decide

    with opened(options) as database:
        done = decide(database, options.id, approve=False, again=True, reason=options.reason, by=actor())
    say(f"已退回 {done.tip.agent} 修改。 / Returned; {done.tip.agent} is asked to write it anew.")


def run_take_back(options: argparse.Namespace) -> None:
    from core.server.standing_tips import take_back

    with opened(options) as database:
        done = take_back(database, options.id, reason=options.reason, by=actor())
    say(f"已撤下，下次同步时大家都看不到了：{done.tip.title} / Taken back; everyone forgets it at the next sync.")


def run_reword(options: argparse.Namespace) -> None:
    from core.server.db import tips
    from core.server.standing_tips import reword

    with opened(options) as database:
        with database.read() as unit:
            found = tips.get(unit, options.id)
        title = options.title or (found.tip.title if found else "")
        text = options.text or (found.tip.text if found else "")
        done = reword(database, options.id, title=title, text=text, reason=options.reason, by=actor())
    say(f"已改写，下次同步时大家看到新的：{done.tip.title} / Reworded; everyone has it at the next sync.")


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|approve|return|refuse|take-back|reword")
    listing = verbs.add_parser("list", help="tips that wait, with their text")
    which = listing.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="those decided as well")
    which.add_argument("--standing", action="store_true", help="those that everyone has")
    listing.set_defaults(run=run_list)
    approve = verbs.add_parser("approve", help="publish a tip to everyone")
    approve.add_argument("id", metavar="ID")
    approve.set_defaults(run=run_approve)
    again = verbs.add_parser("return", help="send a tip back to its author, to be written anew")
    again.add_argument("id", metavar="ID")
    again.add_argument("--reason", required=True, metavar="TEXT", help="what is still to be said better")
    again.set_defaults(run=run_return)
    refuse = verbs.add_parser("refuse", help="turn a tip down, with a line to its author")
    refuse.add_argument("id", metavar="ID")
    refuse.add_argument("--reason", required=True, metavar="TEXT", help="a line to the author")
    refuse.set_defaults(run=run_refuse)
    back = verbs.add_parser("take-back", help="have everyone forget an approved tip, with a line to its author")
    back.add_argument("id", metavar="ID")
    back.add_argument("--reason", required=True, metavar="TEXT", help="a line to the author")
    back.set_defaults(run=run_take_back)
    better = verbs.add_parser("reword", help="give everyone an approved tip in better words")
    better.add_argument("id", metavar="ID")
    better.add_argument("--title", default="", metavar="TEXT", help="the new title (default: as it is)")
    better.add_argument("--text", default="", metavar="TEXT", help="the new text (default: as it is)")
    better.add_argument("--reason", default="", metavar="TEXT", help="a line to the author")
    better.set_defaults(run=run_reword)
    for verb in (listing, approve, again, refuse, back, better):
        add_place(verb)
