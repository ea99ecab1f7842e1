"""What an agent is doing: stated by the call itself, or by one key for a break or a training. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.call import CallState
from core.domain.text import Text

UNHEARD_AFTER = timedelta(minutes=3)
"""a desk that is there asks the server every few seconds; after so long a silence nobody can say what its agent does"""


class AgentState(StrEnum):
    READY = "ready"
    IN_CALL = "in_call"
    WRAP_UP = "wrap_up"
    BREAK = "break"
    TRAINING = "training"
    OFF = "off"
    """the desk was closed; who closed it without a network says so at the next sign-in"""


STATE_NAMES: dict[AgentState, Text] = {
    AgentState.READY: Text("就绪", "Ready"),
    AgentState.IN_CALL: Text("通话中", "In call"),
    AgentState.WRAP_UP: Text("话后整理", "Wrap-up"),
    AgentState.BREAK: Text("小休", "Break"),
    AgentState.TRAINING: Text("培训", "Training"),
    AgentState.OFF: Text("已离席", "Desk closed"),
}
PAUSES = frozenset({AgentState.BREAK, AgentState.TRAINING})
_OF_CALL = {
    CallState.DIALLING: AgentState.IN_CALL,
    CallState.IN_CALL: AgentState.IN_CALL,
    CallState.WRAP_UP: AgentState.WRAP_UP,
}


class StateChange(Struct, frozen=True, kw_only=True):
    """From this moment on the agent is in that state."""

    id: UUID
    agent: str
    state: AgentState
    at: datetime


class Seen(StrEnum):
    """How much the server can say of a desk now."""

    HERE = "here"
    UNHEARD = "unheard"
    """signed in, and silent for longer than a desk that is there would be: a crash, or no network"""
    SIGNED_OUT = "signed_out"
    NEVER = "never"
    """not since the server records it"""


def seen(*, heard_at: datetime | None, signed_in: bool, now: datetime) -> Seen:
    """`heard_at` is when the desk last asked the server for anything; `signed_in` whether a session of it is open."""
    if heard_at is None:
        return Seen.NEVER
    if not signed_in:
        return Seen.SIGNED_OUT
    return Seen.HERE if now - heard_at <= UNHEARD_AFTER else Seen.UNHEARD


class Doing:
    """What one agent does, from what the call says and the pause that was asked for.

    A pause asked for in a call begins once its outcome is saved; dialling ends one that has begun.
    """

    def __init__(self) -> None:
        self._call = CallState.PREVIEW
        self.pause: AgentState | None = None
        """asked for: it runs, or begins after the call"""

    @property
    def state(self) -> AgentState:
        return _OF_CALL.get(self._call) or self.pause or AgentState.READY

    @property
    def waits(self) -> bool:
        """A pause was asked for that begins after the call."""
        return self.pause is not None and self.state is not self.pause

    def follow(self, call: CallState) -> bool:
        """Takes what the call in view says; whether the state is another now."""
        before = self.state
        if call in _OF_CALL and before in PAUSES:
            self.pause = None
        self._call = call
        return self.state is not before

    def toggle(self, pause: AgentState) -> bool:
        """Begins that pause, or ends it where it is the one; whether the state is another now."""
        before = self.state
        self.pause = None if self.pause is pause else pause
        return self.state is not before
