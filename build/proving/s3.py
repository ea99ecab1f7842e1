"""S3: whatever is sent to an operation, none answers 5xx, on either database.

By schemathesis from the server's own description, signed in as a person with every right, so that no guard stands
before the code. Quick: 25 generated cases an operation, asked of the application in the process that generates them,
on the two databases by turns. Full: 1,000, each asked of two real servers, one on each. Two processes share the
operations. What takes nothing has one case. Busy (503) is a failure as any: two are no crowd. What the planner's child
did not expect counts as 5xx. What says that a system which this centre does not have is away is none: stores, and the
organisation's provider. A token that has run out is renewed and the request sent again: what a door refused shows
nothing. Nor does what is refused to everybody: an operation that takes nothing has to be answered.
The control's server fails on one operation as an unhandled fault does.
"""

import multiprocessing
import random
import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any, Protocol
from unittest.mock import patch

import cheap_passwords
import schemathesis
from cluster import both, opened
from hypothesis import HealthCheck, Phase, given, seed, settings
from inside_kit import inside
from proof import Figure, Proof, Scale, Side, worst
from role_server import STAFF, Person, people_it, role_server
from structlog.testing import capture_logs

from core.domain import people
from core.domain.errors import Refused, StaylineError
from core.domain.people import Right, Role
from core.server.db.engine import Database
from core.server.http import customer_routes, services
from core.server.planner.answers import Answers
from core.server.planner.messages import Question
from core.server.planner.warm import FAILED, Planner

EVERY_RIGHT = "from core.domain import people; people.Agent.rights = property(lambda self: frozenset(people.Right));"
END = "import sys; from core.server.cli import main; sys.exit(main(sys.argv[1:]))"
FAULTY = "from core.server.http import customer_routes;customer_routes._search = lambda *_: [][1];"
AWAY = frozenset({"stores_silent", "provider_away"})
"""codes of what is not of this server"""
NOT_HERE = frozenset({"no_organisation"})
"""codes of what this centre has not"""
AT_THE_DOOR = frozenset({"signIn", "refresh", "signInByCode"})
"""operations whose own answer may be that nobody is signed in"""
SHARES = 2
"""processes that ask"""
_WAITS = {"/v1/events": {"open_s": "0"}, "/v1/authority": {"wait_s": "0"}}
WHO = STAFF[Role.TEAM_LEAD]


class PlannerHere(Planner):
    """Answers in this process and not in a child of its own: what it does not expect comes out as of any operation."""

    def __init__(self, database: Database, data: Path) -> None:
        super().__init__(database, data)
        self._answers = Answers(database, data)

    def ask(self, question: Question, body: bytes = b"", *, who: str) -> bytes:
        try:
            return self._answers.of(question, body)
        except StaylineError as error:
            raise Refused(
                title=error.title, message=error.message, next_step=error.next_step, code="screening"
            ) from error


class Answer(Protocol):
    @property
    def status_code(self) -> int: ...

    def json(self) -> Any: ...


class Asks(Protocol):
    """The server, asked as one person."""

    def ask(self, method: str, path: str, **options: Any) -> Answer: ...

    def renew(self) -> None:
        """Go on with a new token."""


Asked = Mapping[str, Asks]
"""by database"""


def prove(scale: Scale, folder: Path) -> Proof:
    both_sides = _by_processes if scale is Scale.FULL else _here
    with both() as new:
        product, control = both_sides(new, folder, scale.of(quick=25, full=1000))
    return Proof(what="generated requests to every operation, on both databases", product=product, control=control)


def _here(new: Callable[[], Mapping[str, str]], folder: Path, cases: int) -> tuple[Side, Side]:
    """Applications in processes that branch off from this one, with databases of their own."""
    cheap_passwords.be_quick()
    with _pool("fork") as pool:
        shares = [pool.submit(_share_here, new(), folder / str(share), cases, share) for share in range(SHARES)]
        sides = [share.result() for share in shares]
    return _together([product for product, _ in sides]), sides[0][1]


def _share_here(urls: Mapping[str, str], folder: Path, cases: int, share: int) -> tuple[Side, Side]:
    with ExitStack() as stack:
        stack.enter_context(patch.object(people.Agent, "rights", property(lambda _: frozenset(Right))))
        stack.enter_context(capture_logs())
        stack.enter_context(patch.object(services, "Planner", PlannerHere))
        asked: dict[str, Asks] = {}
        for name, url in urls.items():
            database = stack.enter_context(opened(url))
            people_it(database)
            (place := folder / name).mkdir(parents=True)
            asked[name] = stack.enter_context(inside(database, place, WHO))
        product = run(asked, cases, by_turns=True, share=share, shares=SHARES)
        with patch.object(customer_routes, "_search", _fault):
            return product, run(asked, cases, only="searchCustomers")


def _pool(method: str) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(SHARES, mp_context=multiprocessing.get_context(method))


def _fault(*_: object) -> list[object]:
    raise IndexError


def _by_processes(new: Callable[[], Mapping[str, str]], folder: Path, cases: int) -> tuple[Side, Side]:
    with _servers(new(), folder / "product") as urls:
        product = _shared(urls, cases)
    with _servers(new(), folder / "control", FAULTY) as urls, _as_people(urls) as asked:
        return product, run(asked, cases, only="searchCustomers")


@contextmanager
def _servers(databases: Mapping[str, str], folder: Path, faulty: str = "") -> Iterator[Mapping[str, str]]:
    """Real servers' addresses by database."""
    program = ("-c", EVERY_RIGHT + faulty + END)
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(role_server(folder / name, program=program, database_url=url)).url
            for name, url in databases.items()
        }


