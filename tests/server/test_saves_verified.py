"""Claimed saves are asked after by callback staff; what the customer says is kept against the save."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from quality_desk_kit import Centre
from server_kit import StillClock, add_agent, agent, given, number_of, saved, stored

from core.domain.call import CallRecord, Direction
from core.domain.outcome import CaseResult, Outcome
from core.domain.people import Role
from core.domain.quality.sampling import Risk
from core.domain.quality.save_check import SCENARIO, CheckState, SaveCheck
from core.domain.task import Task, TaskState
from core.server.access.caller import Caller
from core.server.db import save_checks, tasks
from core.server.db.engine import Database
from core.server.dispatching import dispatch_waiting
from core.server.quality import verifying
from core.server.quality.keeping import keep_quality
from core.wire.push import Saved


class Asking:
    """The centre with somebody who asks after saves."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.staff = add_agent(centre.database, agent("4001", role=Role.CALLBACK_STAFF, skills=(SCENARIO,)))

    def round(self, **forward: float) -> None:
        """Time passes, and the housekeeping comes by."""
        self.centre.clock.forward(**forward)
        keep_quality(self.centre.database)
        dispatch_waiting(self.centre.database, actor="server")

    def check(self, save: Outcome) -> SaveCheck:
        with self.centre.database.read() as unit:
            found = save_checks.get(unit, str(save.id))
        assert found is not None
        return found

    def task(self, save: Outcome) -> Task:
        with self.centre.database.read() as unit:
            found = tasks.get(unit, self.check(save).task_id)
        assert found is not None
        return found

    def answer(self, save: Outcome, result: str, *, who: Caller | None = None, **changes: Any) -> Outcome:
        by = who or self.staff
        item = saved(self.task(save), by.staff_number, scenario=SCENARIO, result=result, **changes)
        assert self.centre.push(by, item) == ["accepted"]
        return item.outcome


@pytest.fixture
def asking(database: Database, clock: StillClock) -> Asking:
    return Asking(Centre(database, clock))


@pytest.fixture
def small(sqlite: Database, clock: StillClock) -> Asking:
    return Asking(Centre(sqlite, clock))


# FOLLOW-02, ROLE-01, BB-12
def test_callback_staff_ask_after_a_save_and_a_denial_is_kept_against_it(asking: Asking) -> None:
    save = asking.centre.call(1)
    asking.round()
    assert asking.check(save).state is CheckState.WAITING, "not before a day has passed"
    asking.round(days=1, minutes=1)
    task = asking.task(save)
    assert (task.assigned_to, task.scenario, task.customer.name) == ("4001", SCENARIO, "吴文静")
    assert asking.check(save).state is CheckState.ASKED
    answer = asking.answer(save, "denied", reason="never_agreed")
    asking.round(minutes=1)
    check = asking.check(save)
    assert (check.state, check.answer, check.answered_by, check.faked) == (
        CheckState.DENIED, answer.id, "4001", True,
    )  # fmt: skip
    told = asking.centre.queue(asking.centre.lead)[str(save.id)]
    assert told.why[0].risk is Risk.DENIED
    assert told.check is CheckState.DENIED
    assert "save_verified" in asking.centre.on_record()
    asking.round(days=2)
    assert asking.check(save) == check, "asked once"


# FOLLOW-02
@pytest.mark.parametrize(("result", "state"), [("confirmed", CheckState.CONFIRMED), ("unclear", CheckState.UNCLEAR)])
def test_other_answers_hold_nothing_against_the_agent(small: Asking, result: str, state: CheckState) -> None:
    save = small.centre.call(1)
    small.round(days=2)
    small.answer(save, result, success=result == "confirmed")
    small.round(minutes=1)
    assert (small.check(save).state, small.check(save).faked) == (state, False)


def test_a_corrected_answer_takes_the_place_of_the_first(small: Asking) -> None:
    save = small.centre.call(1)
    small.round(days=2)
    first = small.answer(save, "denied")
    small.round(minutes=1)
    second = msgspec.structs.replace(first, id=uuid4(), corrects=first.id, result="confirmed", success=True)
    assert small.centre.push(small.staff, Saved(outcome=second)) == ["accepted"]
    small.round(minutes=1)
    assert small.check(save).state is CheckState.CONFIRMED


def test_who_is_not_reached_stays_open_and_is_marked_so_in_the_end(small: Asking) -> None:
    save = small.centre.call(1)
    small.round(days=2)
    small.answer(save, "unanswered", call=CallRecord(direction=Direction.OUTBOUND, number=number_of(1)))
    small.round(minutes=1)
    assert small.check(save).state is CheckState.ASKED
    with small.centre.database.write() as unit:
        task = small.task(save)
        tasks.change(unit, task, msgspec.structs.replace(task, state=TaskState.EXPIRED))
    small.round(minutes=1)
    assert small.check(save).state is CheckState.UNREACHABLE


def test_a_customer_with_another_open_task_is_asked_once_it_is_done(small: Asking) -> None:
    save = small.centre.call(1)
    given(small.centre.database, 1, to="2043")
    small.round(days=2)
    assert small.check(save).state is CheckState.WAITING
    with small.centre.database.write() as unit:
        task = stored(small.centre.database, "T1")
        tasks.change(unit, task, msgspec.structs.replace(task, state=TaskState.DONE))
    small.round(minutes=1)
    assert small.check(save).state is CheckState.ASKED


def test_customers_who_are_busy_keep_nobody_behind_them_from_being_asked(
    small: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    # FOLLOW-02
    monkeypatch.setattr(verifying, "_AT_ONCE", 1)
    busy = small.centre.call(1)
    given(small.centre.database, 1, to="2043")
    small.round(minutes=1)
    free = small.centre.call(2)
    small.round(days=2)
    assert (small.check(busy).state, small.check(free).state) == (CheckState.WAITING, CheckState.ASKED)


def test_a_save_that_was_taken_back_or_is_old_is_asked_after_no_more(small: Asking) -> None:
    back, old = small.centre.call(1), small.centre.call(2)
    small.round()
    small.centre.correct(back, success=False, case_result=CaseResult.HESITANT, result="hesitant")
    small.round(days=2)
    assert small.check(back).state is CheckState.LAPSED
    lapsed = small.centre.call(3, recorded_at=small.centre.clock.now - timedelta(days=30))
    small.round()
    assert small.check(lapsed).state is CheckState.LAPSED
    assert small.check(old).state is CheckState.ASKED


def test_nobody_bears_witness_for_themselves(small: Asking) -> None:
    save = small.centre.call(1)
    small.centre.clock.forward(days=2)
    keep_quality(small.centre.database)
    add_agent(small.centre.database, agent("4001", role=Role.CALLBACK_STAFF, skills=()))
    me = add_agent(small.centre.database, agent("2043", skills=(SCENARIO,)))
    dispatch_waiting(small.centre.database, actor="server")
    small.answer(save, "confirmed", who=me, success=True)
    small.round(minutes=1)
    assert small.check(save).state is not CheckState.CONFIRMED
