"""The book over HTTP, on this machine alone."""

from http.server import ThreadingHTTPServer
from uuid import UUID

import msgspec

from core.demo.crm.book import Book
from core.demo.outside import NOTHING, Answer
from core.demo.outside import listening as listening_to
from core.domain import decoding
from core.wire.crm import Ask, OrderOut


def listening(book: Book, port: int) -> ThreadingHTTPServer:
    """A server that is bound; `serve_forever` runs it, `shutdown` from another thread ends it."""
    return listening_to(lambda path: _looked(book, path), lambda path, body: _put(book, path, body), port=port)


def _looked(book: Book, path: str) -> Answer:
    what, one = _named(path)
    found: msgspec.Struct | None = None
    if what == "orders":
        found = book.look(one)
    elif what == "confirmations":
        found = book.replied(one)
    return (200, msgspec.json.encode(found)) if found is not None else NOTHING


def _put(book: Book, path: str, body: bytes) -> Answer:
    what, one = _named(path)
    if what == "orders":
        order = decoding.decode(body, OrderOut)
        return (200, msgspec.json.encode(book.place(order))) if order.id == one else (400, b"")
    if what == "confirmations":
        return 200, msgspec.json.encode(book.ask(one, decoding.decode(body, Ask)))
    return NOTHING


def _named(path: str) -> tuple[str, UUID]:
    parts = path.split("/")
    return parts[0], UUID(parts[1])
