"""A call as an agent walks through it."""

from datetime import timedelta

import pytest
from call_kit import MORNING, NUMBER, OTHER, Clocks, permit, tel

from core.calling import Action, CallFlow, WrongState, decode_draft, encode_draft, moments
from core.domain.call import CallState, Direction, TalkTimeSource


def in_call(clocks: Clocks, **options: int) -> CallFlow:
    flow = CallFlow(**options)
    flow.dial(tel(), permit(), clocks.now)
    flow.answered(clocks.pass_(8))
    return flow


def test_an_answered_call_is_dated_and_measured() -> None:
    clocks = Clocks()
    flow = in_call(clocks)
    flow.ended(clocks.pass_(184.6))
    flow.saved(clocks.pass_(21))
    record = flow.record(clocks.pass_(900))
    assert (record.direction, record.number, record.dialler) == (Direction.OUTBOUND, NUMBER, "tel")
    assert record.dialled_at == MORNING
    assert record.answered_at == MORNING + timedelta(seconds=8)
    assert record.ended_at == MORNING + timedelta(seconds=192.6)
    assert (record.talk_time_s, record.wrap_up_s) == (184, 21)
    assert record.talk_time_source is TalkTimeSource.AGENT_STATED
    assert flow.actions == frozenset()


def test_an_unanswered_call_has_no_talk_and_may_be_followed_by_another_number() -> None:
    clocks = Clocks()
    flow = CallFlow()
    flow.dial(tel(), permit(), clocks.now)
    flow.unanswered(clocks.pass_(30))
    record = flow.record(clocks.now)
    assert (record.answered_at, record.talk_time_s) == (None, 0)
    flow.dial(tel(), permit(OTHER), clocks.pass_(5))
    flow.answered(clocks.pass_(4))
    record = flow.record(clocks.pass_(10))
    assert (record.number, record.talk_time_s) == (OTHER, 10)
    assert record.dialled_at == MORNING + timedelta(seconds=35)


def test_an_answer_stated_too_late_or_an_end_stated_too_early_can_be_put_right() -> None:
    clocks = Clocks()
    flow = CallFlow()
    flow.dial(tel(), permit(), clocks.now)
    flow.unanswered(clocks.pass_(6))
    flow.answered(clocks.pass_(1))
    flow.ended(clocks.pass_(20))
    assert Action.REOPEN in flow.actions
    flow.reopen(clocks.pass_(5))
    flow.ended(clocks.pass_(10))
    assert flow.record(clocks.now).talk_time_s == 35


def test_the_agent_may_state_the_talk_time() -> None:
    clocks = Clocks()
    flow = in_call(clocks)
    flow.ended(clocks.pass_(300), talk_time_s=240)
    assert flow.record(clocks.now).talk_time_s == 240
    restored = CallFlow.restore(flow.draft(clocks.now), clocks.now)
    assert restored.record(clocks.now).talk_time_s == 240


def test_an_inbound_call_opens_answered_and_asks_nobody() -> None:
    clocks = Clocks()
    flow = CallFlow.inbound(OTHER, clocks.now)
    assert (flow.state, flow.direction, flow.begun) == (CallState.IN_CALL, Direction.INBOUND, True)
    flow.ended(clocks.pass_(40))
    record = flow.record(clocks.now)
    assert (record.dialled_at, record.dialler, record.talk_time_s) == (None, "inbound", 40)


def test_a_task_may_be_closed_without_a_call() -> None:
    clocks = Clocks()
    flow = CallFlow()
    flow.finish(clocks.pass_(3))
    flow.saved(clocks.pass_(9))
    record = flow.record(clocks.now)
    assert (record.number, record.dialled_at, record.ended_at, record.wrap_up_s) == ("", None, None, 9)
    assert not flow.begun


