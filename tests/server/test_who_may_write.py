"""A record about a customer comes from a desk that has or had them, and from no other, whatever it knows of them."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from case_kit import began, event
from pushed_kit import KINDS_ABOUT_SOMEBODY, every_kind, open_department
from server_kit import (
    NOON,
    StillClock,
    add_agent,
    agent,
    document,
    given,
    opens,
    saved,
    send,
    stored,
    task,
    verdicts,
)
from sqlalchemy import select

from core.domain.case import Ended, Satisfaction
from core.domain.people import Role
from core.domain.task import TaskState
from core.server.access.caller import Caller
from core.server.db import customers, schema, settings, tasks
from core.server.db.engine import Database
from core.server.leases import reap
from core.server.loading import load
from core.server.portfolios import tell_portfolios
from core.server.sync.effects import given_to, given_up

OTHER = "2"


def test_each_kind_of_item_is_told_apart_by_whether_it_is_about_a_customer() -> None:
    assert every_kind("1", 1, NOON).keys() == KINDS_ABOUT_SOMEBODY


# Reliability S1
def test_another_teams_agent_writes_nothing_about_who_is_on_this_teams_desk(database: Database) -> None:
    open_department(database)
    other = add_agent(database, agent(OTHER, team="B"))
    given(database, to="1")
    with database.read() as unit:
        before = unit.conn.execute(select(schema.customer_section).order_by(schema.customer_section.c.section)).all()
    answers = {
        kind: [one.code for one in send(database, other, item).answers]
        for kind, item in every_kind(OTHER, 1, NOON).items()
    }
    assert answers == {kind: ["unknown_customer"] for kind in answers}
    assert stored(database, "T1").state is TaskState.ASSIGNED
    with database.read() as unit:
        after = unit.conn.execute(select(schema.customer_section).order_by(schema.customer_section.c.section)).all()
        assert after == before
        assert not unit.conn.execute(select(schema.opt_out)).all()


# Reliability S1
def test_who_is_on_nobodys_desk_is_opened_before_anything_is_written(database: Database) -> None:
    """Opened is on record, and so many in a day: by writing alone nobody gets round it."""
    open_department(database)
    me = add_agent(database, agent("1"))
    load(database, [(document(), task())])
    kinds = every_kind("1", 1, NOON)
    assert verdicts(send(database, me, *kinds.values())) == ["rejected"] * len(kinds)
    opens(database, me)
    again = dict(zip(kinds, verdicts(send(database, me, *every_kind("1", 1, NOON).values())), strict=True))
    # The task is nobody's: what is said of it is kept, and moves nothing.
    not_mine = dict.fromkeys(("skip", "callback_move"), "superseded")
    assert again == dict.fromkeys(kinds, "accepted") | not_mine


def _task_given_on(database: Database, _me: Caller, _clock: StillClock) -> None:
    held = given(database, to="1")
    with database.write() as unit:
        tasks.change(unit, held, given_to(given_up(held), OTHER, unit.now + timedelta(hours=1)))


def _opened_the_day_before(database: Database, me: Caller, clock: StillClock) -> None:
    load(database, [(document(), None)])
    opens(database, me)
    clock.forward(hours=25)
    reap(database)
    load(database, [(document(), task(to=OTHER))])


def _case_closed(database: Database, me: Caller, clock: StillClock) -> None:
    load(database, [(document(), None)])
    opens(database, me)
    case = uuid4()
    ended = Ended(satisfaction=Satisfaction.SATISFIED, words="好了")
    sent = send(database, me, event(me, case, began(me)), event(me, case, ended, at=NOON + timedelta(minutes=1)))
    assert verdicts(sent) == ["accepted"] * 2
    clock.forward(hours=25)
    reap(database)
    load(database, [(document(), task(to=OTHER))])


def _named_another_manager(database: Database, _me: Caller, _clock: StillClock) -> None:
    for manager in ("1", OTHER):
        one = document()
        assert one.identity is not None
        one.identity = msgspec.structs.replace(one.identity, manager_staff_number=manager)
        load(database, [(one, None)])
        tell_portfolios(database)


Lost = Callable[[Database, Caller, StillClock], None]


# Reliability R1: what was done offline while the customer was one's own is lost to nobody
@pytest.mark.parametrize(
    "lost", [_task_given_on, _opened_the_day_before, _case_closed, _named_another_manager], ids=lambda one: one.__name__
)
def test_what_was_done_while_the_customer_was_ones_own_is_taken_later(
    database: Database, clock: StillClock, lost: Lost
) -> None:
    open_department(database)
    me = add_agent(database, agent("1", role=Role.PHONE_ACCOUNT_MANAGER))
    add_agent(database, agent(OTHER, team="B", role=Role.PHONE_ACCOUNT_MANAGER))
    lost(database, me, clock)
    with database.read() as unit:
        assert not tasks.keeps_customer(unit, "1", "C1")
        assert customers.head(unit, "C1") is not None
    told = every_kind("1", 1, NOON)
    # Of what a task would be needed for there may be none.
    for kind in () if lost is _task_given_on else ("skip", "callback_move"):
        del told[kind]
    assert "rejected" not in verdicts(send(database, me, *told.values()))


# Reliability R15
def test_a_restored_server_takes_what_was_done_before_from_whom_it_has_forgotten(
    database: Database, clock: StillClock
) -> None:
    me = add_agent(database, agent("1", areas=("东岭区",)))
    far = add_agent(database, agent("3", areas=("西河区",)))
    load(database, [(document(), task(to=OTHER))])
    clock.forward(minutes=1)
    with database.write() as unit:
        settings.note_restored(unit)
    before, after = NOON, NOON + timedelta(minutes=1)
    assert verdicts(send(database, me, saved(None, "1", customer_id="C1", recorded_at=after))) == ["rejected"]
    assert verdicts(send(database, far, saved(None, "3", customer_id="C1", recorded_at=before))) == ["rejected"]
    assert verdicts(send(database, me, saved(None, "1", customer_id="C1", recorded_at=before))) == ["accepted"]


# OUTCOME-01
def test_a_lead_corrects_a_record_of_the_team_without_opening_the_customer(database: Database) -> None:
    me = add_agent(database, agent("1"))
    lead = add_agent(database, agent("8", role=Role.TEAM_LEAD))
    elsewhere = add_agent(database, agent("9", team="B", role=Role.TEAM_LEAD))
    mine = given(database, to="1")
    first = saved(mine, "1")
    assert verdicts(send(database, me, first)) == ["accepted"]
    assert verdicts(send(database, elsewhere, saved(mine, "9", corrects=first.id))) == ["rejected"]
    assert verdicts(send(database, lead, saved(mine, "8", corrects=first.id))) == ["accepted"]
