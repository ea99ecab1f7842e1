"""Who is told of an errand: its agent's desk, the leads where it stays inside, everyone by the customer's timeline."""

import msgspec

from core.domain.customer import Care, OrderEvent
from core.domain.department import DEPARTMENT, Department
from core.domain.errand import ERRAND, ERRAND_KINDS, ErrandTold, PlacedErrand, errand_words
from core.domain.masking import mask_name
from core.domain.people import Right
from core.domain.text import Text
from core.server.db import customers, errands, feed, people, published
from core.server.db.engine import Unit
from core.server.db.feed import Entry
from core.wire.pull import ContentDocument, Kind


def department(unit: Unit, code: str) -> Department | None:
    """As published; None where the site has none of that code."""
    found = published.body(unit, DEPARTMENT, code)
    return None if found is None else msgspec.json.decode(found, type=Department)


def tell(unit: Unit, placed: PlacedErrand) -> None:
    """Called in the transaction that changed the errand."""
    asked = placed.errand
    told = told_of(unit, placed)
    at_work = department(unit, asked.department)
    name = at_work.name if at_work else Text(asked.department, asked.department)
    published.put(unit, [document_of(told)], audience=asked.agent)
    if at_work is not None and at_work.inside:
        leads = _leads(unit, errands.team_of(unit, str(asked.id)))
        feed.publish(unit, [Entry(lead, Kind.CONTENT, published.content_key(ERRAND, str(asked.id))) for lead in leads])
    if asked.customer_id:
        entry = timeline_entry(told, name)

        def edit(care: Care) -> None:
            others = [one for one in care.orders if one.order_id != entry.order_id]
            care.orders = sorted([entry, *others], key=lambda one: one.at, reverse=True)

        customers.edit_care(unit, asked.customer_id, edit)


def document_of(told: ErrandTold) -> ContentDocument:
    return ContentDocument(
        kind=ERRAND,
        name=str(told.errand.id),
        version=max(1, len(told.steps)),
        body=msgspec.Raw(msgspec.json.encode(told)),
    )


def told_of(unit: Unit, placed: PlacedErrand) -> ErrandTold:
    asked = placed.errand
    head = customers.head(unit, asked.customer_id) if asked.customer_id else None
    account = people.get(unit, asked.agent)
    return ErrandTold(
        errand=asked,
        state=placed.state,
        at=placed.steps[-1].at if placed.steps else unit.now,
        answer_by=placed.answer_by,
        stage=placed.stage,
        overdue=placed.overdue_at is not None,
        reason=placed.reason,
        reference=placed.reference,
        bill_on=placed.bill_on,
        customer=mask_name(head.name) if head else "",
        agent_name=account.agent.name if account else "",
        steps=placed.steps,
    )


def timeline_entry(told: ErrandTold, department_name: Text) -> OrderEvent:
    """One entry an errand, at its last change: 工单 · 装维 · 竣工."""
    kind, words = ERRAND_KINDS[told.errand.kind], errand_words(told)
    return OrderEvent(
        at=told.at,
        label=Text(f"{kind.zh} · {department_name.zh} · {words.zh}", f"{kind.en} · {department_name.en} · {words.en}"),
        order_id=str(told.errand.id),
    )


def _leads(unit: Unit, team: str) -> list[str]:
    """Staff numbers of those who lead the team."""
    return [
        one.agent.staff_number
        for one in people.everyone(unit)
        if one.agent.team == team and Right.SEE_TEAM in one.agent.rights and not one.disabled
    ]
