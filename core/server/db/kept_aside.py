"""Records of desks that could not be taken, kept as they came: nothing that an agent wrote is lost over a rule."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, select, update

from core.domain import decoding
from core.server.db.engine import Unit
from core.server.db.schema import conflict
from core.server.db.upsert import upsert
from core.wire.push import Saved

_decode = decoding.decoder(Saved).decode
UNREADABLE = "malformed"
"""the `code` of an outcome that could not be read, of `core.server.sync.answers`"""
CLOSED = "closed"
"""stands for the outcome where somebody looked at it and nothing is to come of it"""


@dataclass(frozen=True, slots=True)
class KeptAside:
    """An item with the bytes that it came as."""

    item_id: str
    digest: bytes
    staff_number: str
    body: bytes
    received_at: datetime
    code: str
    """why: of `core.server.sync.answers`"""
    repaired_by: str
    """id of the outcome that stands in its place; empty while there is none"""


def keep(unit: Unit, *, item_id: str, digest: bytes, staff_number: str, body: bytes, code: str) -> bool:
    """Whether it is new: the same bytes again are the same."""
    if any(one.digest == digest for one in of_item(unit, item_id)):
        return False
    row = {
        "tenant_id": unit.tenant,
        "item_id": item_id,
        "digest": digest,
        "staff_number": staff_number,
        "body": body,
        "received_at": unit.now,
        "code": code,
        "repaired_by": "",
    }
    upsert(unit, conflict, [row], keys=("tenant_id", "item_id", "digest"), keep=tuple(row))
    return True


def of_item(unit: Unit, item_id: str) -> list[KeptAside]:
    """Oldest first."""
    return _read(unit, conflict.c.item_id == item_id)


def waiting(unit: Unit) -> list[KeptAside]:
    """Those in whose place nothing stands yet, oldest first."""
    return _read(unit, conflict.c.repaired_by == "")


def refused_outcome(unit: Unit, item_id: str, *, staff_number: str) -> KeptAside | None:
    """The agent's outcome of that id that was refused and waits for its correction."""
    found = (one for one in of_item(unit, item_id) if one.staff_number == staff_number and not one.repaired_by)
    # Of what could not be read, outcomes alone are kept.
    return next((one for one in found if one.code == UNREADABLE or saved_of(one) is not None), None)


def saved_of(kept: KeptAside) -> Saved | None:
    """The outcome with its follow-ups; None where the item is of another kind, or cannot be read."""
    try:
        return _decode(kept.body)
    except msgspec.MsgspecError:
        return None


def repair(unit: Unit, item_id: str, *, by: str) -> None:
    """The outcome `by` stands in the place of what was kept aside under that id."""
    unit.conn.execute(
        update(conflict)
        .where(conflict.c.tenant_id == unit.tenant, conflict.c.item_id == item_id, conflict.c.repaired_by == "")
        .values(repaired_by=by)
    )


def repair_chain(unit: Unit, item_id: str, *, staff_number: str, by: str) -> list[str]:
    """`repair` of the agent's refused record and of those before it that it was to correct; their ids."""
    done: list[str] = []
    found = refused_outcome(unit, item_id, staff_number=staff_number)
    while found is not None:
        repair(unit, found.item_id, by=by)
        done.append(found.item_id)
        saved = saved_of(found)
        before = str(saved.outcome.corrects) if saved is not None and saved.outcome.corrects is not None else ""
        found = refused_outcome(unit, before, staff_number=staff_number) if before else None
    return done


def _read(unit: Unit, which: ColumnElement[bool]) -> list[KeptAside]:
    rows = unit.conn.execute(
        select(conflict)
        .where(conflict.c.tenant_id == unit.tenant, which)
        .order_by(conflict.c.received_at, conflict.c.item_id, conflict.c.digest)
    )
    return [
        KeptAside(
            item_id=row.item_id,
            digest=bytes(row.digest),
            staff_number=row.staff_number,
            body=bytes(row.body),
            received_at=row.received_at,
            code=row.code,
            repaired_by=row.repaired_by,
        )
        for row in rows
    ]
