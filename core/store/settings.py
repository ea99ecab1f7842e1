"""Small things kept with the work: session, agent, language, and what the server's clock last said."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.store.times import micros, moment

_SERVER_TIME = "server_time"
_OFFSET = "clock_offset_us"
TIP_DRAFT = "tip_draft"
"""a tip that is being written: the agent's own, which nobody else finds here"""
PRACTICE = "practice"
"""how far the agent's rehearsals have come: their own as well"""
TEAM_BOARD = "team_board"
"""the lead's board of today as it was last told, for a time without the server"""
CONTENT_FOLDER = "content_folder"
"""where the planner's content lies as files"""
QUALITY_DRAFTS = "quality_drafts"
"""cards that a lead has begun to score"""
_STEP = timedelta(seconds=30)
"""finer steps would cost a commit at every poll"""


def get(connection: Connection, key: str) -> str | None:
    return connection.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (key,)).scalar()


def put(work: Connection, key: str, value: str) -> None:
    work.exec_driver_sql("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (key, value))


def drop(work: Connection, key: str) -> None:
    work.exec_driver_sql("DELETE FROM setting WHERE key = ?", (key,))


def server_time(connection: Connection) -> datetime | None:
    value = get(connection, _SERVER_TIME)
    return None if value is None else moment(int(value))


def note_server_time(work: Connection, told: datetime) -> None:
    """Never goes back: a restored old file or a slow answer must not lengthen the time offline."""
    before = server_time(work)
    if before is None or told >= before + _STEP:
        put(work, _SERVER_TIME, str(micros(told)))


def note_clock(work: Connection, told: datetime, now: datetime) -> None:
    offset = micros(told) - micros(now)
    before = get(work, _OFFSET)
    if before is None or abs(offset - int(before)) > 1_000_000:
        put(work, _OFFSET, str(offset))


def clock_offset_s(connection: Connection) -> float:
    return int(get(connection, _OFFSET) or 0) / 1_000_000
