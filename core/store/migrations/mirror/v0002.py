"""Knowledge to search in, and versions of scripts that a call was begun under."""

from contextlib import suppress

import msgspec
from alembic.operations import Operations
from sqlalchemy import Connection

from core.store.migrations import run

STATEMENTS = (
    (
        "CREATE TABLE content_before ( kind TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, body BLOB "
        "NOT NULL, PRIMARY KEY (kind, name, version) )"
    ),
    (
        "CREATE TABLE article ( n INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, form TEXT NOT NULL, "
        "title_zh TEXT NOT NULL, title_en TEXT NOT NULL, line TEXT NOT NULL, scenarios TEXT NOT NULL, steps TEXT NOT "
        "NULL, title_words TEXT NOT NULL, tag_words TEXT NOT NULL, PRIMARY KEY (n), UNIQUE (kind, name) )"
    ),
    "CREATE VIRTUAL TABLE article_gram"
    " USING fts5(title, tags, body, content='', contentless_delete=1, tokenize='ascii')",
)


def upgrade(op: Operations) -> None:
    run(op, STATEMENTS)
    _index_what_came_before(op.get_bind())


def _index_what_came_before(mirror: Connection) -> None:
    """A newer server may have sent knowledge that the earlier program only kept: it is not sent again."""
    from core.store import knowledge

    rows = mirror.exec_driver_sql("SELECT kind, name, body FROM content WHERE kind IN ('knowledge', 'tip')").all()
    for row in rows:
        with suppress(msgspec.DecodeError):
            # One that cannot be read is left out here as it is in a pull.
            knowledge.index(mirror, row[0], row[1], bytes(row[2]))