@pytest.mark.parametrize("steps", [0, 1])
def test_a_result_chosen_while_it_rings_or_runs_brings_the_call_to_wrap_up(steps: int) -> None:
    clocks = Clocks()
    flow = CallFlow()
    flow.dial(tel(), permit(), clocks.now)
    if steps:
        flow.answered(clocks.pass_(2))
    flow.finish(clocks.pass_(12))
    assert flow.state is CallState.WRAP_UP
    assert flow.record(clocks.now).talk_time_s == 12 * steps
    flow.finish(clocks.pass_(1))
    assert flow.wrap_up(clocks.now).used_s == 1


def test_the_wrap_up_timer_reminds_is_extended_and_never_moves_on() -> None:
    clocks = Clocks()
    flow = in_call(clocks, wrap_up_limit_s=30)
    flow.ended(clocks.pass_(60))
    assert flow.wrap_up(clocks.pass_(29)).remaining_s == 1
    flow.extend(30)
    assert flow.wrap_up(clocks.now).remaining_s == 31
    late = flow.wrap_up(clocks.pass_(3600))
    assert (late.over, late.remaining_s) == (True, 0)
    assert flow.state is CallState.WRAP_UP
    with pytest.raises(ValueError, match="negative"):
        flow.extend(-1)


def test_a_step_that_is_not_offered_is_refused_and_changes_nothing() -> None:
    clocks = Clocks()
    flow = CallFlow()
    for step in (flow.answered, flow.unanswered, flow.ended, flow.reopen, flow.saved):
        with pytest.raises(WrongState):
            step(clocks.now)
    assert flow.state is CallState.PREVIEW
    flow = in_call(clocks)
    with pytest.raises(WrongState):
        flow.dial(tel(), permit(), clocks.now)


def test_a_clock_set_back_eight_hours_makes_nothing_negative() -> None:
    clocks = Clocks()
    flow = in_call(clocks)
    clocks.jump(-8 * 3600)
    flow.ended(clocks.pass_(90))
    record = flow.record(clocks.pass_(10))
    assert (record.talk_time_s, record.wrap_up_s) == (90, 10)
    assert record.ended_at == record.answered_at + timedelta(seconds=90)


def test_a_call_goes_on_after_a_crash() -> None:
    clocks = Clocks()
    flow = in_call(clocks)
    kept = encode_draft(flow.draft(clocks.pass_(60)))
    clocks.pass_(25)
    clocks.restart()
    back = CallFlow.restore(decode_draft(kept), clocks.now)
    assert (back.state, back.number, back.begun) == (CallState.IN_CALL, NUMBER, True)
    back.ended(clocks.pass_(15))
    record = back.record(clocks.now)
    assert record.talk_time_s == 100
    assert record.ended_at == record.answered_at + timedelta(seconds=100)


def test_a_call_found_the_next_morning_ended_where_it_was_last_kept() -> None:
    clocks = Clocks()
    draft = in_call(clocks).draft(clocks.pass_(60))
    clocks.pass_(15 * 3600)
    clocks.restart()
    back = CallFlow.restore(draft, clocks.now)
    assert back.state is CallState.WRAP_UP
    record = back.record(clocks.pass_(5))
    assert (record.talk_time_s, record.wrap_up_s) == (60, 5)
    assert record.ended_at == draft.kept_at


def test_wrap_up_counts_worked_time_alone_and_a_clock_set_back_loses_nothing() -> None:
    clocks = Clocks()
    flow = in_call(clocks)
    flow.ended(clocks.pass_(60))
    flow.extend(30)
    draft = flow.draft(clocks.pass_(12))
    clocks.jump(-3 * 86400)
    clocks.restart()
    back = CallFlow.restore(draft, clocks.now)
    assert back.wrap_up(clocks.pass_(3)).used_s == 15
    assert back.wrap_up(clocks.now).extended_s == 30
    assert back.draft(clocks.now).kept_at >= draft.kept_at


def test_moments_come_from_both_clocks() -> None:
    ticks = iter([1.0, 2.5])
    source = moments(lambda: MORNING, lambda: next(ticks))
    assert [source().monotonic_s, source().monotonic_s] == [1.0, 2.5]
    assert moments(lambda: MORNING)().wall == MORNING
