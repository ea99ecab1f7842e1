"""Customers in the database: reading and rewriting sections and numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, update

from core.domain import decoding
from core.domain.customer import SECTION_RIGHTS, Care, Contacting, Identity, Number, Warning_
from core.domain.people import Right
from core.server.db import feed
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import contact_number, customer, customer_section
from core.server.db.upsert import upsert
from core.wire.pull import Kind

_Section = TypeVar("_Section", Care, Contacting, Identity)
Head = Row[str, str, str, str, str, str]
"""id, name, tier, area, manager, main number"""
_encode = msgspec.json.Encoder().encode


def documents(unit: Unit, customer_ids: Sequence[str], rights: frozenset[Right]) -> dict[str, bytes]:
    """The documents as JSON with the sections that `rights` allow, joined from the bytes that are kept."""
    allowed = [name for name, right in SECTION_RIGHTS.items() if right in rights]
    joined: dict[str, list[bytes]] = {}
    for chunk in chunks(customer_ids):
        heads = select(customer.c.id, customer.c.version).where(
            customer.c.tenant_id == unit.tenant, customer.c.id.in_(chunk)
        )
        for customer_id, version in unit.conn.execute(heads).all():
            joined[customer_id] = [b'{"id":' + _encode(customer_id) + b',"version":%d' % version]
        bodies = select(customer_section.c.customer_id, customer_section.c.section, customer_section.c.body).where(
            customer_section.c.tenant_id == unit.tenant,
            customer_section.c.customer_id.in_(chunk),
            customer_section.c.section.in_(allowed),
        )
        for customer_id, name, body in unit.conn.execute(bodies).all():
            joined[customer_id].append(b',"' + name.encode() + b'":' + body)
    return {customer_id: b"".join(parts) + b"}" for customer_id, parts in joined.items()}


def known(unit: Unit, customer_ids: Sequence[str]) -> frozenset[str]:
    """Which of these customers there are."""
    found: set[str] = set()
    for chunk in chunks(customer_ids):
        statement = select(customer.c.id).where(customer.c.tenant_id == unit.tenant, customer.c.id.in_(chunk))
        found |= set(unit.conn.execute(statement).scalars())
    return frozenset(found)


def section(unit: Unit, customer_id: str, name: str, kind: type[_Section]) -> _Section | None:
    """One section decoded; None where it was never supplied."""
    body = section_bytes(unit, customer_id, name)
    return None if body is None else decoding.decode(body, kind)


def section_bytes(unit: Unit, customer_id: str, name: str) -> bytes | None:
    """One section as JSON."""
    statement = select(customer_section.c.body).where(
        customer_section.c.tenant_id == unit.tenant,
        customer_section.c.customer_id == customer_id,
        customer_section.c.section == name,
    )
    return unit.conn.execute(statement).scalar_one_or_none()


def edit_care(unit: Unit, customer_id: str, edit: Callable[[Care], None]) -> None:
    """Change the care section in place and tell all who hold the customer."""
    care = section(unit, customer_id, "care", Care) or Care()
    edit(care)
    _store(unit, customer_id, "care", care)


def add_warnings(unit: Unit, told: Mapping[str, Warning_]) -> None:
    """One more in the history of each of these customers, the newest first (ID-12); a few statements for all."""
    ids = sorted(told)
    for chunk in chunks(ids):
        statement = select(customer_section.c.customer_id, customer_section.c.body).where(
            customer_section.c.tenant_id == unit.tenant,
            customer_section.c.customer_id.in_(chunk),
            customer_section.c.section == "care",
        )
        kept = {row.customer_id: decoding.decode(row.body, Care) for row in unit.conn.execute(statement)}
        cares = {one: kept.get(one) or Care() for one in chunk}
        for one, care in cares.items():
            care.warnings = [told[one], *care.warnings]
        _store_all(unit, "care", cares)


def edit_contact(unit: Unit, customer_id: str, edit: Callable[[Contacting], None]) -> None:
    """Change the contact section in place, the numbers table with it, and tell all who hold the customer."""
    contact = section(unit, customer_id, "contact", Contacting) or Contacting()
    edit(contact)
    _store(unit, customer_id, "contact", contact)
    rows = [number_row(unit, customer_id, number) for number in contact.numbers]
    upsert(unit, contact_number, rows, keys=("tenant_id", "customer_id", "number"))


def number_row(unit: Unit, customer_id: str, number: Number) -> dict[str, Any]:
    return {
        "tenant_id": unit.tenant,
        "customer_id": customer_id,
        "number": number.number,
        "main": number.main,
        "bad": number.bad,
        "source": number.source,
    }


def _store(unit: Unit, customer_id: str, name: str, value: Care | Contacting | Identity) -> None:
    _store_all(unit, name, {customer_id: value})


def _store_all(unit: Unit, name: str, values: Mapping[str, Care | Contacting | Identity]) -> None:
    # The digest of what was loaded stays, so that a repeated import does not undo this change.
    rows = [
        {
            "tenant_id": unit.tenant,
            "customer_id": customer_id,
            "section": name,
            "body": _encode(value),
            "loaded_digest": None,
        }
        for customer_id, value in values.items()
    ]
    upsert(unit, customer_section, rows, keys=("tenant_id", "customer_id", "section"), keep=("loaded_digest",))
    _touch(unit, list(values))


def touch(unit: Unit, customer_id: str) -> None:
    """A new version of the document."""
    _touch(unit, [customer_id])


def _touch(unit: Unit, customer_ids: Sequence[str]) -> None:
    unit.conn.execute(
        update(customer)
        .where(customer.c.tenant_id == unit.tenant, customer.c.id.in_(customer_ids))
        .values(version=customer.c.version + 1, changed_at=unit.now)
    )
    feed.republish_all(unit, Kind.CUSTOMER, customer_ids)


def is_branch(unit: Unit, branch: str) -> bool:
    """Whether any customer belongs to that branch office."""
    statement = select(customer.c.id).where(customer.c.tenant_id == unit.tenant, customer.c.branch == branch)
    return unit.conn.execute(statement.limit(1)).first() is not None


def head(unit: Unit, customer_id: str) -> Head | None:
    """What decides who may see the customer; None where there is none such."""
    return unit.conn.execute(
        _heads().where(customer.c.tenant_id == unit.tenant, customer.c.id == customer_id)
    ).one_or_none()


def _heads() -> Select[str, str, str, str, str, str]:
    return select(
        customer.c.id, customer.c.name, customer.c.tier, customer.c.area, customer.c.manager, customer.c.main_number
    )


def find(unit: Unit, *, number: str, text: str, limit: int) -> Sequence[Head]:
    """Customers with that whole number, or whose name, pinyin or initials begin with `text`."""
    if number:
        ids: Iterable[str] = unit.conn.execute(
            select(contact_number.c.customer_id).where(
                contact_number.c.tenant_id == unit.tenant, contact_number.c.number == number
            )
        ).scalars()
        condition: ColumnElement[bool] = customer.c.id.in_(list(ids))
    else:
        low = text.lower()
        condition = or_(
            and_(customer.c.name >= text, customer.c.name < text + "\U0010ffff"),
            and_(customer.c.pinyin >= low, customer.c.pinyin < low + "\U0010ffff"),
            customer.c.initials == low,
        )
    statement = _heads().where(customer.c.tenant_id == unit.tenant, condition).order_by(customer.c.id).limit(limit)
    return unit.conn.execute(statement).all()
