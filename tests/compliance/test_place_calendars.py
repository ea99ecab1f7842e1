"""Place calendars: the shipped ones are right, and an edited one that is wrong says where."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import msgspec
import pytest
from dial_cases import request

from core.compliance import ask, standing
from core.content.calendars import load_calendar, read_calendar
from core.content.decode import decode_calendar
from core.domain.calendar import Calendar, DayKind, Window
from core.domain.errors import CallForbidden, ContentError
from core.domain.text import Text


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
weekend: [6, 7]
"""


def _read(tmp_path: Path, text: str) -> Calendar:
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
        ("20261201", "2026-12-01", 5),
        ("2026-W49-2", "2026-12-01", 5),
        ("12-01", "2026-12-01", 5),
        ("+23:00", "-03:30", 2),
        ("version: 0", "weekend: [6, 7]", 6),
        ("weekend: [0, 6]", "weekend: [6, 7]", 6),
        ("weekend: [6, 8]", "weekend: [6, 7]", 6),
    ],
)
def test_a_mistake_names_file_and_line(tmp_path: Path, bad: str, good: str, line: int) -> None:
    with pytest.raises(ContentError) as caught:
        _read(tmp_path, GOOD.replace(good, bad))
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "somewhere.yaml"), line)


def test_every_mistake_of_a_calendar_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        _read(tmp_path, GOOD.replace("2026-12-01", "2026-02-29").replace("12:00-14:00", "noon").replace("7]", "9]"))
    assert sorted(one.line for one in caught.value.every) == [3, 5, 6]


def test_stretches_that_overlap_are_one(tmp_path: Path) -> None:
    read = _read(tmp_path, GOOD.replace('["12:00-14:00"]', '["13:00-15:00", "12:00-14:00"]'))
    assert read.quiet == (Window(720, 900),)


# TASK-16
def test_in_a_year_that_the_calendar_does_not_know_every_day_goes_by_the_hours_of_rest_days() -> None:
    cn = load_calendar("cn")
    last, first = request("2027-12-31 19:00", calendar=cn), request("2028-01-03 19:00", calendar=cn)
    assert ask(last)
    with pytest.raises(CallForbidden) as refused:
        ask(first)
    assert "日历没有 2028 年的节假日" in refused.value.message.zh
    assert "no holidays of 2028" in refused.value.message.en
    assert standing(first).hours == Text(
        "可拨 10:00–18:00（日历没有 2028 年的节假日，按休息日）",
        "Calls 10:00–18:00 (the calendar has no holidays of 2028: as on rest days)",
    )
    at_noon = request("2028-01-03 12:00", calendar=cn)
    assert ask(at_noon)
    training = load_calendar("training")
    assert ask(request("2028-01-03 19:00", calendar=training)), "one that names no days at all lacks none"


def test_a_calendar_that_is_not_there_is_a_plain_error() -> None:
    with pytest.raises(ContentError, match="No such file"):
        load_calendar("atlantis")
