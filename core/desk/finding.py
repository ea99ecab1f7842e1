"""Finding the customer of a call that has no task: on this machine at once, on the server within the agent's rights."""

from typing import TYPE_CHECKING, NamedTuple

from core.desk import casework
from core.desk.desk import Desk
from core.domain.customer import decode_document
from core.domain.masking import mask_number

if TYPE_CHECKING:
    from core.sync.ask import Ask

MOST = 20


class FoundPerson(NamedTuple):
    customer_id: str
    name: str
    number_masked: str
    in_repair: bool = False
    promised: str = ""
    """what they were promised and are still owed, the first by its time"""


def find_here(desk: Desk, text: str) -> list[FoundPerson]:
    """By number, name, pinyin or initials among the customers on this machine, with a task or without.

    Whoever was promised something, or is in repair, comes first: it is they who call back."""
    found: dict[str, FoundPerson] = {}
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) >= 7:
        for customer_id in desk.store.customers_by_number(digits):
            found[customer_id] = _person(desk, customer_id)
    for row in desk.store.find(text, limit=MOST, now=desk.moment().wall).rows:
        found.setdefault(row.customer_id, FoundPerson(row.customer_id, row.name, row.number_masked))
    for person in desk.store.find_customers(text, limit=MOST):
        found.setdefault(person.customer_id, FoundPerson(person.customer_id, person.name, person.number_masked))
    marks = casework.marks(desk)
    people = [
        one._replace(**marks[one.customer_id]._asdict()) if one.customer_id in marks else one for one in found.values()
    ]
    people.sort(key=lambda one: (not one.promised, not one.in_repair))
    return people[:MOST]


def find_on_server(ask: "Ask", text: str) -> list[FoundPerson]:
    """Raises ServerUnreachable offline, Refused where the role may not look."""
    digits = text if text.replace(" ", "").isdigit() else ""
    people = ask.find_customers(number=digits, text="" if digits else text)
    return [FoundPerson(p.customer_id, p.name, p.number_masked) for p in people[:MOST]]


def _person(desk: Desk, customer_id: str) -> FoundPerson:
    body = desk.store.customer(customer_id)
    document = decode_document(body) if body else None
    name = document.identity.name if document and document.identity else customer_id
    numbers = document.contact.numbers if document and document.contact else []
    return FoundPerson(customer_id, name, mask_number(numbers[0].number) if numbers else "")
