"""Customers of this machine who have no open task: the task index does not know them, so they are found here."""

from threading import Lock

from msgspec import Struct
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.customer import Contacting, Identity
from core.domain.masking import mask_number
from core.store import pulling
from core.store.search_words import folded, normalised
from core.store.types import Person


class _Seen(Struct):
    """Of a customer's document, what is searched."""

    identity: Identity | None = None
    contact: Contacting | None = None


_SEEN = decoding.decoder(_Seen)
# The words of an outcome hold the pinyin and the initials that came with its task; a document has none.
_TASKLESS = (
    "SELECT c.customer_id, c.body, (SELECT o.words FROM work.outcome AS o WHERE o.customer_id = c.customer_id"
    " ORDER BY o.seq DESC LIMIT 1) FROM customer AS c"
    " WHERE NOT EXISTS (SELECT 1 FROM task AS t WHERE t.customer_id = c.customer_id) ORDER BY c.customer_id"
)
_Entry = tuple[str, Person]
_Stand = tuple[str, str, int]


class People:
    """Read once for each state of the files, as a search is asked at every key; safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stand: _Stand | None = None
        self._entries: list[_Entry] = []

    def find(self, connection: Connection, text: str, limit: int) -> list[Person]:
        """By name, part of a number, or id; by pinyin and initials where a call was saved here. No text finds none."""
        query = normalised(text)
        if not query:
            return []
        found = (person for words, person in self._read(connection) if query in words)
        return [person for person, _ in zip(found, range(limit), strict=False)]

    def _read(self, connection: Connection) -> list[_Entry]:
        latest = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM work.outcome").scalar_one()
        stand = (pulling.meta(connection, "revision") or "", pulling.meta(connection, "cursor") or "", int(latest))
        with self._lock:
            if stand != self._stand:
                self._entries = [_entry(*row) for row in connection.exec_driver_sql(_TASKLESS)]
                self._stand = stand
            return self._entries


def _entry(customer_id: str, body: bytes, spoken: str | None) -> _Entry:
    seen = _SEEN.decode(body)
    name = seen.identity.name if seen.identity else ""
    numbers = [number.number for number in seen.contact.numbers] if seen.contact else []
    words = "\n".join((folded(name), *numbers, folded(customer_id), spoken or ""))
    return words, Person(
        customer_id=customer_id,
        name=name or customer_id,
        number_masked=mask_number(numbers[0]) if numbers else "",
    )
