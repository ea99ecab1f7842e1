"""TASK-05: a phone account manager's named customers at the desk, with what is to be done for each."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from msgspec import structs

from core.calling import Moment
from core.demo.people import AGENTS
from core.desk.desk import Desk
from core.desk.portfolio import Managed, look
from core.domain.call import CallRecord, Direction
from core.domain.customer import (
    Bill,
    Billing,
    Broadband,
    Care,
    Contacting,
    Contract,
    Document,
    Identity,
    Number,
    PastCall,
    Services,
    Warning_,
)  # fmt: skip
from core.domain.outcome import Contact, Outcome
from core.domain.task import Task, TaskCustomer, TaskState, TaskType
from core.domain.text import Text
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.wire.pull import Change, Kind, PullPage
from core.wire.push import Saved
from core.wire.session import Site

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ME = next(agent for agent in AGENTS if agent.staff_number == "1101")
SAID = Text("续约", "Renewal")


def customer(n: int, manager: str = "1101", **sections: Any) -> Document:
    who = Identity(name=f"客户{n}", manager_staff_number=manager)
    return Document(
        id=f"C{n}", identity=who, contact=Contacting(numbers=[Number(number=f"100{n:08d}", main=True)]), **sections
    )


def call(at: datetime, talk_s: int | None) -> PastCall:
    return PastCall(
        at=at, agent="秦素云", scenario="second-renewal", scenario_label=SAID, result=SAID, talk_time_s=talk_s
    )


def a_task(n: int, **changes: Any) -> Task:
    values: dict[str, Any] = {
        "id": f"T{n}", "customer_id": f"C{n}", "type": TaskType.KEY_CUSTOMER_CALL, "scenario": "second-renewal",
        "state": TaskState.ASSIGNED, "priority": 3, "reason": SAID, "customer": TaskCustomer(name=f"客户{n}"),
        "created_at": NOW, "due_at": NOW + timedelta(days=2), "assigned_to": "1101", "lease_epoch": 1,
    }  # fmt: skip
    return Task(**(values | changes))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "store", StoreKey("5a" * 32))
    opened.keep_portfolio_of("1101")
    yield opened
    opened.close()


def tell(store: Store, *told: Document | Task | str) -> None:
    changes = [
        Change(kind=Kind.CUSTOMER, key=one, deleted=True) if isinstance(one, str)
        else Change(kind=Kind.TASK if isinstance(one, Task) else Kind.CUSTOMER, key=one.id,
                    body=msgspec.Raw(msgspec.json.encode(one)))
        for one in told
    ]  # fmt: skip
    store.apply(PullPage(changes=changes, cursor=uuid4().hex, more=False, server_time=NOW), now=NOW)


def desk_of(store: Store) -> Desk:
    site = Site(name_zh="江城客服", name_en="River City", official_hotline="10000")
    return Desk(store=store, agent=ME, site=site, moment=lambda: Moment(NOW, 0.0))


def seen(store: Store) -> dict[str, Managed]:
    return {one.row.customer_id: one for one in look(desk_of(store)).customers}


def test_it_holds_the_named_customers_alone_with_their_next_steps(store: Store) -> None:
    services = Services(
        contracts=[Contract(kind=SAID, ends_on=date(2026, 10, 1)), Contract(kind=SAID, ends_on=date(2026, 12, 31))],
        broadband=Broadband(ends_on=date(2027, 5, 1)),
    )
    warned = Care(warnings=[Warning_(code="w", label=Text("用量下滑", "Use is falling"), at=NOW)])
    tell(store, customer(1, services=services, care=warned), customer(2), customer(3, "9999"), a_task(2), a_task(3))
    found = seen(store)
    assert set(found) == {"C1", "C2"}
    assert (found["C1"].ends_on, found["C1"].row.warning) == (date(2026, 12, 31), Text("用量下滑", "Use is falling"))
    assert (found["C2"].due_at, found["C2"].key) == (NOW + timedelta(days=2), "T2")
    assert found["C1"].key.endswith(":C1")


def test_coverage_counts_who_was_spoken_with_this_month(store: Store) -> None:
    before, within = datetime(2026, 10, 31, 15, 59, tzinfo=UTC), datetime(2026, 10, 31, 16, 1, tzinfo=UTC)
    tell(
        store,
        customer(1, care=Care(calls=[call(within, 60)])),
        customer(2, care=Care(calls=[call(NOW, None), call(before, 60)])),
        customer(3),
        customer(4),
    )
    figures = look(desk_of(store)).figures
    assert (figures.covered, figures.customers) == (1, 4)
    talk = CallRecord(direction=Direction.OUTBOUND, number="10000000003", dialled_at=NOW, talk_time_s=30)
    said = Outcome(
        id=uuid4(), task_id=None, customer_id="C3", agent="1101", scenario="second-renewal", script_version=1,
        call=talk, result="done", contact=Contact.OWNER, recorded_at=NOW,
    )  # fmt: skip
    store.save(Saved(outcome=said))
    store.save(Saved(outcome=structs.replace(said, id=uuid4(), customer_id="C4", contact=Contact.UNANSWERED)))
    # What was saved here counts before the server has told of it; a call that nobody answered is no contact.
    figures = look(desk_of(store)).figures
    assert (figures.covered, figures.customers) == (2, 4)


def test_the_mean_bill_is_of_six_months_and_over_those_who_have_bills(store: Store) -> None:
    # KPI-06
    bills = [
        Bill(month=f"2026-{month:02d}", total_fen=fen)
        for month, fen in zip(range(4, 11), (900, *[600] * 6), strict=True)
    ]
    tell(store, customer(1, billing=Billing(bills=bills)), customer(2, billing=Billing(arpu_fen=1000)), customer(3))
    assert look(desk_of(store)).figures.spend_fen == 800


def test_a_promised_callback_comes_before_a_term(store: Store) -> None:
    at = NOW + timedelta(hours=3)
    tell(store, customer(1), a_task(1, state=TaskState.FOLLOW_UP, callback_at=at))
    assert (seen(store)["C1"].due_at, seen(store)["C1"].callback) == (at, True)


def test_who_goes_to_another_manager_leaves_the_list(store: Store) -> None:
    tell(store, customer(1), customer(2), customer(3))
    tell(store, customer(1, "9999"), "C2")
    assert set(seen(store)) == {"C3"}


def test_customers_who_were_here_before_the_list_are_in_it(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store", StoreKey("5a" * 32))
    tell(store, customer(1), customer(2, "9999"))
    assert seen(store) == {}
    store.keep_portfolio_of("1101")
    assert set(seen(store)) == {"C1"}
    store.clear_mirror()
    assert seen(store) == {}
    tell(store, customer(2))
    assert set(seen(store)) == {"C2"}
    store.close()
