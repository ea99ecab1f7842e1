"""Customers of whom the server said, with a task that it took back, that they may not be called any more.

Their document may leave this desk with the task; that they must not be called stays, until the server says otherwise.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

_KEY = "barred:"
"""begins the key in the mirror's `meta`, the customer's id follows"""
ALL = f"SELECT substr(key, {len(_KEY) + 1}) FROM main.meta WHERE key >= '{_KEY}' AND key < 'barred;'"


def bar(mirror: Connection, task_ids: Iterable[str]) -> None:
    """The customers of these tasks, while the mirror still has them."""
    bar_customers(mirror, of_tasks(mirror, task_ids))


def of_tasks(mirror: Connection, task_ids: Iterable[str]) -> set[str]:
    """Whom these tasks are about, of those that the mirror has."""
    asked = ((one,) for one in task_ids)
    rows = (mirror.exec_driver_sql("SELECT customer_id FROM task WHERE task_id = ?", one).first() for one in asked)
    return {row[0] for row in rows if row is not None}


def bar_customers(mirror: Connection, customer_ids: Iterable[str]) -> None:
    for one in customer_ids:
        mirror.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES (?, '1')", (f"{_KEY}{one}",))


def free(mirror: Connection, customer_ids: Iterable[str]) -> None:
    """The server says that they may be called."""
    keys = [(f"{_KEY}{one}",) for one in customer_ids]
    if keys:
        mirror.exec_driver_sql("DELETE FROM meta WHERE key = ?", keys)
