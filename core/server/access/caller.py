"""The person behind a request, and what they may do to which object."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.people import Agent, Right
from core.server.db import customers, feed, settings, tasks
from core.server.db.engine import Unit
from core.wire.pull import Kind


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in, enabled user."""

    agent: Agent
    session_id: str

    @property
    def staff_number(self) -> str:
        return self.agent.staff_number

    @property
    def rights(self) -> frozenset[Right]:
        return self.agent.rights

    def may(self, right: Right) -> bool:
        return right in self.agent.rights


def may_open(unit: Unit, caller: Caller, customer_id: str, area: str) -> bool:
    """A customer on one's own desk, or, for those who may call without a task, one of one's own areas.

    No areas stands for the whole centre."""
    if tasks.keeps_customer(unit, caller.staff_number, customer_id):
        return True
    if not (caller.may(Right.CALL_WITHOUT_TASK) or caller.may(Right.SEE_TEAM)):
        return False
    return not caller.agent.areas or area in caller.agent.areas


def may_call(unit: Unit, caller: Caller, customer_id: str) -> bool:
    """Whether they make calls at all, and there is such a customer."""
    return caller.may(Right.CALL) and customers.head(unit, customer_id) is not None


def may_record(unit: Unit, caller: Caller, customer_id: str, *, said_at: datetime) -> bool:
    """Whether what was said then about the customer may come from them: their desk has or had the customer, by a task,
    a case, a portfolio, or as they opened them."""
    if not may_call(unit, caller, customer_id):
        return False
    if feed.ever_held(unit, caller.staff_number, Kind.CUSTOMER, customer_id):
        return True
    if tasks.keeps_customer(unit, caller.staff_number, customer_id):
        return True
    # What was given and opened since the backup was made, a restored database does not know.
    restored = settings.restored_at(unit)
    lost = restored is not None and said_at < restored
    head = customers.head(unit, customer_id) if lost else None
    return head is not None and may_open(unit, caller, customer_id, head.area)
