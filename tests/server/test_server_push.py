"""Pushed items: idempotent for good, fenced by the lease's epoch, one poisoned item never blocks the rest."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import HealthCheck
from hypothesis import given as cases
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from server_kit import (
    NOON,
    StillClock,
    add_agent,
    agent,
    callback,
    count,
    dialled,
    document,
    given,
    number_of,
    opens,
    outcome,
    saved,
    send,
    stored,
    task,
    verdicts,
)

from core.domain.call import AddedNumber, Reveal, Skip
from core.domain.customer import Care, Contacting
from core.domain.outcome import Contact
from core.domain.people import Role
from core.domain.task import Block, TaskCustomer, TaskState
from core.server.access.caller import Caller
from core.server.db import customers, schema, tasks
from core.server.db.engine import Database
from core.server.loading import load
from core.server.sync.decode import BadBatch, Poisoned, decode_batch
from core.wire.push import Dialled, NumberAdded, Revealed, Saved, Skipped


def care_of(database: Database, customer_id: str = "C1") -> Care:
    with database.read() as unit:
        return customers.section(unit, customer_id, "care", Care) or Care()


def test_an_outcome_closes_its_task_and_is_seen_by_the_next_caller(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    answers = send(database, me, saved(mine, "1", note="好的"))
    assert verdicts(answers) == ["accepted"]
    assert stored(database, "T1").state is TaskState.DONE
    assert stored(database, "T1").attempts == 1
    assert [call.note for call in care_of(database).calls] == ["好的"]


def test_the_same_item_again_changes_nothing(database: Database) -> None:
    me = add_agent(database, agent("1"))
    item = saved(given(database, to="1"), "1")
    send(database, me, item)
    assert verdicts(send(database, me, item, item)) == ["duplicate", "duplicate"]
    with database.read() as unit:
        assert count(unit, schema.outcome) == 1
    assert len(care_of(database).calls) == 1


def test_the_same_id_with_other_bytes_is_kept_for_repair(database: Database) -> None:
    me = add_agent(database, agent("1"))
    item = saved(given(database, to="1"), "1")
    send(database, me, item)
    other = Saved(outcome=msgspec.structs.replace(item.outcome, note="改了"))
    assert verdicts(send(database, me, other)) == ["conflict"]
    with database.read() as unit:
        assert count(unit, schema.conflict) == 1
        assert count(unit, schema.outcome) == 1


def test_a_poisoned_item_does_not_block_the_rest(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    bad_id = uuid4()
    poisoned = msgspec.json.encode({"kind": "outcome", "outcome": {"id": str(bad_id), "task_id": 7}})
    answers = send(database, me, poisoned, b"[1]", saved(mine, "1"), b'"x"')
    assert verdicts(answers) == ["rejected", "rejected", "accepted", "rejected"]
    assert answers.answers[0].id == bad_id
    assert answers.answers[0].message_zh


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"note": "a\0b"}, "a NUL in a text"),
        ({"script_version": 2**63}, "an integer out of range"),
        ({"recorded_at": NOON.replace(tzinfo=None)}, "a time without its zone"),
        ({"recorded_at": NOON.replace(year=1)}, "a time out of range"),
    ],
)
def test_what_no_database_keeps_is_found_before_it(change: dict[str, object], why: str) -> None:
    body = msgspec.json.encode(Saved(outcome=outcome(task(to="1"), "1", **change)))
    (found,) = decode_batch(b'{"items":[' + body + b"]}")
    assert isinstance(found, Poisoned)
    assert found.why == why


def test_a_batch_that_is_none_is_refused() -> None:
    for body in (b"", b"[]", b"{}", b'{"items":' + b"[" * 100_000, b'{"items":[' + b",".join([b"1"] * 501) + b"]}"):
        with pytest.raises(BadBatch):
            decode_batch(body)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@cases(st.lists(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.dictionaries(
    st.sampled_from(["kind", "outcome", "dial", "id", "x"]), inner, max_size=4))))  # fmt: skip
def test_whatever_comes_each_item_has_an_answer(items: list[object]) -> None:
    assert len(decode_batch(msgspec.json.encode({"items": items}))) == len(items)


# Reliability R1: one poisoned item never blocks the rest
@pytest.mark.parametrize("bracket", ["[]", "{}"])
def test_an_item_that_is_nested_without_end_keeps_none_of_the_others_back(database: Database, bracket: str) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    good = msgspec.json.encode(saved(mine, "1", note='["{\\"'))
    left, right = {"[]": ("[", "]"), "{}": ('{"x":', "}")}[bracket]
    deep = left * 100_000 + "1" + right * 100_000
    item_id = uuid4()
    bad = f'{{"kind":"outcome","outcome":{{"id":"{item_id}","agent":"1","note":{deep}}}}}'.encode()
    half = b'{"kind":"dial","dial":"\\ud800"}'
    answers = send(database, me, bad, half, good, f'{{"kind":"tip","x":"[[","y":{deep}}}'.encode()).answers
    assert [one.verdict.value for one in answers] == ["rejected", "rejected", "accepted", "rejected"]
    assert answers[0].id == item_id


def test_nobody_records_for_another(database: Database) -> None:
    me, _ = add_agent(database, agent("1")), add_agent(database, agent("2"))
    theirs = given(database, to="2")
    answers = send(database, me, saved(theirs, "2"), dialled("2"))
    assert [answer.code for answer in answers.answers] == ["not_yours", "not_yours"]
    assert stored(database, "T1").state is TaskState.ASSIGNED


def test_a_customer_of_another_area_cannot_be_recorded_for(database: Database) -> None:
    # ROLE-01: objects are checked on the server
    me = add_agent(database, agent("1", areas=("西河区",)))
    load(database, [(document(), None)])
    answers = send(database, me, saved(None, "1", customer_id="C1"), saved(None, "1", customer_id="C404"))
    assert [answer.code for answer in answers.answers] == ["unknown_customer", "unknown_customer"]


def test_a_call_without_a_task_is_recorded_within_ones_area(database: Database) -> None:
    me = add_agent(database, agent("1", areas=("东岭区",)))
    load(database, [(document(), None)])
    opens(database, me)
    assert verdicts(send(database, me, saved(None, "1", customer_id="C1"))) == ["accepted"]
    assert len(care_of(database).calls) == 1


def test_a_planner_records_no_calls(database: Database) -> None:
    planner = add_agent(database, agent("9", role=Role.PLANNER))
    load(database, [(document(), None)])
    assert verdicts(send(database, planner, saved(None, "9", customer_id="C1"))) == ["rejected"]


def test_a_task_that_moved_on_keeps_the_record_only(database: Database) -> None:
    # TASK-18: a zombie's completion of a reassigned task is no completion
    one, two = add_agent(database, agent("1")), add_agent(database, agent("2"))
    old = given(database, to="1")
    with database.write() as unit:
        moved = msgspec.structs.replace(old, assigned_to="2", lease_epoch=old.lease_epoch + 1)
        tasks.change(unit, old, moved)
    late = saved(old, "1")
    assert verdicts(send(database, one, late)) == ["superseded"]
    assert stored(database, "T1").state is TaskState.ASSIGNED
    assert len(care_of(database).calls) == 1
    assert verdicts(send(database, one, late)) == ["superseded"], "a lost reply is told again"
    forged = saved(stored(database, "T1"), "1")
    assert verdicts(send(database, one, forged)) == ["superseded"], "a guessed epoch does not help"
    assert verdicts(send(database, two, saved(stored(database, "T1"), "2"))) == ["accepted"]


def test_an_outcome_recorded_offline_counts_though_the_lease_ran_out(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    with database.write() as unit:
        waiting = msgspec.structs.replace(mine, state=TaskState.WAITING, assigned_to="", lease_expires_at=None)
        tasks.change(unit, mine, waiting)
    assert verdicts(send(database, me, saved(mine, "1"))) == ["accepted"]
    assert stored(database, "T1").state is TaskState.DONE


def test_a_closed_task_is_not_closed_twice(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    answers = send(database, me, saved(mine, "1"), saved(mine, "1"))
    assert [(a.verdict.value, a.code) for a in answers.answers] == [("accepted", ""), ("superseded", "closed")]


def test_an_unreached_customer_comes_back_later(database: Database) -> None:
    # TASK-18: the unreached are tried again
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    send(database, me, saved(mine, "1", contact=Contact.UNANSWERED, result="no_such_code"))
    after = stored(database, "T1")
    assert (after.state, after.attempts) == (TaskState.ASSIGNED, 1)
    assert after.due_at is not None
    assert after.due_at > NOON


def test_a_callback_stays_on_the_desk_and_is_fulfilled_by_the_next_outcome(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    due = NOON + timedelta(hours=3)
    send(database, me, saved(mine, "1", callback(mine, "1", due)))
    promised = stored(database, "T1")
    assert (promised.state, promised.callback_at, promised.assigned_to) == (TaskState.FOLLOW_UP, due, "1")
    assert promised.callback_number == number_of(1)
    send(database, me, saved(promised, "1"))
    assert stored(database, "T1").callback_at is None
    with database.read() as unit:
        assert [row.state for row in unit.conn.execute(schema.follow_up.select())] == ["done"]


def test_a_callback_of_anyones_leaves_the_desk(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    send(database, me, saved(mine, "1", callback(mine, "1", NOON + timedelta(hours=3), mine=False)))
    after = stored(database, "T1")
    assert (after.state, after.assigned_to, after.callback_mine) == (TaskState.WAITING, "", False)


def test_a_follow_up_of_another_record_is_refused_with_it(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    stray = Saved(outcome=outcome(mine, "1"), follow_ups=(callback(mine, "1", NOON),))
    assert verdicts(send(database, me, stray)) == ["rejected"]
    assert stored(database, "T1").state is TaskState.ASSIGNED


def test_a_refusal_is_final(database: Database) -> None:
    # OUTCOME-11: no further calls, whoever held the task
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    send(database, me, saved(mine, "1", opt_out=True))
    assert stored(database, "T1").state is TaskState.DONE
    assert care_of(database).opted_out
    load(database, [(document(), task(7, customer_id="C1"))])
    assert stored(database, "T7").block is Block.OPTED_OUT


def test_a_late_refusal_cancels_what_another_has(database: Database) -> None:
    # OUTCOME-11: opt-outs win also where the record comes too late
    one, _ = add_agent(database, agent("1")), add_agent(database, agent("2"))
    old = given(database, to="1")
    with database.write() as unit:
        tasks.change(unit, old, msgspec.structs.replace(old, assigned_to="2", lease_epoch=old.lease_epoch + 1))
    assert verdicts(send(database, one, saved(old, "1", opt_out=True))) == ["superseded"]
    assert stored(database, "T1").state is TaskState.CANCELLED


def test_dials_count_for_all_desks_for_thirty_days(database: Database, clock: StillClock) -> None:
    # TASK-16: caps are per customer, not per desk
    me = add_agent(database, agent("1"))
    given(database, to="1")
    send(database, me, dialled("1", at=NOON - timedelta(days=29)), dialled("1"))
    assert care_of(database).dials == [NOON, NOON - timedelta(days=29)]
    clock.forward(days=2)
    send(database, me, dialled("1", at=clock.now))
    assert care_of(database).dials == [clock.now, NOON]


def test_a_reveal_and_a_skip_are_kept(database: Database) -> None:
    me = add_agent(database, agent("1"))
    given(database, to="1")
    answers = send(
        database,
        me,
        Revealed(reveal=Reveal(id=uuid4(), customer_id="C1", number=number_of(1), at=NOON, agent="1")),
        Skipped(skip=Skip(id=uuid4(), task_id="T1", reason="busy", at=NOON, agent="1")),
    )
    assert verdicts(answers) == ["accepted", "accepted"]
    with database.read() as unit:
        entries = unit.conn.execute(schema.audit.select().where(schema.audit.c.action == "reveal")).all()
        assert count(unit, schema.skip) == 1
    assert len(entries) == 1
    assert number_of(1).encode() not in bytes(entries[0].payload)


def test_an_added_number_unblocks_the_task(database: Database) -> None:
    # OUTCOME-03: "call my other number", kept with its source and date
    me = add_agent(database, agent("1"))
    bare = document()
    bare.contact = Contacting()
    nameless = task(to="1", customer=TaskCustomer(name="吴文静"))
    load(database, [(bare, nameless)])
    assert stored(database, "T1").block is Block.NO_NUMBER
    added = AddedNumber(id=uuid4(), customer_id="C1", number=number_of(8), source="客户告知", at=NOON, agent="1")
    assert verdicts(send(database, me, NumberAdded(number=added))) == ["accepted"]
    after = stored(database, "T1")
    assert (after.block, after.customer.numbers) == (None, (number_of(8),))
    with database.read() as unit:
        contact = customers.section(unit, "C1", "contact", Contacting)
    assert contact is not None
    assert [(n.number, n.source, n.main) for n in contact.numbers] == [(number_of(8), "客户告知", True)]


def test_unknown_ids_are_told_apart(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    load(database, [(document(2), None)])
    opens(database, me, "C2")
    answers = send(
        database,
        me,
        saved(mine, "1", task_id="T404"),
        saved(mine, "1", corrects=UUID(int=5)),
        Saved(outcome=msgspec.structs.replace(outcome(mine, "1"), customer_id="C2")),
    )
    assert [answer.code for answer in answers.answers] == [
        "unknown_task",
        "unknown_outcome",
        "task_of_another_customer",
    ]


def test_a_record_that_is_too_large_is_named_in_its_answer(database: Database) -> None:
    """Else the desk could not tell which one is refused, and would send it for ever."""
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    huge = saved(mine, "1", note="长" * 100_000)
    answers = send(database, me, huge).answers
    assert [(answer.id, answer.verdict.value) for answer in answers] == [(huge.id, "rejected")]


# ROLE-01
def test_a_call_without_a_task_is_refused_from_a_role_that_may_not_open_one(database: Database) -> None:
    me = add_agent(database, agent("1", role=Role.CALLBACK_STAFF))
    mine = given(database, to="1")
    loose_dial = msgspec.structs.replace(dialled("1").dial, task_id=None)
    loose = (saved(None, "1", customer_id="C1"), Dialled(dial=loose_dial))
    answers = send(database, me, *loose)
    assert verdicts(answers) == ["rejected", "rejected"]
    assert {answer.code for answer in answers.answers} == {"needs_task"}
    assert verdicts(send(database, me, dialled("1"), saved(mine, "1"))) == ["accepted", "accepted"]
    assert care_of(database).dials == [NOON]


# ROLE-01, TASK-16: a task's rules are asked of a dial by the task that it is about
def test_a_dial_names_a_task_that_is_there_and_is_its_customers(database: Database) -> None:
    staff, other = add_agent(database, agent("1", role=Role.CALLBACK_STAFF)), add_agent(database, agent("2"))
    given(database, to="1")
    given(database, 2, to="1")
    given(database, 3, to="2")

    def codes(who: Caller, **changes: Any) -> list[str]:
        value = msgspec.structs.replace(dialled(who.staff_number).dial, id=uuid4(), **changes)
        return [one.code for one in send(database, who, Dialled(dial=value)).answers]

    assert codes(staff, task_id="T404") == ["unknown_task"]
    assert codes(staff, task_id="T2") == ["task_of_another_customer"]
    assert codes(staff) == [""]
    # Of a task that a restored server has forgotten the dial is counted, by whoever needs none.
    assert codes(other, customer_id="C3", task_id="T404") == [""]


# ROLE-01
def test_a_call_begun_on_a_task_is_kept_though_the_task_went_elsewhere_meanwhile(database: Database) -> None:
    me = add_agent(database, agent("1", role=Role.CALLBACK_STAFF))
    mine = given(database, to="1")
    with database.write() as unit:
        tasks.change(unit, mine, msgspec.structs.replace(mine, assigned_to="2", lease_epoch=mine.lease_epoch + 1))
    reopened = saved(mine, "1", lease_epoch=None)
    assert verdicts(send(database, me, dialled("1"), reopened)) == ["accepted", "superseded"]
    assert len(care_of(database).calls) == 1
