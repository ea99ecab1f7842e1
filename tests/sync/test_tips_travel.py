"""A tip from one desk to all desks, through a real server process: written offline, approved by a lead, pulled."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
import requests
from news_kept import News
from rough_server import ANNA
from server_process import ServerProcess

from core.domain.knowledge import TIP, Tip, TipState
from core.domain.people import Agent, Role
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.store.types import Applied
from core.sync.sign_in import sign_in_online
from core.sync.syncer import Syncer
from core.sync.transport import Transport
from core.wire.push import TipWritten

PASSWORD = "stayline-demo"
BEN = msgspec.structs.replace(ANNA, staff_number="2044", areas=())
LEAD = msgspec.structs.replace(ANNA, staff_number="2050", role=Role.TEAM_LEAD, areas=())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path / "server") as running:
        for who in (ANNA, BEN, LEAD):
            running.add_user(who, PASSWORD)
        running.publish_content()
        yield running


def a_desk(server: ServerProcess, store: Store, who: Agent, news: News) -> Syncer:
    transport = Transport(server.url, read_s=10)
    sign_in_online(store, transport, who.staff_number, PASSWORD)
    return Syncer(store, transport, news, poll_s=600)


@pytest.fixture
def bens(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "bens", StoreKey("5a" * 32))
    yield opened
    opened.close()


def asked(server: ServerProcess, method: str, path: str, **options: object) -> dict[str, object]:
    """What the team lead's browser or script would ask."""
    body = {"staff_number": LEAD.staff_number, "password": PASSWORD}
    token = requests.post(f"{server.url}/v1/session", json=body, timeout=15).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    answer = requests.request(method, server.url + path, headers=headers, timeout=15, **options)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_tip_goes_from_one_desk_to_every_desk(server: ServerProcess, store: Store, bens: Store, news: News) -> None:
    # KB-02, VIP-10
    bens_news = News()
    anna, ben = a_desk(server, store, ANNA, news), a_desk(server, bens, BEN, bens_news)
    try:
        anna.start()
        news.until(lambda one: isinstance(one, Applied) and any(kind == "knowledge" for kind, _ in one.content))
        assert store.articles("漫游")
        server.stop()
        tip = Tip(id=uuid4(), agent=ANNA.staff_number, at=datetime.now(UTC), title="国外先擦卡",
                  text="取出卡擦一擦再试。", scenario="vip-care", step="diagnose")  # fmt: skip
        store.log(TipWritten(tip=tip))
        server.start()
        anna.wake()
        news.until(lambda one: not isinstance(one, Applied) and one.waiting == 0 and not store.pending(1))
        (waiting,) = asked(server, "GET", "/v1/tips")["tips"]  # type: ignore[misc]
        assert waiting["tip"]["title"] == tip.title  # type: ignore[index]
        asked(server, "POST", f"/v1/tips/{tip.id}/decision", json={"approve": True})
        ben.start()
        bens_news.until(lambda one: isinstance(one, Applied) and (TIP, str(tip.id)) in one.content)
        (hit,) = bens.articles("gwxck", scenario="vip-care", step="diagnose")
        assert (hit.title.zh, hit.linked) == (tip.title, True)
        anna.wake()
        news.until(lambda one: isinstance(one, Applied) and (TIP, str(tip.id)) in one.content)
        assert [(one.title, one.state) for one in store.tip_answers()] == [(tip.title, TipState.APPROVED)]
        assert bens.tip_answers() == []
    finally:
        anna.stop()
        ben.stop()
