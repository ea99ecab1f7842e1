"""The calendar of a place is content (TASK-16): published, it holds on server and desks from one moment on."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from server_kit import NOON, StillClock, add_agent, agent, document, read_page, task
from structlog.testing import capture_logs

from core.content import folder
from core.content.calendars import read_calendar
from core.domain import decoding
from core.domain.calendar import CALENDAR, Calendar
from core.domain.errors import ContentError, InputError
from core.server.calendars import CalendarKept
from core.server.calling_rules import CallingRules, let_rest
from core.server.claiming import claim_next
from core.server.commands import site
from core.server.content_hints import hints
from core.server.db import settings
from core.server.db.engine import Database
from core.server.loading import load
from core.server.publishing import checked_pieces, publish_folder, publish_shipped, roll_back
from core.server.sync.pull import pull
from core.wire.pull import ContentDocument

CN = "calendars/cn.yaml"
TODAY = f'days:\n  "{NOON.date()}": {{kind: rest, zh: 停呼日, en: No calls, hours: []}}\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site's own copy of the shipped content."""
    return Path(shutil.copytree(folder(), tmp_path / "content"))


def edit(root: Path, old: str, new: str) -> None:
    words = (root / CN).read_text("utf-8")
    assert old in words
    (root / CN).write_text(words.replace(old, new, 1), "utf-8")


def closed_today(root: Path) -> None:
    edit(root, "version: 1", "version: 2")
    edit(root, "days:\n", TODAY)


def on_desk(database: Database, name: str = "cn") -> Calendar | None:
    page = read_page(pull(database, staff_number="1", rights=frozenset(), cursor="", limit=2000).body)
    found = [one for one in page.changes if one.key == f"{CALENDAR}/{name}" and not one.deleted]
    return decoding.decode(decoding.decode(found[0].body, ContentDocument).body, Calendar) if found else None


def open_now(database: Database) -> bool:
    with database.read() as unit:
        return CallingRules(unit).hours.hold(unit.now)


def test_an_edited_calendar_reaches_server_and_desks_together(database: Database, root: Path) -> None:
    publish_shipped(database)
    assert open_now(database)
    closed_today(root)
    assert publish_folder(database, root, by="cli:lin") is not None
    assert not open_now(database)
    assert on_desk(database) == read_calendar(root / CN)
    assert roll_back(database, 1, by="cli:lin") is not None
    assert open_now(database)


def test_who_rests_by_the_former_calendar_is_asked_of_anew(sqlite: Database, root: Path) -> None:
    publish_shipped(sqlite)
    add_agent(sqlite, agent("1"))
    load(sqlite, [(document(1), task(1))])
    with sqlite.write() as unit:
        let_rest(unit, {"T1": NOON + timedelta(hours=1)})
    assert [one.task for one in claim_next(sqlite, ["1"])] == [None]
    edit(root, "version: 1", "version: 2")
    edit(root, "quiet: []", 'quiet: ["22:00-23:00"]')
    publish_folder(sqlite, root, by="x")
    assert [one.task and one.task.id for one in claim_next(sqlite, ["1"])] == ["T1"]


def test_other_words_under_a_published_version_are_refused(sqlite: Database, root: Path) -> None:
    publish_shipped(sqlite)
    edit(root, "quiet: []", 'quiet: ["12:00-14:00"]')
    with pytest.raises(ContentError, match="raise `version` to 2") as refused:
        publish_folder(sqlite, root, by="x")
    assert refused.value.file == str(root / CN)


def test_a_calendar_with_mistakes_is_told_with_the_rest_and_not_published(sqlite: Database, root: Path) -> None:
    publish_shipped(sqlite)
    edit(root, '"2026-10-10"', '"2026-10-32"')
    edit(root, '"10:00-18:00"', '"18:00-10:00"')
    (root / "templates/skip_reasons.yaml").write_text("version: 0\n", "utf-8")
    with pytest.raises(ContentError) as refused:
        publish_folder(sqlite, root, by="x")
    files = [Path(one.file).name for one in refused.value.every]
    assert (files.count("cn.yaml"), "skip_reasons.yaml" in files) == (2, True)
    assert on_desk(sqlite) == read_calendar(folder() / CN)


def test_the_calendar_that_the_site_calls_by_is_not_taken_away(sqlite: Database, root: Path) -> None:
    publish_shipped(sqlite)
    shutil.copy(root / CN, root / "calendars/jingzhou.yaml")
    publish_folder(sqlite, root, by="x")
    set_site(sqlite, "jingzhou")
    assert on_desk(sqlite, "jingzhou") is not None
    (root / "calendars/jingzhou.yaml").unlink()
    with pytest.raises(InputError, match="lacks the calendar jingzhou"):
        publish_folder(sqlite, root, by="x")
    with pytest.raises(InputError, match="lacks the calendar jingzhou"):
        roll_back(sqlite, 1, by="x")
    set_site(sqlite, "cn")
    assert publish_folder(sqlite, root, by="x") is not None
    with pytest.raises(InputError, match="No calendar is called jingzhou"):
        set_site(sqlite, "jingzhou")


def set_site(database: Database, calendar: str) -> None:
    """As `site set --calendar`."""
    with database.write() as unit:
        site.check_calendar(unit, calendar)
        settings.put_site(unit, msgspec.structs.replace(settings.site(unit), calendar=calendar))


def test_a_year_without_holidays_is_told_from_november_on(sqlite: Database, clock: StillClock, root: Path) -> None:
    pieces = checked_pieces(root)
    assert hints(pieces, today=date(2027, 10, 31)) == []
    for day in (date(2027, 11, 1), date(2028, 3, 1)):
        assert ["cn.yaml has no holidays of 2028" in one.en for one in hints(pieces, today=day)] == [True]
    publish_shipped(sqlite)
    kept = CalendarKept()
    with capture_logs() as logs:
        kept.keep(sqlite)
        clock.forward(days=400)
        kept.keep(sqlite)
        kept.keep(sqlite)
    assert [(one["calendar"], one["year"]) for one in logs] == [("cn", 2028)]
