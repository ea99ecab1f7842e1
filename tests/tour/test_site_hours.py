"""The tour's site calls round the clock by a real setting, which an administrator can make as well."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.compliance import site_window, windows
from core.content.calendars import load_calendar
from core.server.cli import main
from core.server.db import settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.wire.session import Site


def site_of(folder: Path) -> Site:
    database = Database(open_engine(sqlite_url(folder)))
    try:
        with database.read() as unit:
            return settings.site(unit)
    finally:
        database.close()


def run(folder: Path, *words: str) -> int:
    return main(["site", *words, "--data", str(folder)])


def test_hours_and_calendar_are_set_and_the_rest_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # TASK-16: hours are a site's own
    assert main(["init", "--data", str(tmp_path)]) == 0
    before = settings.DEFAULT_SITE
    assert run(tmp_path, "set", "--call-from", "00:00", "--call-until", "24:00", "--calendar", "training") == 0
    site = site_of(tmp_path)
    assert (site.call_from, site.call_until, site.calendar) == ("00:00", "24:00", "training")
    assert (site.name_zh, site.cap_24h, site.cap_30d) == (before.name_zh, before.cap_24h, before.cap_30d)
    assert run(tmp_path, "show") == 0
    assert "24:00" in capsys.readouterr().out
    calendar, sunday = load_calendar("training"), datetime(2026, 11, 22, tzinfo=UTC).date()
    for ahead in range(7):
        (whole,) = windows(sunday + timedelta(days=ahead), site=site_window(site), calendar=calendar)
        assert (whole.from_min, whole.until_min) == (0, 24 * 60)


@pytest.mark.parametrize("wrong", [("--call-from", "25:00"), ("--call-until", "9"), ("--calendar", "nowhere")])
def test_what_is_no_hour_or_calendar_is_refused_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]
) -> None:
    assert main(["init", "--data", str(tmp_path)]) == 0
    assert run(tmp_path, "set", *wrong) == 1
    assert capsys.readouterr().err
    assert site_of(tmp_path) == settings.DEFAULT_SITE
