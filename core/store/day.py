"""The agent's own day: what was saved, the figures, follow-ups, numbers and dials."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row

from core.domain import decoding
from core.domain.call import AddedNumber, QuietAsked
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.ordered import Ordered, awaited, counts
from core.domain.outcome import CONNECTED, Contact, Outcome
from core.domain.text import Text
from core.store import ordered
from core.store.ordered import Sale
from core.store.outbox import CURRENT, REFUSED
from core.store.search_words import normalised
from core.store.times import micros, moment
from core.store.types import DayFigures, SavedRow, ScenarioFigures, UploadState
from core.wire.push import Saved

_SAVED = decoding.decoder(Saved)
_FOLLOW_UP = decoding.decoder(FollowUp)
_ADDED = decoding.decoder(AddedNumber)
_QUIET = decoding.decoder(QuietAsked)


def saved(connection: Connection, outcome_id: UUID) -> Saved | None:
    body = connection.exec_driver_sql("SELECT body FROM work.outcome WHERE id = ?", (str(outcome_id),)).scalar()
    return None if body is None else _SAVED.decode(body)


def outcomes_of(connection: Connection, customer_id: str, since: datetime) -> list[Outcome]:
    """Saved here since then, corrected records too, oldest first."""
    rows = connection.exec_driver_sql(
        "SELECT body FROM work.outcome WHERE customer_id = ? AND recorded_at >= ? ORDER BY seq",
        (customer_id, micros(since)),
    )
    return [_SAVED.decode(row[0]).outcome for row in rows]


def newest(connection: Connection, outcome_id: UUID) -> UUID | None:
    found = connection.exec_driver_sql(
        "SELECT n.id FROM work.outcome AS o JOIN work.outcome AS n ON n.root_id = o.root_id WHERE o.id = ?"
        " ORDER BY n.seq DESC LIMIT 1",
        (str(outcome_id),),
    ).scalar()
    return None if found is None else UUID(found)


def saved_between(
    connection: Connection, start: datetime, end: datetime, text: str, limit: int, as_of: datetime, refused: bool
) -> list[SavedRow]:
    """Outcomes recorded in [start, end), newest first; `text` looks into name, pinyin, number, task and note.

    `refused`: and those of any day that the server would not take."""
    query, also = normalised(text), f" OR ({REFUSED})" if refused else ""
    rows = connection.exec_driver_sql(
        f"SELECT o.body, o.name, o.upload, o.message_zh, o.message_en, NOT {CURRENT}, o.root_id, o.root_at,"
        " o.words = '' FROM work.outcome AS o"
        f" WHERE ((o.recorded_at >= ? AND o.recorded_at < ?){also}) AND (? = '' OR instr(o.words, ?))"
        " ORDER BY o.recorded_at DESC, o.id DESC LIMIT ?",
        (micros(start), micros(end), query, query, limit),
    ).all()
    sales = [Sale(_SAVED.decode(row.body).outcome, UUID(row.root_id), moment(row.root_at)) for row in rows]
    orders = ordered.of_sales(connection, sales, as_of)
    return [_saved_row(sale.outcome, row, found) for sale, row, found in zip(sales, rows, orders, strict=True)]


def _saved_row(outcome: Outcome, row: Row[*tuple[Any, ...]], orders: tuple[Ordered, ...]) -> SavedRow:
    name, upload, message_zh, message_en, corrected = row[1:6]
    return SavedRow(
        outcome_id=outcome.id,
        customer_id=outcome.customer_id,
        task_id=outcome.task_id,
        name=name,
        scenario=outcome.scenario,
        result=outcome.result,
        contact=outcome.contact,
        success=outcome.success,
        talk_time_s=outcome.call.talk_time_s,
        recorded_at=outcome.recorded_at,
        corrects=outcome.corrects,
        corrected=bool(corrected),
        upload=UploadState(upload),
        message=Text(message_zh, message_en) if message_zh or message_en else None,
        orders=orders,
        # A record has at least the line ends between its words, until they go.
        let_go=bool(row[8]),
    )


def figures(connection: Connection, start: datetime, end: datetime, as_of: datetime) -> DayFigures:
    """Counts of [start, end): of each chain of corrections the last record, on the day of the first."""
    span = (micros(start), micros(end))
    dialled = connection.exec_driver_sql("SELECT count(*) FROM work.dial WHERE at >= ? AND at < ?", span).scalar_one()
    connected = ", ".join(f"'{contact.value}'" for contact in sorted(CONNECTED))
    rows = connection.exec_driver_sql(
        "SELECT scenario, count(DISTINCT coalesce(task_id, root_id)),"
        f" total(contact IN ({connected})), total(contact = '{Contact.OWNER.value}'),"
        " total(talk_time_s), count(*)"
        f" FROM work.outcome AS o WHERE root_at >= ? AND root_at < ? AND {CURRENT} GROUP BY scenario",
        span,
    ).all()
    success, under_way = _sales(connection, span, as_of)
    return DayFigures(
        dialled=dialled,
        called=sum(int(row[1]) for row in rows),
        connected=sum(int(row[2]) for row in rows),
        owner=sum(int(row[3]) for row in rows),
        success=success.total(),
        talk_s=sum(int(row[4]) for row in rows),
        by_scenario={
            row[0]: ScenarioFigures(
                called=int(row[1]),
                calls=int(row[5]),
                connected=int(row[2]),
                owner=int(row[3]),
                success=success[row[0]],
                awaited=under_way[row[0]],
            )
            for row in rows
        },
        awaited=under_way.total(),
    )


def _sales(connection: Connection, span: tuple[int, int], as_of: datetime) -> tuple[Counter[str], Counter[str]]:
    """By scenario: successes that count, and those whose orders are still under way."""
    rows = connection.exec_driver_sql(
        "SELECT o.body, o.root_id, o.root_at FROM work.outcome AS o"
        f" WHERE o.success AND o.root_at >= ? AND o.root_at < ? AND {CURRENT}",
        span,
    )
    sales = [Sale(_SAVED.decode(body).outcome, UUID(root), moment(at)) for body, root, at in rows]
    found = list(zip(sales, ordered.of_sales(connection, sales, as_of), strict=True))
    return (
        Counter(sale.outcome.scenario for sale, orders in found if counts(orders)),
        Counter(sale.outcome.scenario for sale, orders in found if awaited(orders)),
    )


def follow_ups(connection: Connection, kind: FollowUpKind | None, state: FollowUpState | None) -> list[FollowUp]:
    """Those made on this machine, soonest first; those without a time in the order of their making."""
    rows = connection.exec_driver_sql(
        "SELECT body, state FROM work.follow_up WHERE (? IS NULL OR kind = ?) AND (? IS NULL OR state = ?)"
        " ORDER BY due_at IS NULL, due_at, rowid",
        (kind, kind, state, state),
    )
    return [msgspec.structs.replace(_FOLLOW_UP.decode(body), state=FollowUpState(now)) for body, now in rows]


def dials(connection: Connection, customer_id: str, since: datetime) -> list[datetime]:
    """Every dial from this machine since then, whether the server has it yet or not."""
    rows = connection.exec_driver_sql(
        "SELECT at FROM work.dial WHERE customer_id = ? AND at >= ? ORDER BY at", (customer_id, micros(since))
    )
    return [moment(row[0]) for row in rows]


def saved_name(connection: Connection, customer_id: str) -> str:
    """The customer's name as it stood at the last outcome saved here; empty where there is none."""
    row = connection.exec_driver_sql(
        "SELECT name FROM work.outcome WHERE customer_id = ? ORDER BY recorded_at DESC LIMIT 1", (customer_id,)
    ).first()
    return str(row[0]) if row else ""


def added_numbers(connection: Connection, customer_id: str) -> list[AddedNumber]:
    rows = connection.exec_driver_sql(
        "SELECT body FROM work.added_number WHERE customer_id = ? ORDER BY rowid", (customer_id,)
    )
    return [_ADDED.decode(row[0]) for row in rows]


def quiet_asked(connection: Connection, customer_id: str) -> QuietAsked | None:
    """What the customer last said on this desk of the hours in which they want no calls."""
    body = connection.exec_driver_sql(
        "SELECT body FROM work.quiet_asked WHERE customer_id = ?", (customer_id,)
    ).scalar()
    return None if body is None else _QUIET.decode(body)
