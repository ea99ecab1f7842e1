"""A real server with a person of every role, a second team, a second tenant in the same database; who asks as whom."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
import requests
from rough_server import Asked, serving
from server_kit import agent, document, task
from server_process import ServerProcess

from core.domain.customer import Document
from core.domain.people import Role
from core.domain.task import Task
from core.server.access.passwords import hash_password
from core.server.db import people
from core.server.db.engine import Database
from core.server.loading import load

STAFF: dict[Role, str] = {role: str(10 + n) for n, role in enumerate(Role)}
OTHER_AGENT, OTHER_LEAD = "2", "3"
"""of team B in another area"""
AREA, OTHER_AREA = "东岭区", "西河区"
FOREIGN_AGENT = "77"
OWN, THEIRS, THEIRS_NEARBY, FOREIGN = "C0", "C5", "C10", "X1"
"""customers: on the desk of team A's representative, on team B's, there too but living in team A's area, and of the
other tenant"""
OTHER_WORDS, STRANGE_WORDS = "邻班", "远城"
"""stand in what is of team B, and of the other tenant"""
PASSWORD = "stayline-demo"


class Person:
    """Asks the server as one person, or as nobody."""

    def __init__(self, url: str, staff_number: str = "") -> None:
        self._url, self._session = url, requests.Session()
        self.tokens: dict[str, Any] = {}
        if staff_number:
            self._take("/v1/session", staff_number=staff_number, password=PASSWORD)

    def renew(self) -> None:
        """A new access token for the refresh token: one lasts a quarter of an hour."""
        self._take("/v1/session/refresh", refresh_token=self.tokens["refresh_token"])

    def _take(self, path: str, **shown: str) -> None:
        given = self.ask("POST", path, json=shown)
        given.raise_for_status()
        self.tokens = given.json()
        self._session.headers["Authorization"] = f"Bearer {self.tokens['access_token']}"

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Accept-Encoding": "identity", **options.pop("headers", {})}
        return self._session.request(method, self._url + path, headers=headers, timeout=60, **options)

    def close(self) -> None:
        self._session.close()


def is_refused(answer: requests.Response) -> bool:
    """Whether it was who asks that was refused, and not what was asked."""
    if answer.status_code == 403:
        return bool(answer.json().get("code") == "forbidden")
    return answer.status_code == 401


@contextmanager
def role_server(
    folder: Path, *, program: Sequence[str] = ("-m", "core.server.cli"), database_url: str = ""
) -> Iterator[ServerProcess]:
    """A server over what `people_it` gives."""
    with ServerProcess(folder, program=program, database_url=database_url) as server:
        people_it(server.database)
        yield server
        # An end in order takes longer, and nobody asks how it ended.
        server.kill()


@contextmanager
def stores() -> Iterator[None]:
    """Servers within ask stores that book and cancel whatever they are asked for."""

    def answer(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        booked = asked.method == "PUT" and asked.path.startswith("/slots/")
        return (200, {}, b'{"verdict":"booked"}') if booked else (200, {}, b"{}")

    with serving(answer) as url, patch.dict("os.environ", STAYLINE_DEPARTMENTS=url):
        yield


def people_it(database: Database) -> None:
    """A person of each role and another team; customers C0 to C4 on team A's desk, C5 to C9 on team B's, and X1 and X2
    on a desk of another tenant."""
    hashed = hash_password(PASSWORD)
    with database.write() as unit:
        for role, number in STAFF.items():
            people.put(unit, agent(number, role=role, team="A", areas=(AREA,)), password_hash=hashed)
        others = (agent(OTHER_AGENT), agent(OTHER_LEAD, role=Role.TEAM_LEAD))
        for one in others:
            other_team = msgspec.structs.replace(one, team="B", areas=(OTHER_AREA,))
            people.put(unit, other_team, password_hash=hashed)
    own = STAFF[Role.OUTBOUND_REPRESENTATIVE]
    load(database, [(document(n, area=AREA), task(n, to=own)) for n in range(5)])
    load(database, [_named(OTHER_WORDS, n, f"C{n}", to=OTHER_AGENT, area=OTHER_AREA) for n in range(5, 10)])
    other = other_tenant(database)
    with other.write() as unit:
        people.put(unit, agent(FOREIGN_AGENT, team="A"), password_hash="-")
    load(other, [_named(STRANGE_WORDS, 899 + n, f"X{n}", to=FOREIGN_AGENT, area=AREA) for n in (1, 2)])


def other_tenant(database: Database) -> Database:
    """The same database, as the other tenant's server has it."""
    return Database(database.engine, tenant="other")


def _named(words: str, index: int, customer_id: str, *, to: str, area: str) -> tuple[Document, Task]:
    """A customer and their task, with those words in the name."""
    whole = document(index, area=area)
    whole.id = customer_id
    assert whole.identity is not None
    whole.identity.name = f"{words}客"
    of = task(index, to=to, id=customer_id.replace("C", "T"), customer_id=customer_id, area=area)
    return whole, msgspec.structs.replace(of, customer=msgspec.structs.replace(of.customer, name=f"{words}客"))
