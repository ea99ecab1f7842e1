"""Tasks and texts of members whom a list that came anew leaves out are taken back, as a stop takes them back."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest
from campaign_kit import ZERO, Centre
from inside_kit import inside
from msgspec import Raw, json, structs
from server_kit import StillClock, add_agent, agent, dialled, read_page, send

from core.domain.campaign import Audience, Barrier, CampaignState, MemberState, Route
from core.domain.outreach import OUTREACH, ContactState, Outreach
from core.domain.people import Role
from core.domain.task import TaskState
from core.domain.text import Text
from core.server.campaigns import life, lists
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.db import published, tasks
from core.server.db.engine import Database
from core.server.db.schema import outgoing_contact
from core.server.outreach.worker import OutreachWorker
from core.server.sync.pull import pull
from core.wire.campaigns import ListReport, ListRow, PutCampaignList
from core.wire.outreach import ContactOut, ContactReport
from core.wire.pull import ContentDocument

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""
K = "silent-november"
_A_MOMENT_S = 0.5
OFF = (MemberState.BLOCKED, Barrier.GONE)


@pytest.fixture
def centre(database: Database, tmp_path: Path, clock: StillClock) -> Centre:
    """On SQLite and on PostgreSQL."""
    made = Centre(database, tmp_path / "data", clock)
    add_agent(database, agent("2043", skills=(ZERO,), daily_target=20))
    made.know(5)
    return made


def brought(centre: Centre, numbers: Sequence[int]) -> ListReport:
    rows = tuple(ListRow(customer_id=f"C{at}") for at in numbers)
    return lists.put_whole(centre.database, "all", rows, name="全部", append=False, by="9001")


def on_desks(centre: Centre) -> set[str]:
    return {one.customer_id for one in centre.tasks() if one.state is TaskState.ASSIGNED}


def begun(centre: Centre, **changes: object) -> None:
    """Over all five, each of them dispatched."""
    brought(centre, [1, 2, 3, 4, 5])
    centre.draft(**({"audience": Audience(list_id="all"), "control_percent": 0.0} | changes))
    centre.start()
    assert dispatch_campaigns(centre.database, actor="server") == 5


def opened(centre: Centre, customer_id: str) -> None:
    """Dialled just now; the result is yet to come."""
    (theirs,) = [one for one in centre.tasks() if one.customer_id == customer_id]
    call = dialled("2043", int(customer_id[1:]))
    send(centre.database, centre.agent, structs.replace(call, dial=structs.replace(call.dial, task_id=theirs.id)))


def test_what_nobody_opened_is_gone_from_desks_and_what_is_open_finishes(centre: Centre) -> None:
    # ID-07, TASK-18
    begun(centre)
    opened(centre, "C2")
    told = brought(centre, [1, 4])
    assert on_desks(centre) == {"C1", "C2", "C4"}
    assert ([one.en for one in told.campaigns], told.taken_back) == (["Care for silent users"], 2)
    members = centre.members()
    assert {key: (one.state, one.barrier) for key, one in members.items() if key in ("C3", "C5")} == {
        "C3": OFF, "C5": OFF
    }  # fmt: skip
    assert members["C2"].state is MemberState.DISPATCHED
    centre.keep()
    assert on_desks(centre) == {"C1", "C2", "C4"}


def test_whichever_way_a_planner_brings_the_list_desks_hear_of_it_with_the_answer(
    centre: Centre, tmp_path: Path
) -> None:
    # ID-07, TASK-18: as JSON, and as a file
    begun(centre)
    add_agent(centre.database, agent("9001", role=Role.PLANNER))
    feed = asking(centre)
    centre.data.mkdir()
    with inside(centre.database, centre.data, "9001") as planner:
        rows = [{"customer_id": f"C{at}"} for at in (1, 2, 3)]
        answer = planner.ask("PUT", "/v1/campaign-lists/all", json={"name": "全部", "rows": rows})
        assert answer.status_code == 200, answer.text
        assert feed() == {"C4", "C5"}
        file = {"file_name": "list.csv", "body": b64encode("客户编号\nC1\n".encode()).decode()}
        answer = planner.ask("POST", "/v1/campaign-list-files", json={"list_id": "all", "name": "全部", "file": file})
        assert answer.status_code == 200, answer.text
        assert feed() == {"C2", "C3"}


def asking(centre: Centre) -> Callable[[], set[str]]:
    """Whose tasks the desk was told to let go of since it asked last."""
    whose = {one.id: one.customer_id for one in centre.tasks()}
    cursor = ""

    def ask() -> set[str]:
        nonlocal cursor
        page = pull(centre.database, staff_number="2043", rights=frozenset(), cursor=cursor, limit=500)
        found = read_page(page.body)
        cursor = found.cursor
        return {whose[one.key] for one in found.changes if one.deleted and one.key in whose}

    ask()
    return ask


def test_who_comes_back_on_the_list_is_called_for_the_reason_of_before(centre: Centre) -> None:
    # ID-07, TASK-18: the task that was taken back stays as it ended
    begun(centre)
    before = {one.customer_id: one.reason for one in centre.tasks()}
    brought(centre, [1])
    assert on_desks(centre) == {"C1"}
    brought(centre, [1, 3])
    centre.keep()
    assert on_desks(centre) == {"C1", "C3"}
    (again,) = [one for one in centre.tasks() if one.customer_id == "C3" and one.state is TaskState.ASSIGNED]
    assert again.reason == before["C3"]


def test_desks_of_a_paused_campaign_lose_them_as_well_and_resuming_brings_none_back(centre: Centre) -> None:
    # ID-07, TASK-18: a pause alone leaves desks as they are
    begun(centre)
    life.set_state(centre.database, K, CampaignState.PAUSED, by="9001")
    brought(centre, [1, 2])
    assert on_desks(centre) == {"C1", "C2"}
    life.set_state(centre.database, K, CampaignState.RUNNING, by="9001")
    centre.keep()
    assert on_desks(centre) == {"C1", "C2"}


def test_a_taking_back_that_was_cut_short_is_ended_by_the_next_round(centre: Centre) -> None:
    # TASK-18: the server was killed once the list was kept
    begun(centre)
    with centre.database.write() as unit:
        asked = PutCampaignList(name="全部", rows=(ListRow(customer_id="C1"),))
        lists.put_list(unit, "all", asked, by="9001")
    assert len(on_desks(centre)) == 5
    centre.keep()
    assert on_desks(centre) == {"C1"}


def test_a_customer_whom_somebody_holds_is_waited_for(centre: Centre) -> None:
    # TASK-18: a desk pushes something of one of them as the list comes
    begun(centre)
    coming = Thread(target=brought, args=(centre, [1]))
    with centre.database.write() as unit:
        assert tasks.lock_customer(unit, "C3")
        coming.start()
        coming.join(_A_MOMENT_S)
        assert coming.is_alive()
    coming.join()
    assert on_desks(centre) == {"C1"}


def test_a_list_of_whom_rules_name_as_well_takes_no_task_back(centre: Centre) -> None:
    # ID-07: it supplements, and a rule may name whoever is on it no more
    brought(centre, [1, 2])
    centre.snapshot()
    centre.draft(audience=Audience(rules=(ZERO,), more_list_id="all"), control_percent=0.0)
    centre.start()
    dispatch_campaigns(centre.database, actor="server")
    brought(centre, [1])
    assert len(on_desks(centre)) == 5


class Gateway:
    """Takes what it is given; `as_it_leaves` happens meanwhile."""

    def __init__(self) -> None:
        self.sent: list[ContactOut] = []
        self.as_it_leaves = lambda: None

    def send(self, contact: ContactOut) -> ContactReport:
        self.sent.append(contact)
        self.as_it_leaves()
        return ContactReport(state=ContactState.SENT)

    def look(self, _contact_id: UUID) -> ContactReport | None:
        return None


def contacts(centre: Centre) -> dict[str, str]:
    with centre.database.read() as unit:
        return {row.customer_id: row.state for row in unit.conn.execute(outgoing_contact.select())}


def gathered(centre: Centre) -> None:
    """Contacts are made of those dispatched, and wait: the campaign is paused meanwhile."""
    life.set_state(centre.database, K, CampaignState.PAUSED, by="9001")
    assert OutreachWorker(centre.database, Gateway()).round() == 0
    life.set_state(centre.database, K, CampaignState.RUNNING, by="9001")


def texted(centre: Centre) -> None:
    words = Outreach(scenario=ZERO, version=1, words={Route.SMS: Text("您好", "Good day")})
    told = ContentDocument(kind=OUTREACH, name=ZERO, version=1, body=Raw(json.encode(words)))
    with centre.database.write() as unit:
        published.put(unit, [told])
    begun(centre, routes=(Route.SMS,))
    gathered(centre)
    assert set(contacts(centre).values()) == {ContactState.WAITING.value}


def test_a_text_that_has_not_left_does_not_leave_and_leaves_once_its_customer_is_back(centre: Centre) -> None:
    # ID-07, CHANNEL-01
    texted(centre)
    brought(centre, [1, 2])
    gateway = Gateway()
    OutreachWorker(centre.database, gateway).round()
    assert {one.customer_id for one in gateway.sent} == {"C1", "C2"}
    assert contacts(centre)["C3"] == ContactState.WITHDRAWN.value
    assert (centre.members()["C3"].state, centre.members()["C3"].barrier) == OFF
    brought(centre, [1, 2, 3])
    centre.keep()
    OutreachWorker(centre.database, gateway).round()
    assert [one.customer_id for one in gateway.sent].count("C3") == 1
    assert centre.members()["C3"].state is MemberState.DISPATCHED


def test_a_text_that_leaves_as_the_list_comes_has_left(centre: Centre) -> None:
    # ID-07, EVAL-01: who was texted counts as texted
    texted(centre)
    gateway, whole = Gateway(), iter([True])

    def meanwhile() -> None:
        if next(whole, False):
            brought(centre, [4])

    gateway.as_it_leaves = meanwhile
    OutreachWorker(centre.database, gateway).round()
    (first, *_more) = gateway.sent
    members = centre.members()
    assert members[first.customer_id].state is MemberState.DISPATCHED
    off = {"C1", "C2", "C3", "C5"} - {first.customer_id}
    assert {(members[one].state, members[one].barrier) for one in off} == {OFF}
