"""Taking what an agent is doing: their own desk says it, whenever it next speaks to the server."""

from core.domain.people import Right
from core.domain.presence import StateChange
from core.server.access.caller import Caller
from core.server.db import presence
from core.server.db.engine import Unit
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected


def take_state(unit: Unit, caller: Caller, value: StateChange) -> Ruling:
    if value.agent != caller.staff_number or not caller.may(Right.CALL):
        return rejected(Code.NOT_YOURS)
    presence.add(unit, value)
    return ACCEPTED
