"""A list is checked, filtered, supplemented and brought in again while campaigns choose from it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from campaign_kit import ZERO, Centre, terms
from server_kit import StillClock, add_agent, agent
from sqlalchemy import select

from core.domain.campaign import Arm, Audience, Barrier, CampaignState, MemberState
from core.server.campaigns import drafting, life, lists, starting
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.campaigns.relooking import look_again
from core.server.db.engine import Database
from core.server.db.schema import campaign_reason
from core.server.leases import reap
from core.wire.campaigns import ListRow, PutCampaignList

K = "silent-november"


@pytest.fixture
def centre(database: Database, tmp_path: Path, clock: StillClock) -> Centre:
    """On SQLite and on PostgreSQL. Of its agents none has room, so that whoever is chosen waits."""
    made = Centre(database, tmp_path / "data", clock)
    add_agent(database, agent("2043", skills=("zero-usage",), daily_target=0))
    made.know(6)
    return made


def brought(centre: Centre, numbers: Sequence[int], *, list_id: str = "all", append: bool = False) -> None:
    rows = tuple(ListRow(customer_id=f"C{at}") for at in numbers)
    asked = PutCampaignList(name="全部", rows=rows, append=append)
    with centre.database.write() as unit:
        lists.put_list(unit, list_id, asked, by="9001")


def states(centre: Centre) -> dict[str, tuple[MemberState, Barrier | None]]:
    return {key: (one.state, one.barrier) for key, one in centre.members().items()}


READY, OFF = (MemberState.READY, None), (MemberState.BLOCKED, Barrier.GONE)


def test_whom_a_list_that_comes_again_adds_is_chosen_while_its_campaign_runs(centre: Centre) -> None:
    # ID-06, ID-07
    brought(centre, [1, 2])
    centre.draft(audience=Audience(list_id="all"), control_percent=0.0)
    centre.start()
    brought(centre, [1, 2, 3])
    centre.keep()
    assert states(centre) == {"C1": READY, "C2": READY, "C3": READY}
    brought(centre, [4], append=True)
    centre.keep()
    assert centre.members().keys() == {"C1", "C2", "C3", "C4"}


def test_whom_a_list_that_comes_again_leaves_out_is_not_called_any_more(centre: Centre) -> None:
    # ID-07: people looked the list over, and took two off it
    brought(centre, [1, 2, 3, 4])
    centre.draft(audience=Audience(list_id="all"), control_percent=0.0, quota=3)
    centre.start()
    brought(centre, [1, 2])
    assert states(centre) == {"C1": READY, "C2": READY, "C3": OFF, "C4": OFF}, "at once"
    centre.keep()
    assert states(centre) == {"C1": READY, "C2": READY, "C3": OFF, "C4": OFF}
    brought(centre, [1, 2, 3, 4])
    centre.keep()
    assert centre.members()["C3"].state is MemberState.READY, "back on the list"
    assert centre.members()["C4"].barrier is Barrier.QUOTA


def test_a_list_that_comes_again_moves_nobody_from_arm_to_arm(centre: Centre) -> None:
    # EVAL-01: else those who were held out and stay would be others than those who were called and stay
    brought(centre, [1, 2, 3, 4])
    centre.draft(audience=Audience(list_id="all"), control_percent=50.0, strata=())
    centre.start()
    before = {key: one.arm for key, one in centre.members().items()}
    brought(centre, [5, 6])
    centre.keep()
    after = centre.members()
    assert {key: after[key].arm for key in before} == before
    assert sorted(after[one].arm for one in ("C5", "C6")) == sorted([Arm.CONTROL, Arm.TREATED])
    held_out = [one for one in before if before[one] is Arm.CONTROL]
    assert all(after[one].barrier is Barrier.CONTROL for one in held_out)


def test_a_list_that_comes_while_members_are_chosen_is_chosen_from_as_well(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    # ID-06: the choosing has read the list as it was
    brought(centre, [1, 2])
    centre.draft(audience=Audience(list_id="all"), control_percent=0.0)
    take_in = starting.take_in

    def first(*args: object, **named: object) -> object:
        monkeypatch.setattr(starting, "take_in", take_in)
        brought(centre, [1, 2, 3])
        return take_in(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(starting, "take_in", first)
    centre.start()
    assert centre.members().keys() == {"C1", "C2"}
    centre.keep()
    assert centre.members().keys() == {"C1", "C2", "C3"}


def test_whom_a_list_leaves_out_while_members_are_chosen_is_not_called_either(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    # ID-07: the choosing keeps them only after the list has come
    brought(centre, [1, 2])
    centre.draft(audience=Audience(list_id="all"), control_percent=0.0)
    take_in = starting.take_in

    def first(*args: object, **named: object) -> object:
        monkeypatch.setattr(starting, "take_in", take_in)
        brought(centre, [2, 3])
        return take_in(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(starting, "take_in", first)
    centre.start()
    centre.keep()
    assert states(centre) == {"C1": OFF, "C2": READY, "C3": READY}


def test_a_paused_campaign_chooses_from_the_new_list_once_it_goes_on(centre: Centre) -> None:
    # ID-07, TASK-18
    brought(centre, [1, 2])
    centre.draft(audience=Audience(list_id="all"), control_percent=0.0)
    centre.start()
    life.set_state(centre.database, K, CampaignState.PAUSED, by="9001")
    brought(centre, [1, 3])
    centre.keep()
    assert states(centre) == {"C1": READY, "C2": OFF}
    life.set_state(centre.database, K, CampaignState.RUNNING, by="9001")
    centre.keep()
    assert states(centre) == {"C1": READY, "C2": OFF, "C3": READY}


def test_who_came_on_top_of_another_list_stays_while_that_one_shrinks(centre: Centre) -> None:
    # ID-07: C3 stands on the list that supplements
    brought(centre, [1, 2, 3])
    brought(centre, [3, 4], list_id="more")
    centre.draft(audience=Audience(list_id="all", more_list_id="more"), control_percent=0.0)
    centre.start()
    brought(centre, [1])
    assert states(centre) == {"C1": READY, "C2": OFF, "C3": READY, "C4": READY}


def test_a_list_of_no_campaign_changes_none(centre: Centre) -> None:
    # ID-06
    brought(centre, [1, 2])
    centre.draft(audience=Audience(list_id="all"), control_percent=0.0)
    centre.start()
    brought(centre, [5], list_id="other")
    centre.keep()
    assert states(centre) == {"C1": READY, "C2": READY}
    with centre.database.read() as unit:
        assert drafting.found(unit, terms().id).standing.lists_brought == 0


def test_whoever_a_list_leaves_out_leaves_a_place_in_the_quota(centre: Centre) -> None:
    # ID-07, TASK-06: two of those drawn will not be reached any more
    brought(centre, [1, 2, 3])
    centre.draft(audience=Audience(list_id="all"), control_percent=0.0, quota=3)
    centre.start()
    brought(centre, [1, 4, 5, 6])
    centre.keep()
    assert states(centre) == {
        "C1": READY, "C2": OFF, "C3": OFF, "C4": READY, "C5": READY, "C6": (MemberState.HELD, Barrier.QUOTA)
    }  # fmt: skip


def test_who_comes_back_on_a_list_waits_while_others_fill_the_quota(centre: Centre) -> None:
    # ID-07: three are to be reached, and chance has drawn five meanwhile
    brought(centre, [1, 2, 3])
    centre.draft(audience=Audience(list_id="all"), control_percent=0.0, quota=3)
    centre.start()
    brought(centre, [1, 4, 5])
    centre.keep()
    brought(centre, [1, 2, 3, 4])
    full = (MemberState.HELD, Barrier.QUOTA)
    assert states(centre) == {"C1": READY, "C2": READY, "C3": full, "C4": READY, "C5": OFF}
    with centre.database.write() as unit:
        drafting.change(unit, terms(audience=Audience(list_id="all"), control_percent=0.0, quota=4), by="9001")
    look_again(centre.database)
    assert states(centre)["C3"] == READY
    brought(centre, [1, 3, 4, 5])
    assert states(centre) == {"C1": READY, "C2": OFF, "C3": READY, "C4": READY, "C5": READY}
    brought(centre, [1, 2, 3, 4, 5])
    brought(centre, [2, 3, 4, 5])
    assert states(centre) == {"C1": OFF, "C2": READY, "C3": READY, "C4": READY, "C5": READY}
    assert {one.arm for one in centre.members().values()} == {Arm.TREATED}


def test_what_a_pause_took_back_does_not_come_again_for_whom_the_list_left_out(centre: Centre) -> None:
    # ID-07, TASK-18: their tasks waited for a desk as the campaign was paused
    brought(centre, [1, 2])
    centre.draft(audience=Audience(list_id="all"), control_percent=0.0)
    centre.start()
    add_agent(centre.database, agent("2043", skills=(ZERO,), daily_target=5))
    dispatch_campaigns(centre.database, actor="server")
    add_agent(centre.database, agent("2043", skills=(), daily_target=0))
    centre.clock.forward(days=4)
    reap(centre.database)
    assert life.set_state(centre.database, K, CampaignState.PAUSED, by="9001") == 2
    brought(centre, [1])
    life.set_state(centre.database, K, CampaignState.RUNNING, by="9001")
    assert states(centre) == {"C1": READY, "C2": OFF}


def test_why_somebody_was_chosen_is_forgotten_with_whom_the_list_left_out(centre: Centre) -> None:
    # ID-07: of those beyond the quota nobody was drawn, and who comes back is chosen anew
    brought(centre, [1, 2, 3])
    centre.draft(audience=Audience(list_id="all"), control_percent=0.0, quota=1)
    centre.start()
    brought(centre, [1, 3])
    with centre.database.read() as unit:
        told = set(unit.conn.execute(select(campaign_reason.c.customer_id)).scalars())
    assert told == {"C1", "C3"}
