"""Knowledge to search in, and versions of scripts that a call was begun under."""

from alembic.operations import Operations

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
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
