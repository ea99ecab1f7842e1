"""Bringing many customers and tasks into the database at once: for the demo and for imports.

Loading is by section: what a list does not carry stays, what agents added since stays, and loading the same again
changes nothing.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import select

from core.domain.customer import SECTION_RIGHTS, Care, Contacting, Document, Number
from core.domain.indicator import Indicator
from core.domain.task import Task
from core.server.db import customers, feed
from core.server.db.engine import Database, Unit
from core.server.db.feed import EVERYONE, Entry
from core.server.db.records import follow_up_row, outcome_row
from core.server.db.schema import (
    contact_number,
    customer,
    customer_section,
    follow_up,
    indicator_catalogue,
    item,
    opt_out,
    outcome,
)
from core.server.db.upsert import upsert
from core.server.new_tasks import add_tasks
from core.server.pinyin import sound_of
from core.wire.pull import Kind
from core.wire.push import Saved, Verdict

BATCH = 500
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Counts:
    """What a load did, in customers, and the tasks that came with them."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    tasks: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.tasks + other.tasks,
        )


def load(database: Database, pairs: Sequence[tuple[Document, Task | None]], *, list_id: str = "") -> Counts:
    """Load customers with their tasks, each customer at most once in `pairs`, in one transaction."""
    with database.write() as unit:
        return _Batch(unit, pairs, list_id).run()


def load_tasks(database: Database, wanted: Iterable[Task], *, list_id: str = "") -> int:
    """Tasks for customers who are there already. Returns how many were new."""
    waiting = list(wanted)
    added = 0
    for start in range(0, len(waiting), BATCH):
        with database.write() as unit:
            added += add_tasks(unit, waiting[start : start + BATCH], list_id=list_id)
    return added


def load_indicators(database: Database, source: str, catalogue: Sequence[Indicator]) -> None:
    """Publish a catalogue of indicators; the same again changes nothing."""
    body = _encode(list(catalogue))
    where = (indicator_catalogue.c.tenant_id == database.tenant, indicator_catalogue.c.source == source)
    with database.write() as unit:
        if unit.conn.execute(select(indicator_catalogue.c.body).where(*where)).scalar_one_or_none() == body:
            return
        values = {"tenant_id": unit.tenant, "source": source, "body": body}
        upsert(unit, indicator_catalogue, [values], keys=("tenant_id", "source"))
        feed.publish(unit, [Entry(EVERYONE, Kind.INDICATORS, source)])


def load_history(database: Database, history: Iterable[Saved], teams: dict[str, str]) -> int:
    """Past outcomes as records, without any effect on tasks; `teams` by staff number. Returns how many."""
    count, batch = 0, list[Saved]()
    for saved in history:
        batch.append(saved)
        if len(batch) == BATCH:
            count += _put_history(database, batch, teams)
            batch.clear()
    return count + _put_history(database, batch, teams)


def _put_history(database: Database, batch: list[Saved], teams: dict[str, str]) -> int:
    if not batch:
        return 0
    with database.write() as unit:
        outcomes = [
            outcome_row(
                unit,
                saved.outcome,
                team_id=teams.get(saved.outcome.agent, ""),
                superseded=False,
                received_at=saved.outcome.recorded_at,
            )
            for saved in batch
        ]
        items = [
            {
                "tenant_id": unit.tenant,
                "id": str(saved.id),
                "kind": "outcome",
                "digest": hashlib.sha256(_encode(saved)).digest(),
                "verdict": Verdict.ACCEPTED.value,
                "code": "",
                "staff_number": saved.outcome.agent,
                "received_at": saved.outcome.recorded_at,
            }
            for saved in batch
        ]
        follow_ups = [
            follow_up_row(unit, value, created_at=saved.outcome.recorded_at)
            for saved in batch
            for value in saved.follow_ups
        ]
        for table, rows in ((item, items), (outcome, outcomes), (follow_up, follow_ups)):
            upsert(unit, table, rows, keys=("tenant_id", "id"), keep=tuple(rows[0]) if rows else ())
    return len(batch)


