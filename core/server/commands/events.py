"""`events list|take|close|kinds`: what other systems told of, and what of it waits for a person to look."""

import argparse
from collections.abc import Callable
from datetime import timedelta

from core.domain.clock import CHINA
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say

_DAYS = 7


def run_list(options: argparse.Namespace) -> None:
    from core.domain.incoming import ASIDE_WORDS, Taken
    from core.server.db import incoming

    states = frozenset(Taken) if options.all else frozenset({Taken.ASIDE})
    with opened(options) as database, database.read() as unit:
        since = unit.now - timedelta(days=options.days)
        found, counts = incoming.listed(unit, states, since=since), incoming.counts(unit, since=since)
    for one in found:
        at = f"{one.received_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        say("\t".join((one.event.id, at, one.event.kind, one.customer_id or "-", one.task_id or "-")))
        if one.why is not None:
            say(f"    {ASIDE_WORDS[one.why].zh} / {ASIDE_WORDS[one.why].en}")
    tasks = sum(number for (_, state), number in counts.items() if state is Taken.TASK)
    waiting = sum(number for (_, state), number in counts.items() if state is Taken.ASIDE)
    say(
        f"近 {options.days} 天：成为任务 {tasks} 件，等人看的 {waiting} 件。"
        f" / The last {counted(options.days, 'day')}: {tasks} became tasks, {waiting} kept aside."
    )


def run_kinds(options: argparse.Namespace) -> None:
    """What content says is done about each kind."""
    from core.domain.incoming import EVENT_KIND
    from core.server.db import published
    from core.server.incoming.taking import kind_of

    with opened(options) as database, database.read() as unit:
        scripts = published.scenarios(unit)
        found = [kind_of(unit, name) for name in published.names(unit, EVENT_KIND)]
    for one in found:
        if one is None:
            continue
        there = "" if one.scenario in scripts else "  （没有话术 / no script）"
        fields = " ".join(field.name for field in one.fields)
        say(f"{one.id}\t{one.name.zh} / {one.name.en}\t{one.scenario}{there}\t{one.due_within_min} min\t{fields}")


def run_take(options: argparse.Namespace) -> None:
    from core.domain.incoming import Taken
    from core.server.incoming.taking import NoSuchEvent, take_again

    with opened(options) as database:
        try:
            told = take_again(database, actor(), options.id)
        except NoSuchEvent as error:
            raise _not_there(options.id) from error
    if told.state is Taken.TASK:
        say(f"已成为任务 {told.task}。 / It is the task {told.task} now.")
        return
    words = told.words or Text("", "")
    say(f"仍另存：{words.zh}。 / It stays aside: {words.en}.")


def run_close(options: argparse.Namespace) -> None:
    from core.server.incoming.taking import NoSuchEvent, close_event

    with opened(options) as database:
        try:
            close_event(database, actor(), options.id)
        except NoSuchEvent as error:
            raise _not_there(options.id) from error
    say("已了结，不再列出。 / Closed: it is listed no more.")


def _not_there(event_id: str) -> InputError:
    return InputError(
        title=Text("没有这件事", "No such event"),
        message=Text(
            f"没有编号 {event_id} 的事件在等，或者已经处理。",
            f"No event {event_id} waits, or it has been seen to.",
        ),
        next_step=Text("用 events list 查看还在等的。", "See those that wait with: events list."),
    )


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|take|close|kinds")
    listing = verbs.add_parser("list", help="those that could not become tasks, each with the reason")
    listing.add_argument("--all", action="store_true", help="all of them")
    listing.add_argument("--days", type=int, default=_DAYS, metavar="N", help="the last so many days (default: 7)")
    listing.set_defaults(run=run_list)
    kinds = verbs.add_parser(
        "kinds", help="the kinds that content knows, their scenario, and the fields of their words"
    )
    kinds.set_defaults(run=run_kinds)
    taking = verbs.add_parser("take", help="judge one anew: its kind, or the customer, may be known by now")
    taking.set_defaults(run=run_take)
    closing = verbs.add_parser("close", help="nothing is to be done: list it no more")
    closing.set_defaults(run=run_close)
    for verb in (taking, closing):
        verb.add_argument("id", metavar="ID", help="as `events list` shows it")
    for verb in (listing, kinds, taking, closing):
        add_place(verb)
