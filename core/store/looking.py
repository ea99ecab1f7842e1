"""Single objects of the mirror: a task, a customer, content."""

from msgspec import Struct
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.customer import Identity
from core.domain.indicator import Indicator
from core.domain.task import Task
from core.store.saving import Known, known_of

_TASK = decoding.decoder(Task)
_INDICATORS = decoding.decoder(list[Indicator])


class _Named(Struct):
    """Of a customer's document, the section with the name."""

    identity: Identity | None = None


_NAMED = decoding.decoder(_Named)
_BODY = "SELECT b.body FROM task AS t JOIN task_body AS b ON b.n = t.n"


def task(connection: Connection, task_id: str) -> Task | None:
    body = connection.exec_driver_sql(f"{_BODY} WHERE t.task_id = ?", (task_id,)).scalar()
    return None if body is None else _TASK.decode(body)


def tasks_of(connection: Connection, customer_id: str) -> list[Task]:
    rows = connection.exec_driver_sql(f"{_BODY} WHERE t.customer_id = ? ORDER BY t.part, t.rank, t.at", (customer_id,))
    return [_TASK.decode(row[0]) for row in rows]


def customer(connection: Connection, customer_id: str) -> bytes | None:
    body = connection.exec_driver_sql("SELECT body FROM customer WHERE customer_id = ?", (customer_id,)).scalar()
    return None if body is None else bytes(body)


def customers_by_number(connection: Connection, digits: str) -> list[str]:
    rows = connection.exec_driver_sql(
        "SELECT customer_id FROM number WHERE number = ?"
        " UNION SELECT customer_id FROM work.added_number WHERE number = ? ORDER BY 1",
        (digits, digits),
    )
    return [row[0] for row in rows]


def indicators(connection: Connection) -> list[Indicator]:
    """The catalogues of all sources, one after another."""
    rows = connection.exec_driver_sql("SELECT body FROM indicators ORDER BY key")
    return [indicator for row in rows for indicator in _INDICATORS.decode(row[0])]


def known(connection: Connection, task_id: str | None, customer_id: str) -> Known:
    """What is kept with an outcome of what the mirror has now."""
    if task_id is not None:
        row = connection.exec_driver_sql(
            "SELECT b.body, t.words FROM task AS t JOIN task_body AS b ON b.n = t.n WHERE t.task_id = ?", (task_id,)
        ).first()
        if row is not None:
            return known_of(row[0], row[1], "")
    document = customer(connection, customer_id)
    identity = _NAMED.decode(document).identity if document else None
    return known_of(None, "", identity.name if identity else "")
