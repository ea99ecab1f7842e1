"""`errands list|answer|later|strange|import-later`: what departments were asked, answers that came another way than by
their system, and what calls brought days later."""

import argparse
import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from core.domain.clock import CHINA
from core.domain.errand import ENDED_ERRANDS, ERRAND_KINDS, OPEN_ERRANDS, ErrandState, Stage, errand_words
from core.domain.errors import InputError
from core.domain.later_event import LATER_KINDS, MONEY, LaterEvent, LaterKind
from core.domain.masking import mask_text
from core.domain.money import fen_of, yuan_short
from core.domain.text import Text
from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say

_ANSWERS = (ErrandState.ACCEPTED, ErrandState.IN_PROGRESS, ErrandState.DONE, ErrandState.REFUSED)
_COLUMNS = ("id", "kind", "customer_id", "at")
"""that a file of later events needs; `what` and `channel` as well, where they are known, and of money `yuan`"""


def run_list(options: argparse.Namespace) -> None:
    from core.server.db import errands
    from core.server.departments.telling import told_of

    states = ENDED_ERRANDS | OPEN_ERRANDS if options.all else OPEN_ERRANDS
    with opened(options) as database, database.read() as unit:
        found = errands.listed(unit, states=states, department=options.department, limit=options.limit)
        told = [told_of(unit, one) for one in found]
    for one in told:
        asked, words, kind = one.errand, errand_words(one), ERRAND_KINDS[one.errand.kind]
        by = f"{one.answer_by.astimezone(CHINA):%Y-%m-%d %H:%M}"
        say("\t".join((str(asked.id), by, asked.agent, asked.customer_id, asked.department, kind.zh)))
        say(f"    {mask_text(asked.text)}")
        say(f"    {words.zh} / {words.en}")
    if not told:
        say("没有这样的单。 / There is no such errand.")


def run_answer(options: argparse.Namespace) -> None:
    from core.server.departments.moving import move

    words = options.reason.strip()
    if options.state == ErrandState.REFUSED and not words:
        raise InputError(
            title=Text("退单要写原因", "A refusal needs its reason"),
            message=Text("坐席要把原因讲给客户听。", "The agent has to tell the customer why."),
            next_step=Text("请加 --reason。", "Add --reason."),
        )
    with opened(options) as database, database.write() as unit:
        done = move(
            unit,
            options.id,
            ErrandState(options.state),
            by=actor(),
            stage=Stage(options.stage) if options.stage else None,
            reason=Text(words, words) if words else None,
        )
    say(f"已记录：{done.state.value}。 / On record: {done.state.value}.")


def run_later(options: argparse.Namespace) -> None:
    from core.server.db import later_events

    with opened(options) as database, database.read() as unit:
        found = later_events.listed(unit, limit=options.limit)
    for one in found:
        event, kind = one.event, LATER_KINDS[one.event.kind]
        at = f"{event.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        call, money = one.outcome_id or "—", yuan_short(event.fen) if event.fen else ""
        say("\t".join((event.id, at, event.customer_id, f"{kind.zh} {kind.en}", event.what, money, one.agent, call)))
    if not found:
        say("没有这样的记录。 / There is none.")


def run_strange(options: argparse.Namespace) -> None:
    """What stands in them may name a customer: it is shown as it came, to whoever may read the database anyway."""
    from core.server.db import later_events
    from core.server.departments.later_decode import Strange, read_event

    with opened(options) as database, database.read() as unit:
        found = later_events.aside(unit)
    for one in found:
        say(
            "\t".join((one.key, f"{one.came_at.astimezone(CHINA):%Y-%m-%d %H:%M}", one.body.decode("utf-8", "replace")))
        )
        read = read_event(one.body)
        if isinstance(read, Strange):
            say(f"    看不懂的地方 / what is not understood: {read.why}")
        else:
            say("    现在看得懂了，服务下次启动时收下。 / It is understood now: the server takes it as it starts next.")
    if not found:
        say("没有看不懂的记录。 / Every event was understood.")


