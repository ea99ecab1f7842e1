"""When a step stays closed, and why."""

from collections.abc import Mapping

from core.domain.outcome import Verification
from core.domain.script import Step
from core.domain.text import Text

UNVERIFIED = Text("请先核实机主，再谈账单和办理。", "Verify the owner before bills or orders are talked of.")
NOT_THE_OWNER = Text(
    "对方不是机主本人，账单和办理不能透露，请走简短版。",
    "This is not the owner: bills and orders stay private, use the short version.",
)
COMPLAINT_FIRST = Text("客户有投诉还没了结：先解决问题，再谈推荐。", "A complaint is open: solve it before selling.")
REFUSED = Text(
    "客户已表示不再接受推荐，请停止营销，礼貌结束。",
    "The customer wants no more calls: stop selling and close politely.",
)
REFUSED_CONTACT = "refused_contact"
"""the result, in every scenario, of a customer who wants no more calls"""
VERIFY_OWNER = "verify_owner"
"""the checklist item, in every scenario, that is ticked by the verification itself"""


def why_closed(
    step: Step, facts: Mapping[str, object], *, verification: Verification, refused: bool = False
) -> Text | None:
    """SCRIPT-22 before SCRIPT-09 and OUTCOME-11; None where the step is open."""
    if step.discloses and verification is not Verification.OWNER:
        return UNVERIFIED if verification is Verification.NOT_ASKED else NOT_THE_OWNER
    if step.sells and refused:
        return REFUSED
    if step.sells and facts.get("complaint_open") is True:
        return COMPLAINT_FIRST
    return None
