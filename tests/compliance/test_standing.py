"""The status line says what a dial would meet, before one is wished for."""

from dial_cases import calendar, china, request, site

from core.compliance import Barrier, ask, merge_dials, standing
from core.domain.calendar import Window

DIALS = (china("2026-11-03 11:00"), china("2026-11-22 16:00"), china("2026-11-23 09:30"))


# TASK-16
def test_the_line_shows_hours_counts_and_verdict_in_both_languages() -> None:
    line = standing(request(dials=DIALS, calendar=calendar(quiet=(Window(720, 810),))))
    assert line.allowed
    assert line.hours.zh == "可拨 09:00–12:00、13:30–20:00"
    assert line.hours.en == "Calls 09:00–12:00, 13:30–20:00"
    assert (line.used_24h, line.cap_24h, line.used_30d, line.cap_30d) == (2, 3, 3, 10)
    assert line.counts.zh == "24 小时 2/3 · 30 天 3/10"
    assert line.verdict.zh == "可以拨打"


# TASK-16
def test_a_full_count_says_when_it_frees() -> None:
    line = standing(request(dials=DIALS, site=site(cap_24h=2)))
    assert (line.allowed, line.barrier) == (False, Barrier.CAP_24H)
    assert line.next_allowed == china("2026-11-23 16:00")
    assert line.verdict.zh.endswith("最早今天 16:00。")
    assert line.verdict.en.endswith("Earliest today 16:00.")


# OUTCOME-11
def test_a_refusal_stands_in_the_line() -> None:
    line = standing(request(opted_out=True))
    assert (line.barrier, line.next_allowed) == (Barrier.OPTED_OUT, None)
    assert "拒绝再联系" in line.verdict.zh


def test_a_day_without_calls_says_so() -> None:
    closed = calendar(quiet=(Window(0, 1440),))
    assert standing(request(calendar=closed)).hours.zh == "今天不外呼"


def test_asking_counts_nothing_and_a_dial_does() -> None:
    ask(request())
    assert standing(request()).used_24h == 0
    dials = merge_dials(DIALS, [DIALS[2], china("2026-11-23 09:55")])
    assert standing(request(dials=dials)).used_24h == 3


def test_the_earliest_moment_is_told_to_the_minute_and_never_too_early() -> None:
    third = china("2026-11-22 16:00:07.250000")
    line = standing(request(dials=(third,), site=site(cap_24h=1)))
    assert "最早今天 16:01。" in line.verdict.zh
