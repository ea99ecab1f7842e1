"""The port through which numbers are dialled. A softphone or a PBX is one more adapter that can do more."""

from enum import StrEnum
from typing import Protocol

from core.compliance import Permit


class Capability(StrEnum):
    """What an adapter can do beyond dialling; the window shows nothing else."""

    HANGS_UP = "hangs_up"
    MUTES = "mutes"
    HOLDS = "holds"
    REPORTS_STATE = "reports_state"
    """tells by itself when the call is answered and ended"""
    REPORTS_TALK_TIME = "reports_talk_time"
    """its talk time is measured, not stated by the agent"""


class Dialler(Protocol):
    @property
    def name(self) -> str:
        """What a CallRecord calls it: tel, sip."""

    @property
    def capabilities(self) -> frozenset[Capability]: ...

    def dial(self, permit: Permit) -> None:
        """Dial the permit's number and use the permit up; raises DialFailed where nothing was dialled."""
