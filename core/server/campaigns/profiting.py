"""What calling a campaign's members is expected to bring, by the costs that its model was trained with. Pure."""

from core.domain.campaign import CALLS, Arm, MemberState
from core.server.campaigns.candidates import Laid


def profits(laid: Laid) -> dict[str, float]:
    """Fen by customer, of those who would be called: what those kept are worth, less the call. Whom a call keeps an
    uplift model says; without one it is the share of leavers that was assumed as the churn model was trained.

    Nobody where no costs were stated, or of whom no model says anything."""
    costs = laid.chosen.costs
    if costs is None:
        return {}
    found: dict[str, float] = {}
    for one in laid.members:
        if one.arm is not Arm.TREATED or one.state is not MemberState.READY or one.route not in CALLS:
            continue
        kept = laid.expected.by_customer.get(one.customer_id)
        if kept is None and one.score is not None:
            kept = one.score * costs.saved
        if kept is not None:
            found[one.customer_id] = kept * costs.worth_fen - costs.call_fen
    return found
