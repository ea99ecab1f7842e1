"""The columns of a pack's promises and cases: a promise on the day it is due, a case on that of its first contact and
on that of its closing (KPI-08)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, select

from core.domain import decoding
from core.domain.case import Case, CaseEvent
from core.domain.case_fold import fold
from core.domain.clock import day_start
from core.domain.promise import Promise, PromiseEvent, fold_promise
from core.review.frame import IN_TIME, LATE, NEVER, OPEN
from core.review.pack_write import write_rows
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.reviewed import day_of
from core.server.db.schema import case_event, promise, promise_event, repair_case
from core.server.review.codes import Coder
from core.server.review.whose import About, TaskAbout, customers_about, dealers, tasks_about, whose
from core.wire.review import CLOSINGS, CONTACTS, PROMISES

_T = TypeVar("_T")
Row = dict[str, Any]
_case_event = decoding.decoder(CaseEvent).decode
_promise_event = decoding.decoder(PromiseEvent).decode


def casework_parts(unit: Unit, team_id: str, first: int, last: int, *, code: Coder) -> dict[str, bytes]:
    """Of the promises that somebody of the team owes or owed, and of the team's cases, by name of the part."""
    start, end = day_start(day_of(first)), day_start(day_of(last + 1))

    def ids(table: Table, column: ColumnElement[Any]) -> list[str]:
        mine = (table.c.tenant_id == unit.tenant, table.c.team_id == team_id, column >= start, column < end)
        return list(unit.conn.execute(select(table.c.id).where(*mine).order_by(column, table.c.id)).scalars())

    promises = _folded(unit, promise_event, "promise_id", ids(promise, promise.c.due_at), _promise_event, fold_promise)
    due = _folded(unit, case_event, "case_id", ids(repair_case, repair_case.c.first_contact_due), _case_event, fold)
    closed = _folded(unit, case_event, "case_id", ids(repair_case, repair_case.c.closed_at), _case_event, fold)
    return {
        PROMISES: write_rows(PROMISES, _promises(unit, promises, code)),
        CONTACTS: write_rows(CONTACTS, _contacts(unit, due, code)),
        CLOSINGS: write_rows(CLOSINGS, _closings(unit, closed, code)),
    }


def _folded(
    unit: Unit, table: Table, of: str, ids: Sequence[str], decode: Callable[[bytes], Any],
    folded: Callable[[Iterable[Any]], _T | None],
) -> list[_T]:  # fmt: skip
    """How each of them stands, from its events, in the order of the ids."""
    events: dict[str, list[Any]] = defaultdict(list)
    for chunk in chunks(ids):
        statement = select(table.c[of], table.c.body).where(table.c.tenant_id == unit.tenant, table.c[of].in_(chunk))
        for one, body in unit.conn.execute(statement):
            events[one].append(decode(body))
    found = (folded(events[one]) for one in ids)
    return [one for one in found if one is not None]


def _promises(unit: Unit, found: Sequence[Promise], code: Coder) -> list[Row]:
    words = _words(unit, [(one.owner.staff_number, one.made.customer_id, one.made.task_id) for one in found], code)
    return [
        {
            "at": _seconds(one.due_at),
            "made_at": _seconds(one.made_at),
            "settled_at": _seconds(one.settled_at),
            **word,
            "kind": one.made.kind.value,
            "state": one.state.value,
        }
        for one, word in zip(found, words, strict=True)
    ]


def _contacts(unit: Unit, found: Sequence[Case], code: Coder) -> list[Row]:
    return [
        {
            "at": _seconds(one.began.first_contact_due),
            "began_at": _seconds(one.opened_at),
            **word,
            "opened_by": one.began.opened_by.value,
            "state": LATE if one.contact_missed else OPEN if one.contacted_at is None else IN_TIME,
            "took_s": _took(one),
        }
        for one, word in zip(found, _of_cases(unit, found, code), strict=True)
    ]


def _closings(unit: Unit, found: Sequence[Case], code: Coder) -> list[Row]:
    return [
        {
            "at": _seconds(one.closed_at),
            "began_at": _seconds(one.opened_at),
            **word,
            "opened_by": one.began.opened_by.value,
            "satisfaction": one.satisfaction.value if one.satisfaction else "",
        }
        for one, word in zip(found, _of_cases(unit, found, code), strict=True)
        if one.closed_at is not None
    ]


def _of_cases(unit: Unit, found: Sequence[Case], code: Coder) -> list[Row]:
    return _words(unit, [(one.owner.staff_number, one.began.customer_id, one.began.task_id) for one in found], code)


def _words(unit: Unit, of: Sequence[tuple[str, str, str | None]], code: Coder) -> list[Row]:
    """Of agent, customer and task the columns that say whose it is."""
    ids = [customer_id for _, customer_id, _ in of]
    known, bought = customers_about(unit, ids), dealers(unit, ids)
    told = tasks_about(unit, [task_id for _, _, task_id in of])
    return [
        whose(agent, known.get(customer_id, About()), bought.get(customer_id, ""), told.get(task_id or "", TaskAbout()))
        | {"customer": code(customer_id)}
        for agent, customer_id, task_id in of
    ]


def _took(case: Case) -> int:
    if case.contacted_at is None:
        return NEVER
    return min(max(int((case.contacted_at - case.opened_at).total_seconds()), 0), NEVER - 1)


def _seconds(at: datetime | None) -> int:
    return 0 if at is None else int(at.timestamp())
