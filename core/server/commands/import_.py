"""`import`: a list of any shape becomes customers and tasks."""

import argparse
from pathlib import Path

from core.server import import_runs
from core.server.commands.dispatch import dispatch_and_tell, tell_ungivable
from core.server.commands.place import actor, opened
from core.server.commands.progress import progress
from core.server.commands.say import say
from core.server.commands.scenarios import check_scenarios
from core.server.commands.told_import import tell_in_campaigns, tell_plan, tell_report, tell_unfinished
from core.server.database_sink import DatabaseSink
from core.server.db import published
from core.server.db.engine import Database
from core.server.importing import (
    ImportPlan,
    ImportReport,
    apply_mapping,
    apply_words,
    propose,
    run_import,
    write_mapping,
)


def run(options: argparse.Namespace) -> None:
    check_scenarios([options.scenario], options)
    plan = propose(options.file, sheet=options.sheet)
    if options.mapping:
        plan = apply_mapping(plan, options.mapping)
    plan = apply_words(plan, options.map)
    if options.write_mapping:
        write_mapping(plan, options.write_mapping)
        say(f"映射已写入 {options.write_mapping}，可修改后用 --mapping 传入。")
        say(f"The mapping was written to {options.write_mapping}; edit it and pass it with --mapping.")
        return
    with opened(options) as database:
        tell_plan(plan)
        report, in_campaigns = _import(database, plan, options)
        tell_report(report)
        tell_in_campaigns(in_campaigns)
        if options.dispatch:
            dispatch_and_tell(database)
        elif not options.no_tasks:
            tell_ungivable(database, list_id=_list_id(options))


def _import(database: Database, plan: ImportPlan, options: argparse.Namespace) -> tuple[ImportReport, int]:
    """What came of it, and how many got no task since a campaign has drawn them."""
    file: Path = options.file
    with database.read() as unit:
        unfinished = import_runs.left_unfinished(unit, file, scenario=options.scenario)
        type_ = published.task_type(unit, options.scenario)
    if unfinished is not None:
        tell_unfinished(unfinished)
    sink = DatabaseSink(
        database, source=_list_id(options), file=file, scenario=options.scenario,
        by=actor(), tasks=not options.no_tasks,
    )  # fmt: skip
    with progress("导入 import") as report_progress:
        report = run_import(
            plan,
            scenario=options.scenario,
            sink=sink,
            now=database.clock(),
            progress=report_progress,
            demo_numbers=options.demo_numbers,
            list_name=options.list_name or "",
            task_type=type_,
        )
    sink.finish(report)
    return report, sink.in_campaigns


def _list_id(options: argparse.Namespace) -> str:
    return f"import:{options.list_name or options.file.stem}"[:80]


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, TSV or XLSX, with any headers")
    parser.add_argument("--sheet", default="", metavar="NAME", help="sheet of a workbook; the first one by default")
    parser.add_argument("--scenario", required=True, help="id of the script that its tasks follow")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column is, e.g. 号码=number; repeatable",
    )
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="which column is which, where the proposal errs")
    parser.add_argument("--write-mapping", type=Path, metavar="FILE", help="write the proposal, import nothing")
    parser.add_argument("--demo-numbers", action="store_true", help="invent names, and numbers that cannot be dialled")
    parser.add_argument("--list-name", help="what the list is called; two files of one name are one list")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--dispatch", action="store_true", help="give its tasks out at once")
    what.add_argument(
        "--no-tasks", action="store_true", help="customers alone, for rules, models and campaigns to choose from"
    )
    parser.set_defaults(run=run)
