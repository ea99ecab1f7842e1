"""A request to a branch office to open a plan to calls (4G-05): sent, answered, active."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.text import Text

BRANCH_REQUEST = "branch_request"
"""kind of the content document that tells every desk how a request stands; name: the plan's code and the branch"""


class BranchState(StrEnum):
    SENT = "sent"
    ANSWERED = "answered"
    """the branch has said yes or no; a yes is not open to calls yet"""
    ACTIVE = "active"
    """open to calls"""


class BranchAsk(Struct, frozen=True, kw_only=True):
    """What an agent asks; the same plan asked of the same branch again joins the request that stands."""

    id: UUID
    agent: str
    at: datetime
    plan_code: str
    branch: str
    """as the customer's record names it; empty where it names none: the centre's own"""


class BranchRequest(Struct, frozen=True, kw_only=True):
    plan_code: str
    branch: str
    state: BranchState = BranchState.SENT
    agreed: bool | None = None
    """the branch's answer; None until it came"""
    answer: str = ""
    """the branch's words, or who answers for it"""
    asked_by: tuple[str, ...] = ()
    """staff numbers, the first first"""
    asked_at: datetime
    changed_at: datetime
    errand: UUID | None = None
    """what carries it to the branch; None: asked before requests left by the department port"""

    @property
    def name(self) -> str:
        return request_name(self.plan_code, self.branch)


def request_name(plan_code: str, branch: str) -> str:
    return f"{plan_code}@{branch}"


def branch_words(request: BranchRequest) -> Text:
    """How the request stands, in words."""
    more = f"：{request.answer}" if request.answer else ""
    more_en = f": {request.answer}" if request.answer else ""
    if request.state is BranchState.SENT:
        return Text("已请支局开放，待答复", "Branch asked, no answer yet")
    if request.state is BranchState.ACTIVE:
        return Text(f"支局已开放外呼{more}", f"Opened to calls by the branch{more_en}")
    if request.agreed:
        return Text(f"支局已同意，待开放{more}", f"Branch agreed, not open yet{more_en}")
    return Text(f"支局未同意{more}", f"Branch declined{more_en}")
