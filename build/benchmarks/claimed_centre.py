"""P7: a centre whose agents all ask for their next task: their accounts and tokens, what waits, what came of asking."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from frame import prove_equal

from core.domain import decoding
from core.domain.customer import Contacting, Document, Identity, Number
from core.domain.people import Agent, Role
from core.domain.task import Task, TaskCustomer, TaskState, TaskType
from core.domain.text import Text
from core.server.access.tokens import Claims, Signer
from core.server.db import audit, people, settings, tasks
from core.server.db.engine import Database, Unit
from core.server.db.schema import session
from core.server.loading import BATCH, load
from core.server.sync.effects import given_up
from core.wire.claiming import Claimed

_SCENARIO = "4g-upgrade"
_ROUND_THE_CLOCK = msgspec.structs.replace(
    settings.DEFAULT_SITE, call_from="00:00", call_until="24:00", calendar="training"
)
"""nothing is claimed outside calling hours, and it is measured at any"""
_MADE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class HeldByTwo(Exception):
    """A task went out twice, or otherwise than the database has it."""


@dataclass(frozen=True)
class Centre:
    """Agents signed in at a database, and the tasks that wait for them."""

    database: Database
    folder: Path
    staff: tuple[str, ...]

    @classmethod
    def filled(cls, database: Database, folder: Path, *, agents: int, waiting: int) -> "Centre":
        staff = tuple(f"{1000 + number}" for number in range(agents))
        with database.write() as unit:
            settings.prepare(unit)
            settings.put_site(unit, _ROUND_THE_CLOCK)
            for one in staff:
                people.put(unit, _agent(one), password_hash="-")
                _signed_in(unit, one)
        for start in range(0, waiting, BATCH):
            load(database, [(_document(n), _task(n)) for n in range(start, min(start + BATCH, waiting))])
        centre = cls(database, folder, staff)
        sample = Claimed(task=_task(0), server_time=_MADE)
        (folder / "claimed.json").write_bytes(msgspec.json.encode(sample))
        return centre

    def tokens(self) -> list[str]:
        """A fresh one for each agent: they last a quarter of an hour."""
        signer = Signer.of_folder(self.folder)
        now = self.database.clock()
        return [signer.issue(Claims(one, _session_of(one), self.database.tenant), now) for one in self.staff]

    def settle(self, bodies: Sequence[Sequence[bytes]]) -> None:
        """Raises HeldByTwo where one task was told to two, OutputsDiffer where the database knows otherwise; then all
        wait again."""
        given = [one.task for own in bodies for body in own if (one := decoding.decode(body, Claimed)).task]
        if len({one.id for one in given}) != len(given) or len(given) != sum(map(len, bodies)):
            raise HeldByTwo(f"{len(given)} claims of {len({one.id for one in given})} tasks")
        for start in range(0, len(given), 500):
            told = {one.id: one for one in given[start : start + 500]}
            with self.database.write() as unit:
                kept = tasks.free_of(unit, sorted(told))
                prove_equal([told[one.id] for one in kept], kept, what="claims as told and as kept")
                tasks.release(unit, [(one, given_up(one)) for one in kept], team_ids={})

    def prove_audit(self) -> None:
        """Raises OutputsDiffer where a chain does not hold."""
        with self.database.read() as unit:
            prove_equal(audit.verify(unit), [], what="breaks of the audit")


def _signed_in(unit: Unit, staff_number: str) -> None:
    values = {"id": _session_of(staff_number), "staff_number": staff_number, "device": "", "started_at": unit.now}
    unit.conn.execute(session.insert().values(tenant_id=unit.tenant, **values))


_RUN = secrets.token_hex(4)


def _session_of(staff_number: str) -> str:
    return f"{_RUN}-{staff_number}"


def _agent(staff_number: str) -> Agent:
    return Agent(
        staff_number=staff_number,
        name="员工",
        role=Role.OUTBOUND_REPRESENTATIVE,
        team="A",
        team_name="一班",
        skills=(_SCENARIO,),
    )


def _document(number: int) -> Document:
    return Document(
        id=f"C{number}",
        version=1,
        identity=Identity(name="吴文静", area="东岭区"),
        contact=Contacting(numbers=[Number(number=f"100{number:08d}", main=True, source="crm")]),
    )


def _task(number: int) -> Task:
    return Task(
        id=f"T{number:06d}",
        customer_id=f"C{number}",
        type=TaskType.NEW_SERVICE_PROMOTION,
        scenario=_SCENARIO,
        state=TaskState.WAITING,
        priority=number % 10,
        reason=Text("流量超套", "Over the data allowance"),
        customer=TaskCustomer(name="吴文静", pinyin="wuwenjing", initials="wwj", numbers=(f"100{number:08d}",)),
        area="东岭区",
        created_at=_MADE,
    )
