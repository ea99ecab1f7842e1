"""Insert or update, on both databases."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from core.server.db.engine import Unit


def upsert(
    unit: Unit, table: Table, rows: Sequence[dict[str, Any]], *, keys: Sequence[str], keep: Sequence[str] = ()
) -> None:
    """Insert `rows` (all with the same columns); where `keys` exist, update the others save `keep`."""
    if not rows:
        return
    insert = (postgresql.insert if unit.postgres else sqlite.insert)(table)
    changed = [name for name in rows[0] if name not in keys and name not in keep]
    if changed:
        statement: Any = insert.on_conflict_do_update(
            index_elements=list(keys), set_={name: insert.excluded[name] for name in changed}
        )
    else:
        statement = insert.on_conflict_do_nothing(index_elements=list(keys))
    unit.conn.execute(statement, list(rows))
