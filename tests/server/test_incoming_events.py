"""Other systems tell of leads, pre-disconnect notices and failed orders: each becomes a task at a desk at once, or is
kept aside with its reason."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from case_kit import customer
from running_kit import pieces, publish
from server_kit import NOON, add_agent, agent, given, number_of, stored

from core.domain.errors import Refused
from core.domain.incoming import EVENT_KIND, Aside, Taken
from core.domain.presence import AgentState, StateChange
from core.domain.task import TaskState, Tier
from core.server.db import incoming, presence, published, refusals
from core.server.db.engine import Database
from core.server.db.schema import session
from core.server.incoming.giving_out import give_at_once
from core.server.incoming.taking import NoSuchEvent, close_event, take_again, take_event
from core.server.purge.steps import Run, aside
from core.wire.incoming import IncomingEvent, IncomingState
from core.wire.pull import ContentDocument

BY = "9001"


def event(event_id: str = "E-1", **changes: Any) -> IncomingEvent:
    values: dict[str, Any] = {
        "id": event_id, "kind": "pre-disconnect-notice", "customer_id": "C1", "at": NOON - timedelta(minutes=1),
        "fields": {"line": "宽带 100M", "why": "搬家"},
    }  # fmt: skip
    return IncomingEvent(**(values | changes))


@pytest.fixture
def centre(sqlite: Database) -> Database:
    """Its content says what is done about three kinds of events; it has one customer."""
    publish(sqlite, EVENT_KIND)
    with sqlite.write() as unit:
        scripts = ("broadband-disconnect", "new-service", "complaint-revisit")
        body = msgspec.Raw(b'{"title":{"zh":"\xe8\xaf\x9d","en":"Words"}}')
        published.put(unit, [ContentDocument(kind="script", name=one, version=1, body=body) for one in scripts])
    customer(sqlite, tier=Tier.NONE)
    return sqlite


def sits_there(database: Database, staff_number: str, **changes: Any) -> None:
    """An agent of that number, signed in and heard of just now."""
    skills = ("broadband-disconnect", "new-service", "complaint-revisit")
    add_agent(database, agent(staff_number, **({"skills": skills} | changes)))
    with database.write() as unit:
        unit.conn.execute(
            session.insert().values(
                tenant_id=unit.tenant,
                id=f"s-{staff_number}",
                staff_number=staff_number,
                device="",
                started_at=unit.now,
            )
        )
        presence.hear(unit, {staff_number: unit.now})


def give(database: Database, told: IncomingState) -> bool:
    return give_at_once(database, told.task, heard={}, actor="test")


def test_a_pre_disconnect_notice_is_first_in_line_with_what_was_said(centre: Database) -> None:
    # TASK-13
    told = take_event(centre, BY, event(customer_id="", number=number_of(1)))
    task = stored(centre, told.task)
    assert (told.state, task.scenario, task.priority) == (Taken.TASK, "broadband-disconnect", 0)
    assert task.reason.zh == "预拆机：宽带 100M，搬家"
    assert (task.due_at, task.expires_at) == (NOON + timedelta(minutes=15), NOON + timedelta(hours=47, minutes=59))
    # What the sender does not state is said otherwise; the same id again changes nothing.
    assert take_event(centre, BY, event(fields={})) == told
    customer(centre, 2, tier=Tier.NONE)
    bare = take_event(centre, BY, event("E-2", customer_id="C2", fields={}))
    assert stored(centre, bare.task).reason.en == "About to be disconnected: the broadband line, no reason given"


def test_leads_and_failed_orders_follow_what_content_says_of_them(centre: Database) -> None:
    # TASK-09, TASK-11, ID-24
    customer(centre, 2, tier=Tier.NONE)
    lead = take_event(centre, BY, event("L-1", kind="sales-lead", fields={"about": "千兆", "channel": "网厅"}))
    failed = take_event(
        centre, BY, event("F-1", kind="failed-online-order", customer_id="C2", fields={"order": "换套餐"})
    )
    assert (stored(centre, lead.task).scenario, stored(centre, lead.task).reason.zh) == (
        "new-service", "客户主动咨询：千兆（网厅）",
    )  # fmt: skip
    assert stored(centre, failed.task).reason.zh == "网上办理没成功：换套餐，系统没有说明"


def test_an_event_goes_to_who_is_there_though_their_desk_is_full(centre: Database) -> None:
    # ID-24: of three with the skill one went home and one was never there
    sits_there(centre, "2043", daily_target=0)
    sits_there(centre, "2044")
    add_agent(centre, agent("2045", skills=("broadband-disconnect",)))
    with centre.write() as unit:
        presence.add(unit, StateChange(id=uuid4(), agent="2044", state=AgentState.OFF, at=unit.now))
    told = take_event(centre, BY, event())
    assert give(centre, told)
    assert (stored(centre, told.task).state, stored(centre, told.task).assigned_to) == (TaskState.ASSIGNED, "2043")
    assert not give(centre, told), "it is given once"


def test_where_nobody_who_may_take_it_is_there_it_waits_for_dispatch(centre: Database) -> None:
    sits_there(centre, "2043", skills=("4g-upgrade",))
    told = take_event(centre, BY, event())
    assert not give(centre, told)
    assert stored(centre, told.task).state is TaskState.WAITING


def test_a_customer_who_has_a_task_keeps_it_with_the_news_in_front(centre: Database) -> None:
    # One customer, one task: the agent who has it reads what has happened.
    before = given(centre, to="2043", priority=6)
    told = take_event(centre, BY, event())
    after = stored(centre, told.task)
    assert (told.task, told.assigned_to, after.priority) == (before.id, "2043", 0)
    assert after.reason.zh == f"预拆机：宽带 100M，搬家；{before.reason.zh}"


def test_what_cannot_become_a_task_is_kept_aside_and_says_why(centre: Database) -> None:
    # ID-24: nothing that another system told of is lost
    customer(centre, 2, tier=Tier.NONE)
    with centre.write() as unit:
        refusals.hear(unit, "C2", [number_of(2)], outcome_id="O", staff_number="2043")
        published.put(unit, [_without_script()])
    asked = {
        "K": (event("K", kind="eclipse"), Aside.UNKNOWN_KIND),
        "C": (event("C", customer_id="C404"), Aside.UNKNOWN_CUSTOMER),
        "O": (event("O", customer_id="C2"), Aside.OPTED_OUT),
        "T": (event("T", at=NOON - timedelta(hours=49)), Aside.TOO_OLD),
        "S": (event("S", kind="silent"), Aside.NO_SCRIPT),
    }
    for sent, why in asked.values():
        told = take_event(centre, BY, sent)
        assert (told.state, told.why, told.task) == (Taken.ASIDE, why, ""), sent.id
        assert told.words is not None
        assert told.words.zh
    with centre.read() as unit:
        waiting = incoming.listed(unit, {Taken.ASIDE}, since=NOON - timedelta(days=1))
    assert {one.event.id for one in waiting} == asked.keys()
    # The customer came with the night's list: judged anew it is a task.
    customer(centre, 404, tier=Tier.NONE)
    assert take_again(centre, "cli", "C").state is Taken.TASK
    close_event(centre, "cli", "K")
    with pytest.raises(NoSuchEvent):
        close_event(centre, "cli", "K")


def test_what_became_no_task_is_let_go_after_its_period(centre: Database) -> None:
    # It may name a number that is nobody's here
    take_event(centre, BY, event("K", kind="eclipse", number="10000000417"))
    take_event(centre, BY, event())
    run = Run(database=centre, really=True, stop=lambda: False, report=lambda _kind, _done: None)
    assert aside(run, NOON) == 0
    assert aside(run, NOON + timedelta(days=1)) == 1
    with centre.read() as unit:
        assert incoming.get(unit, "K") is None
        assert incoming.get(unit, "E-1") is not None


def _without_script() -> ContentDocument:
    kind = next(one.value for one in pieces() if one.name == "sales-lead")
    body = msgspec.json.encode(msgspec.structs.replace(kind, id="silent", scenario="not-here"))
    return ContentDocument(kind=EVENT_KIND, name="silent", version=1, body=msgspec.Raw(body))


@pytest.mark.parametrize(
    "changes",
    [
        {"id": " "}, {"id": "E" * 61}, {"kind": ""}, {"at": NOON.replace(tzinfo=None)},
        {"at": NOON + timedelta(hours=1)}, {"fields": {"line": "10000000417"}}, {"fields": {"line": "长" * 81}},
        {"customer_id": "C\0"},
    ],
)  # fmt: skip
def test_what_may_not_be_kept_is_refused(centre: Database, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        take_event(centre, BY, event(**changes))
