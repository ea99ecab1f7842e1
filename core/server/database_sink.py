"""Imported customers on their way into the database, a batch a transaction; the run is on record before the first."""

from collections.abc import Sequence
from pathlib import Path

from core.domain.data_periods import Kept
from core.domain.indicator import Indicator
from core.server import binding, import_runs, loading
from core.server.campaigns.sifting import drawn_among, shipped_policy
from core.server.db import customers, refusals
from core.server.db.engine import Database, Unit
from core.server.importing import ImportedCustomer, ImportReport, PutCounts
from core.server.one_run import one_run_at_a_time
from core.server.purge.files import note_written


class DatabaseSink:
    """What `run_import` writes to."""

    def __init__(
        self, database: Database, *, source: str, file: Path, scenario: str, by: str, tasks: bool = True
    ) -> None:  # fmt: skip
        """`source`: the list's id, which its tasks and indicators bear; `by`: the writer in the audit. Without `tasks`
        customers come alone, for rules, models and campaigns to choose from."""
        self._database, self._source = database, source
        self._file, self._scenario, self._by = file, scenario, by
        self._tasks, self._run = tasks, ""
        self.in_campaigns = 0
        """customers who got no task, since they belong to a campaign under way"""

    def indicators(self, catalogue: list[Indicator]) -> None:
        with self._database.write() as unit:
            self._run = import_runs.begin(unit, self._file, scenario=self._scenario, by=self._by)
        if catalogue:
            loading.load_indicators(self._database, self._source, catalogue)

    def known(self, customer_ids: Sequence[str]) -> frozenset[str]:
        with self._database.read() as unit:
            return customers.known(unit, customer_ids)

    def refusing(self, customer_ids: Sequence[str]) -> frozenset[str]:
        with self._database.read() as unit:
            return refusals.ever_refused(unit, customer_ids)

    def refuse(self, customer_ids: Sequence[str], numbers: Sequence[str]) -> None:
        with self._database.write() as unit:
            refusals.keep(unit, customer_ids, numbers)
            binding.bind_all_with(unit, numbers, besides=(), writer=self._by, outcome_id="")

    def put(self, batch: list[ImportedCustomer]) -> PutCounts:
        pairs = [(one.document, one.task if self._tasks else None) for one in batch]
        remarks = frozenset().union(*(one.remarks for one in batch))
        counts = loading.load(
            self._database, pairs, list_id=self._source, remarks=remarks, without_task=self._drawn
        )  # fmt: skip
        return PutCounts(added=counts.added, changed=counts.changed, unchanged=counts.unchanged)

    def _drawn(self, unit: Unit, ids: Sequence[str]) -> frozenset[str]:
        """Whom a campaign under way has drawn: a call would blur what it changes, most where they are held out."""
        # A campaign draws in turn with it, so that nobody is held out and called at once.
        one_run_at_a_time(unit)
        found = drawn_among(unit, ids, shipped_policy().other_campaign_days)
        self.in_campaigns += len(found)
        return found

    def finish(self, report: ImportReport) -> None:
        """Put on record that the run came to its end, and with what."""
        with self._database.write() as unit:
            import_runs.finish(unit, self._run, self._file, report, by=self._by)
            if report.rejected_file is not None:
                note_written(unit, Kept.REJECTS, report.rejected_file)
