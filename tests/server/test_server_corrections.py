"""A correction is a new record that points at the old one, and its effects take the old one's place."""

from datetime import timedelta

from server_kit import (
    NOON,
    add_agent,
    agent,
    callback,
    document,
    given,
    saved,
    send,
    stored,
    task,
    verdicts,
)

from core.domain.customer import Care
from core.domain.outcome import Contact
from core.domain.people import Role
from core.domain.task import TaskState
from core.server.db import customers, refusals, schema
from core.server.db.engine import Database
from core.server.loading import load


def care_of(database: Database) -> Care:
    with database.read() as unit:
        return customers.section(unit, "C1", "care", Care) or Care()


def test_the_record_is_never_overwritten(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    first = saved(mine, "1", note="旧")
    second = saved(mine, "1", note="新", corrects=first.id)
    assert verdicts(send(database, me, first, second)) == ["accepted", "accepted"]
    with database.read() as unit:
        rows = {row.id: row for row in unit.conn.execute(schema.outcome.select())}
    assert rows[str(first.id)].corrected_by == str(second.id)
    assert rows[str(second.id)].corrects == str(first.id)
    assert [call.note for call in care_of(database).calls] == ["新"]
    assert stored(database, "T1").attempts == 1


def test_a_correction_opens_a_finished_task_again(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    first = saved(mine, "1")
    send(database, me, first)
    due = NOON + timedelta(days=1)
    send(database, me, saved(mine, "1", callback(mine, "1", due), corrects=first.id))
    after = stored(database, "T1")
    assert (after.state, after.callback_at, after.assigned_to) == (TaskState.FOLLOW_UP, due, "1")


def test_a_correction_takes_back_the_promise(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    first = saved(mine, "1", callback(mine, "1", NOON + timedelta(hours=3)))
    send(database, me, first, saved(mine, "1", corrects=first.id))
    assert stored(database, "T1").state is TaskState.DONE
    with database.read() as unit:
        assert [row.state for row in unit.conn.execute(schema.follow_up.select())] == ["cancelled"]


def test_a_customer_who_has_a_new_task_stays_on_one_desk(database: Database) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    first = saved(mine, "1")
    send(database, me, first)
    load(database, [(document(), task(2, customer_id="C1"))])
    again = saved(mine, "1", corrects=first.id, contact=Contact.UNANSWERED, result="none")
    assert verdicts(send(database, me, again)) == ["accepted"]
    assert stored(database, "T1").state is TaskState.DONE
    assert stored(database, "T2").state is TaskState.WAITING


def test_only_ones_own_or_ones_teams_are_corrected(database: Database) -> None:
    # ROLE-01
    me = add_agent(database, agent("1"))
    peer = add_agent(database, agent("2"))
    lead = add_agent(database, agent("8", role=Role.TEAM_LEAD))
    stranger = add_agent(database, agent("9", role=Role.TEAM_LEAD, team="B"))
    mine = given(database, to="1")
    first = saved(mine, "1")
    send(database, me, first)
    for other in (peer, stranger):
        answers = send(database, other, saved(mine, other.staff_number, corrects=first.id))
        assert [answer.code for answer in answers.answers] == ["not_yours"]
    assert verdicts(send(database, lead, saved(mine, "8", corrects=first.id))) == ["accepted"]


def test_only_a_lead_releases_a_refusal_that_was_a_mistake(database: Database) -> None:
    # OUTCOME-11
    me = add_agent(database, agent("1"))
    lead = add_agent(database, agent("8", role=Role.TEAM_LEAD))
    mine = given(database, to="1")
    first = saved(mine, "1", opt_out=True)
    mistaken = saved(mine, "1", corrects=first.id)
    send(database, me, first, mistaken)
    assert care_of(database).opted_out, "the agent alone cannot take a refusal back"
    with database.read() as unit:
        assert refusals.is_opted_out(unit, "C1")
    by_lead = saved(mine, "8", corrects=first.id)
    assert verdicts(send(database, lead, by_lead)) == ["accepted"]
    with database.read() as unit:
        assert not refusals.is_opted_out(unit, "C1")
    assert not care_of(database).opted_out
