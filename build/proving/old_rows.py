"""Rows in every table of an old schema, and all that a database holds, in a form that can be compared."""

import hashlib
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, MetaData, Table, inspect
from sqlalchemy import types as sql

from core.server.db.engine import open_engine

ROWS = 5
"""in each table"""
_AT = datetime(2026, 11, 1, tzinfo=UTC)
_BY_COUNT = frozenset({"publication"})
"""tables whose rows say when the migration itself ran"""


@dataclass(frozen=True, kw_only=True)
class Held:
    """Of each table its columns and how often which row stands there, rows by their hashes."""

    revision: str
    columns: dict[str, tuple[str, ...]]
    indexes: frozenset[str]
    rows: dict[str, Counter[str]]

    @property
    def count(self) -> int:
        return sum(rows.total() for rows in self.rows.values())

    def lost_in(self, later: "Held") -> int:
        """Rows that another database lacks; it may have more."""
        return sum((rows - later.rows.get(table, Counter())).total() for table, rows in self.rows.items())

    def fewer_in(self, later: "Held") -> int:
        """The same by count alone, for a schema in which the rows look otherwise."""
        there = {table: later.rows.get(table, Counter()).total() for table in self.rows}
        return sum(max(0, rows.total() - there[table]) for table, rows in self.rows.items())


def put(connection: Connection) -> None:
    """Five rows into every table that there is."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in metadata.sorted_tables:
        if table.name != "alembic_version":
            connection.execute(table.insert(), [_row(table, n) for n in range(ROWS)])


def _row(table: Table, n: int) -> dict[str, Any]:
    return {one.name: "main" if one.name == "tenant_id" else _value(one.name, one.type, n) for one in table.columns}


def _value(name: str, kind: sql.TypeEngine[Any], n: int) -> Any:
    match kind:
        case sql.Boolean():
            return n == 1
        case sql.DateTime():
            return (_AT if kind.timezone else _AT.replace(tzinfo=None)) + timedelta(days=n)
        case sql.Date():
            return date(2026, 11, 1) + timedelta(days=n)
        case sql.LargeBinary():
            return b'{"id":"%s-%d"}' % (name.encode(), n)
        case sql.String():
            return f"{n}{name}"[: kind.length]
        case sql.Integer() | sql.Float():
            return n + 1
        case _:
            raise TypeError(f"no value for {name}: {kind!r}")


def held(url: str) -> Held:
    """What stands in the database now."""
    engine = open_engine(url)
    try:
        with closing(engine.connect()) as connection:
            return _held(connection)
    finally:
        engine.dispose()


def _held(connection: Connection) -> Held:
    looked = inspect(connection)
    columns = {key[1]: tuple(one["name"] for one in found) for key, found in looked.get_multi_columns().items()}
    indexes = frozenset(str(one["name"]) for found in looked.get_multi_indexes().values() for one in found)
    rows = {table: Counter(_hashes(connection, table)) for table in columns if table != "alembic_version"}
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    return Held(revision=str(revision), columns=columns, indexes=indexes, rows=rows)


def _hashes(connection: Connection, table: str) -> list[str]:
    if table in _BY_COUNT:
        return ["row"] * len(connection.exec_driver_sql(f'SELECT 1 FROM "{table}"').all())
    found = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()
    return [hashlib.sha256(repr(tuple(row)).encode()).hexdigest() for row in found]
