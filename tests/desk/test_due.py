"""Follow-up times as an agent means them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.desk.best_hour import best_minute
from core.desk.due import checked, due_of, named_of
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


@pytest.mark.parametrize(
    ("chosen", "now", "named"),
    [
        (preset(in_min=180), china(20, 10, 2), china(20, 13, 5)),
        (preset(in_min=180), china(20, 18), china(20, 21)),
        (preset(day="today", at="18:30"), china(20, 19), china(20, 18, 30)),
        (preset(day="next_monday"), china(20, 15), china(23, 9)),
    ],
)
def test_what_a_label_names_is_told_apart_from_where_the_call_falls(
    chosen: FollowUpPreset, now: datetime, named: datetime
) -> None:
    assert named_of(chosen, now=now, site=SITE, calendar=ALWAYS) == named


BEFORE_END = preset(counts_from=("later_from", "contract_ends_on"), days=-14)
AFTER_TRIP = preset(counts_from=("roaming_until",), days=1, at="18:30")
AFTERNOON = Text("下午 3–5 点", "3–5 in the afternoon")


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    """In December, when contracts end."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("chosen", "facts", "due"),
    [
        # Two weeks before the end, at the hour that suits the customer; at ten where nobody knows it.
        (BEFORE_END, {"contract_ends_on": date(2026, 12, 20), "best_time": AFTERNOON}, utc(6, 7)),
        (BEFORE_END, {"contract_ends_on": date(2026, 12, 20)}, utc(6, 2)),
        # The first day that is known counts.
        (
            BEFORE_END,
            {"later_from": date(2026, 12, 24), "contract_ends_on": date(2027, 8, 1)},
            utc(10, 2),
        ),
        # Ten days are left: halfway, for two weeks before has passed.
        (BEFORE_END, {"contract_ends_on": date(2026, 11, 30)}, china(25, 10)),
        (AFTER_TRIP, {"roaming_until": date(2026, 12, 2)}, utc(3, 10, 30)),
        # The day itself, late in the evening: the next opening.
        (
            preset(counts_from=("renewal_from",)),
            {"renewal_from": date(2026, 12, 2), "best_time": Text("晚上 9 点后", "After 9 in the evening")},
            utc(3, 1),
        ),
    ],
)
def test_a_callback_counts_from_a_day_of_the_customers(
    chosen: FollowUpPreset, facts: dict[str, object], due: datetime
) -> None:
    # FOLLOW-01
    assert due_of(chosen, now=china(20, 10), site=SITE, calendar=ALWAYS, facts=facts) == due


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"contract_ends_on": date(2026, 11, 21)},
        {"contract_ends_on": date(2026, 10, 1)},
        {"contract_ends_on": date(2030, 1, 1)},
    ],
)
def test_without_a_day_ahead_that_can_be_called_on_there_is_no_such_callback(facts: dict[str, object]) -> None:
    assert due_of(BEFORE_END, now=china(20, 10), site=SITE, calendar=ALWAYS, facts=facts) is None


@pytest.mark.parametrize(
    ("noted", "minute"),
    [
        ("上午 10–11 点", 600),
        ("午休 12–2 点", 720),
        ("下午 3–5 点", 900),
        ("傍晚 6 点后", 1080),
        ("18:30 后", 1110),
        ("晚上", 1140),
        ("周2下午", 900),
        ("随时", None),
        ("", None),
    ],
)
def test_the_best_hour_is_read_as_people_note_it(noted: str, minute: int | None) -> None:
    # CARE-25
    assert best_minute(Text(noted, "x")) == minute
    assert best_minute(None) is None


def test_a_preset_without_a_time_has_none() -> None:
    assert due_of(preset(), now=china(20, 10), site=SITE, calendar=ALWAYS) is None


def test_a_callback_may_lie_two_years_ahead_but_not_in_the_past() -> None:
    now = china(20, 10)
    assert checked(now + timedelta(days=730), now=now) == now + timedelta(days=730)
    for wrong in (now - timedelta(minutes=1), now + timedelta(days=740)):
        with pytest.raises(InputError):
            checked(wrong, now=now)
