"""S1: every operation of the description answers exactly the roles of the matrix, and nobody another team's objects.

Same at both scales: each operation of the real server's OpenAPI asked by each role and by nobody, then objects of one's
own, of another team and of another tenant, by reading and by writing. An operation without a row fails.
The control's server gives every role every right and looks at no desk.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec
from proof import Proof, Scale, Side
from role_matrix import MATRIX
from role_server import FOREIGN, OTHER_AGENT, OTHER_LEAD, OWN, STAFF, THEIRS, Person, is_refused, role_server
from server_kit import saved
from server_process import ServerProcess

from core.domain.people import Role
from core.server.db import tasks

EVERY_RIGHT = (
    "-c",
    "import sys;"
    "from core.domain import people; people.Agent.rights = property(lambda self: frozenset(people.Right));"
    "from core.server.access import caller; caller.may_open = lambda *_: True;"
    "from core.server.http import customer_routes; customer_routes.may_open = lambda *_: True;"
    "from core.server.cli import main; sys.exit(main(sys.argv[1:]))",
)


def prove(_scale: Scale, folder: Path) -> Proof:
    with role_server(folder / "server") as server:
        product = run(server)
    with role_server(folder / "open", program=EVERY_RIGHT) as server:
        control = run(server)
    return Proof(what="operations by role, and objects of others", product=product, control=control)


def run(server: ServerProcess) -> Side:
    """Count what the matrix does not allow, and what it allows and is refused."""
    people: dict[Role | None, Person] = {role: Person(server.url, number) for role, number in STAFF.items()}
    people[None] = Person(server.url)
    described = {
        operation["operationId"]
        for path in people[None].ask("GET", "/v1/openapi.json").json()["paths"].values()
        for operation in path.values()
    }
    objects = _objects(server, people)
    reached = [name for name, is_reached in objects.items() if is_reached()]
    let_in, shut_out = 0, 0
    for name, row in MATRIX.items():
        if name not in described:
            continue
        for role, person in people.items():
            refused = is_refused(person.ask(row.method, row.path, **row.options)) and name not in {"signIn", "refresh"}
            allowed = row.nobody if role is None else role in row.roles
            let_in += not refused and not allowed
            shut_out += refused and allowed
    missing = described - MATRIX.keys()
    for person in people.values():
        person.close()
    return Side(
        holds=not (let_in or shut_out or missing or reached),
        figures={
            "operations": len(described),
            "questions": len(described) * len(people) + len(objects),
            "without a row": len(missing),
            "let in against the matrix": let_in,
            "shut out against it": shut_out,
            "objects of others reached": len(reached),
        },
    )


def _objects(server: ServerProcess, people: dict[Role | None, Person]) -> dict[str, Callable[[], bool]]:
    """Ways to another's object; each tells whether it was reached."""
    own, lead = people[Role.OUTBOUND_REPRESENTATIVE], people[Role.TEAM_LEAD]
    with server.database.read() as unit:
        theirs = tasks.get(unit, "T5")
    assert theirs is not None

    def opens(who: Person, customer: str) -> Callable[[], bool]:
        return lambda: who.ask("GET", f"/v1/customers/{customer}").status_code == 200

    def finds(who: Person, number: str) -> bool:
        found = who.ask("POST", "/v1/customers/search", json={"number": number}).json().get("customers", [])
        return bool(found)

    def pulls(who: Person, customer: str) -> bool:
        return customer in {change["key"] for change in who.ask("GET", "/v1/pull").json()["changes"]}

    def records(who: Person, staff_number: str) -> bool:
        item = msgspec.json.encode(saved(theirs, staff_number))
        answer = who.ask("POST", "/v1/push", data=b'{"items":[' + item + b"]}").json()["answers"][0]
        return bool(answer["verdict"] not in {"rejected"})

    def desk_of(staff_number: str) -> bool:
        return lead.ask("GET", f"/v1/team/{staff_number}/tasks").status_code == 200

    def moves() -> bool:
        body = {"holder": OTHER_AGENT, "task_ids": ["T5"], "to": STAFF[Role.OUTBOUND_REPRESENTATIVE]}
        lead.ask("POST", "/v1/team/moves", json=body)
        with server.database.read() as unit:
            now = tasks.get(unit, "T5")
        return now is None or now.assigned_to != OTHER_AGENT

    def targets() -> bool:
        body = {"staff_number": OTHER_AGENT, "scenario": "4g-upgrade", "target": 5, "period": "day", "calls": 5}
        return lead.ask("POST", "/v1/team/targets", json=body).status_code == 200

    own_number = STAFF[Role.OUTBOUND_REPRESENTATIVE]
    answers = {
        f"{who}: {customer}": opens(person, customer)
        for who, person in (("agent", own), ("lead", lead), ("manager", people[Role.PHONE_ACCOUNT_MANAGER]))
        for customer in (THEIRS, FOREIGN)
    }
    return answers | {
        "own, which must open": lambda: not opens(own, OWN)(),
        "found by number": lambda: finds(own, "10000000005"),
        "found in the other tenant": lambda: finds(lead, "10000000900"),
        "pulled": lambda: pulls(own, THEIRS) or pulls(own, FOREIGN),
        "recorded as oneself": lambda: records(own, own_number),
        "recorded as the other": lambda: records(own, OTHER_AGENT),
        "another team's desk": lambda: desk_of(OTHER_AGENT) or desk_of(OTHER_LEAD),
        "moved from another team": moves,
        "another team's target": targets,
        "another tenant's person": lambda: desk_of("77"),
    }
