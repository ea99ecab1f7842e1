"""The book over HTTP, on this machine alone."""

from collections.abc import Callable
from http.server import ThreadingHTTPServer
from urllib.parse import unquote
from uuid import UUID

import msgspec

from core.demo.crm.book import Book
from core.demo.crm.contacts import Contacts
from core.demo.outside import NOTHING, Answer
from core.demo.outside import listening as listening_to
from core.domain import decoding
from core.domain.recheck import Standing
from core.wire.crm import Ask, OrderOut
from core.wire.outreach import ContactOut
from core.wire.recheck import StandingAsk


def listening(
    book: Book,
    port: int,
    standing: Callable[[str, str], Standing | None] = lambda *_: None,
    contacts: Contacts | None = None,
) -> ThreadingHTTPServer:
    """A server that is bound; `serve_forever` runs it, `shutdown` from another thread ends it."""
    return listening_to(
        lambda path: _looked(book, contacts, path),
        lambda path, body: _put(book, contacts, path, body),
        post=lambda path, body: _stood(standing, path, body),
        port=port,
    )


def _looked(book: Book, contacts: Contacts | None, path: str) -> Answer:
    what, one = _named(path)
    found: msgspec.Struct | None = None
    if what == "orders":
        found = book.look(one)
    elif what == "confirmations":
        found = book.replied(one)
    elif what == "contacts" and contacts is not None:
        found = contacts.look(one)
    return (200, msgspec.json.encode(found)) if found is not None else NOTHING


def _stood(standing: Callable[[str, str], Standing | None], path: str, body: bytes) -> Answer:
    """`standing/{customer_id}`."""
    what, _, customer_id = path.partition("/")
    if what != "standing":
        return NOTHING
    found = standing(unquote(customer_id), decoding.decode(body, StandingAsk).number)
    return (200, msgspec.json.encode(found)) if found is not None else NOTHING


def _put(book: Book, contacts: Contacts | None, path: str, body: bytes) -> Answer:
    what, one = _named(path)
    if what == "orders":
        order = decoding.decode(body, OrderOut)
        return (200, msgspec.json.encode(book.place(order))) if order.id == one else (400, b"")
    if what == "confirmations":
        return 200, msgspec.json.encode(book.ask(one, decoding.decode(body, Ask)))
    if what == "contacts" and contacts is not None:
        contact = decoding.decode(body, ContactOut)
        return (200, msgspec.json.encode(contacts.send(contact))) if contact.id == one else (400, b"")
    return NOTHING


def _named(path: str) -> tuple[str, UUID]:
    parts = path.split("/")
    return parts[0], UUID(parts[1])
