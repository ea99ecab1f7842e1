"""Campaigns that are stopped, paused or over, and what becomes of their tasks."""

from pathlib import Path

import pytest
from campaign_kit import TODAY, Centre
from msgspec import structs
from server_kit import StillClock, dialled, send

from core.domain.campaign import CampaignState
from core.domain.errors import InputError
from core.domain.task import TaskState
from core.server.campaigns import life
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.db import campaigns
from core.server.db.engine import Database
from core.server.leases import reap


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path / "data", clock)


@pytest.fixture
def anywhere(database: Database, tmp_path: Path, clock: StillClock) -> Centre:
    """On SQLite and on PostgreSQL."""
    return Centre(database, tmp_path / "data", clock)


def test_a_stopped_campaign_takes_back_what_nobody_opened(anywhere: Centre) -> None:
    # TASK-18
    anywhere.listed(8)
    anywhere.start()
    dispatch_campaigns(anywhere.database, actor="server")
    first = anywhere.tasks()[0]
    index = int(first.customer_id[1:])
    call = dialled("2043", index)
    call = structs.replace(call, dial=structs.replace(call.dial, task_id=first.id))
    send(anywhere.database, anywhere.agent, call)
    assert life.set_state(anywhere.database, "silent-november", CampaignState.STOPPED, by="9001", why="停") == 4
    left = anywhere.tasks()
    assert [one.id for one in left if one.state is not TaskState.CANCELLED] == [first.id], "an opened one finishes"
    told_ = anywhere.told()
    assert (told_.state, told_.members.recalled, told_.done.cancelled) == (CampaignState.STOPPED, 4, 4)
    with anywhere.database.read() as unit:
        assert campaigns.reasons(unit, "silent-november", list(anywhere.members())) == {}, "needed for nothing any more"
    with pytest.raises(InputError, match="cannot become"):
        life.set_state(anywhere.database, "silent-november", CampaignState.RUNNING, by="9001")
    assert dispatch_campaigns(anywhere.database, actor="server") == 0


def test_a_paused_campaign_leaves_desks_alone_and_goes_on_later(centre: Centre) -> None:
    centre.listed(8)
    centre.start()
    dispatch_campaigns(centre.database, actor="server")
    assert life.set_state(centre.database, "silent-november", CampaignState.PAUSED, by="9001") == 0
    assert len([one for one in centre.tasks() if one.assigned_to == "2043"]) == 5
    centre.keep()
    assert len(centre.tasks()) == 5
    life.set_state(centre.database, "silent-november", CampaignState.RUNNING, by="9001")
    life.set_state(centre.database, "silent-november", CampaignState.STOPPED, by="9001")
    assert {one.state for one in centre.tasks()} == {TaskState.CANCELLED}


def test_a_campaign_ends_on_its_day_and_its_tasks_with_it(centre: Centre) -> None:
    # TASK-18
    centre.listed(3, ends_on=TODAY)
    centre.start()
    centre.keep()
    assert {one.state for one in centre.tasks()} == {TaskState.ASSIGNED}
    centre.clock.forward(days=1)
    reap(centre.database)
    centre.keep()
    assert {one.state for one in centre.tasks()} == {TaskState.EXPIRED}
    assert centre.told().state is CampaignState.ENDED
