"""Knowledge belongs to steps and scenarios that exist, and its links lead somewhere."""

import shutil
from pathlib import Path

import pytest

from core.content import folder
from core.domain.errors import ContentError
from core.guidance.check_folder import check_folder


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
        ("(kb:sim-swap)", "(kb:sim-swap)，联通的不用换", "“联通” speaks of a competitor"),  # BB-09
    ],
)
def test_what_leads_nowhere_is_told_with_its_line(root: Path, old: str, new: str, reason: str) -> None:
    path = root / "knowledge" / "swap-test.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        check_folder(root)
    assert (caught.value.file, reason in str(caught.value)) == (str(path), True)
    assert caught.value.line == text[: text.index(old)].count("\n") + 1


def test_a_folder_without_knowledge_is_sound(root: Path) -> None:
    shutil.rmtree(root / "knowledge")
    assert check_folder(root) >= 3
