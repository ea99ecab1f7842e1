"""Taking what an agent asks of a branch."""

from core.domain.branch_request import BranchAsk
from core.domain.people import Right
from core.server.access.caller import Caller
from core.server.branch_requests import join
from core.server.db.engine import Unit
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected

_MOST = 80


def take_branch_ask(unit: Unit, caller: Caller, value: BranchAsk) -> Ruling:
    if value.agent != caller.staff_number or not caller.may(Right.CALL):
        return rejected(Code.NOT_YOURS)
    if not value.plan_code or len(value.plan_code) > _MOST or len(value.branch) > _MOST:
        return rejected(Code.MALFORMED)
    join(unit, value)
    return ACCEPTED
