"""Tickets of the hotline and of e-channels: they find whoever knows the customer, once, and tell what came of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from case_kit import cases_of, customer, opened, publish_repairs
from server_kit import NOON, StillClock, add_agent, agent, given, number_of, saved, send, stored, verdicts
from server_process import ServerProcess

from core.domain.case import Damage, OpenedBy
from core.domain.duty import Shift
from core.domain.errors import Refused
from core.domain.outcome import Contact
from core.domain.people import Role
from core.domain.task import TaskState, Tier
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.cases.duty import put_shifts
from core.server.cases.tickets import NoSuchTicket, state, take_ticket
from core.server.db import presence
from core.server.db.engine import Database
from core.server.housekeeping import Callbacks
from core.wire.casework import HotlineTicket, TicketKind

VIP = Role.VIP_SPECIALIST


@pytest.fixture
def hotline(sqlite: Database) -> Caller:
    publish_repairs(sqlite)
    return add_agent(sqlite, agent("9001", role=Role.PLANNER, team="office"))


@pytest.fixture
def me(sqlite: Database) -> Caller:
    return add_agent(sqlite, agent("1027", role=VIP, team="vip", name="苏梅", skills=("vip-care",)))


def ticket(ticket_id: str = "H-1", **changes: Any) -> HotlineTicket:
    values: dict[str, Any] = {
        "id": ticket_id, "kind": TicketKind.CALLBACK, "customer_id": "C1", "at": NOON,
        "words": Text("漫游收费有疑问", "A question on roaming charges"), "callback_at": NOON + timedelta(hours=3),
    }  # fmt: skip
    return HotlineTicket(**(values | changes))


def test_a_callback_ticket_is_a_task_with_the_time_that_the_customer_was_told(
    sqlite: Database, hotline: Caller, me: Caller
) -> None:
    # TASK-10
    customer(sqlite, tier=Tier.GOLD)
    told = take_ticket(sqlite, hotline, ticket(customer_id="", number=number_of(1)))
    task = stored(sqlite, told.task)
    assert (task.scenario, task.state, task.callback_at) == ("vip-care", TaskState.WAITING, NOON + timedelta(hours=3))
    assert "热线转来：漫游收费有疑问，约 11-23 15:00 回电" in task.reason.zh
    # The same id again changes nothing.
    assert take_ticket(sqlite, hotline, ticket(words=Text("另一件事", "Something else"))) == told


def test_a_ticket_goes_to_who_follows_the_customers_case_through(sqlite: Database, hotline: Caller, me: Caller) -> None:
    # VIP-06, CHANNEL-03
    customer(sqlite)
    case = opened(sqlite, me)
    told = take_ticket(sqlite, hotline, ticket())
    assert (told.assigned_to, told.case, told.case_open) == ("1027", case, True)
    task = stored(sqlite, told.task)
    outcome = saved(task, "1027", recorded_at=NOON + timedelta(hours=1), contact=Contact.OWNER, scenario="vip-care")
    assert verdicts(send(sqlite, me, outcome)) == ["accepted"]
    after = state(sqlite, "H-1")
    assert (after.task_state, after.last_result) == ("done", "done")
    with pytest.raises(NoSuchTicket):
        state(sqlite, "H-2")


def test_a_diamond_customer_reaches_who_is_there_while_who_leads_the_case_is_not(
    sqlite: Database, hotline: Caller, me: Caller
) -> None:
    # VIP-11: at noon in China 1027 is off; a call for the evening, when they are back, stays theirs.
    add_agent(sqlite, agent("1028", role=VIP, team="vip", skills=("vip-care",)))
    everyday = (1, 2, 3, 4, 5, 6, 7)
    with sqlite.write() as unit:
        night = Shift(staff_number="1027", days=everyday, from_min=18 * 60, until_min=9 * 60)
        day = Shift(staff_number="1028", days=everyday, from_min=9 * 60, until_min=18 * 60)
        put_shifts(unit, [night, day], by="test")
    for index in (1, 2, 3):
        customer(sqlite, index, tier=Tier.GOLD if index == 3 else Tier.DIAMOND)
        opened(sqlite, me, index)
    at_once = [take_ticket(sqlite, hotline, ticket(f"H-{i}", customer_id=f"C{i}", callback_at=None)) for i in (1, 3)]
    tonight = take_ticket(sqlite, hotline, ticket("H-2", customer_id="C2", callback_at=NOON + timedelta(hours=8)))
    assert [one.assigned_to for one in (*at_once, tonight)] == ["1028", "1027", "1027"]
    # Nobody at all is there: it waits with who leads the case.
    with sqlite.write() as unit:
        presence.set_away(unit, "1028", NOON + timedelta(hours=12))
    customer(sqlite, 4)
    opened(sqlite, me, 4)
    assert take_ticket(sqlite, hotline, ticket("H-4", customer_id="C4", callback_at=None)).assigned_to == "1027"
    # What lies on the desk of who went home goes on to who has come.
    with sqlite.write() as unit:
        presence.set_away(unit, "1028", NOON)
    held = take_ticket(sqlite, hotline, ticket("H-5", customer_id="C4", callback_at=None))
    assert held.assigned_to == "1028"


def test_a_diamond_customers_failed_transaction_is_repaired_by_who_is_on_duty(
    sqlite: Database, hotline: Caller, me: Caller
) -> None:
    # TASK-11, VIP-11
    customer(sqlite)
    with sqlite.write() as unit:
        shift = Shift(staff_number="1027", days=(1, 2, 3, 4, 5, 6, 7), from_min=0, until_min=0)
        put_shifts(unit, [shift], by="test")
    failed = ticket(
        kind=TicketKind.FAILED_TRANSACTION, callback_at=None, words=Text("网厅换套餐报错", "A plan change failed"),
        damage=Damage.KEY_SERVICE,
    )  # fmt: skip
    told = take_ticket(sqlite, hotline, failed)
    assert told.assigned_to == "1027"
    (case,) = cases_of(sqlite, "1027").values()
    assert (case.id, case.began.opened_by, case.began.damage) == (told.case, OpenedBy.COMPLAINT, Damage.KEY_SERVICE)
    assert case.began.first_contact_due == NOON + timedelta(hours=2)


def test_a_callback_that_falls_due_goes_out_between_two_rounds_of_the_housekeeping(
    sqlite: Database, clock: StillClock, hotline: Caller, me: Caller
) -> None:
    # TASK-10
    customer(sqlite, tier=Tier.GOLD)
    customer(sqlite, 2, tier=Tier.NONE)
    waits = take_ticket(sqlite, hotline, ticket())
    nobodys = take_ticket(sqlite, hotline, ticket("H-2", customer_id="C2"))
    between = Callbacks()
    between.give(sqlite)
    assert stored(sqlite, waits.task).state is TaskState.WAITING, "three hours are left until the call"
    clock.forward(hours=2, minutes=45)
    between.give(sqlite)
    assert stored(sqlite, waits.task).assigned_to == "1027"
    # Who can take the other is there only now: it goes out with the next round.
    colleague = add_agent(sqlite, agent("1028", skills=("complaint-revisit",)))
    between.give(sqlite)
    assert stored(sqlite, nobodys.task).state is TaskState.WAITING
    Callbacks().give(sqlite)
    assert stored(sqlite, nobodys.task).assigned_to == colleague.staff_number


def test_a_customer_on_somebodys_desk_keeps_the_one_task(sqlite: Database, hotline: Caller, me: Caller) -> None:
    held = given(sqlite, to="1027")
    told = take_ticket(sqlite, hotline, ticket())
    assert told.task == held.id
    task = stored(sqlite, held.id)
    assert task.reason.zh.endswith(held.reason.zh)
    assert (task.assigned_to, task.callback_at) == ("1027", NOON + timedelta(hours=3))


def test_what_is_told_again_and_again_does_not_fill_the_task(sqlite: Database, hotline: Caller, me: Caller) -> None:
    # TASK-10: the agent has to read it while the phone rings
    held = given(sqlite, to="1027")
    for at in range(3):
        told = take_ticket(sqlite, hotline, ticket(f"same-{at}", callback_at=None))
    reason = stored(sqlite, told.task).reason
    assert reason.zh == f"热线转来：漫游收费有疑问；{held.reason.zh}"
    for at in range(40):
        words = Text(
            f"第 {at} 件事，说来话长，客户等着回电", f"thing {at}, a long story, the customer waits for a call"
        )
        take_ticket(sqlite, hotline, ticket(f"other-{at}", words=words, callback_at=None))
    reason = stored(sqlite, told.task).reason
    assert (len(reason.zh), len(reason.en)) == (500, 500)
    assert reason.zh.startswith("热线转来：第 39 件事")


@pytest.mark.parametrize(
    "changes",
    [
        {"customer_id": "C404"},
        {"customer_id": "", "number": "10099999999"},
        {"words": Text("请打 10000000001", "")},
        {"words": Text("", "")},
        {"id": ""},
        {"callback_at": datetime(2026, 11, 23, 15, 0)},  # noqa: DTZ001
        {"at": datetime(2026, 11, 23, 12, 0)},  # noqa: DTZ001
        {"scenario": "no-such-script"},
        {"scenario": "x" * 81},
    ],
    ids=["customer", "number", "long-number", "no-words", "no-id", "no-zone", "no-zone-at", "scenario", "long"],
)
def test_what_cannot_be_kept_is_refused(sqlite: Database, hotline: Caller, changes: dict[str, Any]) -> None:
    customer(sqlite)
    with pytest.raises(Refused):
        take_ticket(sqlite, hotline, ticket(**changes))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path / "server") as running:
        running.add_user(agent("9001", role=Role.PLANNER, team="office"))
        running.add_user(agent("1027", role=VIP, team="vip"))
        publish_repairs(running.database)
        customer(running.database)
        yield running


def test_tickets_come_by_the_api_from_those_who_plan_alone(server: ServerProcess) -> None:
    # TASK-10, CHANNEL-03
    def headers(staff: str) -> dict[str, str]:
        body = {"staff_number": staff, "password": "stayline-demo"}
        token = requests.post(f"{server.url}/v1/session", json=body, timeout=15).json()["access_token"]
        return {"Authorization": f"Bearer {token}"}

    planner, url = headers("9001"), f"{server.url}/v1/tickets"
    body = {"id": "H-9", "kind": "callback", "customer_id": "C1", "at": "2026-11-23T04:00:00Z",
            "words": {"zh": "漫游收费有疑问", "en": "Roaming"}}  # fmt: skip
    assert requests.post(url, json=body, timeout=15).status_code == 401
    assert requests.post(url, json=body, headers=headers("1027"), timeout=15).status_code == 403
    taken = requests.post(url, json=body, headers=planner, timeout=15)
    assert (taken.status_code, taken.json()["task"]) == (200, "ticket-H-9")
    assert requests.get(f"{url}/H-9", headers=planner, timeout=15).json()["task_state"] == "waiting"
    assert requests.get(f"{url}/H-8", headers=planner, timeout=15).status_code == 404
    refused = requests.post(url, json=body | {"id": "H-8", "customer_id": "C404"}, headers=planner, timeout=15)
    assert 400 <= refused.status_code < 500
    zoneless = body | {"id": "H-7", "callback_at": "2026-11-23T15:00:00"}
    assert requests.post(url, json=zoneless, headers=planner, timeout=15).status_code == refused.status_code
    assert requests.post(url, json=body | {"kind": "letter"}, headers=planner, timeout=15).status_code == 400
