"""S1: every operation of the description answers exactly the roles of the matrix, and nobody another's objects.

Each operation of the real server's OpenAPI is asked by each role and by nobody; where an id says about what, about
objects of one's own, of another team and of another tenant. Quick: whom the matrix does not let in at all asks about
objects of their own alone; full: about all. What an allowed role asks of its own has to be
answered, else the refusals beside it say nothing. An operation without a row fails, and so does a row without its
operation, or one that asks about no object where the path names one. Items of every kind are pushed about customers of
one's own, of another team, near and far, and of the other tenant. No answer may hold a word of the other tenant, no
row of theirs may change, and a lie in any row of the matrix has to be noticed by what was answered.
The control's server gives every role every right and looks at no desk, team or tenant.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import cheap_passwords
import msgspec
from proof import Proof, Scale, Side
from pushed_kit import KINDS_ABOUT_SOMEBODY, every_kind, open_department
from requests import Response
from role_matrix import CONTENT, MATRIX, Row
from role_objects import PUSHED_ABOUT, Named, Objects, Whose
from role_server import (
    FOREIGN,
    FOREIGN_AGENT,
    OTHER_AGENT,
    OTHER_LEAD,
    OTHER_WORDS,
    OWN,
    STAFF,
    STRANGE_WORDS,
    THEIRS,
    THEIRS_NEARBY,
    Person,
    is_refused,
    role_server,
    stores,
)
from server_kit import number_of, saved
from server_process import ServerProcess

from core.domain.clock import utc_now
from core.domain.people import Role
from core.server.db import schema, tasks
from core.wire.push import Item, Verdict

NAIVE = (str(Path(__file__).with_name("naive_server.py")),)
SEES_ALL_TEAMS = frozenset({Role.PLANNER, Role.ADMINISTRATOR})
_AT_THE_DOOR = frozenset({"signIn", "refresh"})
"""what they refuse is the password, not who asks"""
People = Mapping[Role | None, Person]


def prove(scale: Scale, folder: Path) -> Proof:
    cheap_passwords.be_quick()
    with stores(), ThreadPoolExecutor(1) as beside:
        naive = beside.submit(_naive, folder / "open")
        with role_server(folder / "server") as server:
            product = run(server, tuple(STAFF), every_object=scale is Scale.FULL)
        control = naive.result()
    seen = all(control.figures[name] for name in _FORBIDDEN)
    seen = seen and control.figures[WRITTEN_KINDS] == len(KINDS_ABOUT_SOMEBODY)
    return Proof(
        what="operations by role, and objects of others",
        product=replace(product, holds=product.holds and seen),
        control=control,
    )


def _naive(folder: Path) -> Side:
    with role_server(folder, program=NAIVE) as server:
        # All roles are alike there.
        return run(server, (Role.OUTBOUND_REPRESENTATIVE,), every_object=True)


@dataclass(frozen=True)
class Answered:
    """What came of one question: about whose object, where it was about one."""

    operation: str
    role: Role | None
    whose: Whose | None
    refused: bool
    reached: bool


LET_IN, OTHERS, STRANGERS, SHUT_OUT = "let in", "another team's reached", "another tenant's reached", "shut out"
TOLD, CHANGED, BY_HAND = "answers with others' words", "rows of the other tenant changed", "asked by hand and reached"
WRITTEN, WRITTEN_KINDS = "items taken about others' customers", "kinds of them"
_FORBIDDEN = (LET_IN, OTHERS, STRANGERS, TOLD, CHANGED, BY_HAND, WRITTEN)
"""what the control has to show, or nothing would be seen of it here"""


def run(server: ServerProcess, roles: Sequence[Role], *, every_object: bool) -> Side:
    """Count what the matrix does not allow, and what it allows and is refused. Without `every_object` a role that the
    matrix does not let in asks about objects of its own alone."""
    people: dict[Role | None, Person] = {role: Person(server.url, number) for role, number in STAFF.items()}
    people[None] = Person(server.url)
    described = _described(people[None])
    objects = Objects(server.database)
    theirs = _rows_of_others(server)
    by_hand = _by_hand(server, people)
    found = dict.fromkeys((*_FORBIDDEN, SHUT_OUT), 0)
    found[BY_HAND] = sum(is_reached() for is_reached in by_hand.values())
    answers: list[Answered] = []
    for name in MATRIX:
        for role in (*roles, None):
            whose = tuple(Whose) if every_object or role in MATRIX[name].roles else (Whose.OWN,)
            for answered, told in _asked(name, role, people[role], objects, whose):
                answers.append(answered)
                found[TOLD] += told
    pushes = list(_pushes(server))
    written = [kind for kind, others, verdict in pushes if others and verdict != Verdict.REJECTED]
    found[WRITTEN] = len(written)
    found[SHUT_OUT] += sum(verdict in ("", Verdict.REJECTED) for _kind, others, verdict in pushes if not others)
    found[CHANGED] = int(_rows_of_others(server) != theirs)
    for answered in answers:
        if (wrong := _wrong(MATRIX[answered.operation], answered)) is not None:
            found[wrong] += 1
    lies, unnoticed = _lies(answers, roles)
    asked = described.keys() & MATRIX.keys()
    flaws = {
        "without a row": len(described.keys() - MATRIX.keys()),
        "rows of none": sum(not _is_of(MATRIX[name], described.get(name)) for name in MATRIX),
        "asked about no object": sum("{" in described[name][1] and not MATRIX[name].of for name in asked),
        "lies unnoticed": unnoticed,
    }
    for person in people.values():
        person.close()
    return Side(
        holds=not any(found.values()) and not any(flaws.values()),
        figures={
            "operations": len(described), "questions": len(answers) + len(by_hand), "items pushed": len(pushes),
            **found, WRITTEN_KINDS: len(set(written)), "lying rows": lies, **flaws,
        },
    )  # fmt: skip


def _described(nobody: Person) -> dict[str, tuple[str, str]]:
    """Method and path of each operation."""
    paths = nobody.ask("GET", "/v1/openapi.json").json()["paths"]
    return {
        operation["operationId"]: (method.upper(), path)
        for path, methods in paths.items()
        for method, operation in methods.items()
    }


def _is_of(row: Row, operation: tuple[str, str] | None) -> bool:
    """Whether the row asks that operation."""
    if operation is None:
        return False
    pattern = re.sub(r"\{\w+\}", r"[^/?]+", operation[1])
    return row.method == operation[0] and re.fullmatch(pattern, row.path.split("?")[0]) is not None


def _asked(
    name: str, role: Role | None, person: Person, objects: Objects, whose: Sequence[Whose]
) -> Iterator[tuple[Answered, bool]]:
    """One question about each object, and whether the answer had words of others in it."""
    row = MATRIX[name]
    of = role or Role.OUTBOUND_REPRESENTATIVE
    about: list[tuple[Whose | None, Named]] = [(None, {})]
    if row.of not in ("", CONTENT):
        about = [(each, one) for each in whose for one in objects.of(row.of, each, of)]
    for belongs, named in about:
        path, options = row.asked_of(named)
        answer = person.ask(row.method, path, **options)
        refused = is_refused(answer) and name not in _AT_THE_DOOR
        reached = answer.status_code < 300 and (row.reached is None or row.reached(answer.json()))
        yield Answered(name, role, belongs, refused, reached), _tells(answer, role)


def _tells(answer: Response, role: Role | None) -> bool:
    text = answer.text
    return STRANGE_WORDS in text or (OTHER_WORDS in text and role not in SEES_ALL_TEAMS)


def _wrong(row: Row, answered: Answered) -> str | None:
    """What the row says is wrong with the answer."""
    role = answered.role
    allowed = row.nobody if role is None else role in row.roles
    if not allowed:
        return None if answered.refused else LET_IN
    if answered.refused:
        return SHUT_OUT
    match answered.whose:
        case Whose.OWN:
            return None if answered.reached else SHUT_OUT
        case Whose.TEAM if role in row.teams:
            return None if answered.reached else SHUT_OUT
        case Whose.TEAM:
            return OTHERS if answered.reached else None
        case Whose.TENANT if not row.makes:
            return STRANGERS if answered.reached else None
        case _:
            return None


def _lies(answers: Sequence[Answered], roles: Sequence[Role]) -> tuple[int, int]:
    """In how many ways a row can lie about one role, and how many of them what was answered does not show."""
    told = unnoticed = 0
    for name, row in MATRIX.items():
        if name in _AT_THE_DOOR:
            continue
        mine = [one for one in answers if one.operation == name]
        about = {(one.role, one.whose) for one in mine}
        lying = [(role, replace(row, roles=row.roles ^ {role}, teams=row.teams - {role})) for role in roles]
        lying += [
            (role, replace(row, teams=row.teams ^ {role}))
            for role in row.roles & set(roles)
            if (role, Whose.TEAM) in about
        ]
        lying.append((None, replace(row, nobody=not row.nobody)))
        told += len(lying)
        unnoticed += sum(not any(_wrong(lie, one) for one in mine if one.role == role) for role, lie in lying)
    return told, unnoticed


def _rows_of_others(server: ServerProcess) -> str:
    """The digest of all that is of the other tenant."""
    whole = hashlib.sha256()
    with server.database.read() as unit:
        for table in schema.metadata.sorted_tables:
            if "tenant_id" in table.c:
                rows = unit.conn.execute(table.select().where(table.c.tenant_id == "other")).all()
                whole.update(repr((table.name, sorted(map(repr, rows)))).encode())
    return whole.hexdigest()


def _pushes(server: ServerProcess) -> Iterator[tuple[str, bool, str]]:
    """Of each kind and customer: the kind, whether the customer is another's, and what became of the item."""
    open_department(server.database)
    own, lead = Role.OUTBOUND_REPRESENTATIVE, Role.TEAM_LEAD
    for role in (own, lead):
        # Who asked before may have signed out meanwhile.
        person = Person(server.url, STAFF[role])
        for one in PUSHED_ABOUT if role is own else [one for one in PUSHED_ABOUT if one.others]:
            items = every_kind(STAFF[role], one.index, utc_now(), customer_id=one.customer_id, task_id=one.task_id)
            for kind, item in items.items():
                # Each by itself: what the control's server cannot take keeps none of the others back.
                yield kind, one.others, _verdict(person, item)
        person.close()


