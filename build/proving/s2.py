"""S2: each field of a customer reaches only the roles that may see it, and no request smuggles fields in.

A document with a mark of its own in every field of the model lies on the desk of each role that
calls, with a billing system that marks what it says; each operation of the description is asked by each role that it
answers, about an object of their own, review packs are unpacked, and every mark in every answer has to be one that the
role may see there. What a role may see has to be there as well. Then each operation that takes a body gets with it
every field that anything of the description has and its own body has not, each with a mark: nothing of it may be kept,
and nobody's account may be another one afterwards. Quick: all operations but those that the planner's process answers.
The control's server sends whole documents, and takes what a body says of the account of whoever asks.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import cheap_passwords
import pyarrow as pa
from marked import Marks
from msgspec import structs
from proof import Proof, Scale, Side
from role_matrix import CAMPAIGN, CONTENT, MATRIX, Row
from role_objects import CALLERS, Named, Objects, Whose, a_rule
from role_server import AREA, PASSWORD, STAFF, Person, role_server, stores
from rough_server import serving
from server_kit import agent, number_of, saved, send, task
from server_process import ServerProcess

from core.domain import decoding
from core.domain.customer import Document
from core.domain.people import Role
from core.domain.recheck import Standing
from core.domain.task import TaskCustomer
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.db import schema, tasks

NAIVE = (str(Path(__file__).with_name("naive_bodies.py")),)
_AGENTS = frozenset({
    Role.OUTBOUND_REPRESENTATIVE, Role.PHONE_ACCOUNT_MANAGER, Role.VIP_SPECIALIST, Role.TEAM_LEAD,
})  # fmt: skip
_CALLERS = frozenset(CALLERS)
VISIBLE: Mapping[str, frozenset[Role]] = {
    "identity": _CALLERS,
    "contact": _CALLERS,
    "billing": _AGENTS,
    "usage": _AGENTS,
    "holdings": _CALLERS,
    "services": _CALLERS,
    "care": _CALLERS,
    "indicators": _CALLERS,
}
"""which roles see a section of a customer on their desk: by hand, beside the program's own table"""
NOT_IN_BASE = (
    "identity.name", "identity.birthday", "identity.manager", "contact.numbers", "contact.address", "services.ties",
    "services.broadband.account", "services.broadband.address", "care.calls.note", "care.calls.agent",
    "care.given.agent",
)  # fmt: skip
"""the base has no persons"""
ON_DESK = frozenset({"pull", "openCustomer"})
"""operations that give out documents"""
_GOES_BY = {
    "id": "", "version": 1, "identity.area": AREA, "identity.manager_staff_number": "", "contact.quiet": [],
    "care.dials": [],
}  # fmt: skip
"""fields that decide who holds a customer and when they are called"""
STANDING, CALLED = "standing", "C45"
BY_PLANNER = frozenset({
    "factors", "rules", "ruleCounts", "ruleVersions", "previewRule", "stopPreview", "judgeRule", "saveRule", "useRule",
    "previewCampaign", "nextSegments",
})  # fmt: skip
"""answered by a process of their own, which takes seconds to start and tells of rules and counts alone"""
SHOWN_BY = frozenset({"pull", "openCustomer", "recheck", "reviewPacks", "searchCustomers", "changeCampaign"})
"""where the control's server shows what it should not, and takes what it should not"""
_LEAD, _PLANNER = frozenset({Role.TEAM_LEAD}), frozenset({Role.PLANNER})
_PLANS = _PLANNER | {Role.ADMINISTRATOR}
TELLS: Mapping[tuple[str, str], frozenset[Role]] = {
    ("pull", "task.name"): _CALLERS,
    ("pull", "task.reason"): _CALLERS,
    ("nextTask", "task.name"): _CALLERS,
    ("nextTask", "task.reason"): _CALLERS,
    ("deskTasks", "task.name"): _LEAD,
    ("deskTasks", "task.reason"): _LEAD | _PLANNER,
    ("reviewPacks", "identity.name"): _LEAD,
    ("reviewPacks", "outcome.note"): _LEAD,
    ("reviewPacks", "contact.acquiring_dealer"): _LEAD | _PLANNER,
    ("taskTypes", "identity.grid"): _PLANS,
    ("turnTaskType", "identity.grid"): _PLANS,
}
"""what stands in other answers than documents, and for whom"""
SMUGGLED = "混入的字"
ACCOUNT: Mapping[str, Any] = {
    "role": "administrator", "team": "Z", "team_id": "Z", "tenant": "other", "tenant_id": "other", "areas": [],
    "rights": ["administer"], "daily_target": 1, "level": "vip", "staff_number": "2", "password_hash": "-",
}  # fmt: skip
"""what somebody would like to be"""
_FILE = {"file_name": "x.csv", "body": "5Y+356CBCjEwMDAwMDAwMDAwCg=="}
BODIES: Mapping[str, dict[str, Any]] = {
    "signIn": {"staff_number": STAFF[Role.OUTBOUND_REPRESENTATIVE], "password": PASSWORD},
    "refresh": {"refresh_token": "{refresh}"},
    "push": {
        "items": [
            {
                "kind": "dial",
                "dial": {
                    "id": "{fresh}",
                    "customer_id": "C40",
                    "task_id": "T40",
                    "number": number_of(40),
                    "at": "2026-11-23T04:00:00Z",
                    "agent": STAFF[Role.OUTBOUND_REPRESENTATIVE],
                },
            }
        ]
    },
    "takeEvent": {"id": "{fresh}", "kind": "sales-lead", "at": "2026-11-23T04:00:00Z"},
    "draftCampaign": {**CAMPAIGN, "id": "{fresh}"},
    "lookAtListFile": _FILE,
    "bringListFile": {"list_id": "{fresh}", "name": "x", "file": _FILE},
    "judgeRule": {"rule": a_rule("{fresh}", "")},
    "saveRule": {"rule": a_rule("r-{fresh}", ""), "after": 0, "note": "x"},
}
"""whole ones, where the matrix asks with less"""
NEVER_FIT = frozenset({"signInByCode", "previewRule"})
"""there is no provider here, and no snapshot"""


