"""Follow-up times as an agent means them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.desk.due import checked, due_of
from core.domain.calendar import Calendar, DayKind, DayRule, Window
from core.domain.disposition import FollowUpPreset
from core.domain.errors import InputError
from core.domain.follow_up import FollowUpKind
from core.domain.text import Text
from core.wire.session import Site

SITE = Site(name_zh="测试", name_en="Test", official_hotline="10000", call_from="09:00", call_until="20:00")
LEFT_IN_PEACE = Calendar(
    name="t",
    title=Text("测试", "Test"),
    quiet=(Window(12 * 60, 14 * 60),),
    rest_hours=(Window(10 * 60, 12 * 60),),
    days={date(2026, 11, 23): DayRule(kind=DayKind.REST, label=Text("假日", "Holiday"), hours=())},
)
ALWAYS = Calendar(name="t", title=Text("测试", "Test"))


def preset(**given: object) -> FollowUpPreset:
    return FollowUpPreset(code="p", label=Text("回拨", "Callback"), kind=FollowUpKind.CALLBACK, **given)  # type: ignore[arg-type]


def china(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("chosen", "now", "due"),
    [
        (preset(in_min=180), china(20, 10, 2), china(20, 13, 5)),
        # Three hours from 18:00 is at night: the next morning instead.
        (preset(in_min=180), china(20, 18), china(21, 9)),
        (preset(day="today", at="18:30"), china(20, 15), china(20, 18, 30)),
        (preset(day="today", at="18:30"), china(20, 19), china(21, 18, 30)),
        (preset(day="tomorrow", at="10:00"), china(20, 15), china(21, 10)),
        # 2026-11-20 is a Friday, the 23rd the Monday after it.
        (preset(day="next_monday", at="10:00"), china(20, 15), china(23, 10)),
        (preset(day="next_monday", at="10:00"), china(23, 8), china(30, 10)),
    ],
)
def test_presets_mean_the_hour_that_an_agent_would_expect(chosen: FollowUpPreset, now: datetime, due: datetime) -> None:
    # FOLLOW-01: the hesitant are called again the same day
    assert due_of(chosen, now=now, site=SITE, calendar=ALWAYS) == due


@pytest.mark.parametrize(
    ("chosen", "now", "due"),
    [
        # Into the lunch rest; on a Saturday, when calls end at noon; on a day without calls.
        (preset(in_min=180), china(20, 9, 30), china(20, 14)),
        (preset(day="tomorrow", at="15:00"), china(20, 15), china(22, 10)),
        (preset(day="next_monday", at="10:00"), china(20, 15), china(24, 9)),
        (preset(day="tomorrow"), china(20, 15), china(21, 10)),
    ],
)
def test_a_preset_falls_when_the_customer_may_be_called(chosen: FollowUpPreset, now: datetime, due: datetime) -> None:
    # TASK-16
    assert due_of(chosen, now=now, site=SITE, calendar=LEFT_IN_PEACE) == due


def test_a_preset_without_a_time_has_none() -> None:
    assert due_of(preset(), now=china(20, 10), site=SITE, calendar=ALWAYS) is None


def test_a_callback_may_lie_two_years_ahead_but_not_in_the_past() -> None:
    now = china(20, 10)
    assert checked(now + timedelta(days=730), now=now) == now + timedelta(days=730)
    for wrong in (now - timedelta(minutes=1), now + timedelta(days=740)):
        with pytest.raises(InputError):
            checked(wrong, now=now)
