"""When a step stays closed, and why."""

from collections.abc import Mapping, Sequence

from core.domain.outcome import Verification
from core.domain.script import Cue, Selling, Step
from core.domain.text import Text
from core.guidance.said import PROBLEM, PROBLEM_OPEN

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
PROBLEM_FIRST = Text(
    "客户刚说有问题没解决：先办好这件事，今天不推荐。",
    "The customer has just told of a problem: settle that first, nothing is sold today.",
)
ASKED_ENOUGH = Text("这一步已经说够了，不再重复。", "This was gone through often enough.")
REFUSED_CONTACT = "refused_contact"
"""the result, in every scenario, of a customer who wants no more calls"""
VERIFY_OWNER = "verify_owner"
"""the checklist item, in every scenario, that is ticked by the verification itself"""


def why_closed(
    step: Step,
    facts: Mapping[str, object],
    *,
    verification: Verification,
    refused: bool = False,
    cues: Sequence[Cue] = (),
) -> Text | None:
    """SCRIPT-22 before OUTCOME-11, SCRIPT-09 and the moments of VIP-03; None where the step is open.

    `cues` are those that hold for this customer."""
    if step.discloses and verification is not Verification.OWNER:
        return UNVERIFIED if verification is Verification.NOT_ASKED else NOT_THE_OWNER
    if step.sells and refused:
        return REFUSED
    if step.sells and facts.get("complaint_open") is True:
        return COMPLAINT_FIRST
    if step.sells and facts.get(PROBLEM) == PROBLEM_OPEN:
        return PROBLEM_FIRST
    quiet = next((cue for cue in cues if cue.selling is Selling.NEVER), None)
    if step.sells and quiet is not None:
        return Text(f"{quiet.label.zh}：今天只服务，不推荐。", f"{quiet.label.en}: serve today, sell nothing.")
    return None
