"""The monthly shelf: each day in one window, plans that there are; a mistake is told with file, line and reason."""

from datetime import date
from pathlib import Path

import pytest

from core.content.resources import folder
from core.content.shelf import load_shelf, load_shelves, shelves
from core.domain.errors import ContentError
from core.offers.check import shelf_flaws


def test_every_day_of_the_month_has_its_enquiry_and_its_plans() -> None:
    # 4G-03
    assert {shelf.id for shelf in shelves()} == {"postpaid", "prepaid"}
    for shelf in shelves():
        for day in range(1, 32):
            window = shelf.window(date(2026, 10, day))
            assert window.plans
            assert window.enquiry.zh
            assert window.enquiry.en
    early = next(shelf for shelf in shelves() if shelf.id == "postpaid").window(date(2026, 11, 2))
    assert early.behaviour.en == "Bills go out"
    assert early.plans[:2] == ("fx-58", "sw-88")


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("from_day: 7", "from_day: 8", 12, "begins after a gap: day 7 comes next"),
        ("from_day: 7", "from_day: 6", 12, "is in two windows: day 7 comes next"),
        ("until_day: 31", "until_day: 30", 6, "the days from 31 to 31 are in no window"),
        ("until_day: 31", "until_day: 32", 23, "by 31"),
        ("plans: [fx-58, sw-88, fx-88]", "plans: []", 11, "names a plan at least"),
        ("fx-88]", "fx-89]", 11, "there is no plan `fx-89`"),
        ("field: prepaid", "field: prepayed", 5, "unknown field `prepayed`"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    # 4G-03
    text = (folder() / "shelf" / "postpaid.yaml").read_text("utf-8")
    path = tmp_path / "postpaid.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    codes = {code for shelf in shelves() for window in shelf.windows for code in window.plans}
    with pytest.raises(ContentError, match=reason) as refused:
        load_shelf(path, also=lambda shelf: shelf_flaws(shelf, codes))
    assert refused.value.line == line


def test_a_folder_of_an_earlier_program_has_no_shelf(tmp_path: Path) -> None:
    assert load_shelves(tmp_path) == ()
