"""Scorecards as files: every mistake is told with file, line and reason, in both languages."""

import shutil
from pathlib import Path

import pytest

from core.content.resources import folder
from core.content.scorecards import SAMPLING_FILE, load_sampling, load_scorecard
from core.content.shipped import shipped
from core.domain.errors import ContentError
from core.domain.quality.kinds import SAMPLING, SCORECARD
from core.guidance.check_folder import check_folder

NAME = "number-shown"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    copy = tmp_path / f"{NAME}.yaml"
    shutil.copy(folder() / "scorecards" / f"{NAME}.yaml", copy)
    return copy


def refused(file: Path, before: str, after: str) -> ContentError:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_scorecard(file)
    return caught.value


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("points: 40", "points: 30", 7, "all items together are worth 90 points, not 100"),
        ("points: 40", "points: 0", 19, "an item is worth 1 to 100 points"),
        ("pass_mark: 80", "pass_mark: 180", 6, "a pass mark lies between 1 and 100"),
        ("id: noted", "id: business", 16, "item `business` stands here twice"),
        ("about: processing", "about: manners", 15, "Invalid enum value 'manners'"),
        ("version: 1", "version: 0", 3, "versions begin at 1"),
        ('zh: "留下了说明", ', 'zh: "", ', 17, "the Chinese words are missing"),
        ("points: 40", "point: 40", 19, "unknown key `point`"),
        (f"id: {NAME}", "id: another", 2, "`another` does not stand in a file of its name"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_reason(
    file: Path, before: str, after: str, line: int, reason: str
) -> None:
    error = refused(file, before, after)
    assert error.file == str(file)
    assert error.line == line
    assert reason in error.reason


def test_a_score_takes_back_points_for_a_faked_save_or_a_stonewalled_disconnect_alone(tmp_path: Path) -> None:
    # BB-12
    text = (folder() / "scorecards" / "retention-call.yaml").read_text("utf-8")
    file = tmp_path / "retention-call.yaml"
    file.write_text(text.replace("establishes: stonewalled", "establishes: save"), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_scorecard(file)
    assert "faked（虚假）" in caught.value.message.zh


def test_the_usual_mistakes_are_told_in_chinese(file: Path) -> None:
    error = refused(file, "points: 40", "points: 30")
    assert "各项合计 90 分，应为 100 分" in error.message.zh


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("chance_percent: 4", "chance_percent: 400", "a share lies between 0 and 100 percent"),
        ("claim_hours: 24", "claim_hours: 0", "must be above 0"),
        ("verify_within_days: 10", "verify_within_days: 1", "asking must not end before it begins"),
    ],
)
def test_thresholds_that_cannot_be_meant_are_refused(tmp_path: Path, before: str, after: str, reason: str) -> None:
    copy = tmp_path / "sampling.yaml"
    copy.write_text((folder() / SAMPLING_FILE).read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_sampling(copy)
    assert caught.value.reason == reason
    assert caught.value.line > 1


def test_cards_and_thresholds_are_published_with_everything_else() -> None:
    kinds = [piece.kind for piece in shipped()]
    assert kinds.count(SCORECARD) >= 3
    assert kinds.count(SAMPLING) == 1


def mistakes_after(tmp_path: Path, name: str, before: str, after: str) -> set[tuple[str, str]]:
    """What a whole folder is refused for, once one of its files was changed."""
    root = tmp_path / "content"
    shutil.copytree(folder(), root, ignore=shutil.ignore_patterns("pictures"))
    file = root / name
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        check_folder(root)
    return {(Path(one.file).name, one.reason) for one in caught.value.every}


def test_a_card_is_for_scenarios_that_exist(tmp_path: Path) -> None:
    told = mistakes_after(tmp_path, "scorecards/vip-care.yaml", "[vip-care,", "[vip-cake,")
    assert told == {("vip-care.yaml", "there is no script `vip-cake`")}


# FOLLOW-02
def test_callback_staff_can_keep_an_answer_against_a_save(tmp_path: Path) -> None:
    told = mistakes_after(tmp_path, "dispositions/save-verification.yaml", "code: denied", "code: refuted")
    assert ("save-verification.yaml", "there is no result `denied`") in told
