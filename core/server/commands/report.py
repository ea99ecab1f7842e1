"""`report`: the figures of the review for a schedule, as a workbook, CSV or JSON; each stands in the audit."""

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.clock import local_day
from core.domain.data_periods import Kept
from core.domain.errors import InputError
from core.domain.people import Agent, Right
from core.domain.text import Lang, Text
from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say
from core.server.db import audit, authority, people
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.purge.files import note_written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.review.choice import Choice
    from core.review.frame import Frame
    from core.review.taking.labels import Labels

_SHEETS = ("team", "role", "agent", "scenario", "area", "dealer", "calls")
_SUFFIXES = (".xlsx", ".csv", ".json")


def run(options: argparse.Namespace) -> None:
    # pandas' neighbours and Arrow are not needed for any other command.
    from core.review.choice import Choice
    from core.server.reporting import published_labels, review_frame

    _check_suffix(options.file)
    with opened(options) as database:
        with database.read() as unit:
            who = _reader(unit, options.as_) if options.as_ else None
            _check_teams(options.team, people.teams(unit))
            own = authority.deputised(unit, who.staff_number) | {who.team} if who else frozenset()
            first, last = period(options.period, local_day(unit.now))
            labels = published_labels(unit)
        teams = _teams(who, tuple(options.team), own)
        frame = review_frame(database, teams=list(teams) or None)
        choice = Choice(first, last, team=teams, agent=tuple(options.agent), scenario=tuple(options.scenario))
        if len(frame.calls):
            _check_known(frame.calls.words, choice)
        calls = _calls(frame, choice)
        rows = _write(options, frame, choice, labels, by=who.name if who else actor(), database=database)
        with database.write() as unit:
            audit.write(
                unit, writer=who.staff_number if who else actor(), action=Action.EXPORT, object_="report",
                rows=rows, period=f"{first}/{last}", form=options.file.suffix.lower().lstrip("."), by=actor(),
            )  # fmt: skip
            note_written(unit, Kept.EXPORTS, options.file)
    say(
        f"{first} 至 {last} 的报表已写入 {options.file}，{rows} 行。"
        f" / Report of {first} to {last} written to {options.file}, {counted(rows, 'row')}."
    )
    if not calls:
        say("这段时间没有外呼，表里的数都是空的。 / No call was made in that time: its figures are empty.")


def _write(
    options: argparse.Namespace, frame: "Frame", choice: "Choice", labels: "Labels", *, by: str, database: Database
) -> int:
    from core.review.taking.book import TakenBy, book, dimension_sheet
    from core.review.taking.calls_sheet import calls_sheet
    from core.review.taking.delimited import write_csv
    from core.review.taking.workbook import write_workbook
    from core.review.tally import Counter

    lang, suffix = Lang(options.lang), options.file.suffix.lower()
    if suffix == ".xlsx":
        taken = TakenBy(name=by, at=database.clock())
        return write_workbook(
            options.file, book(frame, choice, labels, by=taken, lang=lang, calls=not options.no_calls), lang=lang
        )
    if suffix == ".json":
        return _write_json(options.file, frame, choice, labels, database)
    if options.sheet == "calls":
        return write_csv(options.file, calls_sheet(frame, choice, labels, lang=lang), lang=lang)
    return write_csv(options.file, dimension_sheet(Counter(frame), choice, options.sheet, labels, lang=lang), lang=lang)


def _write_json(file: Path, frame: "Frame", choice: "Choice", labels: "Labels", database: Database) -> int:
    import msgspec

    from core.review.taking.whole_file import whole_file
    from core.server.reporting import report_json

    made = report_json(frame, choice, labels, at=database.clock())
    with whole_file(file) as beside:
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    return sum(len(groups) for groups in made.by.values())


