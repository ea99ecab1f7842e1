"""The portfolio's rows in the mirror, kept beside the documents as these come: a list of thousands decodes none."""

from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.outcome import CONNECTED
from core.domain.portfolio import PortfolioRow, portfolio_row
from core.store.times import micros, moment

_META = "portfolio_of"


class _Identity(Struct):
    manager_staff_number: str = ""


class _Managed(Struct):
    identity: _Identity | None = None


_MANAGED = decoding.decoder(_Managed)
_ROW = decoding.decoder(PortfolioRow)
_encode = msgspec.json.Encoder().encode


def belong_to(mirror: Connection, manager: str) -> None:
    """Whose portfolio is kept here; one that was kept for somebody else, or for nobody, is made anew."""
    kept = mirror.exec_driver_sql("SELECT value FROM main.meta WHERE key = ?", (_META,)).scalar()
    if kept == manager:
        return
    mirror.exec_driver_sql("DELETE FROM portfolio")
    for customer_id, body in mirror.exec_driver_sql("SELECT customer_id, body FROM customer").all():
        put(mirror, manager, customer_id, bytes(body))
    mirror.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_META, manager))


def put(mirror: Connection, manager: str, customer_id: str, body: bytes) -> None:
    """Takes a document that came; one of another manager's is not kept."""
    managed = _MANAGED.decode(body).identity
    if managed is None or managed.manager_staff_number != manager:
        drop(mirror, customer_id)
        return
    try:
        row = portfolio_row(body)
    except msgspec.DecodeError:
        # Whoever opens such a customer is told what is wrong; the others come all the same.
        drop(mirror, customer_id)
        return
    mirror.exec_driver_sql(
        "INSERT OR REPLACE INTO portfolio (customer_id, body) VALUES (?, ?)", (customer_id, _encode(row))
    )


def drop(mirror: Connection, customer_id: str) -> None:
    mirror.exec_driver_sql("DELETE FROM portfolio WHERE customer_id = ?", (customer_id,))


def rows(connection: Connection) -> list[PortfolioRow]:
    """By customer id."""
    found = connection.exec_driver_sql("SELECT body FROM portfolio ORDER BY customer_id")
    return [_ROW.decode(row[0]) for row in found]


def reached_here(connection: Connection, since: datetime) -> dict[str, datetime]:
    """By customer, when this desk last spoke with them; the server may not have heard of it yet."""
    spoke = ", ".join(f"'{contact.value}'" for contact in sorted(CONNECTED))
    found = connection.exec_driver_sql(
        "SELECT customer_id, max(recorded_at) FROM work.outcome"
        f" WHERE recorded_at >= ? AND contact IN ({spoke}) GROUP BY customer_id",
        (micros(since),),
    )
    return {row[0]: moment(row[1]) for row in found}
