"""What the server's clock does to cases and promises: a first contact that was missed, a promise whose time passed, a
call after a repair whose customer is free by now, a trial that ended long ago."""

from uuid import UUID, uuid5

from core.domain.case import SERVER, CaseEvent, ContactMissed
from core.domain.case_fold import fold
from core.domain.promise import Lapsed, PromiseEvent, fold_promise
from core.server.cases.afterwards import bring_revisits
from core.server.cases.keeping import add_to_case, add_to_promise, retell
from core.server.cases.trials import forget_past
from core.server.db import cases, tasks
from core.server.db.engine import Database


def mind_cases(database: Database) -> tuple[int, int]:
    """Marks each once, in a short transaction of its own: how many first contacts were missed, promises broken."""
    with database.read() as unit:
        missed, past = cases.without_contact_past(unit), cases.promises_past(unit)
    bring_revisits(database)
    forget_past(database)
    return (
        sum(_missed(database, case_id, customer_id) for case_id, customer_id in missed),
        sum(_lapsed(database, promise_id, customer_id) for promise_id, customer_id in past),
    )


def _missed(database: Database, case_id: UUID, customer_id: str) -> bool:
    with database.write() as unit:
        tasks.lock_customer(unit, customer_id)
        case = fold(cases.case_events(unit, case_id))
        if case is None or not case.awaits_contact or case.began.first_contact_due >= unit.now:
            return False
        due = case.began.first_contact_due
        what = ContactMissed(due=due)
        event = CaseEvent(id=uuid5(case_id, f"missed {due}"), case=case_id, by=SERVER, at=unit.now, what=what)
        add_to_case(unit, case_id, [event])
        return True


def _lapsed(database: Database, promise_id: UUID, customer_id: str) -> bool:
    with database.write() as unit:
        tasks.lock_customer(unit, customer_id)
        promise = fold_promise(cases.promise_events(unit, promise_id))
        if promise is None or not promise.is_open or promise.due_at >= unit.now:
            return False
        what = Lapsed(due_at=promise.due_at)
        key = uuid5(promise_id, f"lapsed {promise.due_at}")
        event = PromiseEvent(id=key, promise=promise_id, by=SERVER, at=unit.now, what=what)
        add_to_promise(unit, promise_id, [event])
        return True


def retell_open(database: Database) -> int:
    """Somebody came, went, or leads another team now: whoever is to see an open case or promise has it.

    Gives how many were told, each in a short transaction of its own."""
    with database.read() as unit:
        standing, owed = cases.open_cases(unit), cases.owed_promises(unit)
    for case_id in standing:
        with database.write() as unit:
            head = cases.case_head(unit, case_id)
            if head is not None:
                tasks.lock_customer(unit, head.customer_id)
                add_to_case(unit, case_id, [])
    for promise_id in owed:
        with database.write() as unit:
            promised = cases.promise_head(unit, promise_id)
            if promised is not None:
                tasks.lock_customer(unit, promised.customer_id)
                retell(unit, promise_id)
    return len(standing) + len(owed)
