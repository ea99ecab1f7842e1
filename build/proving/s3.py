"""S3: whatever is sent to an operation, none answers 5xx.

Quick: 3 generated cases an operation, full: 1,000, by schemathesis against the real server's own description,
signed in as a person with every right, so that no guard stands before the code.
The control's server fails on one operation as an unhandled fault does.
"""

import random
import re
import string
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from proof import Proof, Scale, Side
from role_server import STAFF, Person, role_server
from server_process import ServerProcess

from core.domain.people import Role

EVERY_RIGHT = "from core.domain import people; people.Agent.rights = property(lambda self: frozenset(people.Right));"
END = "import sys; from core.server.cli import main; sys.exit(main(sys.argv[1:]))"
FAULTY = "from core.server.http import customer_routes;customer_routes._search = lambda *_: [][1];"


def prove(scale: Scale, folder: Path) -> Proof:
    cases = scale.of(quick=3, full=1000)
    with role_server(folder / "server", program=("-c", EVERY_RIGHT + END)) as server:
        product = run(server, cases)
    with role_server(folder / "faulty", program=("-c", EVERY_RIGHT + FAULTY + END)) as server:
        control = run(server, cases, only="searchCustomers")
    return Proof(what="generated requests to every operation", product=product, control=control)


def run(server: ServerProcess, cases: int, *, only: str = "") -> Side:
    """How many were sent, and how many were answered 5xx."""
    person = Person(server.url, STAFF[Role.TEAM_LEAD])
    schema = schemathesis.openapi.from_dict(person.ask("GET", "/v1/openapi.json").json())
    sent, failed, operations = 0, list[str](), 0
    results: list[Any] = list(schema.get_all_operations())
    for result in results:
        operation: Any = result.ok()
        name = operation.definition.raw.get("operationId", "")
        # Signing out would end what asks.
        if (only and name != only) or name == "signOut":
            continue
        operations += 1
        count, bad = _ask(operation, person, cases)
        sent += count
        failed += [f"{name} {status}" for status in bad]
    sent_by_hand, bad = (0, []) if only else _rubbish(person, cases)
    person.close()
    failed += [f"by hand {status}" for status in bad]
    figures: dict[str, int | float | str] = {
        "operations": operations, "requests": sent + sent_by_hand, "answers of 5xx": len(failed),
    }  # fmt: skip
    if failed:
        figures["first"] = failed[0]
    return Side(holds=not failed and sent > operations, figures=figures)


def _ask(operation: Any, person: Person, cases: int) -> tuple[int, list[int]]:
    statuses: list[int] = []

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
        if path == "/v1/events":
            # Else it stays open for as long as was generated.
            options["params"] = {**options.get("params", {}), "open_s": "0"}
        statuses.append(person.ask(case.method, path, headers=_sendable(headers), **options).status_code)

    send()
    return len(statuses), [status for status in statuses if status >= 500 and status not in (501, 503)]


def _sendable(headers: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in headers.items() if str(value).isascii() and str(value).isprintable()}


def _rubbish(person: Person, cases: int) -> tuple[int, list[int]]:
    """Bodies that follow no description."""
    rng = random.Random(3)
    bodies = [
        b"", b"{}", b"[]", b"null", b'{"items":' + b"[" * 5000, b'{"items":[{"kind":"outcome"}]}', b"\xff\xfe\x00",
        b'{"items":[1,2,3]}', b'{"items":[{"kind":"dial","dial":{}}]}',
    ]  # fmt: skip
    statuses = []
    for n in range(cases * 3):
        noise = "".join(rng.choices(string.printable, k=rng.randrange(200))).encode()
        body = bodies[n % len(bodies)] if n % 2 else noise
        statuses.append(person.ask("POST", "/v1/push", data=body).status_code)
    return len(statuses), [status for status in statuses if status >= 500]
