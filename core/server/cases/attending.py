"""Whether a call that is due now finds its agent (VIP-11): by the roster, who is away, and the desk's own word."""

from core.domain.presence import AgentState, Seen, seen
from core.server.cases.shifts import shifts
from core.server.db import people, presence
from core.server.db.engine import Unit
from core.server.db.presence import Presence


def works_here(unit: Unit, staff_number: str) -> bool:
    account = people.get(unit, staff_number) if staff_number else None
    return account is not None and not account.disabled


def is_there(unit: Unit, staff_number: str) -> bool:
    """On duty or at the desk, and not away. Of whom no shift and no state is known nobody can say that they are not."""
    if not works_here(unit, staff_number) or staff_number in presence.away(unit):
        return False
    own = [one for one in shifts(unit) if one.staff_number == staff_number]
    if any(one.covers(unit.now) for one in own):
        return True
    known = presence.of(unit, [staff_number]).get(staff_number, Presence())
    signed_in = staff_number in presence.signed_in(unit, [staff_number])
    desk = seen(heard_at=known.heard_at, signed_in=signed_in, now=unit.now)
    if desk is Seen.HERE:
        return known.state is not AgentState.OFF
    return not own and (desk is Seen.NEVER or (desk is Seen.UNHEARD and known.state is not AgentState.OFF))
