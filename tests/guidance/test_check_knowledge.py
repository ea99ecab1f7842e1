"""Knowledge belongs to steps and scenarios that exist, its links lead somewhere; all that is said may be said."""

import shutil
from pathlib import Path

import pytest

from core.content import dispositions, folder, scripts, sms_templates
from core.domain.errors import ContentError
from core.guidance.check import disposition_flaws
from core.guidance.check_folder import check_folder
from core.guidance.check_knowledge import check_knowledge


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder(), tmp_path / "content"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("steps: [vip-care/", "steps: [vip-care/nowhere, vip-care/", "there is no step `vip-care/nowhere`"),
        ("steps: [vip-care/", "steps: ['*/nowhere', vip-care/", "there is no step `*/nowhere`"),
        ("scenarios: [", "scenarios: [no-such, ", "there is no scenario `no-such`"),
        ("(kb:sim-swap)", "(kb:sim-swop)", "there is no article `sim-swop`"),
    ],
)
def test_what_leads_nowhere_is_told_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    knowledge = Path(shutil.copytree(folder() / "knowledge", tmp_path / "knowledge"))
    path = knowledge / "swap-test.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        check_knowledge(knowledge, scripts().values())
    assert (caught.value.file, reason in str(caught.value)) == (str(path), True)
    assert caught.value.line == text[: text.index(old)].count("\n") + 1


SPOILT = [
    ("knowledge/swap-test.md", "(kb:sim-swap)", "(kb:sim-swap)，联通的不用换", "“联通” speaks of a competitor"),
    ("templates/sms.yaml", "感谢接听", "感谢接听，比联通便宜", "“联通” speaks of a competitor"),
    ("scripts/vip-care.yaml", "不评价别家，不急着挽留", "说说别家的不好", "“别家” speaks of a competitor"),
    ("scripts/parts/zones.yaml", 'guide: { zh: "', 'guide: { zh: "友商更贵。', "“友商” speaks of a competitor"),
    ("scripts/new-high-end.yaml", "账单我先替您核一遍", "账单您看一眼", "“看一眼” tells a blind customer to look"),
]


def test_every_text_is_held_to_the_watched_words(root: Path) -> None:
    # BB-09, SCRIPT-22
    for file, old, new, _ in SPOILT:
        text = (root / file).read_text("utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        check_folder(root)
    for file, _, new, reason in SPOILT:
        text = (root / file).read_text("utf-8")
        line = text[: text.index(new)].count("\n") + 1
        found = [one for one in caught.value.every if one.file == str(root / file) and reason in one.reason]
        assert found, (file, reason)
        assert all(0 <= line - one.line <= 1 for one in found)


def test_a_follow_up_goes_to_a_department_that_there_is() -> None:
    # INTEG-04
    found = dispositions()["4g-upgrade"]
    flaws = disposition_flaws(found, scripts()["4g-upgrade"], sms_templates(), departments={"maintenance", "team_lead"})
    assert [flaw.reason for flaw in flaws] == ["there is no department `branch`"]


def test_a_folder_without_knowledge_is_sound(root: Path) -> None:
    shutil.rmtree(root / "knowledge")
    assert check_folder(root) >= 3
