"""The store and the sync beside a real server process: a day with and without the network."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
import requests
from news_kept import News
from rough_server import ANNA
from server_process import ServerProcess
from sqlalchemy import text
from store_kit import a_dial, a_document, a_task, asking, saved

from core.domain.errors import SignInRefused
from core.domain.incoming import EVENT_KIND, EventKind
from core.domain.people import Role
from core.domain.task import Task, TaskState
from core.domain.text import Text
from core.server.db import published
from core.server.db import tasks as server_tasks
from core.store.store import Store
from core.store.types import Applied, Section, UploadState
from core.sync.ask import Ask
from core.sync.session import remembered
from core.sync.sign_in import sign_in_online
from core.sync.status import SyncState
from core.sync.syncer import Syncer
from core.sync.transport import Transport
from core.wire.casework import HotlineTicket, TicketKind
from core.wire.incoming import IncomingEvent
from core.wire.pull import ContentDocument
from core.wire.push import Verdict
from core.wire.session import SignIn
from core.wire.team import MoveTasks

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
UPGRADE_LEAD = EventKind(
    id="upgrade-lead", version=1, name=Text("升级商机", "Upgrade lead"), scenario="4g-upgrade", priority=0,
    due_within_min=30, expires_after_hours=24, reason=Text("客户想换套餐", "Wants another plan"),
)  # fmt: skip
PASSWORD = "stayline-demo"


def fresh(number: int, **changed: object) -> Task:
    times = {"created_at": NOW - HOUR, "due_at": NOW + 5 * HOUR}
    return a_task(number, **(times | {"assigned_to": ANNA.staff_number} | changed))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("server")) as running:
        running.add_user(msgspec.structs.replace(ANNA, skills=("4g-upgrade",), areas=()), PASSWORD)
        running.publish_content()
        yield running


@pytest.fixture
def desk(server: ServerProcess, store: Store, news: News) -> Iterator[Syncer]:
    transport = Transport(server.url, read_s=10)
    sign_in_online(store, transport, ANNA.staff_number, PASSWORD)
    made = Syncer(store, transport, news, poll_s=600)
    yield made
    made.stop()


def test_a_wrong_password_is_refused_by_the_real_one(server: ServerProcess, store: Store) -> None:
    with pytest.raises(SignInRefused) as caught:
        sign_in_online(store, Transport(server.url), ANNA.staff_number, "nope")
    assert "密码" in caught.value.title.zh


def test_two_outcomes_saved_offline_are_uploaded_once_the_server_is_back(
    server: ServerProcess, store: Store, desk: Syncer, news: News
) -> None:
    server.load([(a_document(n), fresh(n)) for n in (1, 2, 3)])
    desk.start()
    news.until(lambda one: isinstance(one, Applied) and "T0001" in one.task_ids)
    news.status(lambda one: one.state is SyncState.ONLINE)
    assert store.content("dispositions", "4g-upgrade")
    assert store.customer("C0001")

    server.stop()
    tasks = {n: store.task(f"T{n:04d}") for n in (1, 2)}
    first = saved(tasks[1], recorded_at=NOW, result="not_needed")
    second = saved(tasks[2], recorded_at=NOW, callback_at=NOW + 3 * HOUR, success=False, result="hesitant")
    store.log(a_dial("C0001", NOW))
    store.save(first)
    store.save(second)
    desk.wake()
    news.status(lambda one: one.state is SyncState.OFFLINE and one.waiting == 3)
    shown = {row.task_id: row.section for row in store.queue(asking(NOW), offset=0, limit=9)}
    assert shown == {"T0003": Section.SCENARIO, "T0002": Section.LATER}

    server.start()
    desk.retry_now()
    news.status(lambda one: one.state is SyncState.ONLINE and one.waiting == 0)
    uploads = {row.outcome_id: row.upload for row in store.saved_between(NOW - HOUR, NOW + HOUR)}
    assert uploads == {first.id: UploadState.UPLOADED, second.id: UploadState.UPLOADED}
    with server.database.engine.connect() as connection:
        kept = connection.execute(text("SELECT count(*) FROM outcome")).scalar_one()
    assert kept == 2
    shown = {row.task_id: row.section for row in store.queue(asking(NOW), offset=0, limit=9)}
    assert shown == {"T0003": Section.SCENARIO, "T0002": Section.LATER}
    callback = store.task("T0002")
    assert callback is not None
    assert (callback.state, callback.attempts) == (TaskState.FOLLOW_UP, 1), "the server's own word by now"


def test_a_revoked_task_goes_without_a_restart(server: ServerProcess, store: Store, desk: Syncer, news: News) -> None:
    server.load([(a_document(11), fresh(11)), (a_document(12), fresh(12))])
    desk.start()
    news.until(lambda one: isinstance(one, Applied) and "T0011" in one.task_ids)
    news.status(lambda one: one.state is SyncState.ONLINE)
    with server.database.write() as unit:
        before = server_tasks.get(unit, "T0011")
        assert before is not None
        server_tasks.change(unit, before, msgspec.structs.replace(before, state=TaskState.CANCELLED))
    desk.wake()
    news.until(lambda one: isinstance(one, Applied) and "T0011" in one.task_ids)
    assert store.task("T0011") is None
    assert store.task("T0012") is not None


def test_what_others_change_is_on_an_online_desk_within_five_seconds(
    server: ServerProcess, store: Store, desk: Syncer, news: News
) -> None:
    # TASK-10, TASK-16, TASK-18, OUTCOME-11. This desk asks every ten minutes: only what the server tells is in time.
    colleague = a_colleague(server, "1027", Role.VIP_SPECIALIST)
    lead, planner = a_colleague(server, "3003", Role.TEAM_LEAD), a_colleague(server, "9001", Role.PLANNER)
    server.load([(a_document(n, numbers=(f"100{n:08d}",)), fresh(n)) for n in (31, 32, 33)])
    desk.start()
    news.until(lambda one: isinstance(one, Applied) and "T0033" in one.task_ids)
    news.status(lambda one: one.state is SyncState.ONLINE)

    colleague.open_customer("C0031")
    refusal = saved(None, agent="1027", customer_id="C0031", opt_out=True, success=False, recorded_at=NOW)
    assert [answer.verdict for answer in colleague.push([msgspec.json.encode(refusal)]).answers] == [Verdict.ACCEPTED]
    told_of(news, "T0031")
    assert store.task("T0031") is None, "who refused calls is not called from any desk"

    assert lead.move_tasks(MoveTasks(holder=ANNA.staff_number, task_ids=("T0032",))).moved == ("T0032",)
    told_of(news, "T0032")
    assert store.task("T0032") is None

    words = Text("漫游收费有疑问", "A question on roaming charges")
    asked = HotlineTicket(
        id="H-1", kind=TicketKind.CALLBACK, customer_id="C0033", at=NOW, words=words, callback_at=NOW + HOUR
    )
    bearer = {"Authorization": f"Bearer {planner.access_token}"}
    sent = requests.post(f"{server.url}/v1/tickets", msgspec.json.encode(asked), headers=bearer, timeout=10)
    assert sent.status_code == 200, sent.text
    told_of(news, "T0033")
    callback = store.task("T0033")
    assert callback is not None
    assert callback.callback_at == NOW + HOUR

    server.load([(a_document(34), None)])
    soon = msgspec.structs.replace(asked, id="H-2", customer_id="C0034", scenario="4g-upgrade", callback_at=NOW)
    sent = requests.post(f"{server.url}/v1/tickets", msgspec.json.encode(soon), headers=bearer, timeout=10)
    assert sent.json()["assigned_to"] == ANNA.staff_number, "a customer who waits for a call does not wait for a round"
    told_of(news, sent.json()["task"])

    # ID-24, TASK-09
    server.load([(a_document(35), None)])
    with server.database.write() as unit:
        body = msgspec.Raw(msgspec.json.encode(UPGRADE_LEAD))
        published.put(unit, [ContentDocument(kind=EVENT_KIND, name=UPGRADE_LEAD.id, version=1, body=body)])
    lead_came = IncomingEvent(id="E-1", kind=UPGRADE_LEAD.id, customer_id="C0035", at=datetime.now(UTC))
    sent = requests.post(f"{server.url}/v1/incoming", msgspec.json.encode(lead_came), headers=bearer, timeout=10)
    assert (sent.json()["state"], sent.json()["assigned_to"]) == ("task", ANNA.staff_number), sent.text
    told_of(news, sent.json()["task"])


def a_colleague(server: ServerProcess, number: str, role: Role) -> Transport:
    server.add_user(msgspec.structs.replace(ANNA, staff_number=number, role=role, areas=()), PASSWORD)
    transport = Transport(server.url, read_s=10)
    transport.access_token = transport.sign_in(SignIn(staff_number=number, password=PASSWORD)).access_token
    return transport


def told_of(news: News, task_id: str) -> None:
    news.until(lambda one: isinstance(one, Applied) and task_id in one.task_ids, within_s=5)


def test_a_killed_server_loses_nothing_and_takes_nothing_twice(
    server: ServerProcess, store: Store, desk: Syncer, news: News
) -> None:
    # Reliability R1, quick scale
    server.load([(a_document(n), fresh(n)) for n in range(21, 25)])
    desk.start()
    news.status(lambda one: one.state is SyncState.ONLINE)
    ids = []
    for n in range(21, 25):
        kept = saved(store.task(f"T{n:04d}"), recorded_at=NOW, result="not_needed")
        store.save(kept)
        ids.append(str(kept.id))
        desk.wake()
        if n % 2:
            server.kill()
            server.start()
        desk.retry_now()
    news.status(lambda one: one.state is SyncState.ONLINE and one.waiting == 0)
    with server.database.engine.connect() as connection:
        found = [str(row[0]) for row in connection.execute(text("SELECT id FROM outcome"))]
    assert len(found) == len(set(found))
    assert {one.replace("-", "") for one in ids} <= {one.replace("-", "") for one in found}


def test_a_disabled_agent_is_signed_out_at_the_next_request(
    server: ServerProcess, store: Store, desk: Syncer, news: News
) -> None:
    # Reliability S5, first half. Last in the file: the agent stays disabled.
    desk.start()
    news.status(lambda one: one.state is SyncState.ONLINE)
    assert Ask(store, desk._transport).find_customers(number="99999999999") == []
    kept = saved(None, recorded_at=NOW)
    store.save(kept)
    server.disable(ANNA.staff_number)
    # Nobody wakes the sync, which would ask again in ten minutes: the server tells.
    assert news.status(lambda one: one.state is SyncState.SIGNED_OUT).waiting == 1
    session = remembered(store)
    assert session is not None
    assert session.refresh_token == ""
    assert store.saved(kept.id) == kept
    assert store.counts(asking(NOW)).total == 0, "customers are wiped at that contact"
    assert store.customer("C0001") is None
