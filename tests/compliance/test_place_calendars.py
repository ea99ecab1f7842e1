"""Place calendars: the shipped ones are right, and an edited one that is wrong says where."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import msgspec
import pytest
from dial_cases import request

from core.compliance import ask, decode_calendar, load_calendar, read_calendar, standing
from core.domain.calendar import Calendar, DayKind, Window
from core.domain.errors import ContentError


def _rests(day: date, cn: Calendar) -> bool:
    rule = cn.days.get(day)
    return rule.kind is DayKind.REST if rule else day.isoweekday() in cn.weekend


# TASK-16
def test_rest_and_moved_working_days_of_2026_are_the_announced_ones() -> None:
    cn = load_calendar("cn")
    announced = holidays.country_holidays("CN", years=2026)
    wrong = []
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(365)):
        if _rests(day, cn) == announced.is_working_day(day):
            wrong.append(day)
    assert wrong == []


# TASK-16
def test_nobody_is_called_on_new_years_eve_and_less_on_a_sunday() -> None:
    cn = load_calendar("cn")
    assert standing(request("2026-02-16 11:00", calendar=cn)).hours.zh == "今天不外呼"
    assert standing(request("2026-11-22 11:00", calendar=cn)).hours.zh == "可拨 10:00–18:00"
    assert standing(request("2026-10-10 11:00", calendar=cn)).hours.zh == "可拨 09:00–20:00"


def test_the_practice_calendar_has_no_rest() -> None:
    assert ask(request("2026-02-16 11:00", calendar=load_calendar("training")))


def test_a_calendar_travels_as_json() -> None:
    cn = load_calendar("cn")
    assert decode_calendar(msgspec.json.encode(cn)) == cn


GOOD = """\
title: {zh: 某地, en: Somewhere}
utc_offset: "-03:30"
quiet: ["12:00-14:00"]
days:
  "2026-12-01": {kind: work, zh: 某日, en: Some day, hours: ["10:00-11:00"]}
"""


def _read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "somewhere.yaml"
    path.write_text(text, "utf-8")
    return read_calendar(path)


def test_an_edited_calendar_is_read(tmp_path: Path) -> None:
    read = _read(tmp_path, GOOD)
    assert (read.name, read.utc_offset_min, read.quiet) == ("somewhere", -210, (Window(720, 840),))
    assert read.days[date(2026, 12, 1)].hours == (Window(600, 660),)


@pytest.mark.parametrize(
    ("bad", "good", "line"),
    [
        ("-3:30", "-03:30", 2),
        ("03:30", "-03:30", 2),
        ("14:00-12:00", "12:00-14:00", 3),
        ("noon", "12:00-14:00", 3),
        ("2026-13-01", "2026-12-01", 5),
        ("kind: holiday", "kind: work", 5),
        ("kind: work, colour: red", "kind: work", 5),
        ('en: ""', "en: Some day", 5),
        ("10:00-25:00", "10:00-11:00", 5),
    ],
)
def test_a_mistake_names_file_and_line(tmp_path: Path, bad: str, good: str, line: int) -> None:
    with pytest.raises(ContentError) as caught:
        _read(tmp_path, GOOD.replace(good, bad))
    assert (caught.value.file, caught.value.line) == ("somewhere.yaml", line)


def test_a_calendar_that_is_not_there_is_a_plain_error() -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        load_calendar("atlantis")
