"""A claimed save, asked after by callback staff (FOLLOW-02)."""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from msgspec import Struct

from core.domain.text import Text

SCENARIO: Final = "save-verification"
"""the script and the results that callback staff ask by; the codes of the results are those of CheckState"""


class CheckState(StrEnum):
    WAITING = "waiting"
    """saved not long ago, or the customer has another open task"""
    ASKED = "asked"
    """the task is out"""
    CONFIRMED = "confirmed"
    DENIED = "denied"
    """the save is taken back twice over (BB-12)"""
    UNCLEAR = "unclear"
    """the customer could not say: it says nothing against the agent"""
    UNREACHABLE = "unreachable"
    LAPSED = "lapsed"
    """nobody could ask in time: it says nothing against the agent"""


SETTLED = frozenset(CheckState) - {CheckState.WAITING, CheckState.ASKED}
CHECK_NAMES: dict[CheckState, Text] = {
    CheckState.WAITING: Text("等待回访", "Waits to be asked after"),
    CheckState.ASKED: Text("回访中", "Being asked after"),
    CheckState.CONFIRMED: Text("客户确认", "Confirmed by the customer"),
    CheckState.DENIED: Text("客户否认", "Denied by the customer"),
    CheckState.UNCLEAR: Text("客户说不准", "The customer could not say"),
    CheckState.UNREACHABLE: Text("未联系上", "Not reached"),
    CheckState.LAPSED: Text("未及回访", "Not asked in time"),
}


class SaveCheck(Struct, frozen=True, kw_only=True):
    """What callback staff found of one claimed save."""

    save: UUID
    """the outcome in which it was claimed; the first record of the call"""
    agent: str
    team: str
    scenario: str
    customer_id: str
    saved_at: datetime
    state: CheckState
    task_id: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    answer: UUID | None = None
    """the outcome of the callback"""

    @property
    def faked(self) -> bool:
        """Points of this save are to be deducted twice over (BB-12)."""
        return self.state is CheckState.DENIED
