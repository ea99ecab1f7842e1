"""`stayline-server`: the command line of the server."""

import argparse
import importlib
import sys

from core import __version__
from core.domain.errors import StaylineError
from core.server.commands.in_plain_words import in_plain_words
from core.server.commands.place import add_place
from core.server.commands.say import let_go, told

_COMMANDS = {
    "init": "make the database, or bring it to the newest schema; publish the shipped content",
    "serve": "serve the API",
    "site": "what the centre is called, when it may call, which tasks where: show, set, types, enable, disable",
    "certificate": "the server's certificate as desks know it: code, announce, list, withdraw",
    "user": "accounts: add, change, disable, enable, password, list, link, unlink, sessions, sign-out",
    "oidc": "signing in by accounts of the organisation, beside passwords: set, show, off",
    "import": "bring in a list of customers and make tasks of it",
    "snapshot": "what is known of every customer, as it was: take, load, list, drop, erased, health, accept, arrived",
    "screen": "whom rules find in a snapshot: rules, factors, preview, run",
    "model": "who is likely to leave, learnt from a list: train, evaluate, explain, score, publish, rollback, uplift",
    "night": "the night's chain: snapshot, health, the model's scores, rules, campaigns, dispatch; each timed",
    "campaign": "whom to reach about what, with a control group: new, start, show, pause, stop, lists, effect",
    "dispatch": "give out waiting tasks now",
    "export": "write outcomes, SMS or other follow-ups to CSV or XLSX",
    "demo": "fill the database with an invented city",
    "demo-crm": "the demo's CRM and SMS gateway, for orders; answers on this machine alone",
    "demo-departments": "the demo's departments and stores; answers on this machine alone",
    "content": "scripts, templates and knowledge: check, diff, publish, rollback, list",
    "lists": "how good lists and dealers are by what agents found, and lists that are held: list, confirm, dealers",
    "jobs": "what the server runs at set hours: list, run, on, off",
    "events": "what other systems told of as it happened: list, take, close, kinds",
    "aside": "results of calls that could not be taken as sent, kept for repair: list, take, close",
    "orders": "orders that agents took: list, and the customer's confirmation: confirm, decline",
    "care": "care begun for a list or an area, by text, letter or call: classes, start",
    "cards": "reinstall cards that agents gave: report, list, redeem",
    "errands": "work orders, visits, feedback: list, answer, and what calls brought later: import-later, later",
    "branch-request": "what agents ask of branches, to open a plan to calls: list, answer, activate",
    "duty": "who is on duty for diamond customers when: add, clear, list",
    "task": "what lies on a desk, and giving it to another: list, move, recall",
    "deputy": "who answers requests for more authority while a lead is away: set, end, list",
    "tips": "what agents wrote down for everyone: list, approve, return, refuse, take-back, reword",
    "backup": "copy the database, while it is served, into a file",
    "restore": "put a backup in the place of the database",
    "purge": "delete for good what has been kept for longer than its period",
    "erase": "delete one customer who asks for it, and say what must stay",
    "on-net": "who has left the net, as the billing system lists them: save rates are told from it",
    "report": "the figures of the review for a schedule: XLSX, CSV or JSON",
    "package": "responsibility packages: list, snapshot, standing",
    "audit": "check that nobody cut, edited or reordered the audit, and see who saw a customer: verify, who",
}
_MODULES = {
    "import": "import_",
    "demo-crm": "demo_crm",
    "demo-departments": "demo_departments",
    "branch-request": "branch_request",
    "on-net": "on_net",
}
_WITH_VERBS = frozenset(
    {
        "user", "aside", "site", "package", "content", "tips", "task", "duty", "deputy", "orders", "errands", "cards",
        "care", "branch-request", "snapshot", "screen", "campaign", "model", "certificate", "oidc", "events", "jobs",
        "lists", "audit",
    }
)  # fmt: skip
"""each of their verbs names its place"""


def parser_of(name: str | None) -> argparse.ArgumentParser:
    """The parser; only the module of the command that was named is imported, so that `serve` starts at once."""
    parser = argparse.ArgumentParser(prog="stayline-server", description="The server of Stayline.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command, words in _COMMANDS.items():
        sub = commands.add_parser(command, help=words, description=words)
        if command != name:
            continue
        module = importlib.import_module(f"core.server.commands.{_MODULES.get(command, command)}")
        if command in _WITH_VERBS:
            module.add(sub, add_place)
        else:
            module.add(sub)
            add_place(sub)
    return parser


def main(argv: list[str] | None = None) -> int:
    """The exit status: 0 done, 1 refused with a plain message, 2 wrong usage, 130 interrupted."""
    try:
        return _run(argv)
    finally:
        let_go(sys.stdout, sys.stderr)


def _run(argv: list[str] | None) -> int:
    arguments = sys.argv[1:] if argv is None else argv
    options = argparse.Namespace()
    try:
        name = next((word for word in arguments if word in _COMMANDS), None)
        parser_of(name).parse_args(arguments, options)
        return int(options.run(options) or 0)
    except StaylineError as error:
        print(*told(error), sep="\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断；可以再次运行同一命令。 / Interrupted; the same command can be run again.", file=sys.stderr)
        return 130
    except Exception as error:
        lines = in_plain_words(error, options)
        if not lines:
            raise
        print(*lines, sep="\n", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
