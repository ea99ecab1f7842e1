"""The book of the departments over HTTP, on this machine alone."""

from http.server import ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import msgspec

from core.demo.departments.book import Book
from core.demo.outside import NOTHING, Answer
from core.demo.outside import listening as listening_to
from core.domain import decoding
from core.wire.departments import ErrandOut, SlotAsk


def listening(book: Book, port: int) -> ThreadingHTTPServer:
    """A server that is bound; `serve_forever` runs it, `shutdown` from another thread ends it."""
    return listening_to(
        lambda path: _looked(book, path), lambda path, body: _put(book, path, body), port=port,
        delete=lambda path: _deleted(book, path),
    )  # fmt: skip


def _looked(book: Book, path: str) -> Answer:
    parts = urlsplit(path)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    what, _, one = parts.path.partition("/")
    found: msgspec.Struct | None = None
    if what == "errands":
        found = book.look(UUID(one))
    elif what == "stores":
        found = book.stores(asked.get("area", ""), asked.get("what", ""))
    elif what == "later":
        found = book.later(asked.get("after", ""))
    return (200, msgspec.json.encode(found)) if found is not None else NOTHING


def _deleted(book: Book, path: str) -> Answer:
    what, _, one = path.partition("/")
    return (204, b"") if what == "slots" and book.cancel(UUID(one)) else NOTHING


def _put(book: Book, path: str, body: bytes) -> Answer:
    what, _, one = path.partition("/")
    if what == "errands":
        errand = decoding.decode(body, ErrandOut)
        return (200, msgspec.json.encode(book.place(errand))) if errand.id == UUID(one) else (400, b"")
    if what == "slots":
        return 200, msgspec.json.encode(book.book(UUID(one), decoding.decode(body, SlotAsk)))
    return NOTHING
