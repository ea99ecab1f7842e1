"""Orders between real processes: the server, the demo's CRM beside it, and either of them killed in mid-work."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest
import requests
from rough_server import ANNA
from server_process import ROOT, ServerProcess

from core.demo.world import World
from core.domain.call import CallRecord, Direction
from core.domain.offered import OfferMade, Reply
from core.domain.order import Order
from core.domain.order_state import OPEN_ORDERS, OrderState, PlacedOrder, order_id
from core.domain.outcome import Contact, Outcome, Verification
from core.domain.task import Task, TaskCustomer, TaskState, TaskType
from core.domain.text import Text
from core.server.db import orders
from core.wire.push import Saved

PASSWORD = "stayline-demo"
PATIENCE_S = 60
PACK = "data-pack"


class CrmProcess:
    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, 0
        self.url = ""
        self.start()

    def start(self) -> None:
        command = [
            sys.executable, "-m", "core.server.cli", "demo-crm", "--data", str(self._folder), "--port", str(self._port),
            "--delay-seconds", "0.5", "--die-with-parent",
        ]  # fmt: skip
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], PATIENCE_S)
        assert ready
        self.url = json.loads(self._process.stdout.readline())["url"]
        self._port = int(self.url.rsplit(":", 1)[1])

    def end(self, how: signal.Signals) -> None:
        self._process.send_signal(how)
        self._process.wait(PATIENCE_S)
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[CrmProcess]:
    running = CrmProcess(tmp_path / "crm")
    yield running
    running.end(signal.SIGTERM)


@pytest.fixture
def server(tmp_path: Path, crm: CrmProcess, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerProcess]:
    monkeypatch.setenv("STAYLINE_CRM", crm.url)
    monkeypatch.setenv("STAYLINE_SMS", crm.url)
    with ServerProcess(tmp_path / "server") as running:
        running.add_user(ANNA, PASSWORD)
        yield running


def sell(server: ServerProcess, customer_ids: list[str]) -> list[UUID]:
    """A plan and a pack for each customer, pushed over HTTP; gives the ids of the orders. All reply yes."""
    sales = [a_sale(customer_id) for customer_id in customer_ids]
    body = {"staff_number": ANNA.staff_number, "password": PASSWORD}
    token = requests.post(f"{server.url}/v1/session", json=body, timeout=15).json()["access_token"]
    batch = b'{"items":[' + b",".join(msgspec.json.encode(Saved(outcome=one)) for one in sales) + b"]}"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    answer = requests.post(f"{server.url}/v1/push", data=batch, headers=headers, timeout=15)
    assert {one["verdict"] for one in answer.json()["answers"]} == {"accepted"}, answer.text
    return [order_id(one.id, offer) for one in sales for offer in ("", PACK)]


def an_order(product: str, price_fen: int) -> Order:
    return Order(
        product=product, price_fen=price_fen, term_months=12, locked=False, starts_on=date(2027, 1, 1), read_back=True,
        consent=True,
    )  # fmt: skip


def a_sale(customer_id: str) -> Outcome:
    return Outcome(
        id=uuid4(), task_id=f"T-{customer_id}", lease_epoch=1, customer_id=customer_id, agent=ANNA.staff_number,
        scenario="new-service", script_version=1, verification=Verification.OWNER,
        call=CallRecord(direction=Direction.OUTBOUND, number="10000000001", talk_time_s=90),
        result="order_agreed", contact=Contact.OWNER, success=True, recorded_at=datetime.now(UTC),
        order=an_order("家庭云盘", 23800),
        offers=(OfferMade(offer=PACK, version=1, kind="value_added", name=Text("流量包", "Data pack"),
                          reply=Reply.ACCEPTED, order=an_order("流量包", 1000)),),
    )  # fmt: skip


def in_city(server: ServerProcess, count: int) -> list[str]:
    """Customers of the demo's city on Anna's desk."""
    world = World(customers=count)
    pairs = []
    for index in range(count):
        document = world.document(index)
        task = Task(
            id=f"T-{document.id}", customer_id=document.id, type=TaskType.NEW_SERVICE_PROMOTION, scenario="4g-upgrade",
            state=TaskState.ASSIGNED, priority=5, reason=Text("试", "try"), created_at=datetime.now(UTC),
            customer=TaskCustomer(name="试", numbers=("10000000001",)), assigned_to=ANNA.staff_number,
        )  # fmt: skip
        pairs.append((document, task))
    server.load(pairs)
    return [document.id for document, _ in pairs]


def read(server: ServerProcess, ids: list[UUID]) -> list[PlacedOrder]:
    with server.database.read() as unit:
        found = [orders.get(unit, str(one)) for one in ids]
    return [one for one in found if one is not None]


def until(seen: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not seen():
        assert time.monotonic() < deadline, "not in time"
        select.select([], [], [], 0.1)


def test_orders_reach_the_crm_once_though_server_and_crm_are_killed(server: ServerProcess, crm: CrmProcess) -> None:
    # INTEG-07, OUTCOME-12, OFFER-04
    ids = sell(server, in_city(server, 12))
    until(lambda: any(one.state is not OrderState.PENDING for one in read(server, ids)))
    server.kill()
    server.start()
    until(lambda: any(one.state not in OPEN_ORDERS for one in read(server, ids)))
    crm.end(signal.SIGKILL)
    assert requests.get(f"{server.url}/health", timeout=5).status_code == 200
    crm.start()
    until(lambda: all(one.state not in OPEN_ORDERS for one in read(server, ids)))
    ended = read(server, ids)
    assert {one.state for one in ended} <= {OrderState.ACCEPTED, OrderState.FAILED}
    assert sum(one.state is OrderState.ACCEPTED for one in ended) >= len(ids) // 2
    for one in ended:
        answer = requests.get(f"{crm.url}/orders/{one.id}", timeout=5)
        if one.steps[-1].by == "server":
            assert answer.status_code == 404, "what could not be sold never left"
            continue
        told = answer.json()
        assert told["verdict"] == ("accepted" if one.state is OrderState.ACCEPTED else "refused")
        assert bool(one.reason) is (one.state is OrderState.FAILED)


def test_a_crm_that_hangs_holds_up_nobody(tmp_path: Path, server: ServerProcess, crm: CrmProcess) -> None:
    ids = sell(server, in_city(server, 3))
    os.kill(crm._process.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        for _ in range(20):
            assert requests.get(f"{server.url}/health", timeout=5).status_code == 200
        assert time.monotonic() - began < 10
    finally:
        os.kill(crm._process.pid, signal.SIGCONT)
    until(lambda: all(one.state not in OPEN_ORDERS for one in read(server, ids)))
