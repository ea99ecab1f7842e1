"""Pieces of published content, as the mirror holds them: one, those of a kind, and the versions before."""

from sqlalchemy import Connection


def content(connection: Connection, kind: str, name: str) -> bytes | None:
    body = connection.exec_driver_sql("SELECT body FROM content WHERE kind = ? AND name = ?", (kind, name)).scalar()
    return None if body is None else bytes(body)


def content_before(connection: Connection, kind: str, name: str, version: int) -> bytes | None:
    """A version that a newer one has taken the place of; None where it is not kept here."""
    body = connection.exec_driver_sql(
        "SELECT body FROM content_before WHERE kind = ? AND name = ? AND version = ?", (kind, name, version)
    ).scalar()
    return None if body is None else bytes(body)


def contents_before(connection: Connection, kind: str, name: str) -> list[bytes]:
    """All earlier versions that are kept here, the latest first."""
    rows = connection.exec_driver_sql(
        "SELECT body FROM content_before WHERE kind = ? AND name = ? ORDER BY rowid DESC", (kind, name)
    )
    return [bytes(row[0]) for row in rows]


def contents(connection: Connection, kind: str) -> list[bytes]:
    """All pieces of a kind, by name."""
    rows = connection.exec_driver_sql("SELECT body FROM content WHERE kind = ? ORDER BY name", (kind,))
    return [bytes(row[0]) for row in rows]


def content_names(connection: Connection, kind: str) -> list[str]:
    rows = connection.exec_driver_sql("SELECT name FROM content WHERE kind = ? ORDER BY name", (kind,))
    return [row[0] for row in rows]
