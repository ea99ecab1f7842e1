"""Calendars of places: resources/calendars, one file a place, named by its file; read whole or not at all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from core.content.flaws import Flaw, Where, missing_words
from core.content.load import convert, read_text
from core.content.mistakes import Mistakes
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.calendar import Calendar, DayKind, DayRule, Window, joined, minute_of_day
from core.domain.errors import InputError
from core.domain.text import Text

CALENDARS = Path("calendars")
_WEEK = range(1, 8)
_FURTHEST_WEST, _FURTHEST_EAST = -12 * 60, 14 * 60


class _Day(Struct):
    kind: DayKind
    zh: str
    en: str
    hours: list[str] | None = None
    festival: bool = False


class _File(Struct):
    title: Text
    version: int = 1
    utc_offset: str = "+08:00"
    weekend: tuple[int, ...] = (6, 7)
    rest_hours: list[str] | None = None
    quiet: list[str] = []
    days: dict[str, _Day] = {}


def load_calendar(name: str) -> Calendar:
    """The shipped calendar of that name; raises ContentError where there is none or it is wrong."""
    return read_calendar(folder() / CALENDARS / f"{name}.yaml")


def calendar_names() -> list[str]:
    """Of the shipped calendars."""
    return sorted(path.stem for path in (folder() / CALENDARS).glob("*.yaml"))


def load_calendars(root: Path) -> list[Calendar]:
    """Those of a folder laid out as `resources/`; none where it is of an earlier program. Raises ContentError."""
    mistakes, found = Mistakes(), []
    for path in sorted((root / CALENDARS).glob("*.yaml")):
        one = mistakes.of(lambda path=path: read_calendar(path))  # type: ignore[misc]
        found += [] if one is None else [one]
    mistakes.refuse()
    return found


def read_calendar(path: Path) -> Calendar:
    """The calendar in a file; raises ContentError with file, line and reason of every mistake."""
    file = str(path)
    raw = convert(parse(read_text(path), file=file), _File, _flaws, file=file)
    return Calendar(
        name=path.stem,
        title=raw.title,
        version=raw.version,
        utc_offset_min=_offset(raw.utc_offset),
        weekend=raw.weekend,
        rest_hours=None if raw.rest_hours is None else _windows(raw.rest_hours),
        quiet=_windows(raw.quiet),
        days={date.fromisoformat(key): _rule(one) for key, one in raw.days.items()},
    )


def _rule(raw: _Day) -> DayRule:
    hours = None if raw.hours is None else _windows(raw.hours)
    return DayRule(kind=raw.kind, label=Text(raw.zh, raw.en), hours=hours, festival=raw.festival)


def _windows(spans: list[str]) -> tuple[Window, ...]:
    return joined(_window(span) for span in spans)


def _window(span: str) -> Window:
    """Raises InputError on what is no span of a day; it may end before it begins."""
    start, _, end = span.partition("-")
    return Window(minute_of_day(start.strip()), minute_of_day(end.strip()))


def _offset(offset: str) -> int:
    """Minutes east of Greenwich. Raises InputError."""
    minutes = minute_of_day(offset[1:])
    return -minutes if offset[0] == "-" else minutes


def _flaws(found: _File) -> list[Flaw]:
    flaws = missing_words(found.title, ("title",))
    if found.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    if not _is_offset(found.utc_offset):
        flaws.append(Flaw(("utc_offset",), f"`{found.utc_offset}` is no offset like +08:00"))
    flaws += [
        Flaw(("weekend", at), f"{day} is no day of the week: 1 is Monday, 7 is Sunday")
        for at, day in enumerate(found.weekend)
        if day not in _WEEK
    ]
    flaws += _span_flaws(found.rest_hours or [], ("rest_hours",))
    flaws += _span_flaws(found.quiet, ("quiet",))
    for key, day in found.days.items():
        flaws += _day_flaws(key, day)
    return flaws


def _is_offset(offset: str) -> bool:
    try:
        return offset[:1] in ("+", "-") and _FURTHEST_WEST <= _offset(offset) <= _FURTHEST_EAST
    except InputError:
        return False


def _day_flaws(key: str, day: _Day) -> Iterator[Flaw]:
    where = ("days", key)
    if not _is_date(key):
        yield Flaw(where, f"`{key}` is no date like 2026-10-01")
    if not day.zh.strip() or not day.en.strip():
        yield Flaw(where, "a day needs its name in zh and en")
    yield from _span_flaws(day.hours or [], (*where, "hours"))


def _is_date(key: str) -> bool:
    """Written in the one way in which a second line for the same day is noticed."""
    try:
        return date.fromisoformat(key).isoformat() == key
    except ValueError:
        return False


def _span_flaws(spans: list[str], where: Where) -> Iterator[Flaw]:
    for at, span in enumerate(spans):
        try:
            window = _window(span)
        except InputError:
            yield Flaw((*where, at), f"`{span}` is no span like 10:00-18:00")
            continue
        if window.from_min >= window.until_min:
            yield Flaw((*where, at), f"`{span}` ends before it begins")
