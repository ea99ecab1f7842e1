"""The shipped content that the server goes by while it works, published for tests; read once."""

from functools import cache

import msgspec

from core.content.resources import folder
from core.content.running_pieces import Piece, running
from core.server.db import published
from core.server.db.engine import Database
from core.wire.pull import ContentDocument


@cache
def pieces() -> tuple[Piece, ...]:
    return tuple(running(folder()))


def document_of(piece: Piece) -> ContentDocument:
    body = msgspec.Raw(msgspec.json.encode(piece.value))
    return ContentDocument(kind=piece.kind, name=piece.name, version=piece.version, body=body)


def publish(database: Database, kind: str) -> None:
    """All shipped pieces of that kind."""
    with database.write() as unit:
        published.put(unit, [document_of(one) for one in pieces() if one.kind == kind])
