"""Content is decoded once; what was forgotten while a decode ran does not come back."""

import msgspec
import pytest
from presenter_kit import StillMoment
from store_kit import a_page, gone, put

from core.content.calendars import load_calendar
from core.desk.desk import Desk
from core.domain.calendar import CALENDAR, Calendar
from core.domain.errors import Refused
from core.store.store import Store
from core.wire.pull import ContentDocument, Kind


def test_a_decode_under_way_keeps_nothing_old(desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read = store.content

    def content(kind: str, name: str) -> bytes | None:
        body = read(kind, name)
        desk.forget_content()
        return body

    monkeypatch.setattr(store, "content", content)
    old = desk.dispositions("4g-upgrade")
    monkeypatch.undo()
    assert desk.dispositions("4g-upgrade") is not old
    assert desk.dispositions("4g-upgrade") is desk.dispositions("4g-upgrade")


def test_the_catalogue_is_read_once_until_content_comes(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk.catalogue
    assert desk.catalogue is first
    monkeypatch.setattr(store, "indicators", lambda: desk.forget_content() or [])
    desk.forget_content()
    old = desk.catalogue
    monkeypatch.undo()
    assert desk.catalogue is not old


def published(calendar: Calendar) -> ContentDocument:
    return ContentDocument(
        kind=CALENDAR, name=calendar.name, version=calendar.version, body=msgspec.Raw(msgspec.json.encode(calendar))
    )


# TASK-16: what the centre publishes holds, not what came with the desk's own program
def test_a_desk_goes_by_the_calendar_that_the_centre_published(desk: Desk, store: Store) -> None:
    assert desk.calendar == load_calendar("cn")
    closed = msgspec.structs.replace(load_calendar("cn"), version=2, rest_hours=())
    store.apply(a_page(put(published(closed))), now=StillMoment().wall)
    desk.forget_content()
    assert desk.calendar == closed
    store.apply(a_page(gone(Kind.CONTENT, f"{CALENDAR}/cn")), now=StillMoment().wall)
    desk.forget_content()
    assert desk.calendar == load_calendar("cn"), "of a server that publishes none"


# TASK-16
def test_a_calendar_that_this_machine_never_had_comes_from_the_centre(desk: Desk, store: Store) -> None:
    desk.site = msgspec.structs.replace(desk.site, calendar="jingzhou")
    with pytest.raises(Refused, match="has not come from the server"):
        _ = desk.calendar
    jingzhou = msgspec.structs.replace(load_calendar("cn"), name="jingzhou")
    store.apply(a_page(put(published(jingzhou))), now=StillMoment().wall)
    assert desk.calendar == jingzhou
