"""Who is told of an errand: its agent's desk, the leads where it stays inside, everyone by the customer's timeline."""

import msgspec

from core.domain import decoding
from core.domain.customer import Care, OrderEvent
from core.domain.department import DEPARTMENT, Department
from core.domain.errand import ERRAND, ERRAND_KINDS, OPEN_ERRANDS, ErrandTold, PlacedErrand, errand_words
from core.domain.masking import mask_name
from core.domain.text import Text
from core.server.db import customers, errands, people, published, tasks
from core.server.db.engine import Database, Unit
from core.server.team.teams import leads_of
from core.wire.pull import ContentDocument


def department(unit: Unit, code: str) -> Department | None:
    """As published; None where the site has none of that code."""
    found = published.body(unit, DEPARTMENT, code)
    return None if found is None else decoding.decode(found, Department)


def tell(unit: Unit, placed: PlacedErrand) -> None:
    """Called in the transaction that changed the errand."""
    asked = placed.errand
    told = told_of(unit, placed)
    at_work = department(unit, asked.department)
    name = at_work.name if at_work else Text(asked.department, asked.department)
    inside = at_work is not None and at_work.inside
    leads = leads_of(unit, errands.team_of(unit, str(asked.id))) if inside else frozenset()
    # Who handed it over, or stands in no more, forgets it.
    published.put_for(unit, document_of(told), leads | {asked.agent})
    if asked.customer_id:
        entry = timeline_entry(told, name)

        def edit(care: Care) -> None:
            others = [one for one in care.orders if one.order_id != entry.order_id]
            care.orders = sorted([entry, *others], key=lambda one: one.at, reverse=True)

        customers.edit_care(unit, asked.customer_id, edit)


def retell_passed_on(database: Database) -> None:
    """What stays inside the centre is told to who leads its team now, each in a short transaction of its own."""
    with database.read() as unit:
        known = (decoding.decode(body, Department) for body in published.bodies(unit, DEPARTMENT))
        inside = [one.id for one in known if one.inside]
        open_ones = errands.open_inside(unit, inside)
    for errand_id in open_ones:
        with database.write() as unit:
            found = errands.get(unit, errand_id)
            if found is None:
                continue
            if found.errand.customer_id:
                tasks.lock_customer(unit, found.errand.customer_id)
            placed = errands.get(unit, errand_id, lock=True)
            if placed is not None and placed.state in OPEN_ERRANDS:
                tell(unit, placed)


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
