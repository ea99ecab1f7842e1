"""Whom a complaint does not hold back from a call: those who asked for it, or to whom somebody promised it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from server_kit import NOON, SCENARIO, add_agent, agent, callback, document, opens, saved, send, stored, task, verdicts

from core.domain.callback_move import CallbackMove
from core.domain.customer import Care, Ticket
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.outcome import Contact
from core.domain.people import Role
from core.domain.text import Text
from core.server.calling_rules import CallingRules
from core.server.cases.tickets import take_ticket
from core.server.db.engine import Database
from core.server.loading import load
from core.server.loading.back_to_agent import back_to_agent
from core.wire.casework import HotlineTicket, TicketKind
from core.wire.errands import CallbackMoved

COMPLAINS = Care(
    tickets=[
        Ticket(
            id="1",
            kind=Text("投诉", "Complaint"),
            topic=Text("信号弱", "Weak"),
            complaint=True,
            opened_at=NOON - timedelta(days=2),
        )
    ]
)
WORDS = Text("网厅换套餐报错", "A plan change failed")


def held(database: Database, task_id: str = "T1") -> bool:
    """Whether anything stands against calling the task's customer."""
    with database.read() as unit:
        return CallingRules(unit).what_holds(stored(database, task_id)) is not None


@pytest.fixture
def complaining(sqlite: Database) -> Database:
    """One customer, with a task on a desk that waits for the end of their complaint."""
    load(sqlite, [(document(1, care=COMPLAINS, indicators={"marketing_consent": False}), task(1, to="2043"))])
    assert held(sqlite)
    return sqlite


# VIP-03, INTEG-07
def test_an_order_that_failed_is_owed_to_the_customer_on_the_task_that_they_have(complaining: Database) -> None:
    with complaining.write() as unit:
        back_to_agent(
            unit, "again", customer_id="C1", scenario=SCENARIO, agent="2043", team_id="A", reason=WORDS
        )  # fmt: skip
    assert not held(complaining)


# VIP-03, TASK-11
def test_a_transaction_that_failed_is_owed_to_the_customer_on_the_task_that_they_have(complaining: Database) -> None:
    hotline = add_agent(complaining, agent("9001", role=Role.PLANNER))
    kind = TicketKind.FAILED_TRANSACTION
    take_ticket(complaining, hotline, HotlineTicket(id="H", kind=kind, customer_id="C1", at=NOON, words=WORDS))
    assert not held(complaining)


AGREED = [(Contact.OWNER, False), (Contact.FAMILY, False), (Contact.UNANSWERED, True), (Contact.REJECTED, True)]
"""whom the call reached in which the callback was set, and whether a complaint holds it"""
DUE = NOON + timedelta(hours=1)


# VIP-03, TASK-16
@pytest.mark.parametrize(("contact", "holds"), AGREED)
def test_a_callback_is_promised_only_where_somebody_was_reached(
    complaining: Database, contact: Contact, holds: bool
) -> None:
    me, mine = add_agent(complaining, agent()), stored(complaining, "T1")
    call = saved(mine, "2043", callback(mine, "2043", DUE), contact=contact, result="r")
    assert verdicts(send(complaining, me, call)) == ["accepted"]
    assert stored(complaining, "T1").callback_at == DUE, "it stands in any case"
    assert held(complaining) is holds


# VIP-03, TASK-16
@pytest.mark.parametrize(("contact", "holds"), AGREED)
def test_so_it_is_with_one_of_a_call_without_a_task(sqlite: Database, contact: Contact, holds: bool) -> None:
    me = add_agent(sqlite, agent())
    load(sqlite, [(document(1, care=COMPLAINS), None)])
    opens(sqlite, me)
    promise = FollowUp(
        id=uuid4(), outcome_id=UUID(int=0), task_id=None, customer_id="C1", agent="2043", due_at=DUE,
        kind=FollowUpKind.CALLBACK,
    )  # fmt: skip
    call = saved(None, "2043", promise, customer_id="C1", contact=contact, result="r")
    assert verdicts(send(sqlite, me, call)) == ["accepted"]
    assert held(sqlite, f"callback-{promise.id}") is holds


# VIP-03, FOLLOW-01
def test_a_callback_that_is_moved_with_the_customer_is_promised_from_then_on(complaining: Database) -> None:
    me, mine = add_agent(complaining, agent()), stored(complaining, "T1")
    call = saved(mine, "2043", callback(mine, "2043", DUE), contact=Contact.UNANSWERED, result="r")
    move = CallbackMove(
        id=uuid4(), task_id="T1", customer_id="C1", agent="2043", at=NOON, before=DUE, to=DUE + timedelta(hours=1),
        agreed_with=Contact.OWNER,
    )  # fmt: skip
    assert verdicts(send(complaining, me, call, CallbackMoved(callback_move=move))) == ["accepted", "accepted"]
    assert not held(complaining)
