"""Periods are read whole, or refused with file, line and reason: none is shorter than a law wants it."""

from pathlib import Path

import msgspec
import pytest

from core.content.data_periods import PERIODS_FILE, load_data_periods
from core.content.resources import folder
from core.domain.data_periods import LEAST_DAYS, LONGEST_DAYS, Kept
from core.domain.errors import ContentError

SHIPPED = folder() / PERIODS_FILE


def test_what_ships_keeps_each_kind_for_as_long_as_the_law_wants_and_says_why() -> None:
    found = load_data_periods(SHIPPED)
    assert {one.kind for one in found.periods} == set(Kept)
    assert all(found.days(kind) >= least for kind, least in LEAST_DAYS.items())


def test_a_period_shorter_than_the_law_wants_is_refused_at_its_line(tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8").replace("days: 1095", "days: 90", 1)
    (tmp_path / "periods.yaml").write_text(text, "utf-8")
    line = text[: text.index("days: 90")].count("\n") + 1
    with pytest.raises(ContentError, match=rf":{line}: orders are kept for 1095 to") as refused:
        load_data_periods(tmp_path / "periods.yaml")
    assert "orders 的保存天数是 1095 到" in refused.value.message.zh


def test_a_kind_that_is_left_out_is_named(tmp_path: Path) -> None:
    (tmp_path / "periods.yaml").write_text("version: 1\nperiods: []\n", "utf-8")
    with pytest.raises(ContentError, match="missing are customers, notes"):
        load_data_periods(tmp_path / "periods.yaml")


def test_of_a_kind_that_a_site_s_older_file_does_not_name_nothing_goes() -> None:
    found = load_data_periods(SHIPPED)
    older = msgspec.structs.replace(found, periods=found.periods[:2])
    assert older.days(Kept.SNAPSHOTS) == LONGEST_DAYS
