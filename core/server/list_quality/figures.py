"""What agents found of a list's customers, and of a dealer's: one row a customer, by the newest call that told."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import select

from core.domain import decoding
from core.domain.customer import Contacting
from core.domain.interval import wilson
from core.domain.list_quality import LIST_QUALITY, WRONG, Quality, QualityRule
from core.domain.outcome import Contact
from core.server.db import customers, published
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import outcome, task

_TOLD = frozenset(Contact) - {Contact.UNANSWERED, Contact.REJECTED, Contact.NONE}
"""calls after which it is known whose number it is"""


def rule_of(unit: Unit) -> QualityRule | None:
    """None where content states none: no list is held then."""
    found = published.body(unit, LIST_QUALITY, LIST_QUALITY)
    return None if found is None else decoding.decode(found, QualityRule)


def of_lists(unit: Unit, list_ids: Collection[str]) -> dict[str, Quality]:
    """By list; without those of which nothing is known. A campaign's tasks are a list of its name."""
    newest: dict[tuple[str, str], Contact] = {}
    for ids in chunks(sorted(list_ids)):
        statement = (
            select(task.c.list_id, outcome.c.customer_id, outcome.c.contact)
            .join(outcome, (outcome.c.tenant_id == task.c.tenant_id) & (outcome.c.task_id == task.c.id))
            .where(task.c.tenant_id == unit.tenant, task.c.list_id.in_(ids))
            .where(outcome.c.contact.in_(sorted(_TOLD)), outcome.c.corrected_by == "")
            .order_by(outcome.c.recorded_at)
        )
        newest |= {(row[0], row[1]): Contact(row[2]) for row in unit.conn.execute(statement)}
    found: dict[str, list[Contact]] = {}
    for (list_id, _customer), contact in newest.items():
        found.setdefault(list_id, []).append(contact)
    return {list_id: quality_of(contacts) for list_id, contacts in found.items()}


def of_dealers(unit: Unit, *, days: int) -> dict[str, Quality]:
    """By the dealer who acquired the customer, from calls of the last so many days; of whom none is known: none."""
    since = unit.now - timedelta(days=days)
    statement = (
        select(outcome.c.customer_id, outcome.c.contact)
        .where(outcome.c.tenant_id == unit.tenant, outcome.c.received_at >= since)
        .where(outcome.c.contact.in_(sorted(_TOLD)), outcome.c.corrected_by == "")
        .order_by(outcome.c.recorded_at)
    )
    newest = {row[0]: Contact(row[1]) for row in unit.conn.execute(statement)}
    found: dict[str, list[Contact]] = {}
    for customer_id, contact in newest.items():
        section = customers.section(unit, customer_id, "contact", Contacting)
        if section is not None and section.acquiring_dealer:
            found.setdefault(section.acquiring_dealer, []).append(contact)
    return {dealer: quality_of(contacts) for dealer, contacts in found.items()}


def quality_of(contacts: Iterable[Contact]) -> Quality:
    """One contact a customer."""
    found = list(contacts)
    wrong, owners = sum(one in WRONG for one in found), sum(one is Contact.OWNER for one in found)
    low, high = wilson(wrong, len(found)) if found else (None, None)
    return Quality(called=len(found), wrong=wrong, owners=owners, low=low, high=high)
