"""Data that are to be here no more: of customers whom the server let go, and words of calls older than their period.

What the server has not answered yet stays until it has: its answer decides. Results stay without words, since an
agent's day is counted from them.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row

from core.domain import decoding
from core.domain.authority import AuthorityCase
from core.domain.clock import local_day
from core.domain.data_periods import DATA_PERIODS, DataPeriods, Kept, Period
from core.domain.stripping import stripped
from core.domain.text import Text
from core.store import pieces, sent, settings
from core.store.times import micros
from core.wire.push import Saved

_UNANSWERED = "(SELECT id FROM outbox WHERE state = 'waiting')"
_LOOKED = "let_go_on"
"""setting: the day on which old words were last looked for"""


class _PeriodTold(Struct, frozen=True):
    kind: str
    """a Kept, or one that only a later server knows: no reason to stop the sync"""
    days: int
    why: Text


class _PeriodsTold(Struct, frozen=True):
    version: int
    periods: tuple[_PeriodTold, ...]


_periods = decoding.decoder(_PeriodsTold)
_saved = decoding.decoder(Saved)
_case = decoding.decoder(AuthorityCase)
_encode = msgspec.json.Encoder().encode


def of_customers(work: Connection, customer_ids: Collection[str]) -> None:
    """Nothing of these customers stays but results without words."""
    for customer_id in customer_ids:
        _of_customer(work, customer_id)
    _requests(work, frozenset(customer_ids))


def of_items(work: Connection, item_ids: Iterable[UUID]) -> None:
    """The server would not take these, since it has let their customers go."""
    customer_ids: set[str] = set()
    for item_id in map(str, item_ids):
        found = work.exec_driver_sql("SELECT customer_id FROM outcome WHERE id = ?", (item_id,)).scalar()
        work.exec_driver_sql("DELETE FROM outbox WHERE id = ?", (item_id,))
        if found is not None:
            customer_ids.add(found)
    of_customers(work, customer_ids)


def periods(mirror: Connection) -> DataPeriods | None:
    """As the site has published them; None where an older server has none."""
    body = pieces.content(mirror, DATA_PERIODS, DATA_PERIODS)
    if body is None:
        return None
    told = _periods.decode(body)
    known = tuple(
        Period(kind=Kept(one.kind), days=one.days, why=one.why) for one in told.periods if one.kind in tuple(Kept)
    )
    return DataPeriods(version=told.version, periods=known)


def looked_today(work: Connection, now: datetime) -> bool:
    """Whether old words were looked for on this day before."""
    return settings.get(work, _LOOKED) == local_day(now).isoformat()


def old_words(work: Connection, kept: DataPeriods, now: datetime) -> int:
    """Words of results, with what was to follow them, and dials, that are older than the site keeps them.

    `now` is the server's time; the day is noted. Gives how many results had any."""
    before = micros(kept.before(Kept.NOTES, now))
    rows = work.exec_driver_sql(
        f"SELECT id, body FROM outcome WHERE recorded_at < ? AND id NOT IN {_UNANSWERED}"
        " AND (name <> '' OR words <> '')",
        (before,),
    ).all()
    _strip(work, rows)
    work.exec_driver_sql(
        "DELETE FROM follow_up WHERE outcome_id IN (SELECT id FROM outcome WHERE recorded_at < ?)"
        f" AND state <> 'waiting' AND outcome_id NOT IN {_UNANSWERED}",
        (before,),
    )
    work.exec_driver_sql("DELETE FROM dial WHERE at < ?", (micros(kept.before(Kept.NUMBERS, now)),))
    work.exec_driver_sql("DELETE FROM sent WHERE at < ?", (before,))
    sent.forget_old(work, now)
    settings.put(work, _LOOKED, local_day(now).isoformat())
    return len(rows)


def _of_customer(work: Connection, customer_id: str) -> None:
    mine = (customer_id,)
    work.exec_driver_sql(
        "DELETE FROM overlay WHERE task_id IN (SELECT task_id FROM outcome WHERE customer_id = ?)"
        f" AND item_id NOT IN {_UNANSWERED}",
        mine,
    )
    rows = work.exec_driver_sql(
        f"SELECT id, body FROM outcome WHERE customer_id = ? AND id NOT IN {_UNANSWERED}", mine
    ).all()
    _strip(work, rows)
    work.exec_driver_sql(f"DELETE FROM follow_up WHERE customer_id = ? AND outcome_id NOT IN {_UNANSWERED}", mine)
    for table in ("dial", "added_number", "quiet_asked", "care", "draft"):
        work.exec_driver_sql(f"DELETE FROM {table} WHERE customer_id = ?", mine)
    named = b'"customer_id":' + msgspec.json.encode(customer_id)
    work.exec_driver_sql("DELETE FROM outbox WHERE state <> 'waiting' AND instr(body, ?) > 0", (named,))
    work.exec_driver_sql("DELETE FROM sent WHERE instr(body, ?) > 0", (named,))


def _strip(work: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
    for outcome_id, body in rows:
        saved = _saved.decode(body)
        bare = Saved(outcome=stripped(saved.outcome))
        work.exec_driver_sql(
            "UPDATE outcome SET name = '', words = '', task_body = NULL, body = ? WHERE id = ?",
            (_encode(bare), outcome_id),
        )


def _requests(work: Connection, customer_ids: frozenset[str]) -> None:
    """What was asked of leads names the customer in its body alone: each is read once, however many go."""
    for key, body in work.exec_driver_sql(f"SELECT id, body FROM authority WHERE id NOT IN {_UNANSWERED}").all():
        if _case.decode(body).request.customer_id in customer_ids:
            work.exec_driver_sql("DELETE FROM authority WHERE id = ?", (key,))