def prove(scale: Scale, folder: Path) -> Proof:
    cheap_passwords.be_quick()
    marks = Marks()
    passed_over = frozenset[str]() if scale is Scale.FULL else BY_PLANNER
    with stores(), _billing(marks):
        said = dict(marks.fields)
        with role_server(folder / "server") as server:
            product = run(server, marks, MATRIX.keys() - passed_over)
        marks.fields = said
        with role_server(folder / "whole", program=NAIVE) as server:
            control = run(server, marks, SHOWN_BY)
    # A part at which the naive server does nothing wrong would prove nothing.
    seen = control.figures[SHOWN] and control.figures[TAKEN]
    return Proof(
        what="fields of answers by role, and fields smuggled into requests",
        product=replace(product, holds=product.holds and bool(seen)),
        control=control,
    )


SHOWN, HIDDEN, TAKEN = "shown against the matrix", "hidden against it", "smuggled fields taken"


@contextmanager
def _billing(marks: Marks) -> Iterator[None]:
    """Servers within ask a billing system whose every figure has a mark."""
    said = json.dumps(marks.value(Standing, STANDING, but={"status": "unknown", "number_is_theirs": True})).encode()
    with serving(lambda _: (200, {}, said)) as url, patch.dict("os.environ", STAYLINE_BILLING=url):
        yield


def run(server: ServerProcess, marks: Marks, operations: Collection[str]) -> Side:
    """Marks in the answers of these operations, and what becomes of fields that are sent with their bodies."""
    objects = Objects(server.database)
    own = _on_desks(server, marks)
    shown: list[str] = []
    hidden: list[str] = []
    met = set[str]()
    asked = 0
    for role, number in STAFF.items():
        person = Person(server.url, number)
        for name, row in MATRIX.items():
            if role not in row.roles or name not in operations:
                continue
            asked += 1
            text = _answer(person, name, row, role, objects, own)
            there = {mark: field for mark, field in marks.fields.items() if mark in text}
            met |= set(there.values())
            shown += [f"{name} {role} {field}" for field in there.values() if not _may_see(name, role, field)]
            if name == "pull" and role in own:
                hidden += [f"{role} {one}" for one in _due(own[role], role, marks) - set(there.values())]
        person.close()
    smuggled = _smuggled(server, objects, operations)
    figures: dict[str, int | float | str] = {
        "operations by role": asked, "marked fields": len(marks.fields), "of them met in answers": len(met),
        SHOWN: len(shown), HIDDEN: len(hidden), **smuggled,
    }  # fmt: skip
    if shown or hidden:
        figures["first"] = (shown or hidden)[0]
    return Side(holds=not (shown or hidden or smuggled[TAKEN] or smuggled[UNFIT]), figures=figures)


