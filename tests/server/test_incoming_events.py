"""Other systems tell of leads, pre-disconnect notices and failed orders: each becomes a task at a desk at once, or is
kept aside with its reason."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from case_kit import customer
from running_kit import pieces, publish
from server_kit import NOON, add_agent, agent, document, given, number_of, stored, task

from core.domain.customer import Care, Ticket
from core.domain.errors import Refused
from core.domain.incoming import EVENT_KIND, Aside, Taken
from core.domain.presence import AgentState, StateChange
from core.domain.task import TaskState, Tier
from core.domain.text import Text
from core.server.calling_rules import ask_again
from core.server.campaigns.recalling import ANYWHERE, recall
from core.server.claiming import claim_next
from core.server.db import incoming, presence, published, refusals
from core.server.db.engine import Database, Unit
from core.server.db.incoming import KeptEvent
from core.server.db.schema import session
from core.server.incoming.giving_out import give_at_once
from core.server.incoming.taking import NoSuchEvent, close_event, take_again, take_event
from core.server.loading import load, load_tasks
from core.server.loading.back_to_agent import back_to_agent
from core.server.purge.erasing import erase
from core.server.purge.steps import Run, aside
from core.wire.incoming import IncomingEvent, IncomingState
from core.wire.pull import ContentDocument

BY = "9001"
DAY = timedelta(days=1)
SPELT = ("86-0", "0086 0", "(0)", "17951 ", "+86 (0) ")
"""what other systems write before a number"""


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
    made = stored(centre, told.task)
    assert (told.state, made.scenario, made.priority) == (Taken.TASK, "broadband-disconnect", 0)
    assert made.reason.zh == "预拆机：宽带 100M，搬家"
    assert (made.due_at, made.expires_at) == (NOON + timedelta(minutes=15), NOON + timedelta(hours=47, minutes=59))
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


def test_two_senders_that_number_alike_are_told_so(centre: Database) -> None:
    # ID-24: what the second tells of would else be answered with what became of the first, and be lost
    customer(centre, 2, tier=Tier.NONE)
    taken = take_event(centre, BY, event("1001"))
    for other in (event("1001", kind="sales-lead"), event("1001", customer_id="C2")):
        with pytest.raises(Refused, match="another event"):
            take_event(centre, BY, other)
    again = event("1001", customer_id="", number=number_of(1), at=NOON - timedelta(seconds=30))
    assert take_event(centre, BY, again) == taken, "the same customer and kind: a sender who tries again"


def test_an_event_outlasts_the_term_of_the_task_that_it_joined(centre: Database) -> None:
    # TASK-09: the list's task ends in an hour, the lead is worth three days
    given(centre, to="2043", expires_at=NOON + timedelta(hours=1))
    told = take_event(centre, BY, event("L", kind="sales-lead"))
    assert stored(centre, told.task).expires_at == NOON + timedelta(minutes=-1, hours=72)


def test_what_is_told_again_and_again_fills_no_task(centre: Database) -> None:
    before = given(centre, to="2043")
    for at in range(3):
        told = take_event(centre, BY, event(f"E-{at}"))
    assert stored(centre, told.task).reason.zh == f"预拆机：宽带 100M，搬家；{before.reason.zh}"
    for at in range(60):
        take_event(centre, BY, event(f"M-{at}", fields={"line": f"宽带{at}"}))
    reason = stored(centre, told.task).reason
    assert reason.zh.startswith("预拆机：宽带59")
    assert max(len(reason.zh), len(reason.en)) <= 500


def test_one_kept_aside_is_taken_up_once_however_many_look(database: Database) -> None:
    # Two who look at the list of what waits
    publish(database, EVENT_KIND)
    with database.write() as unit:
        body = msgspec.Raw(b'{"title":{"zh":"a","en":"a"}}')
        published.put(unit, [ContentDocument(kind="script", name="broadband-disconnect", version=1, body=body)])
    take_event(database, BY, event(customer_id="C1"))
    given(database, to="2043")

    def take(_: int) -> bool:
        try:
            return take_again(database, "cli", "E-1").state is Taken.TASK
        except NoSuchEvent:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(8))) == 1


def test_the_same_event_sent_twice_at_once_is_kept_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    # Of a customer whom nobody knows, so that nothing else makes the two wait for each other
    read, first = incoming.get, list[str]()

    def missed(unit: Unit, event_id: str, *, lock: bool = False) -> KeptEvent | None:
        first.append(event_id)
        return None if len(first) <= 2 else read(unit, event_id, lock=lock)

    take_event(database, BY, event())
    monkeypatch.setattr(incoming, "get", missed)
    told = take_event(database, BY, event())
    assert (told.state, told.why) == (Taken.ASIDE, Aside.UNKNOWN_KIND)
    with database.read() as unit:
        assert len(incoming.listed(unit, frozenset(Taken), since=NOON)) == 1


def test_a_lead_does_not_end_with_the_campaign_whose_task_it_joined(centre: Database) -> None:
    # TASK-09: the campaign is stopped; what the customer asked about stands
    customer(centre, 2, tier=Tier.NONE)
    load_tasks(centre, iter([task(1), task(2)]), list_id="autumn")
    told = take_event(centre, BY, event("L", kind="sales-lead"))
    assert recall(centre, "autumn", ANYWHERE) == 1
    assert stored(centre, told.task).state is TaskState.WAITING
    assert stored(centre, "T2").state is TaskState.CANCELLED


def test_what_came_back_to_its_agent_does_not_end_with_the_campaign_either(centre: Database) -> None:
    # INTEG-07: an order failed while its customer's task of a campaign waited
    load_tasks(centre, iter([task(1, expires_at=NOON + timedelta(hours=1))]), list_id="autumn")
    with centre.write() as unit:
        back_to_agent(
            unit, "order-1", customer_id="C1", scenario="4g-upgrade", agent="2043", team_id="A",
            reason=Text("订单没办成", "Order failed"),
        )  # fmt: skip
    assert recall(centre, "autumn", ANYWHERE) == 0
    stays = stored(centre, "T1")
    assert (stays.state, stays.expires_at, stays.reason.zh) == (TaskState.WAITING, None, "订单没办成；流量超套")


def test_who_is_erased_is_nobody_in_what_was_told_before_they_were_known(centre: Database) -> None:
    # PIPL art. 47: kept aside by a number, or an id, that nobody had here yet
    take_event(centre, BY, event("N", customer_id="", number=f"+86 {number_of(7)}"))
    take_event(centre, BY, event("I", customer_id="C7"))
    take_event(centre, BY, event("O", customer_id="", number=number_of(8)))
    for at, spelt in enumerate(SPELT):
        take_event(centre, BY, event(f"S{at}", customer_id="", number=f"{spelt}{number_of(7)}"))
    customer(centre, 7, tier=Tier.NONE)
    erase(centre, "C7", by="9001")
    with centre.read() as unit:
        kept = {one.event.id: one for one in incoming.listed(unit, frozenset(Taken), since=NOON)}
    assert (kept["N"].event.number, kept["N"].event.fields, kept["N"].state) == ("", {}, Taken.CLOSED)
    assert (kept["I"].event.fields, kept["I"].state) == ({}, Taken.CLOSED)
    assert (kept["O"].event.number, kept["O"].state) == (number_of(8), Taken.ASIDE)
    assert [kept[f"S{at}"].event.number for at in range(len(SPELT))] == [""] * len(SPELT)


def _without_script() -> ContentDocument:
    kind = next(one.value for one in pieces() if one.name == "sales-lead")
    body = msgspec.json.encode(msgspec.structs.replace(kind, id="silent", scenario="not-here"))
    return ContentDocument(kind=EVENT_KIND, name="silent", version=1, body=msgspec.Raw(body))


@pytest.mark.parametrize(
    "changes",
    [
        {"id": " "}, {"id": "E" * 61}, {"kind": ""}, {"at": NOON.replace(tzinfo=None)},
        {"at": NOON + timedelta(hours=1)}, {"fields": {"line": "10000000417"}}, {"fields": {"line": "长" * 81}},
        {"customer_id": "C\0"}, {"id": number_of(417)}, {"id": f"crm-{number_of(417)}-2"}, {"kind": number_of(417)},
        {"id": "e13900000417"}, {"id": "8613900000417X"},
        {"id": f"lead{number_of(417)}", "number": f"+86 {number_of(417)}"},
    ],
)  # fmt: skip
def test_what_may_not_be_kept_is_refused(centre: Database, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        take_event(centre, BY, event(**changes))


def test_ids_that_are_long_digits_and_no_telephone_are_taken(centre: Database) -> None:
    # INTEG-05: what senders number by is theirs to say
    for one in (
        "1795420800000",
        "20261123-0001",
        "8f14e45f-ceea-467f-a0e6-10000000417a",
        "8f14e45f-ceea-467f-a0e6-13900000417a",
        "8f14e45fceea467fa0e613900000417a",
        "417",
    ):
        assert take_event(centre, BY, event(one)).id == one


# ID-24, VIP-03, TASK-16: what the customer did not ask for is no reason to call who complained, or agreed to no calls
# that sell; what they asked for is, also on the task that they have already
@pytest.mark.parametrize(("kind", "given_out"), [("pre-disconnect-notice", False), ("sales-lead", True)])
def test_only_what_the_customer_asked_for_lifts_the_rest_of_their_task(
    centre: Database, kind: str, given_out: bool
) -> None:
    add_agent(centre, agent())
    complains = Ticket(
        id="1", kind=Text("投诉", "Complaint"), topic=Text("弱", "Weak"), complaint=True, opened_at=NOON - DAY
    )
    load(
        centre,
        [(document(1, care=Care(tickets=[complains]), indicators={"marketing_consent": False}), task(1, priority=0))],
    )
    assert claim_next(centre, ["2043"])[0].task is None
    assert take_event(centre, BY, event(kind=kind, fields={})).task == "T1"
    with centre.write() as unit:
        ask_again(unit)
    (claimed,) = claim_next(centre, ["2043"])
    assert (claimed.task is not None) is given_out
