"""What is asked before every dial, and in which order the reasons come."""

import copy
import pickle
from datetime import UTC, datetime, timedelta

import pytest
from dial_cases import NUMBER, calendar, china, request, site

from core.compliance import CallForbidden, Permit, ask
from core.domain.calendar import DayKind, DayRule
from core.domain.errors import InputError
from core.domain.task import Block
from core.domain.text import Lang, Text


def refusal(wished: object) -> CallForbidden:
    with pytest.raises(CallForbidden) as caught:
        ask(wished)
    return caught.value


def test_a_first_call_on_a_monday_morning_is_permitted() -> None:
    permit = ask(request())
    assert (permit.customer_id, permit.number, permit.at) == ("c1", NUMBER, china("2026-11-23 10:00"))


# OUTCOME-11
@pytest.mark.parametrize("change", [{"opted_out": True}, {"block": Block.OPTED_OUT}])
def test_a_refusal_of_further_calls_is_final_whatever_else_holds(change: dict) -> None:
    said = refusal(request("2026-11-23 03:00", number="", bad_number=True, dials=_dials(12), **change))
    assert (said.code, said.next_allowed) == ("opted_out", None)
    assert "拒绝再联系" in said.spoken(Lang.ZH)
    assert "refused further calls" in said.spoken(Lang.EN)


# OUTCOME-11
def test_a_refusal_holds_for_a_number_added_since() -> None:
    assert refusal(request(number="10087654321", opted_out=True)).code == "opted_out"


def _dials(count: int) -> tuple[datetime, ...]:
    return tuple(china("2026-11-23 10:00") - timedelta(hours=hour) for hour in range(1, count + 1))


def test_a_customer_without_a_number_is_blocked_and_told_so() -> None:
    said = refusal(request(number=" ", numbers=(), block=Block.NO_NUMBER))
    assert (said.code, said.next_allowed) == ("no_number", None)
    assert "添加号码" in said.next_step.zh
    assert "Add a number" in said.next_step.en


def test_a_number_found_since_lifts_the_block() -> None:
    assert ask(request(block=Block.NO_NUMBER)).number == NUMBER
    assert refusal(request(block=Block.BAD_NUMBER)).code == "bad_number"
    assert ask(request(number="10087654321", block=Block.BAD_NUMBER)).number == "10087654321"
    assert refusal(request(number="10087654321", bad_number=True)).code == "bad_number"


@pytest.mark.parametrize("number", ["110", "119", "10086", "95588"])
def test_emergency_and_service_codes_are_nobodys_number(number: str) -> None:
    assert refusal(request(number=number)).code == "not_a_line"


def test_a_commercial_call_wants_consent_where_the_site_says_so() -> None:
    assert refusal(request(needs_consent=True)).code == "no_consent"


# TASK-16
def test_the_fourth_call_within_24_hours_waits_for_the_first_to_pass() -> None:
    dials = (china("2026-11-22 15:00"), china("2026-11-23 09:12"), china("2026-11-23 09:40"))
    said = refusal(request(dials=dials))
    assert said.code == "cap_24h"
    assert said.next_allowed == china("2026-11-23 15:00")
    assert "3 次" in said.reason.zh
    assert "今天 15:00" in said.next_step.zh
    assert "today 15:00" in said.next_step.en
    assert ask(request("2026-11-23 15:00", dials=dials))


# TASK-16
def test_a_cap_that_frees_at_night_waits_for_the_morning() -> None:
    dials = tuple(china(f"2026-11-24 0{hour}:30") for hour in (1, 2, 3))
    said = refusal(request("2026-11-24 19:00", dials=dials))
    assert said.next_allowed == china("2026-11-25 09:00")
    assert "明天 09:00" in said.next_step.zh


# TASK-16
def test_the_eleventh_call_within_30_days_names_the_day() -> None:
    dials = tuple(china("2026-10-27 14:00") + timedelta(days=2 * n) for n in range(10))
    said = refusal(request(dials=dials))
    assert said.code == "cap_30d"
    assert said.next_allowed == china("2026-11-26 14:00")
    assert "11月26日（周四）14:00" in said.next_step.zh
    assert "Thu 26 Nov 14:00" in said.next_step.en


# TASK-16
def test_evening_opens_tomorrow_and_a_named_day_says_its_name() -> None:
    assert refusal(request("2026-11-23 20:00")).next_allowed == china("2026-11-24 09:00")
    new_year = {china("2027-01-01 00:00").date(): DayRule(kind=DayKind.REST, label=Text("元旦", "New Year"), hours=())}
    said = refusal(request("2027-01-01 10:00", calendar=calendar(days=new_year)))
    assert (said.code, said.next_allowed) == ("hours", china("2027-01-02 09:00"))
    assert "元旦" in said.reason.zh
    assert "New Year" in said.reason.en


def test_a_site_or_calendar_that_never_opens_says_whom_to_ask() -> None:
    for never in (site(cap_24h=0), site(cap_30d=0), site(call_from="20:00", call_until="09:00")):
        said = refusal(request(site=never))
        assert said.next_allowed is None
        assert "管理员" in said.next_step.zh


@pytest.mark.parametrize("clock", ["9:00", "25:00", "09:60", "", "noon", "24:01", "²1:00"])
def test_hours_that_are_no_time_of_day_are_a_plain_error(clock: str) -> None:
    with pytest.raises(InputError, match="Not a time of day"):
        ask(request(site=site(call_from=clock)))


def test_a_moment_without_a_zone_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="aware"):
        request(datetime(2026, 11, 23, 10))  # noqa: DTZ001


def test_the_permits_moment_is_the_servers() -> None:
    assert ask(request(datetime(2026, 11, 23, 2, tzinfo=UTC))).at == china("2026-11-23 10:00")


def test_nobody_else_makes_a_permit() -> None:
    with pytest.raises(TypeError, match="ask alone"):
        Permit(object(), customer_id="c1", number=NUMBER, at=china("2026-11-23 10:00"))
    permit = ask(request())
    for copying in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="copied"):
            copying(permit)
    with pytest.raises(AttributeError):
        permit.number = "1"


def test_a_permit_is_good_for_one_dial_and_hides_its_number() -> None:
    permit = ask(request())
    assert NUMBER not in repr(permit)
    assert permit.spend() == NUMBER
    with pytest.raises(ValueError, match="used"):
        permit.spend()