def _on_desks(server: ServerProcess, marks: Marks) -> Mapping[Role, str]:
    """A marked customer for each role that calls, and one more whose call is over; ids by role."""
    own = {role: f"C{40 + n}" for n, role in enumerate(CALLERS)}
    for n, customer_id in enumerate((*own.values(), CALLED)):
        index = 40 + n
        numbers = {"contact.numbers": [{"number": number_of(index), "main": True}]}
        said = marks.value(Document, customer_id, but={**_GOES_BY, **numbers, "id": customer_id})
        of = task(index, to=STAFF[CALLERS[n % len(CALLERS)]], reason=_marked(marks, f"{customer_id}.task.reason"))
        name = TaskCustomer(name=_marked(marks, f"{customer_id}.task.name").zh, numbers=(number_of(index),))
        server.load([(decoding.convert(said, Document), structs.replace(of, customer=name))])
    who = STAFF[CALLERS[0]]
    with server.database.read() as unit:
        over = tasks.get(unit, f"T{40 + len(own)}")
    note = _marked(marks, f"{CALLED}.outcome.note").zh
    answers = send(server.database, Caller(agent(who, team="A"), "session"), saved(over, who, note=note))
    assert answers.answers[0].verdict.value == "accepted", answers
    return own


def _marked(marks: Marks, path: str) -> Text:
    """The same words in both languages."""
    words = str(marks.value(str, path, but={}))
    return Text(words, words)


def _answer(person: Person, name: str, row: Row, role: Role, objects: Objects, own: Mapping[Role, str]) -> str:
    """All that the operation tells this person of an object of their own."""
    if name == "pull":
        return _pulled(person)
    if name == "reviewPacks":
        return _packs(person)
    about: Named = {}
    if row.of not in ("", CONTENT):
        about = dict(objects.of(row.of, Whose.OWN, role)[0])
    if role in own:
        about |= {"customer_id": own[role], "task_id": own[role].replace("C", "T")}
    path, options = row.asked_of(about)
    return person.ask(row.method, path, **options).text


def _pulled(person: Person) -> str:
    cursor, text = "", ""
    while True:
        answer = person.ask("GET", "/v1/pull", params={"cursor": cursor})
        page = answer.json()
        text, cursor = text + answer.text, page["cursor"]
        if not page.get("more"):
            return text


def _packs(person: Person) -> str:
    """The list, and all that stands in the parts."""
    listed = person.ask("GET", "/v1/review/packs")
    text = listed.text
    for pack in listed.json()["packs"]:
        for part in pack["parts"]:
            body = person.ask("GET", f"/v1/review/parts/{part['digest']}").content
            with pa.ipc.open_file(pa.py_buffer(body)) as reader:
                text += "".join(map(_said, reader.read_all().to_pydict().values()))
    return text


def _said(values: list[Any]) -> str:
    return "".join(one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in values)


def _may_see(operation: str, role: Role, field: str) -> bool:
    customer_id, _, inner = field.partition(".")
    if customer_id == STANDING:
        return operation == "recheck" and (inner == "as_of" or role in VISIBLE["billing"])
    section = inner.split(".")[0]
    if section in ("task", "outcome"):
        return role in TELLS.get((operation, inner), frozenset())
    if operation in ON_DESK:
        return role in VISIBLE[section]
    if operation == "base":
        return not inner.startswith(NOT_IN_BASE)
    return role in TELLS.get((operation, inner), frozenset())


def _due(customer_id: str, role: Role, marks: Marks) -> set[str]:
    """Fields of their own customer that the role has to be told."""
    mine = (field for field in marks.fields.values() if field.startswith(f"{customer_id}."))
    return {one for one in mine if role in VISIBLE.get(one.split(".")[1], frozenset())}


