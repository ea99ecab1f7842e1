"""One transaction's worth of customers: what is new is inserted, what changed is merged, the rest is left alone."""

import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import select

from core.domain import decoding
from core.domain.customer import SECTION_RIGHTS, Care, Contacting, Document, Identity, Number
from core.domain.task import OPEN_STATES, Block
from core.server import binding
from core.server.db import customers, refusals, tasks
from core.server.db.engine import Unit
from core.server.db.schema import contact_number, customer, customer_section, task
from core.server.db.upsert import upsert
from core.server.loading.merging import merged_section
from core.server.pinyin import sound_of

_Section = TypeVar("_Section", Identity, Contacting)
_encode = msgspec.json.Encoder().encode
_WRITER = "import"
"""in the audit"""


class CustomerBatch:
    """Takes documents one by one, then writes them all."""

    def __init__(self, unit: Unit, documents: Sequence[Document], *, remarks: frozenset[str] = frozenset()) -> None:
        """`remarks`: names of the indicators that are remarks of a list."""
        self._unit, self._documents, self._remarks = unit, documents, remarks
        ids = sorted(document.id for document in documents)
        self.known = self._versions(ids)
        self.changed: list[str] = []
        self._digests = self._loaded_digests(list(self.known))
        self._sections: list[dict[str, Any]] = []
        self._heads: list[dict[str, Any]] = []
        self._numbers: list[dict[str, Any]] = []
        self._reachable: dict[str, tuple[str, ...]] = {}
        """customers who were there already and whose numbers came or changed: the good ones, the main one first"""

    def write(self) -> None:
        saying = [one for one in self._documents if one.care is not None and one.care.opted_out]
        met = self._recall_refusals()
        for document in self._documents:
            self._take(document)
        unit = self._unit
        upsert(unit, customer, self._heads, keys=("tenant_id", "id"))
        upsert(unit, customer_section, self._sections, keys=("tenant_id", "customer_id", "section"))
        upsert(unit, contact_number, self._numbers, keys=("tenant_id", "customer_id", "number"))
        self._opt_outs([one.id for one in saying])
        self._unblock_tasks()
        for customer_id in self.changed:
            customers.touch(unit, customer_id)
        for customer_id, outcome_id in sorted(met.items()):
            binding.bind(unit, customer_id, writer=_WRITER, outcome_id=outcome_id)

    def _recall_refusals(self) -> dict[str, str]:
        """Who comes may have refused before: in a row that could not be taken, or under another id by number."""
        met = refusals.met(self._unit, {one.id: _good_numbers(one) for one in self._documents})
        for document in self._documents:
            if document.id in met and document.id not in self.known:
                document.care = msgspec.structs.replace(document.care or Care(), opted_out=True)
        return met

    def _versions(self, ids: list[str]) -> dict[str, int]:
        statement = (
            select(customer.c.id, customer.c.version)
            .where(customer.c.tenant_id == self._unit.tenant, customer.c.id.in_(ids))
            .order_by(customer.c.id)
            .with_for_update()
        )
        return {row.id: row.version for row in self._unit.conn.execute(statement)}

    def _loaded_digests(self, ids: list[str]) -> dict[tuple[str, str], bytes | None]:
        if not ids:
            return {}
        statement = select(
            customer_section.c.customer_id, customer_section.c.section, customer_section.c.loaded_digest
        ).where(customer_section.c.tenant_id == self._unit.tenant, customer_section.c.customer_id.in_(ids))
        return {(row[0], row[1]): row[2] for row in self._unit.conn.execute(statement)}

    def _take(self, document: Document) -> None:
        found = (self._section(document.id, name, getattr(document, name)) for name in SECTION_RIGHTS)
        rows = {row["section"]: row for row in found if row is not None}
        known = document.id in self.known
        if known and not rows:
            return
        if known:
            self.changed.append(document.id)
        self._sections.extend(rows.values())
        if not known or "identity" in rows or "contact" in rows:
            who = self._standing(document.id, rows, "identity", Identity)
            contact = self._standing(document.id, rows, "contact", Contacting)
            self._heads.append(self._head_row(document, who, contact))
            self._numbers.extend(self._number_rows(document.id, contact))
            good = sorted((n for n in contact.numbers if not n.bad), key=lambda number: not number.main)
            if known and good:
                self._reachable[document.id] = tuple(number.number for number in good)

    def _section(self, customer_id: str, name: str, value: Any) -> dict[str, Any] | None:
        """The row to write; None where the list says nothing of the section, or nothing new."""
        if value is None:
            return None
        body = _encode(value)
        digest = hashlib.sha256(body).digest()
        if (customer_id, name) in self._digests:
            if self._digests[customer_id, name] == digest:
                return None
            old = customers.section_bytes(self._unit, customer_id, name)
            body = merged_section(name, old, value, remarks=self._remarks) if old is not None else body
            if body == old:
                return None
        return {
            "tenant_id": self._unit.tenant,
            "customer_id": customer_id,
            "section": name,
            "body": body,
            "loaded_digest": digest,
        }

    def _standing(self, customer_id: str, rows: dict[str, dict[str, Any]], name: str, kind: type[_Section]) -> _Section:
        """The section as it will be."""
        if name in rows:
            return decoding.decode(rows[name]["body"], kind)
        known = customer_id in self.known
        return (customers.section(self._unit, customer_id, name, kind) if known else None) or kind()

    def _head_row(self, document: Document, who: Identity, contact: Contacting) -> dict[str, Any]:
        sound = sound_of(who.name)
        main = next((number for number in contact.numbers if number.main), None)
        return {
            "tenant_id": self._unit.tenant,
            "id": document.id,
            "version": self.known.get(document.id, max(document.version, 1)),
            "name": who.name,
            "pinyin": sound.pinyin,
            "initials": sound.initials,
            "main_number": (main or contact.numbers[0]).number if contact.numbers else "",
            "tier": who.tier.value,
            "value": who.value.value if who.value else "",
            "manager": who.manager_staff_number,
            "area": who.area,
            "grid": who.grid,
            "branch": who.branch,
            "changed_at": self._unit.now,
        }

    def _number_rows(self, customer_id: str, contact: Contacting) -> list[dict[str, Any]]:
        unique: dict[str, Number] = {number.number: number for number in contact.numbers}
        return [customers.number_row(self._unit, customer_id, number) for number in unique.values()]

    def _opt_outs(self, refusing: list[str]) -> None:
        """What the list says of these holds for all of their numbers, and for whoever else has one of them."""
        if not refusing:
            return
        unit = self._unit
        for customer_id in self._first_heard(refusing):
            binding.withdraw_tasks(unit, customer_id)
        numbers = {number for numbers in refusals.numbers_of(unit, refusing).values() for number in numbers}
        refusals.keep(unit, refusing, numbers)
        binding.bind_all_with(unit, numbers, besides=refusing, writer=_WRITER, outcome_id="")

    def _first_heard(self, refusing: list[str]) -> list[str]:
        """Of the customers who were there already, those of whom no refusal was known."""
        heard = refusals.ever_refused(self._unit, refusing)
        return [one for one in refusing if one in self.known and one not in heard]

    def _unblock_tasks(self) -> None:
        """A number that came with a later list makes the tasks callable that waited for one."""
        where = (task.c.tenant_id == self._unit.tenant, task.c.block == Block.NO_NUMBER.value)
        held = task.c.customer_id.in_(sorted(self._reachable)) & task.c.state.in_(OPEN_STATES)
        for customer_id in self._unit.conn.execute(select(task.c.customer_id).where(*where, held)).scalars().all():
            for before in tasks.open_of(self._unit, customer_id):
                who = msgspec.structs.replace(before.customer, numbers=self._reachable[customer_id])
                tasks.change(self._unit, before, msgspec.structs.replace(before, customer=who, block=None))


def _good_numbers(document: Document) -> list[str]:
    return [one.number for one in document.contact.numbers if not one.bad] if document.contact else []
