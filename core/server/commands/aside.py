"""`aside list|take|close`: results of calls that could not be taken as desks sent them; nothing of them is lost."""

import argparse
from collections.abc import Callable

from core.domain.clock import CHINA
from core.domain.errors import InputError
from core.domain.masking import mask_text
from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import say


def run_list(options: argparse.Namespace) -> None:
    from core.server.db import kept_aside
    from core.server.sync.answers import WORDS, Code

    with opened(options) as database, database.read() as unit:
        found = kept_aside.waiting(unit)
    for one in found:
        why, saved = WORDS[Code(one.code)], kept_aside.saved_of(one)
        say("\t".join((one.item_id, f"{one.received_at.astimezone(CHINA):%Y-%m-%d %H:%M}", one.staff_number, one.code)))
        if saved is not None:
            kept = saved.outcome
            parts = (kept.scenario, kept.result, kept.reason, f"{kept.call.talk_time_s} s", mask_text(kept.note))
            say(f"    {kept.customer_id}  " + " · ".join(part for part in parts if part))
        say(f"    {why.zh} / {why.en}")
    if not found:
        say("没有另存待修正的结果。 / No result is kept aside.")


def run_take(options: argparse.Namespace) -> None:
    """Judged once more as its agent had sent it: content that was published since may know its codes."""
    from core.server.access.caller import Caller
    from core.server.db import audit, kept_aside, people
    from core.server.db.audit import Action
    from core.server.sync.answers import WORDS, Code
    from core.server.sync.decode import decode_batch
    from core.server.sync.push import push
    from core.wire.push import Verdict

    with opened(options) as database:
        with database.read() as unit:
            waiting = [one for one in kept_aside.of_item(unit, options.id) if not one.repaired_by]
            account = people.require(unit, waiting[0].staff_number) if waiting else None
        if account is None:
            raise _not_there(options.id)
        if not waiting[0].body:
            raise _refused_again(WORDS[Code(waiting[0].code)])
        batch = decode_batch(b'{"items":[' + waiting[0].body + b"]}")
        (answer,) = push(database, Caller(account.agent, ""), batch).answers
        if answer.verdict in (Verdict.REJECTED, Verdict.CONFLICT):
            raise _refused_again(Text(answer.message_zh, answer.message_en))
        with database.write() as unit:
            audit.write(unit, writer=actor(), action=Action.REPAIRED, object_=options.id, by=options.id)
    say(f"已收下，记在 {account.agent.staff_number} 名下。 / Taken, as a result of {account.agent.staff_number}.")


def run_close(options: argparse.Namespace) -> None:
    from core.server.db import audit, kept_aside
    from core.server.db.audit import Action

    with opened(options) as database, database.write() as unit:
        if not any(not one.repaired_by for one in kept_aside.of_item(unit, options.id)):
            raise _not_there(options.id)
        kept_aside.repair(unit, options.id, by=kept_aside.CLOSED)
        audit.write(unit, writer=actor(), action=Action.REPAIRED, object_=options.id, by=kept_aside.CLOSED)
    say("已了结，不再列出；内容仍保留。 / Closed: it is listed no more, and still kept.")


def _not_there(item_id: str) -> InputError:
    return InputError(
        title=Text("没有这条另存的结果", "No such result is kept aside"),
        message=Text(
            f"没有编号 {item_id}，或它已修正。", f"There is none with the id {item_id}, or it has been put right."
        ),
        next_step=Text("用 aside list 查看还在等的。", "See those that wait with: aside list."),
    )


def _refused_again(why: Text) -> InputError:
    return InputError(
        title=Text("还是不能收下", "It still cannot be taken"),
        message=Text(f"{why.zh.rstrip('。')}。内容仍另存着。", f"{why.en.rstrip('.')}. It stays kept aside."),
        next_step=Text(
            "先用 content publish 发布认得它的内容，或请坐席更正后再传；不必再办的用 aside close。",
            "Publish content that knows it (content publish), or have its agent correct it; close what needs nothing"
            " more with: aside close.",
        ),
    )


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|take|close")
    listing = verbs.add_parser("list", help="those that wait, each with the reason")
    listing.set_defaults(run=run_list)
    taking = verbs.add_parser("take", help="judge one anew, after content that knows its codes was published")
    taking.set_defaults(run=run_take)
    closing = verbs.add_parser("close", help="list one no more; it is still kept")
    closing.set_defaults(run=run_close)
    for verb in (taking, closing):
        verb.add_argument("id", metavar="ID", help="as `aside list` shows it")
    for verb in (listing, taking, closing):
        add_place(verb)
