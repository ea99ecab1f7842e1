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
    for task_id in task_ids:
        mirror.exec_driver_sql(
            f"INSERT OR REPLACE INTO meta (key, value) SELECT '{_KEY}' || customer_id, '1' FROM task WHERE task_id = ?",
            (task_id,),
        )


def free(mirror: Connection, customer_ids: Iterable[str]) -> None:
    """The server says that they may be called."""
    keys = [(f"{_KEY}{one}",) for one in customer_ids]
    if keys:
        mirror.exec_driver_sql("DELETE FROM meta WHERE key = ?", keys)
