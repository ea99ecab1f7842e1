"""Whom a complaint does not hold back from a call: those who asked for it, or to whom somebody promised it."""

from datetime import timedelta

import pytest
from server_kit import NOON, SCENARIO, add_agent, agent, document, stored, task

from core.domain.customer import Care, Ticket
from core.domain.people import Role
from core.domain.text import Text
from core.server.calling_rules import CallingRules
from core.server.cases.tickets import take_ticket
from core.server.db.engine import Database
from core.server.loading import load
from core.server.loading.back_to_agent import back_to_agent
from core.wire.casework import HotlineTicket, TicketKind

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
    """One customer, with a task that waits for the end of their complaint."""
    load(sqlite, [(document(1, care=COMPLAINS, indicators={"marketing_consent": False}), task(1))])
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
