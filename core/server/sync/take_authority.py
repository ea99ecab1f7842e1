"""Taking a request for more authority, and its withdrawal."""

import msgspec

from core.domain.authority import AuthorityRequest, RequestFlaw, Withdrawal, request_flaw
from core.domain.masking import mask_name
from core.domain.people import Right
from core.domain.task import Tier
from core.server import authority as rules
from core.server.access.caller import Caller, may_record
from core.server.db import audit, authority, customers
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected

_NAME_MOST = 120


def take_request(unit: Unit, caller: Caller, value: AuthorityRequest) -> Ruling:
    """It waits for a lead of the agent's team. Whom it is about is as the server knows them, not as the desk says."""
    if value.agent != caller.staff_number or not caller.may(Right.CALL):
        return rejected(Code.NOT_YOURS)
    head = customers.head(unit, value.customer_id)
    if head is None or not may_record(unit, caller, value.customer_id, said_at=value.at):
        return rejected(Code.UNKNOWN_CUSTOMER)
    flaw = request_flaw(value)
    if flaw is RequestFlaw.NUMBER:
        return rejected(Code.NUMBER_IN_REASON)
    if flaw is not None or len(value.case) > _NAME_MOST or max(len(value.offer.zh), len(value.offer.en)) > _NAME_MOST:
        return rejected(Code.MALFORMED)
    kept = msgspec.structs.replace(value, customer=mask_name(head.name), tier=Tier(head.tier))
    authority.add(unit, kept, agent_name=caller.agent.name, team=caller.agent.team)
    audit.write(
        unit, writer=caller.staff_number, action=Action.AUTHORITY_ASKED, object_=str(value.id),
        customer=value.customer_id, offer=value.kind.value, fen=value.cost_fen,
    )  # fmt: skip
    return ACCEPTED


def take_withdrawal(unit: Unit, caller: Caller, value: Withdrawal) -> Ruling:
    """An answer that was quicker stands; the desk learns of it as of any other."""
    if value.agent != caller.staff_number:
        return rejected(Code.NOT_YOURS)
    rules.withdraw(unit, caller, value)
    return ACCEPTED
