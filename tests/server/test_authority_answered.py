"""VIP-07: an agent asks for more than they may grant, one lead of the team answers once, for this case alone."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from authority_kit import NO, YES, asked, less, seen, withdrawn
from server_kit import NOON, StillClock, add_agent, agent, callback, given, saved, send, stored, verdicts
from sqlalchemy import event

from core.domain.authority import OPEN_FOR, AuthorityRequest, RequestState, UsedGrant
from core.domain.errors import Refused
from core.domain.people import Role
from core.server.access.caller import Caller
from core.server.authority import NoSuchRequest, answer, expire
from core.server.db import audit, authority, schema
from core.server.db.engine import Database
from core.wire.authority import ANSWERED_BEFORE, AuthorityAnswer


def an_agent(database: Database, number: str = "1", **changes: Any) -> Caller:
    return add_agent(database, agent(number, role=Role.VIP_SPECIALIST, **changes))


def a_lead(database: Database, number: str = "8", **changes: Any) -> Caller:
    return add_agent(database, agent(number, **({"role": Role.TEAM_LEAD} | changes)))


def ask(database: Database, me: Caller, **changes: Any) -> AuthorityRequest:
    given(database, 1, to=me.staff_number)
    item = asked(me.staff_number, **changes)
    assert verdicts(send(database, me, item)) == ["accepted"]
    return item.authority


def state(database: Database, request: AuthorityRequest) -> RequestState:
    with database.read() as unit:
        found = authority.get(unit, str(request.id))
    assert found is not None
    return found.case.state


def told(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.message.zh


def entries(database: Database, writer: str) -> list[str]:
    with database.read() as unit:
        assert audit.verify(unit) == []
        rows = unit.conn.execute(schema.audit.select().where(schema.audit.c.writer == writer))
        return [row.action for row in rows.all()]


def test_a_granted_request_is_told_to_the_agent_with_the_leads_words(database: Database) -> None:
    # VIP-07
    me, lead = an_agent(database), a_lead(database)
    request = ask(database, me)
    waiting = seen(database, lead)
    assert [(case.request.id, case.agent_name, case.state) for case in waiting] == [
        (request.id, "员工1", RequestState.WAITING)
    ]
    answer(database, lead, str(request.id), YES)
    (mine,) = seen(database, me)
    assert (mine.state, mine.granted_fen, mine.words) == (RequestState.GRANTED, 12_000, "老客户了，同意")
    assert (mine.answered_by, mine.answered_by_name) == ("8", "员工8")
    assert entries(database, "1") == ["authority_asked"]
    assert entries(database, "8") == ["authority_answered"]


def test_granting_less_and_refusing_say_so(database: Database) -> None:
    me, lead = an_agent(database), a_lead(database)
    first, second = ask(database, me), ask(database, me)
    answer(database, lead, str(first.id), less(5_000))
    answer(database, lead, str(second.id), NO)
    cases = {case.request.id: case for case in seen(database, me)}
    assert (cases[first.id].state, cases[first.id].granted_fen) == (RequestState.GRANTED_LESS, 5_000)
    assert (cases[second.id].state, cases[second.id].granted_fen) == (RequestState.REFUSED, 0)


def test_the_same_request_twice_is_one(database: Database) -> None:
    me, lead = an_agent(database), a_lead(database)
    given(database, 1, to="1")
    item = asked("1")
    assert verdicts(send(database, me, item)) == ["accepted"]
    assert verdicts(send(database, me, item)) == ["duplicate"]
    assert len(seen(database, lead)) == 1


def test_the_lead_sees_whom_it_is_about_as_the_server_knows_them(database: Database) -> None:
    me, lead = an_agent(database), a_lead(database)
    ask(database, me, customer="吴文静的全名")
    assert seen(database, lead)[0].request.customer == "吴**"


def test_a_foreign_lead_neither_sees_nor_answers(database: Database) -> None:
    me, stranger = an_agent(database), a_lead(database, "9", team="B", team_name="二班")
    request = ask(database, me)
    assert seen(database, stranger) == []
    with pytest.raises(NoSuchRequest):
        answer(database, stranger, str(request.id), YES)
    assert state(database, request) is RequestState.WAITING


def test_a_deputy_answers_until_their_time_is_over(database: Database, clock: StillClock) -> None:
    me, deputy = an_agent(database), a_lead(database, "9", team="B", team_name="二班")
    request, late = ask(database, me), ask(database, me)
    with database.write() as unit:
        authority.put_deputy(unit, "A", "9", NOON + timedelta(hours=8))
    assert len(seen(database, deputy)) == 2
    answer(database, deputy, str(request.id), YES)
    clock.forward(hours=9)
    with pytest.raises(NoSuchRequest):
        answer(database, deputy, str(late.id), YES)


def test_who_becomes_deputy_while_at_work_is_told_of_what_waits_already(database: Database) -> None:
    me, deputy = an_agent(database), a_lead(database, "9", team="B", team_name="二班")
    waiting, settled = ask(database, me), ask(database, me)
    answer(database, a_lead(database), str(settled.id), YES)
    with database.read() as unit:
        cursor = authority.last(unit)
    with database.write() as unit:
        authority.put_deputy(unit, "A", "9", NOON + timedelta(hours=8))
    assert [case.request.id for case in seen(database, deputy, cursor)] == [waiting.id]


def test_an_administrator_answers_for_any_team_with_no_more_than_a_lead_may(database: Database) -> None:
    me, boss = an_agent(database), add_agent(database, agent("0", role=Role.ADMINISTRATOR, team="Z"))
    request, huge = ask(database, me), ask(database, me, cost_fen=5_000_000)
    answer(database, boss, str(request.id), YES)
    assert state(database, request) is RequestState.GRANTED
    with pytest.raises(Refused) as error:
        answer(database, boss, str(huge.id), YES)
    assert error.value.code == "beyond_authority"


def test_agents_answer_nothing_and_see_their_own_alone(database: Database) -> None:
    me, other = an_agent(database), an_agent(database, "2")
    request = ask(database, me)
    assert seen(database, other) == []
    with pytest.raises(NoSuchRequest):
        answer(database, other, str(request.id), YES)


def test_a_lead_does_not_answer_their_own_request(database: Database) -> None:
    lead = a_lead(database)
    request = ask(database, lead)
    with pytest.raises(Refused) as error:
        answer(database, lead, str(request.id), YES)
    assert error.value.code == "own_request"


def test_a_second_answer_is_refused_and_names_who_gave_the_first(database: Database) -> None:
    me, lead, second = an_agent(database), a_lead(database), a_lead(database, "7", name="周敏")
    request = ask(database, me)
    answer(database, lead, str(request.id), YES)
    with pytest.raises(Refused) as error:
        answer(database, second, str(request.id), NO)
    assert (error.value.code, told(error)) == (ANSWERED_BEFORE, "员工8（8）已同意。")
    with pytest.raises(Refused):
        answer(database, lead, str(request.id), NO)
    assert state(database, request) is RequestState.GRANTED


def test_the_same_answer_again_is_the_reply_that_was_lost(database: Database) -> None:
    me, lead = an_agent(database), a_lead(database)
    request = ask(database, me)
    first = answer(database, lead, str(request.id), YES)
    assert answer(database, lead, str(request.id), YES) == first
    assert entries(database, "8") == ["authority_answered"]


@pytest.mark.parametrize(
    "given_",
    [
        AuthorityAnswer(state=RequestState.REFUSED, words=" "),
        AuthorityAnswer(state=RequestState.REFUSED, words="请打 10012345678"),
        AuthorityAnswer(state=RequestState.GRANTED, words="好" * 121),
        AuthorityAnswer(state=RequestState.WITHDRAWN),
        less(0),
        less(12_000),
        less(-5),
    ],
)
def test_an_answer_that_says_nothing_sound_is_refused(sqlite: Database, given_: AuthorityAnswer) -> None:
    me, lead = an_agent(sqlite), a_lead(sqlite)
    request = ask(sqlite, me)
    with pytest.raises(Refused) as error:
        answer(sqlite, lead, str(request.id), given_)
    assert error.value.code == "bad_answer"
    assert state(sqlite, request) is RequestState.WAITING


def test_a_lead_grants_no_more_than_a_lead_may_what_went_before_included(sqlite: Database) -> None:
    # VIP-07: a lead's most is 800 yuan in one case
    me, lead = an_agent(sqlite), a_lead(sqlite)
    request = ask(sqlite, me, cost_fen=50_000, before_fen=40_000)
    with pytest.raises(Refused) as error:
        answer(sqlite, lead, str(request.id), YES)
    assert error.value.code == "beyond_authority"
    answer(sqlite, lead, str(request.id), less(40_000))


def test_three_requests_of_one_case_are_held_to_the_limit_of_one_whatever_the_desk_says(database: Database) -> None:
    # VIP-07
    me, lead = an_agent(database), a_lead(database)
    first, second, third = (ask(database, me, cost_fen=60_000) for _ in range(3))
    elsewhere = ask(database, me, cost_fen=80_000, case="T9")
    answer(database, lead, str(first.id), YES)
    with pytest.raises(Refused) as error:
        answer(database, lead, str(second.id), YES)
    assert error.value.code == "beyond_authority"
    answer(database, lead, str(second.id), less(20_000))
    with pytest.raises(Refused):
        answer(database, lead, str(third.id), less(100))
    answer(database, lead, str(elsewhere.id), YES)


def test_what_the_agent_gave_alone_counts_beside_what_was_granted(sqlite: Database) -> None:
    # VIP-07: the desk did not know of the first grant yet when it asked again
    me, lead = an_agent(sqlite), a_lead(sqlite)
    first = ask(sqlite, me, cost_fen=50_000, before_fen=6_000, own_fen=6_000)
    second = ask(sqlite, me, cost_fen=30_000, before_fen=6_000, own_fen=6_000)
    answer(sqlite, lead, str(first.id), YES)
    with pytest.raises(Refused) as error:
        answer(sqlite, lead, str(second.id), YES)
    assert error.value.code == "beyond_authority"
    answer(sqlite, lead, str(second.id), less(24_000))


def test_a_withdrawn_request_cannot_be_answered_and_an_answer_outlives_a_late_withdrawal(sqlite: Database) -> None:
    me, lead = an_agent(sqlite), a_lead(sqlite)
    request, kept = ask(sqlite, me), ask(sqlite, me)
    assert verdicts(send(sqlite, me, withdrawn(request.id, "1"))) == ["accepted"]
    with pytest.raises(Refused) as error:
        answer(sqlite, lead, str(request.id), YES)
    assert told(error) == "坐席已撤回这个申请。"
    answer(sqlite, lead, str(kept.id), YES)
    assert verdicts(send(sqlite, me, withdrawn(kept.id, "1"))) == ["accepted"]
    assert state(sqlite, kept) is RequestState.GRANTED


def test_nobody_else_withdraws_a_request(sqlite: Database) -> None:
    me, other = an_agent(sqlite), an_agent(sqlite, "2")
    request = ask(sqlite, me)
    assert verdicts(send(sqlite, other, withdrawn(request.id, "1"))) == ["rejected"]
    send(sqlite, other, withdrawn(request.id, "2"))
    assert state(sqlite, request) is RequestState.WAITING


@pytest.mark.parametrize(("days", "waits"), [(3, True), (30, False)])
def test_what_nobody_answered_waits_for_the_callback_that_was_promised_and_the_lead_sees_by_when(
    database: Database, clock: StillClock, days: int, waits: bool
) -> None:
    # VIP-07, FOLLOW-01
    me, lead = an_agent(database), a_lead(database)
    request, elsewhere = ask(database, me), ask(database, me, task_id=None, case="call:1")
    mine, due = stored(database, "T1"), NOON + timedelta(days=days)
    assert verdicts(send(database, me, saved(mine, "1", callback(mine, "1", due)))) == ["accepted"]
    asked_at = {case.request.id: case.request.call_at for case in seen(database, lead)}
    assert asked_at == {request.id: due if waits else None, elsewhere.id: None}
    clock.now = NOON + OPEN_FOR + timedelta(minutes=1)
    expire(database)
    assert state(database, elsewhere) is RequestState.EXPIRED
    assert state(database, request) is (RequestState.WAITING if waits else RequestState.EXPIRED)
    clock.now = due + timedelta(minutes=1)
    expire(database)
    assert state(database, request) is RequestState.EXPIRED


def test_what_nobody_answers_expires_and_both_sides_are_told(sqlite: Database, clock: StillClock) -> None:
    me, lead = an_agent(sqlite), a_lead(sqlite)
    request = ask(sqlite, me)
    with sqlite.read() as unit:
        before = authority.last(unit)
    clock.forward(hours=25)
    with pytest.raises(Refused) as error:
        answer(sqlite, lead, str(request.id), YES)
    assert error.value.code == "expired"
    assert [ended.case.request.id for ended in expire(sqlite)] == [request.id]
    assert expire(sqlite) == []
    assert entries(sqlite, "server") == ["authority_expired"]
    for side in (me, lead):
        assert [case.state for case in seen(sqlite, side, before)] == [RequestState.EXPIRED]


def test_a_grant_goes_into_the_outcome_of_its_case_and_into_no_other(sqlite: Database) -> None:
    me, lead = an_agent(sqlite), a_lead(sqlite)
    request = ask(sqlite, me)
    answer(sqlite, lead, str(request.id), YES)
    grants = (UsedGrant(request=request.id, fen=12_000, by="8", by_name="员工8"),)
    task, other = given(sqlite, 1, to="1"), given(sqlite, 2, to="1")
    first = saved(task, "1", grants=grants)
    assert verdicts(send(sqlite, me, first, saved(other, "1", grants=grants))) == ["accepted", "accepted"]
    (case,) = seen(sqlite, me)
    assert case.used_by == first.id
    assert entries(sqlite, "1").count("authority_misused") == 1
    corrected = saved(task, "1", grants=grants, corrects=first.id)
    assert verdicts(send(sqlite, me, corrected)) == ["accepted"]
    assert seen(sqlite, me)[0].used_by == corrected.id


def test_a_grant_that_a_correction_does_without_goes_into_another_outcome(sqlite: Database) -> None:
    me, lead = an_agent(sqlite), a_lead(sqlite)
    request = ask(sqlite, me)
    answer(sqlite, lead, str(request.id), YES)
    task = given(sqlite, 1, to="1")
    first = saved(task, "1", grants=(UsedGrant(request=request.id, fen=12_000, by="8", by_name="员工8"),))
    taken_back = saved(task, "1", corrects=first.id)
    assert verdicts(send(sqlite, me, first, taken_back)) == ["accepted", "accepted"]
    assert seen(sqlite, me)[0].used_by is None


def test_customers_are_held_before_a_request_takes_its_number(sqlite: Database) -> None:
    """Or a push and a lead's answer would wait for each other on PostgreSQL."""
    me = an_agent(sqlite)
    task, request = given(sqlite, 1, to="1"), asked("1")
    ends: list[None] = []
    event.listen(sqlite.engine, "commit", lambda _conn: ends.append(None))
    assert verdicts(send(sqlite, me, request, saved(task, "1"))) == ["accepted", "accepted"]
    assert len(ends) == 2


