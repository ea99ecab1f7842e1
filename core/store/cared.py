"""Care that was noted on this desk: what rests here before the server tells of it."""

from datetime import datetime

from sqlalchemy import Connection

from core.domain.care_given import CareGiven
from core.store.times import micros, moment


def put(work: Connection, given: CareGiven) -> None:
    work.exec_driver_sql(
        "INSERT OR IGNORE INTO care (id, customer_id, code, channel, at) VALUES (?, ?, ?, ?, ?)",
        (str(given.id), given.customer_id, given.code, given.channel.value, micros(given.at)),
    )


def of_customer(connection: Connection, customer_id: str, since: datetime) -> list[tuple[str, datetime]]:
    """Class and time, since then, oldest first."""
    rows = connection.exec_driver_sql(
        "SELECT code, at FROM work.care WHERE customer_id = ? AND at >= ? ORDER BY at", (customer_id, micros(since))
    )
    return [(str(row[0]), moment(row[1])) for row in rows]


def counts(connection: Connection, start: datetime, end: datetime) -> dict[str, int]:
    """How many in [start, end), by channel."""
    rows = connection.exec_driver_sql(
        "SELECT channel, count(*) FROM work.care WHERE at >= ? AND at < ? GROUP BY channel",
        (micros(start), micros(end)),
    )
    return {str(row[0]): int(row[1]) for row in rows}
