"""The person behind a request, and what they may do to which object."""

from dataclasses import dataclass

from core.domain.people import Agent, Right
from core.server.db import customers, tasks
from core.server.db.engine import Unit


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


def may_record(unit: Unit, caller: Caller, customer_id: str) -> bool:
    """Whether a record about the customer may come from them: also of one who was on their desk before."""
    if not caller.may(Right.CALL):
        return False
    head = customers.head(unit, customer_id)
    if head is None:
        return False
    return may_open(unit, caller, customer_id, head.area) or tasks.ever_held(unit, caller.staff_number, customer_id)
