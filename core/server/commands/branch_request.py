"""`branch-request list|answer|activate`: what agents ask of branches, answered by whoever speaks for the branch."""

import argparse
from collections.abc import Callable

from core.domain.branch_request import BranchRequest, BranchState, branch_words
from core.domain.clock import CHINA
from core.server.commands.place import actor, opened
from core.server.commands.say import say


def run_list(options: argparse.Namespace) -> None:
    from core.server.db import branch_requests

    state = BranchState(options.state) if options.state else None
    with opened(options) as database, database.read() as unit:
        found = branch_requests.listed(unit, state=state)
    for one in found:
        _say(one)
    if not found:
        say("没有请求。 / Nothing was asked.")


def run_answer(options: argparse.Namespace) -> None:
    from core.server.branch_requests import answer

    with opened(options) as database:
        _say(answer(database, options.plan, options.branch, agreed=options.yes, words=options.words, by=actor()))


def run_activate(options: argparse.Namespace) -> None:
    from core.server.branch_requests import activate

    with opened(options) as database:
        _say(activate(database, options.plan, options.branch, by=actor()))


def _say(one: BranchRequest) -> None:
    when, words = f"{one.changed_at.astimezone(CHINA):%Y-%m-%d %H:%M}", branch_words(one)
    say("\t".join((one.plan_code, one.branch, one.state, when, ",".join(one.asked_by))))
    say(f"    {words.zh} / {words.en}")


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|answer|activate")
    listing = verbs.add_parser("list", help="requests with their state, oldest first")
    listing.add_argument("--state", choices=[state.value for state in BranchState], help="those in this state alone")
    listing.set_defaults(run=run_list)
    answering = verbs.add_parser("answer", help="what the branch says")
    activating = verbs.add_parser("activate", help="the branch has opened the plan: desks may sell it from now on")
    for verb in (answering, activating):
        verb.add_argument("plan", metavar="PLAN", help="the plan's code")
        verb.add_argument("branch", metavar="BRANCH", help="the branch, as `list` shows it")
    said = answering.add_mutually_exclusive_group(required=True)
    said.add_argument("--yes", action="store_true", help="it agrees; open it with `activate`")
    said.add_argument("--no", dest="yes", action="store_false", help="it does not")
    answering.add_argument("--words", default="", metavar="TEXT", help="a line to the agents")
    answering.set_defaults(run=run_answer)
    activating.set_defaults(run=run_activate)
    for verb in (listing, answering, activating):
        add_place(verb)
