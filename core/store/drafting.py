"""Outcomes being written: kept at every change, back after a crash."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import Row

from core.store.times import micros, moment
from core.store.types import Draft

_COLUMNS = "key, customer_id, task_id, begun, body, at"


def put(work: Connection, draft: Draft) -> None:
    work.exec_driver_sql(
        f"INSERT OR REPLACE INTO draft ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
        (draft.key, draft.customer_id, draft.task_id, int(draft.begun), draft.body, micros(draft.at)),
    )


def one(connection: Connection, key: str) -> Draft | None:
    row = connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM work.draft WHERE key = ?", (key,)).first()
    return None if row is None else _draft(row)


def all_of_them(connection: Connection) -> list[Draft]:
    return [_draft(row) for row in connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM work.draft ORDER BY at, key")]


def drop(work: Connection, key: str) -> None:
    work.exec_driver_sql("DELETE FROM draft WHERE key = ?", (key,))


def _draft(row: Row[*tuple[Any, ...]]) -> Draft:
    key, customer_id, task_id, begun, body, at = row
    return Draft(key=key, customer_id=customer_id, task_id=task_id, begun=bool(begun), body=bytes(body), at=moment(at))
