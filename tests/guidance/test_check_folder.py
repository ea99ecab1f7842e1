"""An author's mistake is told with file, line and reason before anything is published."""

import shutil
from pathlib import Path

import pytest

from core.content import folder
from core.domain.errors import ContentError
from core.guidance.check_folder import check_folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("scripts", "dispositions", "templates"):
        shutil.copytree(folder() / name, tmp_path / name)
    return tmp_path


def test_the_shipped_folder_is_sound() -> None:
    # SCRIPT-01
    assert check_folder() >= 3


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("scripts/4g-upgrade.yaml", "{{ saving_fen | yuan }}。", "{{ savings | yuan }}。", "unknown fact `savings`"),
        ("scripts/4g-upgrade.yaml", "{{ saving_fen | yuan }}。", "{{ saving_fen | euro }}。", "no filter `euro`"),
        ("scripts/vip-care.yaml", "suggests: repaired", "suggests: mended", "has no result `mended`"),
        ("scripts/vip-care.yaml", "field: renewal_open", "field: renewal", "unknown field `renewal`"),
        ("dispositions/vip-care.yaml", "must: [deadline]", "must: [date]", "`date` is not on the checklist"),
        ("dispositions/4g-upgrade.yaml", "[order_trial_ends_on]", "[order_starts]", "`order_starts` is no day"),
        ("dispositions/4g-upgrade.yaml", "[order_trial_ends_on]", "[plan_fee_fen]", "`plan_fee_fen` is no day"),
        (
            "scripts/4g-upgrade.yaml",
            "offers: [signal-check]",
            "offers: [signal-chart]",
            "there is no offer `signal-chart`",
        ),
        (
            "scripts/4g-upgrade.yaml",
            "plans: [before_end]",
            "plans: [home_visit]",
            "no follow-up `home_visit` that words",
        ),
        ("dispositions/4g-upgrade.yaml", "template: second_confirmation", "template: help", "no SMS template `help`"),
        ("templates/sms.yaml", "{{ hotline }}", "{{ hot_line }}", "unknown fact `hot_line`"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(root: Path, file: str, old: str, new: str, reason: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        check_folder(root)
    assert reason in str(caught.value)
    assert caught.value.file == str(path)
    assert abs(caught.value.line - text[: text.index(old)].count("\n") - 1) <= 2


def test_dispositions_without_a_script_and_a_script_without_dispositions_are_told(root: Path) -> None:
    (root / "scripts" / "vip-care.yaml").unlink()
    with pytest.raises(ContentError, match="no script of this name"):
        check_folder(root)
    (root / "dispositions" / "4g-upgrade.yaml").unlink()
    with pytest.raises(ContentError, match="No such file"):
        check_folder(root)
