"""Repair templates and their pace: what ships is whole, and a mistake is told with its line."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.content.repairs import FOLDER, PACE, load_pace, load_repair, load_repairs
from core.content.resources import folder
from core.domain.case import Damage
from core.domain.errors import ContentError
from core.domain.task import Tier
from core.guidance.check_repairs import check_repairs


def test_the_roaming_repair_tests_the_swap_first_and_ends_with_a_tip() -> None:
    # VIP-10
    roaming = next(one for one in load_repairs(folder()) if one.id == "roaming-no-service")
    assert [step.code for step in roaming.steps] == [
        "swap_test", "settings", "data", "sim", "loan_phone", "root_cause", "tip",
    ]  # fmt: skip
    # FOLLOW-06: after the trip, with a handset.
    assert roaming.afterwards is not None
    assert roaming.afterwards.scenario == "roaming-card"


def test_a_first_word_is_owed_by_tier() -> None:
    # VIP-08
    pace, at = load_pace(folder() / PACE), datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
    hours = {tier: (pace.first_contact_due(tier, Damage.KEY_SERVICE, at) - at) / timedelta(hours=1) for tier in Tier}
    assert hours == {Tier.DIAMOND: 2, Tier.GOLD: 4, Tier.SILVER: 8, Tier.NONE: 24}


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("code: settings", "code: swap_test", "stands here twice"),
        ("in_days: 10", "in_days: 0", "1 to 365 days"),
        ('en: "Settings"', 'en: ""', "English words are missing"),
        ("damage: key_service", "damage: everything", "Invalid enum value"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(tmp_path: Path, before: str, after: str, reason: str) -> None:
    path = tmp_path / "roaming-no-service.yaml"
    text = (folder() / FOLDER / path.name).read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_repair(path)
    assert caught.value.line == text[: text.index(before)].count("\n") + 1
    assert reason in caught.value.reason


def test_a_pace_without_a_tier_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "repairs.yaml"
    path.write_text((folder() / PACE).read_text("utf-8").replace("tier: silver", "tier: gold"), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_pace(path)
    assert {"silver" in one.reason or "twice" in one.reason for one in caught.value.every} == {True}


def test_a_call_that_no_script_is_for_is_told(tmp_path: Path) -> None:
    shutil.copytree(folder() / FOLDER, tmp_path / FOLDER)
    path = tmp_path / FOLDER / "broadband-evenings.yaml"
    path.write_text(path.read_text("utf-8").replace("satisfaction-survey", "no-such-call"), "utf-8")
    with pytest.raises(ContentError) as caught:
        check_repairs(tmp_path, [])
    assert any("no-such-call" in one.reason and one.file == str(path) for one in caught.value.every)
