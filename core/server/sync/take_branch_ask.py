"""Taking what an agent asks of a branch."""

from core.domain.branch_request import BranchAsk
from core.domain.people import Right
from core.server.access.caller import Caller
from core.server.branch_requests import join
from core.server.db import customers, publications
from core.server.db.engine import Unit
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected

_MOST = 80


def take_branch_ask(unit: Unit, caller: Caller, value: BranchAsk) -> Ruling:
    """A plan that any published catalogue had, of a branch that some customer belongs to or of the centre's own."""
    if value.agent != caller.staff_number or not caller.may(Right.CALL):
        return rejected(Code.NOT_YOURS)
    if not value.plan_code or len(value.plan_code) > _MOST or len(value.branch) > _MOST:
        return rejected(Code.MALFORMED)
    # A desk that was offline may ask for what has left the catalogue meanwhile.
    if not publications.had_plan(unit, value.plan_code):
        return rejected(Code.UNKNOWN_PLAN)
    if value.branch and not customers.is_branch(unit, value.branch):
        return rejected(Code.UNKNOWN_BRANCH)
    join(unit, value, team_id=caller.agent.team)
    return ACCEPTED
