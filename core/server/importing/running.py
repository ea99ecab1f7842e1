"""Carries a plan out: each data row becomes a customer with a task, or a line of the file of rejected rows.

accepted + rejected = data rows. Memory holds one batch and a fingerprint of each customer seen.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from core.domain.clock import local_day
from core.domain.customer import Gender
from core.domain.task import Block, TaskType
from core.domain.task_types import usual_type
from core.domain.text import Text
from core.server.customer_ids import customer_id
from core.server.importing import building, tasks
from core.server.importing.asking import refuse_unconfirmed
from core.server.importing.cells import clean
from core.server.importing.demo_people import DemoPeople
from core.server.importing.failures import only_headers, refuse
from core.server.importing.fields import Field
from core.server.importing.keys import IDS, KEYS, id_of, key_of, key_of_rejected, numbers_of_rejected
from core.server.importing.number_flaws import flaw_of
from core.server.importing.plan import ImportPlan
from core.server.importing.reading import RowRejected, RowValues, read_row, refuses, withholds
from core.server.importing.rejects import Rejects
from core.server.importing.report import ImportReport, Tally
from core.server.importing.resources import words
from core.server.importing.rows import Row
from core.server.importing.set_aside import SetAside
from core.server.importing.sink import BATCH, ImportedCustomer, PutCounts, Sink
from core.server.importing.source import open_source, rows

Progress = Callable[[int, int | None], None]
"""Rows done, and of how many."""

_LONGEST_NAME = 60


def run_import(
    plan: ImportPlan,
    *,
    scenario: str,
    sink: Sink,
    now: datetime,
    progress: Progress | None = None,
    demo_numbers: bool = False,
    list_name: str = "",
    task_type: TaskType | None = None,
) -> ImportReport:
    """Imports the list into `sink` and says what came of it; raises InputError before the first row, or not at all.

    `list_name` makes two files one list: a customer is not called twice for it. By default a list is one file's bytes.
    `task_type`: what the scenario's script states; by default what is usual for it.
    """
    _refuse_changed(plan)
    if not plan.rows:
        raise only_headers(plan.source.path, plan.source.sheet)
    if not demo_numbers:
        refuse_unconfirmed(plan)
        _refuse_keyless(plan)
    run = _Run(
        plan,
        scenario=scenario,
        sink=sink,
        now=now,
        progress=progress,
        people=DemoPeople() if demo_numbers else None,
        list_name=list_name,
        task_type=task_type or usual_type(scenario),
    )
    return run.go()


class _Run:
    def __init__(
        self,
        plan: ImportPlan,
        *,
        scenario: str,
        sink: Sink,
        now: datetime,
        progress: Progress | None,
        people: DemoPeople | None,
        list_name: str,
        task_type: TaskType,
    ) -> None:
        self.plan, self.scenario, self.sink, self.now = plan, scenario, sink, now
        self.progress, self.people, self.task_type = progress, people, task_type
        self.list_name = _short(list_name or plan.source.path.stem)
        self.list_key = f"name:{list_name}" if list_name else f"file:{plan.source.digest}"
        self.source_name = building.source_name(self.list_name)
        self.indicator_names = {
            column.index: building.indicator_name(column, self.list_name) for column in plan.columns
        }
        self.remarks = frozenset(self.indicator_names[column.index] for column in plan.of(Field.REMARK))
        self.header = [column.column for column in plan.columns]
        self.keyed = any(plan.of(field) for field in KEYS)
        self.seen: set[int] = set()
        self.kept: frozenset[str] = frozenset()
        """ids of the rows at hand under which customers are kept"""
        self.rows = self.accepted = self.blank = 0
        self.tally = Tally()
        self.today = local_day(now)
        self.counts = [0, 0, 0]

    def go(self) -> ImportReport:
        with Rejects(self.plan.source.path, self.header) as rejects:
            self.sink.indicators(building.catalogue(self.plan, self.list_name))
            aside = SetAside(rejects, self.sink)
            batch: list[ImportedCustomer] = []
            for row in self._known_rows():
                self.rows += 1
                try:
                    batch.append(self._customer(row))
                except RowRejected as rejected:
                    self._set_aside(aside, row, rejected.reason)
                if len(batch) >= BATCH or aside.full:
                    self._put(batch)
                    batch = []
                    if aside.full:
                        aside.write()
                elif self.rows % BATCH == 0:
                    self._tell()
            self._put(batch)
            aside.write()
            self._tell()
        return self._report(rejects, aside)

    def _data_rows(self) -> Iterator[Row]:
        for row in rows(self.plan.source):
            if row.number <= self.plan.header_row:
                continue
            if row.blank:
                self.blank += 1
            else:
                yield row

    def _known_rows(self) -> Iterator[Row]:
        """The data rows, once it is known which of their ids are those under which customers are kept here."""
        ids = tuple(column for column in self.plan.columns if column.field in IDS)
        if not ids or self.people is not None:
            yield from self._data_rows()
            return
        every = self._data_rows()
        while some := list(islice(every, BATCH)):
            self.kept = self.sink.known(sorted({told for row in some if (told := id_of(ids, row))}))
            yield from some

    def _id_for(self, key: str) -> str:
        """The id that is kept here, where a list knows its customer by that, as one made of a snapshot does; else one
        made of the key."""
        own = key.removeprefix("id:")
        return own if own != key and own in self.kept else customer_id(key)

    def _customer(self, row: Row) -> ImportedCustomer:
        """The row's customer and task; raises RowRejected."""
        self._refuse_furniture(row)
        values = read_row(self.plan.columns, row, self.today)
        key = self._key(values, row)
        customer = self._id_for(key)
        self._refuse_second(customer)
        name, numbers = values.text(Field.NAME), values.numbers
        if self.people is not None:
            name = self.people.name(customer, values.get(Field.GENDER, Gender))
            numbers = (self.people.number(customer),)
        document = building.document(
            customer, values, names=self.indicator_names, source=self.source_name, name=name, numbers=numbers
        )
        task = tasks.make_task(
            document,
            values,
            scenario=self.scenario,
            type_=self.task_type,
            list_name=self.list_name,
            list_key=self.list_key,
            now=self.now,
        )
        self.tally.see(customer, values, numbers=numbers, opted_out=task.block is Block.OPTED_OUT)
        return ImportedCustomer(document, task, self.remarks)

    def _set_aside(self, aside: SetAside, row: Row, reason: Text) -> None:
        key = key_of_rejected(self.plan.columns, row)
        customer = self._id_for(key) if key else ""
        above = _fingerprint(customer) in self.seen
        numbers = numbers_of_rejected(self.plan.columns, row)
        refused = bool(customer or numbers) and refuses(self.plan.columns, row)
        withheld = bool(customer) and withholds(self.plan.columns, row)
        aside.add(
            row.number, reason, row.cells, customer=customer, above=above, refused=refused, withheld=withheld,
            numbers=numbers,
        )  # fmt: skip

    def _refuse_furniture(self, row: Row) -> None:
        """Headers repeated between pages, and lines of totals."""
        cells = [clean(cell) for cell in row.cells]
        first = next((cell for cell in cells if cell), "").rstrip(":：").lower()
        if self.plan.header_row and cells[: len(self.header)] == self.header:
            raise RowRejected(Text(zh="重复的表头", en="the header once more"))
        if first in words("total"):
            raise RowRejected(Text(zh="合计行，不是客户", en="a line of totals, not a customer"))

    def _key(self, values: RowValues, row: Row) -> str:
        """What the customer is known by, or the row itself where the list knows its customers by nothing."""
        if key := key_of(values):
            return key
        if self.keyed:
            raise RowRejected(self._why_keyless(row))
        digest = hashlib.sha256("\x1f".join(map(clean, row.cells)).encode("utf-8", "replace"))
        return f"row:{digest.hexdigest()}"

    def _why_keyless(self, row: Row) -> Text:
        why = Text(zh="没有可用的号码，也没有客户编号", en="no usable number and no customer id")
        cells = (row.cells[column.index] for column in self.plan.of(Field.NUMBER) if column.index < len(row.cells))
        flaw = next((flaw for cell in cells if (flaw := flaw_of(clean(cell))) is not None), None)
        return why if flaw is None else Text(zh=f"{why.zh}：{flaw.zh}", en=f"{why.en}: {flaw.en}")

    def _refuse_second(self, customer: str) -> None:
        fingerprint = _fingerprint(customer)
        if fingerprint in self.seen:
            raise RowRejected(Text(zh="与前面的行是同一客户", en="the same customer as in a row above"))
        self.seen.add(fingerprint)

    def _put(self, batch: list[ImportedCustomer]) -> None:
        if not batch:
            return
        self.tally.before_put(self.sink)
        counts: PutCounts = self.sink.put(batch)
        self.accepted += len(batch)
        for at, count in enumerate((counts.added, counts.changed, counts.unchanged)):
            self.counts[at] += count
        self._tell()

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(self.rows, self.plan.rows)

    def _report(self, rejects: Rejects, aside: SetAside) -> ImportReport:
        added, changed, unchanged = self.counts
        return ImportReport(
            rows=self.rows,
            accepted=self.accepted,
            rejected=rejects.count,
            added=added,
            changed=changed,
            unchanged=unchanged,
            blank_rows=self.blank,
            without_number=self.tally.without_number,
            do_not_call=self.tally.do_not_call + aside.do_not_call,
            do_not_call_by_words=self.tally.do_not_call_by_words + aside.do_not_call,
            consent_withheld=self.tally.consent_withheld + aside.consent_withheld,
            complaining=self.tally.complaining,
            with_quiet_hours=self.tally.with_quiet_hours,
            earlier_kept=aside.earlier_kept,
            absent=self.tally.absent(self.header),
            rejected_file=rejects.path if rejects.count else None,
        )


def _refuse_changed(plan: ImportPlan) -> None:
    if open_source(plan.source.path, sheet=plan.source.sheet, body=plan.source.body).digest != plan.source.digest:
        raise refuse(
            Text(zh="名单在生成方案之后被改动。", en="The list was changed after the plan was made."),
            Text(zh="请重新运行导入。", en="Run the import again."),
        )


def _refuse_keyless(plan: ImportPlan) -> None:
    if any(plan.of(field) for field in KEYS):
        return
    raise refuse(
        Text(
            zh="没有一列能确定是号码或客户编号。",
            en="No column is surely the number or the customer's id.",
        ),
        Text(
            zh="请用 --map 列名=number 或 --map 列名=customer_id 指明；演示可加 --demo-numbers。",
            en="Say which column is number or customer_id with --map COLUMN=number or --map COLUMN=customer_id;"
            " for a demonstration add --demo-numbers.",
        ),
    )


def _fingerprint(customer: str) -> int:
    return int.from_bytes(hashlib.blake2b(customer.encode(), digest_size=12).digest())


def _short(name: str) -> str:
    return " ".join(name.split())[:_LONGEST_NAME]
