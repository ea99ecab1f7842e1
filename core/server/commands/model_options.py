"""The options of `model` and what they stand for: lists, costs, names of columns."""

import argparse
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import folder_of
from core.server.db.engine import Database

if TYPE_CHECKING:
    from core.screening.model.money import Costs
    from core.screening.model.reading import Listed


def add_columns(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--label", default="", metavar="COLUMN", help="who left; found by its name otherwise")
    parser.add_argument(
        "--time", default="", metavar="COLUMN", help="when a row was true; `none` where nothing says so"
    )
    parser.add_argument("--customer", default="", metavar="COLUMN", help="of which customer a row is")
    parser.add_argument("--drop", action="append", default=[], metavar="COLUMN", help="do not learn from it")


def add_costs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--call-cost", default="", metavar="YUAN", help="what one call costs")
    parser.add_argument("--worth", default="", metavar="YUAN", help="what a customer who stays is worth")
    parser.add_argument("--saved", default="", metavar="SHARE", help="share of leavers whom a call keeps, such as 0.08")
    parser.add_argument(
        "--segment", action="append", default=[], metavar="COLUMN", help="figures by its values as well"
    )


def costs_of(options: argparse.Namespace) -> "Costs | None":
    """None where no costs were stated. Raises InputError where some are missing or cannot be."""
    from core.screening.model.money import Costs

    given = (options.call_cost, options.worth, options.saved)
    if not any(given):
        return None
    try:
        call, worth, saved = (Decimal(one) for one in given)
        if not (call >= 0 and worth > 0 and 0 < saved <= 1):
            raise _costs()
    except InvalidOperation as error:
        raise _costs() from error
    return Costs(call_fen=int(call * 100), worth_fen=int(worth * 100), saved=float(saved))


def listed_of(options: argparse.Namespace, given: str) -> "Listed":
    """The list in that file, or of the snapshot of that id. Raises InputError."""
    from core.screening.model.reading import read_list
    from core.screening.snapshots.keeping import Shelf

    path = Path(given)
    if path.is_file():
        return read_list(path)
    shelf = Shelf(folder_of(options), options.tenant)
    if any(one.id == given for one in shelf.all()):
        snapshot = shelf.find(given)
        shelf.check(snapshot)
        return read_list(shelf.path(snapshot.id))
    raise InputError(
        title=Text("没有这份名单", "No such list"),
        message=Text(f"{given} 不是文件，也不是快照。", f"{given} is neither a file nor a snapshot."),
        next_step=Text("请核对路径；快照用 snapshot list 查看。", "Check the path; see snapshots with: snapshot list."),
    )


def labels_of(database: Database) -> Mapping[str, Text]:
    """People's names of the factors that this centre knows."""
    from core.server.screening.taking import library_of

    with database.read() as unit:
        return {name: one.label for name, one in library_of(unit).factors.items()}


def _costs() -> InputError:
    return InputError(
        title=Text("成本不可用", "The costs cannot be used"),
        message=Text("成本要三项一起给，且都为正数。", "All three are needed, and none is negative."),
        next_step=Text("例如 --call-cost 6 --worth 800 --saved 0.08。",
                       "Such as --call-cost 6 --worth 800 --saved 0.08."),
    )  # fmt: skip
