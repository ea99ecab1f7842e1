"""What the agent may still grant alone in a repair case (VIP-07): the server asks the same of what arrives."""

from uuid import UUID

from core.content.decode_offers import decode_granting
from core.desk.desk import Desk
from core.domain.errors import InputError
from core.domain.granting import GrantRules
from core.domain.money import yuan_short
from core.domain.offer_content import GRANTING
from core.domain.people import Role
from core.domain.text import Text


def left_to_allow(desk: Desk, case: UUID) -> int:
    """Fen, beside what was granted in the case before by the same person; an administrator as much as a lead."""
    role = desk.agent.role if desk.agent.role is not Role.ADMINISTRATOR else Role.TEAM_LEAD
    standing = next((one for one in desk.store.casework().cases if one.id == case), None)
    own = [one.fen for one in standing.allowed if one.by == desk.agent.staff_number] if standing else []
    return max(_rules(desk).most_fen(role) - sum(own), 0)


def check_allowed(desk: Desk, case: UUID, fen: int) -> None:
    """Raises InputError where `fen` goes beyond it."""
    left = left_to_allow(desk, case)
    if fen <= left:
        return
    yuan = yuan_short(left)
    message = (
        Text(f"您的权限在这件案子里还剩 ¥{yuan}。", f"Within your authority ¥{yuan} are left in this case.")
        if left
        else Text("您在这件案子里的权限已用完。", "Nothing is left of your authority in this case.")
    )
    raise InputError(
        title=Text("超出您的权限", "Beyond your authority"),
        message=message,
        next_step=Text(
            "要多给，打开客户后按 Alt+A 请班长批；批下的会自动记进案子。",
            "For more, open the customer and ask the lead with Alt+A: what is granted stands in the case by itself.",
        ),
    )


def _rules(desk: Desk) -> GrantRules:
    body = desk.store.content(GRANTING, GRANTING)
    if body is not None:
        return decode_granting(body)
    # Its room reads YAML: only a site's own folder of an earlier program lacks the rules.
    from core.content.grant_rules import grant_rules

    return grant_rules()
