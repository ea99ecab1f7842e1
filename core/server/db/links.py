"""Which account of the organisation stands for which user: at most one each, set by an administrator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db import people
from core.server.db.engine import Unit
from core.server.db.schema import organisation_link


@dataclass(frozen=True, slots=True)
class Link:
    """A person as the provider names them."""

    issuer: str
    claim: str
    subject: str


@dataclass(frozen=True, slots=True)
class Linked:
    link: Link
    staff_number: str
    linked_at: datetime


def account_of(unit: Unit, link: Link) -> people.Account | None:
    """None where nobody of ours is linked to that person."""
    staff_number = unit.conn.execute(select(organisation_link.c.staff_number).where(_is(unit, link))).scalar()
    return None if staff_number is None else people.get(unit, staff_number)


def put(unit: Unit, staff_number: str, link: Link) -> None:
    """In the place of an earlier link of that user.

    Raises InputError for an unknown staff number, or where the person is somebody else's already.
    """
    people.require(unit, staff_number)
    held = unit.conn.execute(select(organisation_link.c.staff_number).where(_is(unit, link))).scalar()
    if held is not None and held != staff_number:
        raise InputError(
            title=Text("单位账号已被关联", "That account is linked already"),
            message=Text(f"它已关联工号 {held}，未作改动。", f"It stands for user {held}; nothing was changed."),
            next_step=Text(f"先运行 user unlink {held}。", f"First run: user unlink {held}."),
        )
    remove(unit, staff_number)
    unit.conn.execute(
        organisation_link.insert().values(
            tenant_id=unit.tenant,
            issuer=link.issuer,
            claim=link.claim,
            subject=link.subject,
            staff_number=staff_number,
            linked_at=unit.now,
        )
    )


def remove(unit: Unit, staff_number: str) -> bool:
    """Whether there was one. Sessions go on; `people.end_sessions` ends them."""
    gone = unit.conn.execute(
        delete(organisation_link).where(
            organisation_link.c.tenant_id == unit.tenant, organisation_link.c.staff_number == staff_number
        )
    )
    return gone.rowcount > 0


def everyone(unit: Unit) -> list[Linked]:
    """By staff number."""
    statement = (
        select(organisation_link)
        .where(organisation_link.c.tenant_id == unit.tenant)
        .order_by(organisation_link.c.staff_number)
    )
    return [
        Linked(Link(row.issuer, row.claim, row.subject), row.staff_number, row.linked_at)
        for row in unit.conn.execute(statement)
    ]


def _is(unit: Unit, link: Link) -> ColumnElement[bool]:
    return and_(
        organisation_link.c.tenant_id == unit.tenant,
        organisation_link.c.issuer == link.issuer,
        organisation_link.c.claim == link.claim,
        organisation_link.c.subject == link.subject,
    )
