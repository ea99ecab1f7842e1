"""What the server has taken, kept for some weeks: a server that is brought back from a backup has lost what came after.

It is told by its ids what it has; what it lacks it takes as if for the first time.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.store.times import micros
from core.store.types import UploadState

KEPT = timedelta(days=35)
_OF_THE_MOMENT = ("state", "authority", "withdrawal")
"""kinds: what an agent was doing, and what was asked of a lead, who has answered"""
_MARKS = ", ".join("?" * len(_OF_THE_MOMENT))


def keep(work: Connection, item_id: str) -> None:
    """Called as the item leaves the outbox, in its transaction."""
    work.exec_driver_sql(
        "INSERT OR REPLACE INTO sent (seq, id, kind, body, at)"
        f" SELECT seq, id, kind, body, at FROM outbox WHERE id = ? AND kind NOT IN ({_MARKS})",
        (item_id, *_OF_THE_MOMENT),
    )


def again(work: Connection, now: datetime) -> int:
    """Puts all of it back into the outbox, before what waits there, and what was refused with it: what that hung on may
    have been lost. Gives how many wait then."""
    waiting = UploadState.WAITING.value
    work.exec_driver_sql(
        "INSERT OR IGNORE INTO outbox (seq, id, kind, body, at, state) SELECT seq, id, kind, body, ?, ? FROM sent",
        (micros(now), waiting),
    )
    work.exec_driver_sql("DELETE FROM sent")
    work.exec_driver_sql(
        "UPDATE outbox SET state = ?, code = '', message_zh = '', message_en = '' WHERE state = ?",
        (waiting, UploadState.REJECTED.value),
    )
    work.exec_driver_sql(
        "UPDATE outcome SET upload = ?, message_zh = '', message_en = ''"
        " WHERE id IN (SELECT id FROM outbox WHERE state = ? AND kind = 'outcome')",
        (waiting, waiting),
    )
    counted: int = work.exec_driver_sql("SELECT count(*) FROM outbox WHERE state = ?", (waiting,)).scalar_one()
    return counted


def forget_old(work: Connection, now: datetime) -> None:
    """`now` is the server's time."""
    work.exec_driver_sql("DELETE FROM sent WHERE at < ?", (micros(now - KEPT),))
