"""The columns by which figures are chosen and grouped, the same for all parts of a pack."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from core.domain import decoding
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import customer, customer_section, past_customer, task

_WORD = 80
WHOSE = ("agent", "scenario", "campaign", "area", "tier", "value", "acquirer")


class _Contact(msgspec.Struct):
    acquiring_dealer: str = ""


_contact = decoding.decoder(_Contact).decode


@dataclass(frozen=True, slots=True)
class About:
    """What a customer counts as."""

    area: str = ""
    tier: str = ""
    value: str = ""
    manager: str = ""


@dataclass(frozen=True, slots=True)
class TaskAbout:
    scenario: str = ""
    campaign: str = ""


def dealers(unit: Unit, customer_ids: Iterable[str]) -> dict[str, str]:
    """EVAL-05: by customer the dealer that acquired them, of those who have one."""
    found: dict[str, str] = {}
    for chunk in chunks(customer_ids):
        statement = select(customer_section.c.customer_id, customer_section.c.body).where(
            customer_section.c.tenant_id == unit.tenant,
            customer_section.c.customer_id.in_(chunk),
            customer_section.c.section == "contact",
        )
        for customer_id, body in unit.conn.execute(statement):
            if dealer := _contact(body).acquiring_dealer:
                found[customer_id] = dealer[:_WORD]
        past = select(past_customer.c.customer_id, past_customer.c.dealer).where(
            past_customer.c.tenant_id == unit.tenant, past_customer.c.customer_id.in_(chunk)
        )
        for customer_id, dealer in unit.conn.execute(past):
            if dealer:
                found.setdefault(customer_id, dealer)
    return found


def customers_about(unit: Unit, customer_ids: Iterable[str]) -> dict[str, About]:
    found: dict[str, About] = {}
    for chunk in chunks(customer_ids):
        statement = select(customer.c.id, customer.c.area, customer.c.tier, customer.c.value, customer.c.manager).where(
            customer.c.tenant_id == unit.tenant, customer.c.id.in_(chunk)
        )
        for row in unit.conn.execute(statement):
            found[row.id] = About(row.area or "", row.tier or "", row.value or "", row.manager or "")
        past = select(past_customer).where(
            past_customer.c.tenant_id == unit.tenant, past_customer.c.customer_id.in_(chunk)
        )
        for row in unit.conn.execute(past):
            found.setdefault(row.customer_id, About(row.area, row.tier, row.value, row.manager))
    return found


def tasks_about(unit: Unit, task_ids: Iterable[str | None]) -> dict[str, TaskAbout]:
    found: dict[str, TaskAbout] = {}
    for chunk in chunks(one for one in task_ids if one):
        statement = select(task.c.id, task.c.scenario, task.c.list_id).where(
            task.c.tenant_id == unit.tenant, task.c.id.in_(chunk)
        )
        found |= {row.id: TaskAbout(row.scenario, row.list_id or "") for row in unit.conn.execute(statement)}
    return found


def whose(agent: str, of: About, dealer: str, task_about: TaskAbout) -> dict[str, str]:
    """A row's words in the columns of WHOSE."""
    words = (agent, task_about.scenario, task_about.campaign, of.area, of.tier, of.value, dealer)
    return dict(zip(WHOSE, words, strict=True))