UNFIT, BODIES_SENT = "bodies refused without them", "bodies"


def _smuggled(server: ServerProcess, objects: Objects, operations: Collection[str]) -> dict[str, int]:
    """Fields that a body has not, sent with it."""
    before = _accounts(server)
    bodies = Bodies(Person(server.url).ask("GET", "/v1/openapi.json").json())
    persons = {role: Person(server.url, number) for role, number in STAFF.items()}
    sent = unfit = refused = 0
    for name, row in MATRIX.items():
        body = BODIES.get(name, row.options.get("json"))
        if name not in operations or not isinstance(body, dict):
            continue
        role = next(one for one in STAFF if one in row.roles)
        sent += 1
        for smuggles in (False, True):
            about = {} if row.of in ("", CONTENT) else objects.of(row.of, Whose.OWN, role)[0]
            about = {**about, "fresh": str(uuid4()), "refresh": Person(server.url, STAFF[role]).tokens["refresh_token"]}
            path, options = replace(row, options={"json": body}).asked_of(about)
            said = bodies.with_more(name, options["json"]) if smuggles else options["json"]
            answer = persons[role].ask(row.method, path, json=said)
            unfit += not smuggles and answer.status_code >= 300 and name not in NEVER_FIT
            refused += smuggles and answer.status_code >= 300
    for person in persons.values():
        person.close()
    taken = _kept(server) + (_accounts(server) != before)
    return {
        BODIES_SENT: sent,
        "fields sent along": len(bodies.fields),
        UNFIT: unfit,
        "refused for them": refused,
        TAKEN: taken,
    }


class Bodies:
    """What bodies may hold by the description, and what they may not."""

    def __init__(self, described: dict[str, Any]) -> None:
        self._schemas = described["components"]["schemas"]
        self._of = {
            operation["operationId"]: operation["requestBody"]["content"]["application/json"]["schema"]
            for methods in described["paths"].values()
            for operation in methods.values()
            if "requestBody" in operation
        }
        answered = (one.get("properties", {}) for one in self._schemas.values())
        self.fields = {name for properties in answered for name in properties} | ACCOUNT.keys()

    def with_more(self, operation: str, said: Any) -> Any:
        """The body with every field, in each object of it, that is known of anything and not of that object."""
        return self._with_more(said, [self._of[operation]])

    def _with_more(self, said: Any, schemas: list[Any]) -> Any:
        known = [one for schema in schemas for one in self._meant(schema)]
        if isinstance(said, list):
            return [self._with_more(each, [one["items"] for one in known if "items" in one]) for each in said]
        if not isinstance(said, dict):
            return said
        own = {name: one for schema in known for name, one in schema.get("properties", {}).items()}
        # Without fields of its own it is a map, whose words are the sender's.
        more = {name: ACCOUNT.get(name, SMUGGLED) for name in sorted(self.fields - own.keys())} if own else {}
        return more | {name: self._with_more(one, [own[name]] if name in own else []) for name, one in said.items()}

    def _meant(self, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The schema, or each of those that it may be."""
        if "$ref" in schema:
            yield from self._meant(self._schemas[schema["$ref"].rsplit("/", 1)[1]])
        for name in ("anyOf", "oneOf", "allOf"):
            for one in schema.get(name, ()):
                yield from self._meant(one)
        if "properties" in schema or "items" in schema:
            yield schema


def _accounts(server: ServerProcess) -> list[str]:
    with server.database.read() as unit:
        rows = unit.conn.execute(schema.app_user.select().order_by(schema.app_user.c.staff_number)).all()
    return [str(row) for row in rows]


def _kept(server: ServerProcess) -> int:
    """Rows in which the smuggled words stand."""
    words = SMUGGLED.encode()
    found = 0
    with server.database.read() as unit:
        for table in schema.metadata.sorted_tables:
            for row in unit.conn.execute(table.select()):
                values = (one if isinstance(one, bytes) else str(one).encode() for one in row)
                found += any(words in one or SMUGGLED.encode("unicode_escape") in one for one in values)
    return found