@contextmanager
def _as_people(urls: Mapping[str, str]) -> Iterator[Asked]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(closing(Person(url, WHO))) for name, url in urls.items()}


def _shared(urls: Mapping[str, str], cases: int) -> Side:
    """The operations shared among processes, which ask the same servers at once."""
    with _pool("spawn") as pool:
        return _together([*pool.map(_share, [urls] * SHARES, [cases] * SHARES, range(SHARES))])


def _share(urls: Mapping[str, str], cases: int, share: int) -> Side:
    with _as_people(urls) as asked:
        return run(asked, cases, share=share, shares=SHARES)


def _together(sides: Sequence[Side]) -> Side:
    """Numbers are summed, but for databases, which are the same; of words the first stands."""
    figures: dict[str, Figure] = {}
    for side in sides:
        for name, figure in side.figures.items():
            before = figures.get(name, 0)
            added = isinstance(figure, int) and isinstance(before, int) and name != "databases"
            figures[name] = before + figure if added else figures.get(name, figure)
    return Side(holds=worst(*sides), figures=figures)


def run(asked: Asked, cases: int, *, only: str = "", by_turns: bool = False, share: int = 0, shares: int = 1) -> Side:
    """How many were sent, and how many were answered 5xx; `by_turns`: each to one of them, else to all. Of the
    operations every one whose number leaves `share` when divided by `shares`."""
    described = next(iter(asked.values())).ask("GET", "/v1/openapi.json").json()
    # Who asks is signed in: no header is made up for it.
    del described["components"]["securitySchemes"]
    schema = schemathesis.openapi.from_dict(described)
    heard = _Heard(asked, by_turns=by_turns)
    operations, plain = 0, set[str]()
    results: list[Any] = list(schema.get_all_operations())
    for result in results[share::shares]:
        operation: Any = result.ok()
        name = operation.definition.raw.get("operationId", "")
        # Signing out would end what asks.
        if (only and name != only) or name == "signOut":
            continue
        operations += 1
        if not (operation.definition.raw.get("parameters") or operation.definition.raw.get("requestBody")):
            plain.add(name)
        _ask(operation, lambda *what, name=name, **options: heard.ask(name, *what, **options), cases)
    if not only and share == 0:
        _rubbish(lambda *what, **options: heard.ask("push, by hand", *what, **options), cases)
    figures: dict[str, int | float | str] = {
        "operations": operations, "databases": len(asked), "requests": heard.sent, "answers of 5xx": len(heard.failed),
        "told away": heard.away, "refused at the door": len(heard.outside), "plain questions": len(plain),
        "of them not answered": len(unanswered := plain - heard.answered),
    }  # fmt: skip
    if first := [*heard.failed, *heard.outside, *sorted(unanswered)]:
        figures["first"] = first[0]
    return Side(holds=not first and heard.sent > operations * cases // 2, figures=figures)


class _Heard:
    """What came of the requests."""

    def __init__(self, asked: Asked, *, by_turns: bool) -> None:
        self._asked, self._turns = asked, cycle(asked) if by_turns else None
        self.sent, self.away, self.failed, self.outside = 0, 0, list[str](), list[str]()
        self.answered: set[str] = set()

    def ask(self, name: str, method: str, path: str, **options: Any) -> None:
        """Raises nothing, whatever is answered."""
        for database in self._asked if self._turns is None else (next(self._turns),):
            person = self._asked[database]
            answer = person.ask(method, path, **options)
            self.sent += 1
            if answer.status_code == 401 and name not in AT_THE_DOOR:
                person.renew()
                answer = person.ask(method, path, **options)
                if answer.status_code == 401:
                    self.outside.append(f"{database}: {name}")
            if answer.status_code < 500:
                code = answer.json().get("code") if answer.status_code >= 400 else ""
                if not code or code in NOT_HERE:
                    self.answered.add(name)
                if code == FAILED:
                    self.failed.append(f"{database}: {name} {code}")
            elif answer.status_code == 503 and answer.json().get("code") in AWAY:
                self.away += 1
                self.answered.add(name)
            else:
                self.failed.append(f"{database}: {name} {answer.status_code}")


def _ask(operation: Any, ask: Callable[..., None], cases: int) -> None:
    @seed(3)
    @settings(
        max_examples=cases, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        asked = case.as_transport_kwargs(base_url="")
        headers = {
            name: value for name, value in (asked.get("headers") or {}).items() if name.lower() != "authorization"
        }
        path = re.sub(r"^https?://[^/]*", "", asked["url"])
        options = {key: asked[key] for key in ("json", "data", "params") if asked.get(key) is not None}
        if path in _WAITS:
            # Else it is answered after as long as was generated.
            options["params"] = {**options.get("params", {}), **_WAITS[path]}
        ask(case.method, path, headers=_sendable(headers), **options)

    send()


def _sendable(headers: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in headers.items() if str(value).isascii() and str(value).isprintable()}


def _rubbish(ask: Callable[..., None], cases: int) -> None:
    """Bodies that follow no description."""
    rng = random.Random(3)
    bodies = [
        b"", b"{}", b"[]", b"null", b'{"items":' + b"[" * 5000, b'{"items":[{"kind":"outcome"}]}', b"\xff\xfe\x00",
        b'{"items":[1,2,3]}', b'{"items":[{"kind":"dial","dial":{}}]}',
    ]  # fmt: skip
    for n in range(cases * 3):
        noise = "".join(rng.choices(string.printable, k=rng.randrange(200))).encode()
        body = bodies[n % len(bodies)] if n % 2 else noise
        ask("POST", "/v1/push", data=body)
