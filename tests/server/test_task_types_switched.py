"""Planners switch types of task on and off by site, area and grid, and make lists of an earlier campaign's members."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from campaign_kit import Centre
from inside_kit import Inside, inside
from server_kit import StillClock, add_agent, agent, saved, send

from core.domain.campaign import Audience, Barrier, MemberState
from core.domain.enabling import Enabled, Switch
from core.domain.outcome import Contact
from core.domain.people import Role
from core.domain.task import TaskType
from core.screening.model.published import PUBLISHED, Publication, folder_of_models
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.db import audit, enabling
from core.server.db.engine import Database
from core.wire.campaigns import CampaignModels, ListReport
from core.wire.task_types import TaskTypes

K, VISIT = "silent-november", TaskType.ZERO_USAGE_VISIT


@pytest.fixture
def centre(database: Database, tmp_path: Path, clock: StillClock) -> Centre:
    """On SQLite and on PostgreSQL."""
    (tmp_path / "data").mkdir()
    made = Centre(database, tmp_path / "data", clock)
    add_agent(database, agent("9001", role=Role.PLANNER))
    return made


@pytest.fixture
def planner(centre: Centre) -> Iterator[Inside]:
    with inside(centre.database, centre.data, "9001") as asking:
        yield asking


def turned(planner: Inside, on: bool | None, **where: str) -> TaskTypes:
    answer = planner.ask("PUT", "/v1/task-types", json={"type": VISIT.value, "on": on, **where})
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=TaskTypes)


def test_a_grid_counts_before_its_area_and_that_before_the_site() -> None:
    # TASK-17
    said = Enabled([
        Switch(type=VISIT, on=False), Switch(type=VISIT, on=True, area="西河区"),
        Switch(type=VISIT, on=False, grid="西河-1"),
    ])  # fmt: skip
    assert not said.allows(VISIT)
    assert said.allows(VISIT, area="西河区", grid="西河-2")
    assert not said.allows(VISIT, area="西河区", grid="西河-1")
    assert said.allows(TaskType.MARKET_SURVEY, area="西河区")
    assert said.said(VISIT, area="西河区", grid="西河-1") is False
    assert said.said(VISIT, area="东岭区") is None


def test_what_is_said_of_places_in_which_nobody_lives_any_more_is_told(centre: Centre, planner: Inside) -> None:
    # TASK-17: else nobody could take it back
    centre.know(1, start=5, area="西河区")
    turned(planner, on=False, area="西河区")
    centre.know(2)
    with centre.database.write() as unit:
        enabling.switch(unit, Switch(type=VISIT, on=False, grid="西河-1"), by="9001")
        enabling.switch(unit, Switch(type=VISIT, on=True, area="北湖区"), by="9001")
    found = msgspec.json.decode(planner.ask("GET", "/v1/task-types").content, type=TaskTypes)
    places = {(one.area, one.grid): one.customers for one in found.places}
    assert places == {("东岭区", ""): 2, ("北湖区", ""): 0, ("西河区", ""): 1, ("", "西河-1"): 0}
    turned(planner, on=None, area="北湖区")
    found = turned(planner, on=None, grid="西河-1")
    assert [(one.area, one.grid) for one in found.places] == [("东岭区", ""), ("西河区", "")]


def test_what_is_switched_off_holds_and_goes_out_once_it_is_on_again(centre: Centre, planner: Inside) -> None:
    # TASK-17, TASK-03
    centre.know(1, start=5, area="西河区")
    centre.listed(4)
    found = turned(planner, on=False)
    assert {one.area for one in found.places} == {"东岭区", "西河区"}
    assert sum(one.customers for one in found.places if not one.grid) == 5
    centre.start()
    assert {one.barrier for one in centre.members().values()} == {Barrier.NOT_ENABLED}
    assert turned(planner, on=True, area="东岭区").switches == (
        Switch(type=VISIT, on=False), Switch(type=VISIT, on=True, area="东岭区"),
    )  # fmt: skip
    centre.keep()
    assert {one.state for one in centre.members().values()} == {MemberState.DISPATCHED}
    assert turned(planner, on=None, area="东岭区").switches == (Switch(type=VISIT, on=False),)
    with centre.database.read() as unit:
        assert audit.verify(unit) == []


@pytest.mark.parametrize("where", [{"area": "nowhere"}, {"grid": "nowhere"}, {"area": "东岭区", "grid": "x"}])
def test_a_slip_of_a_place_is_refused_with_those_that_there_are(planner: Inside, where: dict[str, str]) -> None:
    # TASK-17
    answer = planner.ask("PUT", "/v1/task-types", json={"type": VISIT.value, "on": False, **where})
    assert answer.json()["code"] == "campaign_refused"
    assert msgspec.json.decode(planner.ask("GET", "/v1/task-types").content, type=TaskTypes).switches == ()


def listed(planner: Inside, whom: str, **changes: Any) -> Any:
    body = {"campaign_id": K, "whom": whom, "name": "回访", **changes}
    return planner.ask("POST", f"/v1/campaign-lists/of-{whom}/from", json=body)


def test_those_who_were_given_something_are_called_back_by_another_campaign(centre: Centre, planner: Inside) -> None:
    # TASK-14: by what came of the calls
    centre.listed(4)
    centre.start()
    dispatch_campaigns(centre.database, actor="server")
    of = {one.customer_id: one for one in centre.tasks()}
    send(
        centre.database, centre.agent, saved(of["C1"], "2043", result="done", success=True),
        saved(of["C2"], "2043", result="refused"),
        saved(of["C3"], "2043", result="no_answer", contact=Contact.UNANSWERED),
    )  # fmt: skip
    counts = {}
    for whom in ("agreed", "reached", "unreached", "all"):
        answer = listed(planner, whom)
        assert answer.status_code == 200, answer.text
        counts[whom] = msgspec.json.decode(answer.content, type=ListReport).customers
    assert counts == {"agreed": 1, "reached": 2, "unreached": 2, "all": 4}
    centre.draft(id="survey", audience=Audience(list_id="of-all"), control_percent=0.0)
    assert centre.engine.preview("survey").members.chosen == 4
    assert listed(planner, "all").json()["detail_en"] == "A list of that id is there."
    assert listed(planner, "control").json()["code"] == "campaign_refused", "nobody was held out"
    assert listed(planner, "reached", campaign_id="none").status_code == 404


def test_models_are_chosen_from_those_that_are_kept(centre: Centre, planner: Inside) -> None:
    # ID-04
    assert planner.ask("GET", "/v1/campaign-models").json() == {"models": []}
    folder = folder_of_models(centre.data, centre.database.tenant)
    for day, model_id in ((1, "20261101-030000"), (2, "20261102-030000")):
        (folder / model_id).mkdir(parents=True)
        at = datetime(2026, 11, day, 3, tzinfo=UTC)
        (folder / model_id / "model.json").write_bytes(
            msgspec.json.encode({"id": model_id, "made_at": at, "by": "9001", "columns": []})
        )
    counts = Publication(number=1, model="20261101-030000", at=datetime(2026, 11, 3, tzinfo=UTC), by="9001")
    (folder / PUBLISHED).write_bytes(msgspec.json.encode([counts]))
    found = msgspec.json.decode(planner.ask("GET", "/v1/campaign-models").content, type=CampaignModels)
    assert [(one.id, one.published) for one in found.models] == [
        ("20261102-030000", False), ("20261101-030000", True),
    ]  # fmt: skip