def period(word: str, today: date) -> tuple[date, date]:
    """First and last day: `2026-10`, `2026-10-01..2026-10-15`, a day, or a word for one before today.

    Raises InputError."""
    month = today.replace(day=1)
    monday = today - timedelta(days=today.weekday())
    words = {
        "today": (today, today),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
        "this-week": (monday, today),
        "last-week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "this-month": (month, today),
        "last-month": ((month - timedelta(days=1)).replace(day=1), month - timedelta(days=1)),
    }
    if word in words:
        return words[word]
    try:
        first, _, last = word.partition("..")
        if len(word) == len("2026-10"):
            begin = date.fromisoformat(f"{word}-01")
            return begin, (begin + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError as error:
        raise _no_period(word) from error
    if end < begin:
        raise _no_period(word)
    return begin, end


def _no_period(word: str) -> InputError:
    return InputError(
        title=Text("时间段看不懂", "The period is not understood"),
        message=Text(f"“{word}”不是时间段。", f"“{word}” is no period."),
        next_step=Text(
            "请写 2026-10、2026-10-01..2026-10-15，或 today、yesterday、this-week、last-week、this-month、last-month。",
            "Write 2026-10, 2026-10-01..2026-10-15, or today, yesterday, this-week, last-week, this-month, last-month.",
        ),
    )


def _reader(unit: Unit, staff_number: str) -> Agent:
    """Whose eyes it is for. Raises InputError where there is nobody of that number, or who may not export."""
    who = people.require(unit, staff_number).agent
    if Right.EXPORT not in who.rights:
        raise InputError(
            title=Text("不能导出", "No right to export"),
            message=Text(f"工号 {staff_number} 没有导出权限。", f"{staff_number} has no right to export."),
            next_step=Text("请换有导出权限的工号，例如班长。", "Name somebody who has it, a team lead say."),
        )
    return who


def _calls(frame: "Frame", choice: "Choice") -> int:
    from core.review.choice import rows_of

    rows = rows_of(frame.calls, choice)
    return len(frame.calls) if rows is None else len(rows)


def _teams(who: Agent | None, asked: tuple[str, ...], own: frozenset[str]) -> tuple[str, ...]:
    """Of a lead the own team and those that they stand in for; planners and the command line see all.

    Raises InputError for another team."""
    if who is None or Right.PLAN in who.rights:
        return asked
    if set(asked) - own:
        raise InputError(
            title=Text("不是本班组", "Not the own team"),
            message=Text(f"工号 {who.staff_number} 只能看本班组。", f"{who.staff_number} may see the own team alone."),
            next_step=Text(f"请用 --team {who.team}。", f"Use --team {who.team}."),
        )
    return asked or tuple(sorted(own))


def _check_teams(asked: list[str], known: "Mapping[str, str]") -> None:
    for team in asked:
        if team not in known:
            listed = [f"{code}（{name}）" if name else code for code, name in sorted(known.items())]
            raise InputError(
                title=Text("没有这个班组", "No such team"),
                message=Text(f"没有班组 {team}。", f"There is no team {team}."),
                next_step=Text(
                    f"班组有：{'、'.join(listed) or '无'}。", f"Teams are: {', '.join(sorted(known)) or 'none'}."
                ),
            )


def _check_known(words: "Mapping[str, tuple[str, ...]]", choice: "Choice") -> None:
    """A mistyped name would give an empty report that looks like a bad month."""
    for name in ("agent", "scenario"):
        for word in choice.words(name):
            if word not in words[name]:
                known = sorted(one for one in words[name] if one)
                raise InputError(
                    title=Text("没有这样的通话", "No such calls"),
                    message=Text(f"没有 {word} 的任何通话。", f"There is no call of {word}."),
                    next_step=Text(
                        f"有通话的是：{'、'.join(known) or '无'}。", f"Calls are of: {', '.join(known) or 'none'}."
                    ),
                )


def _check_suffix(file: Path) -> None:
    if file.suffix.lower() not in _SUFFIXES:
        raise InputError(
            title=Text("文件类型不支持", "File type is not supported"),
            message=Text(
                f"不认识 {file.suffix} 文件。" if file.suffix else f"{file} 没有后缀，看不出要哪种文件。",
                f"{file.suffix} is not known."
                if file.suffix
                else f"{file} has no suffix that says of which kind it is.",
            ),
            next_step=Text("请用 .xlsx、.csv 或 .json。", "Use .xlsx, .csv or .json."),
        )


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx with live sums, .csv or .json")
    parser.add_argument("--period", default="last-month", help="2026-10, a day, A..B, last-week … (last-month)")
    parser.add_argument("--team", action="append", default=[], help="of this team; can be given again")
    parser.add_argument("--agent", action="append", default=[], metavar="STAFF", help="of this staff number")
    parser.add_argument("--scenario", action="append", default=[], help="of this scenario")
    parser.add_argument("--sheet", choices=_SHEETS, default="agent", help="what a .csv holds")
    parser.add_argument("--no-calls", action="store_true", help="a workbook without the sheet of every call")
    parser.add_argument("--lang", choices=[lang.value for lang in Lang], default=Lang.ZH.value)
    parser.add_argument("--as", dest="as_", metavar="STAFF", help="what this person may see; needs the right to export")
    parser.set_defaults(run=run)