def _verdict(who: Person, item: Item) -> str:
    """Empty where the server fell over it, as the control's does over rows of two tenants: it had let it in."""
    answer = who.ask("POST", "/v1/push", data=b'{"items":[' + msgspec.json.encode(item) + b"]}")
    return str(answer.json()["answers"][0]["verdict"]) if answer.ok else ""


def _by_hand(server: ServerProcess, people: People) -> dict[str, Callable[[], bool]]:
    """Ways to another's object that no id in a path opens; each tells whether it was reached."""
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
        return _verdict(who, saved(theirs, staff_number)) != Verdict.REJECTED

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
        for customer in (THEIRS, THEIRS_NEARBY, FOREIGN)
    }
    return answers | {
        "own, which must open": lambda: not opens(own, OWN)(),
        "found by number": lambda: finds(own, number_of(5)),
        "found in the other tenant": lambda: finds(lead, number_of(900)),
        "pulled": lambda: any(pulls(own, one) for one in (THEIRS, THEIRS_NEARBY, FOREIGN)),
        "recorded as oneself": lambda: records(own, own_number),
        "recorded as the other": lambda: records(own, OTHER_AGENT),
        "another team's desk": lambda: desk_of(OTHER_AGENT) or desk_of(OTHER_LEAD),
        "moved from another team": moves,
        "another team's target": targets,
        "another tenant's person": lambda: desk_of(FOREIGN_AGENT),
    }
