"""A sink in memory that keeps what the database would, and short ways to write and import a list."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import xlsxwriter

from core.domain.customer import Care, Document, decode_document
from core.domain.indicator import Indicator
from core.domain.task import OPEN_STATES, Task
from core.server.customer_ids import number_id
from core.server.importing import ImportedCustomer, ImportReport, PutCounts, propose, run_import

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


class MemorySink:
    """Keeps documents as bytes and tasks under the rules that Sink.put states."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.tasks: dict[str, Task] = {}
        self.catalogue: list[Indicator] = []
        self.batches: list[int] = []
        self.strangers: set[str] = set()
        """who refused before they came"""

    def indicators(self, catalogue: list[Indicator]) -> None:
        self.catalogue = catalogue

    def known(self, customer_ids: Sequence[str]) -> frozenset[str]:
        return frozenset(self.bodies) & frozenset(customer_ids)

    def refusing(self, customer_ids: Sequence[str]) -> frozenset[str]:
        there = (decode_document(self.bodies[one]) for one in self.known(customer_ids))
        heard = frozenset(one.id for one in there if one.care and one.care.opted_out)
        return heard | (self.strangers & frozenset(customer_ids))

    def refuse(self, customer_ids: Sequence[str], numbers: Sequence[str]) -> None:
        self.strangers |= {*customer_ids, *map(number_id, numbers)}

    def put(self, batch: list[ImportedCustomer]) -> PutCounts:
        self.batches.append(len(batch))
        added = changed = unchanged = 0
        for one in batch:
            if one.task is None:
                self._add(one.document)
                continue
            if self.refusing([one.document.id]):
                one.document.care = Care(opted_out=True)
            body = msgspec.json.encode(one.document)
            before = self.bodies.get(one.document.id)
            added += before is None
            unchanged += before == body
            changed += before is not None and before != body
            self.bodies[one.document.id] = body
            self._put_task(one.task)
        return PutCounts(added, changed, unchanged)

    def _add(self, said: Document) -> None:
        """What a rejected row says all the same."""
        document = decode_document(self.bodies[said.id])
        document.care = said.care or document.care
        document.indicators = {**(document.indicators or {}), **(said.indicators or {})} or None
        self.bodies[said.id] = msgspec.json.encode(document)

    def _put_task(self, task: Task) -> None:
        busy = any(old.customer_id == task.customer_id and old.state in OPEN_STATES for old in self.tasks.values())
        if task.id not in self.tasks and not busy:
            self.tasks[task.id] = task

    @property
    def documents(self) -> list[Document]:
        return [decode_document(body) for body in self.bodies.values()]

    def indicator(self, document: Document, label: str) -> object:
        """The customer's value of the indicator of that label."""
        name = next(one.name for one in self.catalogue if one.label.zh == label)
        return (document.indicators or {}).get(name)


def text_list(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def sheet_list(path: Path, rows: list[list[object]]) -> Path:
    """An XLSX whose cells have the types of the values; str stay strings."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    sheet, day = book.add_worksheet("名单"), book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
            elif cell is not None:
                sheet.write(at, column, cell)
    book.close()
    return path


def name_of(index: int) -> str:
    """A customer's name; 1,000 of them before one comes again, so that a column of them looks like names."""
    surnames, middles, lasts = "李王张刘陈杨赵黄周吴", "文明晓志海丽国春雪建", "静芳强敏华军杰娟涛宁"
    return surnames[index % 10] + middles[index // 10 % 10] + lasts[index // 100 % 10]


def bring_in(path: Path, sink: MemorySink, *, demo_numbers: bool = False, scenario: str = "4g-upgrade") -> ImportReport:
    plan = propose(path, today=TODAY)
    return run_import(plan, scenario=scenario, sink=sink, now=NOW, demo_numbers=demo_numbers)


def fields(path: Path) -> dict[str, str]:
    """What was proposed for each column; `indicator` where it stays open."""
    return {column.column: column.field or "indicator" for column in propose(path, today=TODAY).columns}
