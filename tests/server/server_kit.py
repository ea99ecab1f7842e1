"""Small agents, customers, tasks and records for the server's tests. No number in it can be dialled."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import Connection, event

from core.domain import decoding
from core.domain.call import CallRecord, Dial, Direction
from core.domain.customer import Contacting, Document, Identity, Number
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.knowledge import Tip
from core.domain.outcome import Contact, Outcome, Verification
from core.domain.people import Agent, Role, SkillLevel
from core.domain.task import Task, TaskCustomer, TaskState, TaskType, Tier
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.access.opening import open_customer
from core.server.db import feed, people, tasks
from core.server.db.engine import Database, Unit
from core.server.loading import load
from core.server.sync.decode import decode_batch
from core.server.sync.push import push
from core.wire.pull import Kind, PullPage
from core.wire.push import Answers, Dialled, Item, Saved

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SCENARIO = "4g-upgrade"


class StillClock:
    """A clock that moves when told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)


def agent(staff_number: str = "2043", **changes: Any) -> Agent:
    values: dict[str, Any] = {
        "staff_number": staff_number,
        "name": f"员工{staff_number}",
        "role": Role.OUTBOUND_REPRESENTATIVE,
        "team": "A",
        "team_name": "一班",
        "skills": (SCENARIO,),
        "level": SkillLevel.SINGLE,
        "daily_target": 80,
        "areas": (),
    }
    return Agent(**(values | changes))


def add_agent(database: Database, who: Agent) -> Caller:
    """A user who cannot sign in by password, but whose requests are answered."""
    with database.write() as unit:
        people.put(unit, who, password_hash="-")
    return Caller(who, "session")


def number_of(index: int) -> str:
    return f"100{index:08d}"


def document(index: int = 1, *, area: str = "东岭区", tier: Tier = Tier.NONE, **sections: Any) -> Document:
    return Document(
        id=f"C{index}",
        version=1,
        identity=Identity(name="吴文静", tier=tier, area=area),
        contact=Contacting(numbers=[Number(number=number_of(index), main=True, source="crm")]),
        **sections,
    )


def task(index: int = 1, *, to: str = "", **changes: Any) -> Task:
    values: dict[str, Any] = {
        "id": f"T{index}",
        "customer_id": f"C{index}",
        "type": TaskType.NEW_SERVICE_PROMOTION,
        "scenario": SCENARIO,
        "state": TaskState.ASSIGNED if to else TaskState.WAITING,
        "priority": 5,
        "reason": Text("流量超套", "Over the data allowance"),
        "customer": TaskCustomer(name="吴文静", numbers=(number_of(index),)),
        "area": "东岭区",
        "created_at": NOON - timedelta(days=1),
        "assigned_to": to,
    }
    return Task(**(values | changes))


def given(database: Database, index: int = 1, *, to: str, **changes: Any) -> Task:
    """A customer with a task on that desk, as the database keeps it."""
    load(database, [(document(index), task(index, to=to, **changes))])
    return stored(database, f"T{index}")


def opens(database: Database, who: Caller, customer_id: str = "C1") -> None:
    """The customer opened without a task: for a day on that desk."""
    with database.write() as unit:
        assert open_customer(unit, who, customer_id) is not None


def had(database: Database, who: Caller, customer_id: str = "C1") -> None:
    """The customer was on that desk at some time; whoever never had them writes nothing of them."""
    with database.write() as unit:
        if not feed.ever_held(unit, who.staff_number, Kind.CUSTOMER, customer_id):
            feed.publish(unit, [feed.Entry(who.staff_number, Kind.CUSTOMER, customer_id, deleted=True)])


def stored(database: Database, task_id: str) -> Task:
    with database.read() as unit:
        found = tasks.get(unit, task_id)
    assert found is not None
    return found


def outcome(of: Task | None, who: str, *, customer_id: str = "", **changes: Any) -> Outcome:
    values: dict[str, Any] = {
        "id": uuid4(),
        "task_id": of.id if of else None,
        "lease_epoch": of.lease_epoch if of else None,
        "customer_id": of.customer_id if of else customer_id,
        "agent": who,
        "scenario": SCENARIO,
        "script_version": 1,
        "call": CallRecord(direction=Direction.OUTBOUND, number=number_of(1), dialled_at=NOON, talk_time_s=90),
        "result": "done",
        "contact": Contact.OWNER,
        "verification": Verification.OWNER,
        "recorded_at": NOON,
    }
    return Outcome(**(values | changes))


def saved(of: Task | None, who: str, *follow_ups: FollowUp, **changes: Any) -> Saved:
    value = outcome(of, who, **changes)
    return Saved(outcome=value, follow_ups=tuple(msgspec.structs.replace(f, outcome_id=value.id) for f in follow_ups))


def callback(of: Task, who: str, due_at: datetime, **changes: Any) -> FollowUp:
    values: dict[str, Any] = {
        "id": uuid4(),
        "outcome_id": UUID(int=0),
        "task_id": of.id,
        "customer_id": of.customer_id,
        "agent": who,
        "kind": FollowUpKind.CALLBACK,
        "due_at": due_at,
        "number": number_of(1),
    }
    return FollowUp(**(values | changes))


def dialled(who: str, index: int = 1, *, at: datetime = NOON) -> Dialled:
    return Dialled(
        dial=Dial(id=uuid4(), customer_id=f"C{index}", task_id=f"T{index}", number=number_of(index), at=at, agent=who)
    )


def a_tip(who: str, **changes: Any) -> Tip:
    values: dict[str, Any] = {
        "id": uuid4(),
        "agent": who,
        "at": NOON,
        "title": "换卡后先重启两次",
        "text": "白卡激活后信号回来得慢，先请客户重启两次再报障。",
        "scenario": SCENARIO,
        "step": "signal",
    }
    return Tip(**(values | changes))


def batch(*items: Item | bytes) -> bytes:
    parts = (item if isinstance(item, bytes) else msgspec.json.encode(item) for item in items)
    return b'{"items":[' + b",".join(parts) + b"]}"


def send(database: Database, caller: Caller, *items: Item | bytes) -> Answers:
    """Push as the route does it, from bytes."""
    return push(database, caller, decode_batch(batch(*items)))


def verdicts(answers: Answers) -> list[str]:
    return [answer.verdict.value for answer in answers.answers]


def read_page(body: bytes) -> PullPage:
    return decoding.decode(body, PullPage)


def count(unit: Unit, table: Any) -> int:
    return len(unit.conn.execute(table.select()).all())


def plans_of(database: Database, begins: str) -> list[str]:
    """How SQLite goes about each statement from now on that begins so; the list grows as they are asked."""
    plans: list[str] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def _plan(conn: Connection, _cursor: object, asked: str, values: Any, _context: object, _many: bool) -> None:
        if asked.startswith(begins):
            plans.append(str(conn.connection.cursor().execute(f"EXPLAIN QUERY PLAN {asked}", values).fetchall()))

    return plans
