"""What the options of `model` stand for: lists, costs, names of columns."""

import argparse
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.errors import InputError
from core.domain.factor import NO_FACTORS, Factor
from core.domain.text import Text
from core.server.commands.place import folder_of
from core.server.commands.say import warn
from core.server.db.engine import Database

if TYPE_CHECKING:
    from core.domain.call_costs import Costs
    from core.screening.model.reading import Listed


_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


def costs_of(options: argparse.Namespace) -> "Costs | None":
    """None where no costs were stated. Raises InputError where some are missing or cannot be."""
    from core.domain.call_costs import Costs

    given = (options.call_cost, options.worth, options.saved)
    if not any(given):
        return None
    try:
        call, worth, saved = (Decimal(one) for one in given)
        if not all(one.is_finite() for one in (call, worth, saved)):
            raise _costs()
        if not (call >= 0 and worth >= Decimal("0.01") and 0 < saved <= 1):
            raise _costs()
    except InvalidOperation as error:
        raise _costs() from error
    return Costs(call_fen=int(call * 100), worth_fen=int(worth * 100), saved=float(saved))


def listed_of(options: argparse.Namespace, given: str, *, sample: bool = False) -> "Listed":
    """The list in that file, or of the snapshot of that id; of a large one a sample where that will do. Raises
    InputError."""
    from core.screening.model.reading import read_list
    from core.screening.snapshots.keeping import Shelf

    path = Path(given)
    if path.is_file():
        return _workbook(path) if path.suffix.lower() in _WORKBOOKS else read_list(path)
    shelf = Shelf(folder_of(options), options.tenant)
    if any(one.id == given for one in shelf.all()):
        snapshot = shelf.find(given)
        shelf.check(snapshot)
        if sample:
            from core.screening.model.sampling import drawn_list

            return drawn_list(snapshot, shelf.path(snapshot.id))
        return read_list(shelf.path(snapshot.id))
    raise InputError(
        title=Text("没有这份名单", "No such list"),
        message=Text(f"{given} 不是文件，也不是快照。", f"{given} is neither a file nor a snapshot."),
        next_step=Text("请核对路径；快照用 snapshot list 查看。", "Check the path; see snapshots with: snapshot list."),
    )


def _workbook(path: Path) -> "Listed":
    """Its first sheet that is a list; of others it is said that they were not read."""
    from core.screening.model.reading import listed_rows
    from core.server.importing.raw import Raw
    from core.server.importing.sheets import choose_sheet, read

    raw = Raw(path)
    sheet, others = choose_sheet(raw)
    if others:
        warn(
            f"读了工作表“{sheet}”，没有读：{'、'.join(others)}。"
            f" / Sheet “{sheet}” was read, and not: {', '.join(others)}."
        )  # fmt: skip
    return listed_rows(path, (row.cells for row in read(raw, sheet)))


def learnt_from(options: argparse.Namespace, database: Database) -> "Listed":
    """The labelled list, or the snapshots kept here with who left within so many days. Raises InputError."""
    if options.list:
        return listed_of(options, options.list)
    from core.screening.model.labelled import labelled
    from core.screening.snapshots.keeping import Shelf
    from core.server.screening.ends import ends_of

    refuse_no_days(options.within)
    left_on, known_until = ends_of(database)
    shelf = Shelf(folder_of(options), options.tenant)
    kept = [(shelf.find(one.id), shelf.path(one.id)) for one in shelf.all()]
    for snapshot, _path in kept:
        shelf.check(snapshot)
    return labelled(kept, left_on, known_until=known_until, within_days=options.within)


def labels_of(database: Database) -> Mapping[str, Text]:
    """People's names of the factors that this centre knows."""
    return {name: one.label for name, one in _factors(database).items()}


def said_by(given: str, database: Database) -> Mapping[str, Factor]:
    """The factors whose figures that list holds: a snapshot's; in which unit a file has a column nobody knows."""
    return NO_FACTORS if Path(given).is_file() else _factors(database)


def _factors(database: Database) -> Mapping[str, Factor]:
    from core.server.screening.taking import library_of

    with database.read() as unit:
        return library_of(unit).factors


def no_list() -> InputError:
    """Of a churn model that is to be proved on nothing."""
    return InputError(
        title=Text("请给出名单", "Name a list"),
        message=Text(
            "离网模型要在写明谁离网的名单上评估。", "A churn model is evaluated on a list that says who left."
        ),
        next_step=Text("例如 model evaluate later.csv；--campaign 只用于增益模型。",
                       "Such as: model evaluate later.csv. Campaigns are for uplift models alone."),
    )  # fmt: skip


def _costs() -> InputError:
    return InputError(
        title=Text("成本不可用", "The costs cannot be used"),
        message=Text(
            "三项要一起给：外呼成本不为负，客户价值至少 0.01 元，留住的比例大于 0、不超过 1。",
            "All three are needed: a call costs 0 yuan or more, a customer is worth 0.01 yuan at least, and the share"
            " saved is above 0 and 1 at the most.",
        ),
        next_step=Text("例如 --call-cost 6 --worth 800 --saved 0.08。",
                       "Such as --call-cost 6 --worth 800 --saved 0.08."),
    )  # fmt: skip


def refuse_no_days(within: int) -> None:
    """Raises InputError on a number of days that is none."""
    if within < 1:
        raise InputError(
            title=Text("天数不可用", "The number of days cannot be used"),
            message=Text("--within 至少为 1。", "--within is at least 1."),
            next_step=Text("例如 --within 30。", "Such as --within 30."),
        )