def run_import(options: argparse.Namespace) -> None:
    from core.server.departments.binding import take_event

    events = _read(Path(options.file))
    bound = 0
    with opened(options) as database:
        for event in events:
            with database.write() as unit:
                bound += take_event(unit, event, by=actor()) is not None
    say(
        f"读入 {len(events)} 条，其中 {bound} 条归到了引出它的那通电话。"
        f" / {counted(len(events), 'event')} read, {bound} bound to the call that caused it."
    )


def _read(file: Path) -> list[LaterEvent]:
    """The events of a CSV with headers; raises InputError that names the first row that cannot be used."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened_file:
            rows = list(csv.DictReader(opened_file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unusable(f"{file}: {type(error).__name__}") from error
    found = []
    for number, row in enumerate(rows, start=2):
        try:
            found.append(_event(row))
        except (KeyError, ValueError) as error:
            raise _unusable(f"{file}:{number}: {error}") from error
    return found


def _event(row: dict[str, str]) -> LaterEvent:
    missing = [name for name in _COLUMNS if not (row.get(name) or "").strip()]
    if missing:
        raise ValueError("lacks " + ", ".join(missing))
    at, kind = datetime.fromisoformat(row["at"].strip()), LaterKind(row["kind"].strip())
    return LaterEvent(
        id=row["id"].strip(),
        kind=kind,
        customer_id=row["customer_id"].strip(),
        at=at if at.tzinfo else at.replace(tzinfo=CHINA),
        what=(row.get("what") or "").strip(),
        channel=(row.get("channel") or "").strip(),
        fen=_fen(kind, (row.get("yuan") or "").strip()),
    )


def _fen(kind: LaterKind, text: str) -> int:
    """Money that came in has an amount, anything else none; raises ValueError."""
    fen = fen_of(text) if text else 0
    if fen is None or bool(fen) is not (kind in MONEY):
        raise ValueError(f"yuan {text!r}: an amount above 0 for {' and '.join(sorted(MONEY))}, nothing for the others")
    return fen


def _unusable(why: str) -> InputError:
    kinds = ", ".join(kind.value for kind in LaterKind)
    return InputError(
        title=Text("文件读不进来", "The file cannot be used"),
        message=Text(f"{why}。没有写入任何内容。", f"{why}. Nothing was written."),
        next_step=Text(
            f"需要这些列：{', '.join(_COLUMNS)}，可加 what、channel；到账和收回另要 yuan；kind 是 {kinds} 之一。",
            f"It needs the columns {', '.join(_COLUMNS)}, may have what and channel, and of money yuan;"
            f" kind is one of {kinds}.",
        ),
    )


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("1 or more")
    return int(text)


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|answer|later|strange|import-later")
    listing = verbs.add_parser("list", help="what departments were asked and have not done yet")
    listing.add_argument("--all", action="store_true", help="what has ended as well")
    listing.add_argument("--department", default="", metavar="CODE", help="of this department alone")
    listing.set_defaults(run=run_list)
    answering = verbs.add_parser("answer", help="what a department said, where its system does not say it")
    answering.add_argument("id", metavar="ID", help="the errand's, as `errands list` shows it")
    answering.add_argument("state", choices=[state.value for state in _ANSWERS])
    answering.add_argument("--stage", choices=[stage.value for stage in Stage], help="how far a work order has come")
    answering.add_argument("--reason", default="", help="why it is refused, or what was found")
    answering.set_defaults(run=run_answer)
    later = verbs.add_parser(
        "later", help="orders, referrals, bonuses and money that came later, with the call of each"
    )
    later.set_defaults(run=run_later)
    strange = verbs.add_parser("strange", help="events of departments that this server does not understand")
    strange.set_defaults(run=run_strange)
    bringing = verbs.add_parser("import-later", help="bring such events in from a CSV")
    bringing.add_argument(
        "file", metavar="FILE", help=f"columns: {', '.join(_COLUMNS)}; what, channel if known; yuan of money"
    )
    bringing.set_defaults(run=run_import)
    for verb in (listing, later):
        verb.add_argument("--limit", type=_at_least_one, default=500, metavar="N", help="at most so many")
    for verb in (listing, answering, later, strange, bringing):
        add_place(verb)
