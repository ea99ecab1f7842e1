"""`campaign lists|list-add|list-left|list-from`: lists that campaigns choose from."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.server.commands.place import actor, opened
from core.server.commands.progress import progress

if TYPE_CHECKING:
    from core.server.db.engine import Database, Unit
    from core.wire.campaigns import ListRow

WITHIN_DAYS = 90


def run_lists(options: argparse.Namespace) -> None:
    from core.server.campaigns.lists_kept import told
    from core.server.commands.told_campaign import tell_lists

    with opened(options) as database, database.read() as unit:
        tell_lists(told(unit))


def run_add(options: argparse.Namespace) -> None:
    from core.server.campaigns.list_file import read_list
    from core.server.commands.told_campaign import tell_columns, tell_no_scores

    with progress("读名单 reading") as told:
        read = read_list(options.file, sheet=options.sheet, said=options.map, told=told)
    tell_columns(read.columns)
    with opened(options) as database:
        _keep(database, options, read.rows, name=options.name or options.file.stem)
    tell_no_scores(read.no_score)


def run_left(options: argparse.Namespace) -> None:
    from core.server.campaigns.list_sources import departed

    _from(options, lambda unit: departed(unit, within_days=options.within), name=options.name or "离网客户")


def run_from(options: argparse.Namespace) -> None:
    from core.server.campaigns.list_sources import members_of
    from core.wire.campaigns import Whom

    def rows(unit: "Unit") -> "Sequence[ListRow]":
        return members_of(unit, options.campaign, Whom(options.who))

    _from(options, rows, name=options.name or f"{options.campaign} {options.who}")


def _from(options: argparse.Namespace, rows: "Callable[[Unit], Sequence[ListRow]]", *, name: str) -> None:
    with opened(options) as database:
        with database.read() as unit:
            found = rows(unit)
        _keep(database, options, found, name=name)


def _keep(database: "Database", options: argparse.Namespace, rows: "Sequence[ListRow]", *, name: str) -> None:
    from core.server.campaigns.lists import put_whole
    from core.server.commands.told_campaign import tell_report

    with progress("核对 checking") as told:
        report = put_whole(
            database, options.list, rows, name=name, append=options.append, by=options.by or actor(), told=told
        )  # fmt: skip
    tell_report(report)


def _list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("list", metavar="LIST", help="the list's id: letters, digits and . _ -")
    parser.add_argument("--name", default="", help="what agents read where the list gives no reason")
    parser.add_argument("--append", action="store_true", help="to what the list holds already")
    parser.add_argument("--by", default="", metavar="STAFF", help="the planner's staff number, for the record")


def _add(parser: argparse.ArgumentParser) -> None:
    _list(parser)
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="CSV, TSV or XLSX: ids or numbers, scores, reasons, who wants no calls"
    )
    parser.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=FIELD",
        help="what a column is, e.g. 授权=call_consent or 授权=indicator; repeatable",
    )  # fmt: skip
    parser.add_argument("--sheet", default="", metavar="NAME", help="of a workbook")


def _left(parser: argparse.ArgumentParser) -> None:
    _list(parser)
    parser.add_argument(
        "--within", type=int, default=WITHIN_DAYS, metavar="DAYS", help=f"left within so many days ({WITHIN_DAYS})"
    )


def _of(parser: argparse.ArgumentParser) -> None:
    _list(parser)
    parser.add_argument("campaign", metavar="CAMPAIGN")
    parser.add_argument("--who", choices=["all", "control", "reached", "unreached", "agreed"], default="all")


def no_options(_parser: argparse.ArgumentParser) -> None:
    """Takes no options of its own."""


_Run = Callable[[argparse.Namespace], int | None]
DOES: dict[str, tuple[str, _Run, Callable[[argparse.ArgumentParser], None]]] = {
    "lists": ("lists that were brought in", run_lists, no_options),
    "list-add": (
        "a list that people checked, such as a model's that `model explain --out` wrote",
        run_add,
        _add,
    ),
    "list-left": ("a list of those who left the net, to win them back", run_left, _left),
    "list-from": ("a list of another campaign's members, by what came of it", run_from, _of),
}