class _Batch:
    """One transaction's worth of customers."""

    def __init__(self, unit: Unit, pairs: Sequence[tuple[Document, Task | None]], list_id: str) -> None:
        self._unit, self._pairs, self._list_id = unit, pairs, list_id
        ids = [document.id for document, _ in pairs]
        self._known = self._versions(ids)
        self._kept = self._digests(list(self._known))
        self._sections: list[dict[str, Any]] = []
        self._heads: list[dict[str, Any]] = []
        self._numbers: list[dict[str, Any]] = []
        self._changed: list[str] = []

    def run(self) -> Counts:
        for document, _ in self._pairs:
            self._take(document)
        unit = self._unit
        upsert(unit, customer, self._heads, keys=("tenant_id", "id"))
        upsert(unit, customer_section, self._sections, keys=("tenant_id", "customer_id", "section"))
        upsert(unit, contact_number, self._numbers, keys=("tenant_id", "customer_id", "number"))
        self._opt_outs()
        for customer_id in self._changed:
            customers.touch(unit, customer_id)
        added = add_tasks(unit, [value for _, value in self._pairs if value is not None], list_id=self._list_id)
        new = len(self._pairs) - len(self._known)
        return Counts(new, len(self._changed), len(self._known) - len(self._changed), added)

    def _versions(self, ids: list[str]) -> dict[str, int]:
        statement = select(customer.c.id, customer.c.version).where(
            customer.c.tenant_id == self._unit.tenant, customer.c.id.in_(ids)
        )
        return {row.id: row.version for row in self._unit.conn.execute(statement)}

    def _digests(self, ids: list[str]) -> dict[tuple[str, str], bytes | None]:
        statement = select(
            customer_section.c.customer_id, customer_section.c.section, customer_section.c.loaded_digest
        ).where(customer_section.c.tenant_id == self._unit.tenant, customer_section.c.customer_id.in_(ids))
        return {(row[0], row[1]): row[2] for row in self._unit.conn.execute(statement)} if ids else {}

    def _take(self, document: Document) -> None:
        fresh = {
            name: digest
            for name in SECTION_RIGHTS
            if (value := getattr(document, name)) is not None
            and (digest := hashlib.sha256(_encode(value)).digest()) != self._kept.get((document.id, name))
        }
        known = document.id in self._known
        if known and not fresh:
            return
        if known:
            self._changed.append(document.id)
        for name, digest in fresh.items():
            value = getattr(document, name)
            merged = self._merged(document.id, name, value) if (document.id, name) in self._kept else value
            self._sections.append(self._section_row(document.id, name, _encode(merged), digest))
        if not known or "identity" in fresh or "contact" in fresh:
            self._heads.append(self._head_row(document))
        if document.contact is not None and (not known or "contact" in fresh):
            self._numbers.extend(self._number_rows(document.id, document.contact))

    def _merged(self, customer_id: str, name: str, value: Any) -> Any:
        """A section that exists already: what was added to it here is kept."""
        unit = self._unit
        if name == "contact" and (old := customers.section(unit, customer_id, "contact", Contacting)):
            listed = {number.number for number in value.numbers}
            return msgspec.structs.replace(
                value, numbers=[*value.numbers, *(n for n in old.numbers if n.number not in listed)]
            )
        if name == "care" and (kept := customers.section(unit, customer_id, "care", Care)):
            return _merge_care(value, kept)
        if name == "indicators":
            statement = select(customer_section.c.body).where(
                customer_section.c.tenant_id == unit.tenant,
                customer_section.c.customer_id == customer_id,
                customer_section.c.section == name,
            )
            return msgspec.json.decode(unit.conn.execute(statement).scalar_one()) | value
        return value

    def _section_row(self, customer_id: str, name: str, body: bytes, digest: bytes) -> dict[str, Any]:
        return {
            "tenant_id": self._unit.tenant,
            "customer_id": customer_id,
            "section": name,
            "body": body,
            "loaded_digest": digest,
        }

    def _head_row(self, document: Document) -> dict[str, Any]:
        who = document.identity
        name = who.name if who else ""
        sound = sound_of(name)
        return {
            "tenant_id": self._unit.tenant,
            "id": document.id,
            "version": self._known.get(document.id, max(document.version, 1)),
            "name": name,
            "pinyin": sound.pinyin,
            "initials": sound.initials,
            "main_number": _main_number(document.contact),
            "tier": who.tier.value if who else "none",
            "value": who.value.value if who and who.value else "",
            "manager": who.manager_staff_number if who else "",
            "area": who.area if who else "",
            "grid": who.grid if who else "",
            "branch": who.branch if who else "",
            "changed_at": self._unit.now,
        }

    def _number_rows(self, customer_id: str, contact: Contacting) -> list[dict[str, Any]]:
        unique: dict[str, Number] = {number.number: number for number in contact.numbers}
        return [
            {
                "tenant_id": self._unit.tenant,
                "customer_id": customer_id,
                "number": number.number,
                "main": number.main,
                "bad": number.bad,
                "source": number.source,
            }
            for number in unique.values()
        ]

    def _opt_outs(self) -> None:
        rows = [
            {
                "tenant_id": self._unit.tenant,
                "customer_id": document.id,
                "outcome_id": "",
                "staff_number": "",
                "at": self._unit.now,
                "released_at": None,
                "released_by": "",
            }
            for document, _ in self._pairs
            if document.care is not None and document.care.opted_out
        ]
        upsert(self._unit, opt_out, rows, keys=("tenant_id", "customer_id"), keep=tuple(rows[0]) if rows else ())


def _merge_care(new: Care, kept: Care) -> Care:
    told = {call.outcome_id for call in new.calls}
    calls = [*new.calls, *(call for call in kept.calls if call.outcome_id and call.outcome_id not in told)]
    return msgspec.structs.replace(
        new,
        calls=sorted(calls, key=lambda call: call.at, reverse=True),
        dials=sorted({*new.dials, *kept.dials}, reverse=True),
        opted_out=new.opted_out or kept.opted_out,
    )


def _main_number(contact: Contacting | None) -> str:
    if contact is None or not contact.numbers:
        return ""
    return next((number.number for number in contact.numbers if number.main), contact.numbers[0].number)
