"""Do-not-disturb moments of one customer: the rest after a complaint, and what it does not hold up."""

from datetime import timedelta

import pytest
from dial_cases import calendar, china, request
from store_kit import a_task as task

from core.compliance import Barrier, Rest, awaited, quiet_of, rest_of, standing
from core.compliance.verdict import judge
from core.domain.calendar import Window
from core.domain.customer import Ticket
from core.domain.task import TaskType
from core.domain.text import Text

NOW = china("2026-11-23 10:00")
LATELY = NOW - timedelta(days=3)


def ticket(**changes: object) -> Ticket:
    stated = {"id": "1", "kind": Text("投诉", "Complaint"), "topic": Text("信号弱", "Weak signal"), "complaint": True}
    return Ticket(**(stated | {"opened_at": NOW - timedelta(days=9)} | changes))


# VIP-03
def test_an_open_complaint_rests_until_it_is_closed_and_for_a_week_after() -> None:
    assert rest_of([ticket()], now=NOW, days=7) == Rest(until=None)
    closed = ticket(closed_at=LATELY)
    assert rest_of([closed], now=NOW, days=7) == Rest(until=LATELY + timedelta(days=7))
    assert rest_of([closed], now=LATELY + timedelta(days=7), days=7) is None
    assert rest_of([closed], now=LATELY - timedelta(hours=1), days=7) == Rest(until=None), "as it stood then"
    assert rest_of([ticket()], now=NOW - timedelta(days=10), days=7) is None, "nobody had complained yet"
    assert rest_of([ticket(complaint=False)], now=NOW, days=7) is None, "an enquiry is none"
    assert rest_of([ticket()], now=NOW, days=0) is None, "a site may do without"


# VIP-03, TASK-16
def test_a_rest_bars_the_call_and_says_until_when() -> None:
    said = standing(request(NOW, rest=Rest(until=None)))
    assert (said.barrier, said.next_allowed) == (Barrier.COMPLAINT, None)
    assert "投诉未了结" in said.verdict.zh
    said = standing(request(NOW, rest=Rest(until=china("2026-11-25 21:30"))))
    assert (said.barrier, said.next_allowed) == (Barrier.COMPLAINT, china("2026-11-26 09:00")), "hours count as well"
    assert "earliest" in said.verdict.en.lower()
    assert judge(request(NOW, opted_out=True, rest=Rest(until=None))).barrier is Barrier.OPTED_OUT
    three = tuple(NOW - timedelta(hours=n) for n in (1, 2, 3))
    found = judge(request(NOW, dials=three, rest=Rest(until=china("2026-11-27 11:00"))))
    assert found == (Barrier.CAP_24H, china("2026-11-27 11:00")), "the first moment that all of them allow"


# VIP-03
@pytest.mark.parametrize("changes", [{"type": TaskType.COMPLAINT_REVISIT}, {"callback_at": NOW}, {"owed": True}])
def test_what_the_customer_waits_for_is_not_held_up(changes: dict[str, object]) -> None:
    assert awaited(task(1, **changes))
    assert not awaited(task(1, besides=True)), "what was merely told of them is nothing that they wait for"


# VIP-03
def test_without_a_task_it_is_the_revisit_or_the_repair_that_may_call() -> None:
    assert not awaited(task(1))
    assert not awaited(None, scenario="4g-upgrade")
    assert awaited(None, scenario="complaint-revisit")
    assert awaited(None, scenario="vip-care", in_repair=True)


# TASK-16
def test_hours_in_which_a_customer_asked_for_no_calls_narrow_the_places() -> None:
    asked = quiet_of([Window(600, 720), Window(800, 800), Window(-5, 10), Window(1380, 1500)])
    assert asked == (Window(600, 720),), "what is no stretch of a day is left out"
    assert judge(request(NOW, quiet=asked, calendar=calendar())) == (Barrier.HOURS, china("2026-11-23 12:00"))