def test_more_than_was_granted_or_what_was_never_granted_is_on_record(sqlite: Database) -> None:
    me, lead = an_agent(sqlite), a_lead(sqlite)
    request = ask(sqlite, me)
    answer(sqlite, lead, str(request.id), less(5_000))
    task = given(sqlite, 1, to="1")
    claims = tuple(UsedGrant(request=key, fen=9_000, by="8", by_name="员工8") for key in (request.id, uuid4()))
    assert verdicts(send(sqlite, me, saved(task, "1", grants=claims))) == ["accepted"]
    assert entries(sqlite, "1").count("authority_misused") == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "客户号码 10012345678"}, "number_in_reason"),
        ({"reason": " "}, "malformed"),
        ({"reason": "好" * 121}, "malformed"),
        ({"cost_fen": 0}, "malformed"),
        ({"cost_fen": -100}, "malformed"),
        ({"customer_id": "C99"}, "unknown_customer"),
        ({"agent": "2"}, "not_yours"),
        ({"case": "x" * 200}, "malformed"),
    ],
)
def test_a_request_that_cannot_be_taken_is_rejected_with_its_reason(
    sqlite: Database, changes: dict[str, Any], code: str
) -> None:
    me = an_agent(sqlite)
    given(sqlite, 1, to="1")
    answers = send(sqlite, me, asked("1", **changes)).answers
    assert [(one.verdict.value, one.code) for one in answers] == [("rejected", code)]


def test_a_desk_asks_for_what_is_newer_and_begins_anew_after_a_restored_database(sqlite: Database) -> None:
    me, lead = an_agent(sqlite), a_lead(sqlite)
    first = ask(sqlite, me)
    with sqlite.read() as unit:
        cursor = authority.last(unit)
    second = ask(sqlite, me)
    assert [case.request.id for case in seen(sqlite, lead, cursor)] == [second.id]
    assert [case.request.id for case in seen(sqlite, lead, 10_000)] == [first.id, second.id]
