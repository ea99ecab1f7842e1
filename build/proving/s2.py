"""S2: each section and field of a customer reaches only the roles that may see it, and no request smuggles fields in.

Same at both scales: a document whose every section holds a word of its own is pulled and opened by each role on the
real server, and its number is searched for; then unknown and forbidden fields are sent with every kind of request.
The control's server sends whole documents.
"""

import json
from pathlib import Path

from proof import Proof, Scale, Side
from role_server import AREA, STAFF, Person, role_server
from server_kit import NOON, document, number_of, task
from server_process import ServerProcess

from core.domain.customer import Billing, Care, Document, PastCall
from core.domain.people import Right, Role
from core.domain.text import Text
from core.server.db.schema import app_user

WORDS = {"identity": "吴文静", "contact": "10000000100", "billing": "987654321", "care": "备注丙暗号"}
VISIBLE: dict[str, frozenset[Role]] = {
    "identity": frozenset(Role) - {Role.PLANNER, Role.ADMINISTRATOR},
    "contact": frozenset(Role) - {Role.PLANNER, Role.ADMINISTRATOR},
    "billing": frozenset(Role) - {Role.PLANNER, Role.ADMINISTRATOR, Role.CALLBACK_STAFF},
    "care": frozenset(Role) - {Role.PLANNER, Role.ADMINISTRATOR},
}
"""by hand, beside the program's own table"""
WHOLE = (
    "-c",
    "import sys; from core.domain import people;"
    "people.Agent.rights = property(lambda self: frozenset(people.Right));"
    "from core.server.cli import main; sys.exit(main(sys.argv[1:]))",
)
"""whoever is signed in sees all sections"""


def prove(_scale: Scale, folder: Path) -> Proof:
    with role_server(folder / "server") as server:
        product = run(server)
    with role_server(folder / "whole", program=WHOLE) as server:
        control = run(server)
    return Proof(what="sections of a customer by role", product=product, control=control)


def run(server: ServerProcess) -> Side:
    shown = hidden = looked = smuggled = 0
    for nth, (role, number) in enumerate(STAFF.items()):
        index = 100 + nth
        server.load([(_document(index), task(index, to=number))])
        person = Person(server.url, number)
        said = _all_answers(person, index)
        for section, word in WORDS.items():
            word = number_of(index) if section == "contact" else word
            may = role in VISIBLE[section]
            looked += 1
            shown += word in said and not may
            hidden += word not in said and may
        smuggled += _smuggle(server, person, number, role)
        person.close()
    return Side(
        holds=not (shown or hidden or smuggled),
        figures={
            "sections by role": looked,
            "shown against the matrix": shown,
            "hidden against it": hidden,
            "changed by fields smuggled in": smuggled,
        },
    )


def _document(index: int) -> Document:
    value = document(index, area=AREA)
    value.billing = Billing(arpu_fen=int(WORDS["billing"]))
    words = Text("无", "none")
    call = PastCall(at=NOON, agent="甲", scenario="x", scenario_label=words, result=words, note=WORDS["care"])
    value.care = Care(calls=[call])
    return value


def _all_answers(person: Person, index: int) -> str:
    """Documents alone: a task names whom to call, and belongs to its desk."""
    cursor, found = "", []
    for _ in range(50):
        page = person.ask("GET", "/v1/pull", params={"cursor": cursor}).json()
        found += [change for change in page["changes"] if change["kind"] == "customer"]
        cursor = page["cursor"]
        if not page.get("more"):
            break
    opened = person.ask("GET", f"/v1/customers/C{index}")
    return json.dumps([one for one in found if one["key"] == f"C{index}"], ensure_ascii=False) + (
        opened.text if opened.status_code == 200 else ""
    )


def _smuggle(server: ServerProcess, person: Person, number: str, role: Role) -> int:
    """Fields that no request has: a role of one's choice, rights, a tenant."""
    extra = {"role": "administrator", "rights": [right.value for right in Right], "tenant": "other", "team": "Z"}
    person.ask("POST", "/v1/customers/search", json={"text": "wwj", **extra})
    person.ask("POST", "/v1/session", json={"staff_number": number, "password": "stayline-demo", **extra})
    person.ask("POST", "/v1/session/refresh", json={"refresh_token": person.tokens["refresh_token"], **extra})
    person.ask("POST", "/v1/push", json={"items": [], **extra})
    with server.database.read() as unit:
        row = unit.conn.execute(app_user.select().where(app_user.c.staff_number == number)).one()
    me = person.ask("GET", "/v1/me").json()
    return int((row.role, row.team_id) != (role.value, "A")) + int(me.get("role", role.value) != role.value)
