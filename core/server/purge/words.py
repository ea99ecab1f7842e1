"""Words and numbers of old calls, of customers who are still there: out of the records, the documents, the packs.

Records are gone through once, in the order in which they came: a setting says up to which moment.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec
from sqlalchemy import literal, select, tuple_

from core.domain.customer import Care
from core.domain.data_periods import Kept
from core.domain.follow_up import FollowUp
from core.domain.outcome import Outcome
from core.server.db import customers, schema, settings, tasks
from core.server.db.engine import Unit
from core.server.purge.letting_go import has_words, strip
from core.server.purge.packs import without_packs
from core.server.purge.steps import AT_ONCE, Run

FIELDS: Final = {Kept.NOTES: frozenset({"note", "suggestion", "text"}), Kept.NUMBERS: frozenset({"number"})}
"""of outcomes and follow-ups"""
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


Place = tuple[datetime, str]
"""when an outcome came, and its id"""


class _Bodied(msgspec.Struct, frozen=True):
    id: str
    customer_id: str
    received_at: datetime
    body: bytes


def old_words(run: Run, kind: Kept, before: datetime) -> int:
    """Outcomes that came before that moment and still have such words; how many there were."""
    with run.database.read() as unit:
        place = _gone_through(unit, kind)
    done = 0
    while not run.stop():
        with run.database.read() as unit:
            page = _page(unit, place, before)
        if not page:
            break
        place = (page[-1].received_at, page[-1].id)
        worded = [one for one in page if has_words(one.body, Outcome, only=FIELDS[kind])]
        if run.really:
            # Follow-ups may have words where the outcome has none.
            _take_out(run, kind, page, worded, place, before)
        done += len(worded)
        run.report(kind, done)
    return done


def _page(unit: Unit, place: Place, before: datetime) -> list[_Bodied]:
    table = schema.outcome
    beyond = tuple_(table.c.received_at, table.c.id) > tuple_(
        literal(place[0], type_=table.c.received_at.type), literal(place[1])
    )
    statement = (
        select(table.c.id, table.c.customer_id, table.c.received_at, table.c.body)
        .where(table.c.tenant_id == unit.tenant, table.c.received_at < before, beyond)
        .order_by(table.c.received_at, table.c.id)
        .limit(AT_ONCE)
    )
    return [_Bodied(row.id, row.customer_id, row.received_at, bytes(row.body)) for row in unit.conn.execute(statement)]


def _take_out(
    run: Run, kind: Kept, page: Sequence[_Bodied], worded: Sequence[_Bodied], place: Place, before: datetime
) -> None:
    ids = [one.id for one in page]
    outcome, follow_up = schema.outcome, schema.follow_up
    with run.database.write() as unit:
        # Customers are held before anything of theirs, in the order of their ids, as everywhere.
        for customer_id in sorted({one.customer_id for one in worded}):
            if tasks.lock_customer(unit, customer_id) and kind is Kept.NOTES:
                _forget_notes(unit, customer_id, before)
        strip(unit, outcome, Outcome, outcome.c.id.in_([one.id for one in worded]), only=FIELDS[kind])
        strip(unit, follow_up, FollowUp, follow_up.c.outcome_id.in_(ids), only=FIELDS[kind])
        without_packs(unit, [one.id for one in worded])
        settings.write(unit, _mark(kind), f"{place[0].isoformat()} {place[1]}")


def _forget_notes(unit: Unit, customer_id: str, before: datetime) -> None:
    """The customer's own timeline repeats them."""
    care = customers.section(unit, customer_id, "care", Care)
    if care is None or not any(call.note and call.at < before for call in care.calls):
        return

    def edit(found: Care) -> None:
        found.calls = [msgspec.structs.replace(call, note="") if call.at < before else call for call in found.calls]

    customers.edit_care(unit, customer_id, edit)


def _mark(kind: Kept) -> str:
    return f"purged_{kind}"


def _gone_through(unit: Unit, kind: Kept) -> Place:
    kept = settings.read(unit, _mark(kind))
    if kept is None:
        return _BEGINNING, ""
    at, _, key = kept.partition(" ")
    return datetime.fromisoformat(at), key
