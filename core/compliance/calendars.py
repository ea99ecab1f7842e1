"""Place calendars from `resources/calendars/`: YAML for people, errors with file and line."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from core.compliance.hours import minute_of_day
from core.domain import decoding
from core.domain.calendar import Calendar, DayKind, DayRule, Window
from core.domain.errors import ContentError, InputError
from core.domain.text import Text

T = TypeVar("T")


class _Day(Struct, forbid_unknown_fields=True):
    kind: DayKind
    zh: str
    en: str
    hours: list[str] | None = None
    festival: bool = False


class _File(Struct, forbid_unknown_fields=True):
    title: Text
    utc_offset: str = "+08:00"
    weekend: tuple[int, ...] = (6, 7)
    rest_hours: list[str] | None = None
    quiet: list[str] = []
    days: dict[str, object] = {}


def load_calendar(name: str) -> Calendar:
    """The shipped calendar of that name; raises ContentError where there is none or it is wrong."""
    from core.content.resources import folder

    return read_calendar(folder() / "calendars" / f"{name}.yaml")


def calendar_names() -> list[str]:
    """Of the calendars that there are."""
    from core.content.resources import folder

    return sorted(path.stem for path in (folder() / "calendars").glob("*.yaml"))


def read_calendar(path: Path) -> Calendar:
    """The calendar in a file; raises ContentError with file and line."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ContentError(file=path.name, line=1, reason=f"cannot be read: {error.strerror}") from error
    return parse_calendar(text, file=path.name)


def parse_calendar(text: str, *, file: str) -> Calendar:
    """The calendar in YAML `text`; its name is the file's without the ending."""
    # YAML is imported here: the desk's start path must not pay for it.
    from core.content.yaml_lines import parse

    parsed = parse(text, file=file)
    return _Reader(file, parsed.lines).calendar(parsed.value)


def decode_calendar(body: bytes) -> Calendar:
    """The calendar of JSON bytes that came over the wire; raises msgspec.DecodeError on others."""
    return decoding.decode(body, Calendar)


class _Reader:
    def __init__(self, file: str, lines: Mapping[tuple[str | int, ...], int]) -> None:
        self._file, self._lines = file, lines

    def calendar(self, value: object) -> Calendar:
        top = self._convert(value, _File, ())
        return Calendar(
            name=Path(self._file).stem,
            title=top.title,
            utc_offset_min=self._offset(top.utc_offset),
            weekend=top.weekend,
            rest_hours=None if top.rest_hours is None else self._windows(top.rest_hours, ("rest_hours",)),
            quiet=self._windows(top.quiet, ("quiet",)),
            days=dict(self._day(key, item) for key, item in top.days.items()),
        )

    def _day(self, key: str, value: object) -> tuple[date, DayRule]:
        where = ("days", key)
        try:
            day = date.fromisoformat(key)
        except ValueError as error:
            raise self._wrong(where, f"`{key}` is no date like 2026-10-01") from error
        raw = self._convert(value, _Day, where)
        if not raw.zh.strip() or not raw.en.strip():
            raise self._wrong(where, "a day needs its name in zh and en")
        hours = None if raw.hours is None else self._windows(raw.hours, (*where, "hours"))
        return day, DayRule(kind=raw.kind, label=Text(raw.zh, raw.en), hours=hours, festival=raw.festival)

    def _windows(self, spans: list[str], where: tuple[str | int, ...]) -> tuple[Window, ...]:
        return tuple(sorted(self._window(span, (*where, at)) for at, span in enumerate(spans)))

    def _window(self, span: str, where: tuple[str | int, ...]) -> Window:
        start, _, end = span.partition("-")
        try:
            window = Window(minute_of_day(start.strip()), minute_of_day(end.strip()))
        except InputError as error:
            raise self._wrong(where, f"`{span}` is no span like 10:00-18:00") from error
        if window.from_min >= window.until_min:
            raise self._wrong(where, f"`{span}` ends before it begins")
        return window

    def _offset(self, offset: str) -> int:
        try:
            if offset[:1] not in ("+", "-"):
                raise ValueError(offset)
            minutes = minute_of_day(offset[1:])
        except (InputError, ValueError) as error:
            raise self._wrong(("utc_offset",), f"`{offset}` is no offset like +08:00") from error
        return -minutes if offset[0] == "-" else minutes

    def _convert(self, value: object, kind: type[T], where: tuple[str | int, ...]) -> T:
        try:
            return decoding.convert(value, kind)
        except msgspec.ValidationError as error:
            raise self._wrong(where, str(error)) from error

    def _wrong(self, where: tuple[str | int, ...], reason: str) -> ContentError:
        while where and where not in self._lines:
            where = where[:-1]
        return ContentError(file=self._file, line=self._lines.get(where, 1), reason=reason)
