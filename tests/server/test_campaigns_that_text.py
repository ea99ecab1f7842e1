"""Campaigns that text or call by machine: what is expected of them, and what is told beside it."""

from collections import Counter
from pathlib import Path

import pytest
from campaign_kit import Centre
from effect_kit import CAMPAIGN, contacted, drawn
from effect_kit import terms as effect_terms
from server_kit import StillClock
from sqlalchemy import update

from core.domain.campaign import Arm, Forecast, Route
from core.domain.outreach import ContactState
from core.server.cli import main
from core.server.db.engine import Database
from core.server.db.schema import campaign_member
from core.server.effect.making import campaign_effect

K = "silent-november"
TEXTS = (Route.SMS,)


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return Centre(sqlite, tmp_path, clock)


def test_of_a_campaign_that_texts_nobody_is_expected_to_agree(
    centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # TASK-04, EVAL-08: a text asks nobody, so that a target of agreements says nothing of it
    forecast = Forecast(reached_percent=90.0, agreed_percent=30.0, effect_points=10.0)
    centre.listed(20, routes=TEXTS, target_agreed=5, forecast=forecast)
    looked = centre.engine.preview(K)
    assert (looked.called, looked.expected_reached, looked.expected_agreed) == (0, None, None)
    assert (looked.sent, looked.expected_delivered, looked.expected_kept) == (20, 18, 2)
    assert any("Nobody calls" in one.en for one in looked.cautions)
    assert main(["campaign", "preview", K, "--here", "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "20 customers by text, voice or visit, 18 delivered" in said
    assert "2 more stay on net" in said
    told = centre.start()
    assert told.runs_dry is None, "nobody is left to call"
    assert centre.engine.next_segments(K).runs_dry is None


def test_of_a_campaign_of_both_ways_calls_alone_bring_agreements(centre: Centre) -> None:
    # TASK-04, TASK-07, EVAL-08: who is of low value is texted
    forecast = Forecast(reached_percent=50.0, agreed_percent=50.0)
    ways = (Route.REPRESENTATIVE_CALL, Route.SMS)
    centre.listed(20, routes=ways, target_agreed=4, forecast=forecast, a_day=1)
    looked = centre.engine.preview(K)
    assert looked.called is not None
    assert looked.called + looked.sent == 20
    assert looked.expected_reached == round(looked.called / 2)
    centre.start()
    with centre.database.write() as unit:
        few = campaign_member.c.customer_id.in_(["C1", "C2", "C3", "C4"])
        unit.conn.execute(update(campaign_member).values(route=Route.SMS.value))
        unit.conn.execute(update(campaign_member).where(few).values(route=Route.REPRESENTATIVE_CALL.value))
    told = centre.told()
    assert told.members.ready == 20
    assert told.runs_dry is not None
    assert (told.runs_dry.left, told.runs_dry.expected, told.runs_dry.likely) == (4, 1, True)


def test_what_a_text_came_to_is_reached_and_what_is_on_its_way_is_not_told_yet(
    sqlite: Database, clock: StillClock
) -> None:
    # EVAL-08, CHANNEL-01
    value = effect_terms(forecast=Forecast(reached_percent=80.0, agreed_percent=30.0), routes=TEXTS)
    arms = drawn(sqlite, value, members=50)
    with sqlite.write() as unit:
        unit.conn.execute(update(campaign_member).values(route=Route.SMS.value))
    treated = sorted(one for one, arm in arms.items() if arm is Arm.TREATED)
    assert Counter(arms.values())[Arm.TREATED] == 40
    contacted(sqlite, treated[:24], ContactState.SENT, ContactState.DELIVERED)
    contacted(sqlite, treated[24:30], ContactState.SENT, ContactState.FAILED)
    contacted(sqlite, treated[30:], ContactState.SENT)
    with sqlite.read() as unit:
        found = {one.what: one for one in campaign_effect(unit, CAMPAIGN, days=30).forecast}
    assert found["reached"].achieved == pytest.approx(80.0)
    assert found["reached"].within is True
    assert found["agreed"].achieved is None, "nobody was asked"
