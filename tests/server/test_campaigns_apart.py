"""Whom one campaign drew or holds out, others leave alone: a call would blur its effect."""

from datetime import timedelta
from pathlib import Path

import pytest
from campaign_kit import TODAY, Centre
from server_kit import StillClock

from core.domain.campaign import Arm, Audience, Barrier, CampaignState
from core.server.campaigns.sifting import drawn_lately
from core.server.db.engine import Database


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path / "data", clock)


def test_who_belongs_to_one_campaign_is_left_alone_by_the_others(centre: Centre) -> None:
    # EVAL-08: a call by another campaign would blur what the first one changed
    centre.listed(10, control_percent=20.0)
    centre.start()
    centre.draft(id="second", audience=Audience(list_id="all"))
    found = {one.barrier: one.members for one in centre.engine.preview("second").members.barriers}
    assert found == {Barrier.OTHER_CAMPAIGN: 10}, "those held out too"
    with centre.database.read() as unit:
        assert len(drawn_lately(unit, 30)) == 10, "nor do rules that are run by hand"


def test_whom_an_ended_campaign_held_out_is_left_alone_until_its_effect_can_be_told(centre: Centre) -> None:
    # EVAL-01, WINBACK-02: a campaign that follows may call those who were called
    centre.listed(10, control_percent=20.0, ends_on=TODAY)
    centre.start()
    control = {key for key, one in centre.members().items() if one.arm is Arm.CONTROL}
    centre.clock.forward(days=1)
    centre.keep()
    assert centre.told().state is CampaignState.ENDED
    with centre.database.read() as unit:
        assert drawn_lately(unit, 30) == control
    centre.clock.forward(days=30)
    with centre.database.read() as unit:
        assert drawn_lately(unit, 30) == frozenset()


def test_whom_a_long_campaign_holds_out_is_left_alone_to_its_end(centre: Centre) -> None:
    # EVAL-01: drawn forty days ago
    centre.listed(5, control_percent=20.0, ends_on=TODAY + timedelta(days=60))
    centre.start()
    (control,) = [key for key, one in centre.members().items() if one.arm is Arm.CONTROL]
    centre.clock.forward(days=40)
    with centre.database.read() as unit:
        assert drawn_lately(unit, 30) == {control}
        assert drawn_lately(unit, 30, but="silent-november") == frozenset()
