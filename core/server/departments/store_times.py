"""Times at stores (CHANNEL-02): booked for a customer, kept for the agent's list, moved and cancelled."""

from uuid import UUID

import structlog

from core.domain.masking import mask_name
from core.domain.store import StoreTime
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import agreed_dates, audit, customers, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.departments.port import StorePort
from core.server.outside.down import PortDown
from core.server.team.teams import leads
from core.wire.departments import SlotAnswer, SlotAsk, SlotVerdict

_log = structlog.get_logger("stayline.stores")


def book(database: Database, port: StorePort, caller: Caller, slot_id: UUID, asked: SlotAsk) -> SlotAnswer:
    """Booked at the store and kept here; what it takes the place of is cancelled once it is booked.

    Raises PortDown where the stores do not answer: the same id may be asked again."""
    outside = SlotAsk(
        store=asked.store, slot=asked.slot, customer_id=asked.customer_id, what=asked.what, agent=caller.staff_number
    )
    answer = port.book(slot_id, outside)
    if answer.verdict is not SlotVerdict.BOOKED:
        return answer
    with database.write() as unit:
        tasks.lock_customer(unit, asked.customer_id)
        _keep(unit, caller, slot_id, asked, answer)
    if asked.instead_of is None or asked.instead_of == slot_id:
        return answer
    try:
        cancel(database, port, caller, asked.instead_of, customer_id=asked.customer_id)
    except PortDown as error:
        _log.warning("the earlier time stays booked", why=str(error))
        return SlotAnswer(verdict=answer.verdict, reference=answer.reference, still_booked=True)
    return answer


def cancel(database: Database, port: StorePort, caller: Caller, booking: UUID, *, customer_id: str = "") -> bool:
    """False where no such booking stands that is the caller's, or their team's; raises PortDown."""
    with database.read() as unit:
        found = agreed_dates.store_time(unit, str(booking))
        if found is None or not _looks_after(unit, caller, found) or customer_id not in ("", found.customer_id):
            return False
    port.cancel(booking)
    with database.write() as unit:
        tasks.lock_customer(unit, found.customer_id)
        standing = agreed_dates.store_time(unit, str(booking))
        if standing is not None:
            agreed_dates.forget(unit, standing)
            audit.write(
                unit, writer=caller.staff_number, action=Action.SLOT_CANCELLED, object_=standing.customer_id,
                store=standing.store, at=standing.slot.begins_at.isoformat(),
            )  # fmt: skip
    return True


def _looks_after(unit: Unit, caller: Caller, found: StoreTime) -> bool:
    return found.agent == caller.staff_number or leads(unit, caller, agreed_dates.team_of(unit, found))


def _keep(unit: Unit, caller: Caller, slot_id: UUID, asked: SlotAsk, answer: SlotAnswer) -> None:
    head = customers.head(unit, asked.customer_id)
    agreed_dates.put(
        unit,
        StoreTime(
            id=slot_id,
            store=asked.store,
            name=asked.store_name or Text(asked.store, asked.store),
            slot=asked.slot,
            customer_id=asked.customer_id,
            customer=mask_name(head.name) if head is not None else "",
            agent=caller.staff_number,
            scenario=asked.scenario,
            what=asked.what,
            what_name=asked.what_name,
            reference=answer.reference,
        ),
    )
    audit.write(
        unit, writer=caller.staff_number, action=Action.SLOT_BOOKED, object_=asked.customer_id, store=asked.store,
        at=asked.slot.begins_at.isoformat(),
    )  # fmt: skip
