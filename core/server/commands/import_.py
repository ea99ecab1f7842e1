"""`import`: a list of any shape becomes customers and tasks."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from core.domain.indicator import Indicator
from core.server import loading
from core.server.commands.dispatch import dispatch_and_tell
from core.server.commands.place import actor, opened
from core.server.commands.progress import progress
from core.server.commands.say import say
from core.server.commands.scenarios import check_scenarios
from core.server.commands.told_import import tell_plan, tell_report
from core.server.db import audit, customers
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.db.schema import import_run
from core.server.importing import (
    ImportedCustomer,
    PutCounts,
    apply_mapping,
    propose,
    run_import,
    write_mapping,
)


class DatabaseSink:
    """Imported customers go into the database, a batch a transaction."""

    def __init__(self, database: Database, source: str) -> None:
        self._database, self._source = database, source

    def indicators(self, catalogue: list[Indicator]) -> None:
        if catalogue:
            loading.load_indicators(self._database, self._source, catalogue)

    def known(self, customer_ids: Sequence[str]) -> frozenset[str]:
        with self._database.read() as unit:
            return customers.known(unit, customer_ids)

    def refusing(self, customer_ids: Sequence[str]) -> frozenset[str]:
        with self._database.read() as unit:
            return customers.ever_refused(unit, customer_ids)

    def put(self, batch: list[ImportedCustomer]) -> PutCounts:
        pairs = [(one.document, one.task) for one in batch]
        counts = loading.load(self._database, pairs, list_id=self._source)
        return PutCounts(added=counts.added, changed=counts.changed, unchanged=counts.unchanged)


def run(options: argparse.Namespace) -> None:
    check_scenarios([options.scenario], options)
    plan = propose(options.file)
    if options.mapping:
        plan = apply_mapping(plan, options.mapping)
    if options.write_mapping:
        write_mapping(plan, options.write_mapping)
        say(f"映射已写入 {options.write_mapping}，可修改后用 --mapping 传入。")
        say(f"The mapping was written to {options.write_mapping}; edit it and pass it with --mapping.")
        return
    with opened(options) as database:
        tell_plan(plan)
        started = database.clock()
        source = f"import:{options.list_name or options.file.stem}"[:80]
        with progress("导入 import") as report_progress:
            report = run_import(
                plan,
                scenario=options.scenario,
                sink=DatabaseSink(database, source),
                now=started,
                progress=report_progress,
                demo_numbers=options.demo_numbers,
                list_name=options.list_name or "",
            )
        with database.write() as unit:
            unit.conn.execute(
                import_run.insert().values(
                    tenant_id=unit.tenant, id=str(uuid4()), file_name=options.file.name[:255],
                    scenario=options.scenario, started_at=started, rows=report.rows, accepted=report.accepted,
                    rejected=report.rejected, unchanged=report.unchanged,
                )
            )  # fmt: skip
            audit.write(
                unit, writer=actor(), action=Action.IMPORT, object_=options.file.name[:120],
                rows=report.rows, accepted=report.accepted, rejected=report.rejected, do_not_call=report.do_not_call,
            )  # fmt: skip
        tell_report(report)
        if options.dispatch:
            dispatch_and_tell(database)


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, TSV or XLSX, with any headers")
    parser.add_argument("--scenario", required=True, help="id of the script that its tasks follow")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="which column is which, where the proposal errs")
    parser.add_argument("--write-mapping", type=Path, metavar="FILE", help="write the proposal, import nothing")
    parser.add_argument("--demo-numbers", action="store_true", help="invent names, and numbers that cannot be dialled")
    parser.add_argument("--list-name", help="what the list is called; two files of one name are one list")
    parser.add_argument("--dispatch", action="store_true", help="give its tasks out at once")
    parser.set_defaults(run=run)
