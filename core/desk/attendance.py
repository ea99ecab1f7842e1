"""What the agent at this desk is doing, told as it changes: no step of a call waits for it, nothing here does I/O."""

from uuid import uuid4

from core.desk.desk import Desk
from core.domain.call import CallState
from core.domain.people import Right
from core.domain.presence import AgentState, Doing, StateChange


class Attendance:
    """Of one sitting; those who make no calls tell nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._doing = desk, Doing()
        self._tells = Right.CALL in desk.agent.rights
        self._note()

    @property
    def state(self) -> AgentState:
        return self._doing.state

    @property
    def pause(self) -> AgentState | None:
        """The pause that was asked for."""
        return self._doing.pause

    @property
    def waits(self) -> bool:
        """The pause begins after the call."""
        return self._doing.waits

    def follow(self, call: CallState) -> bool:
        """Takes what the call in view says; whether the agent is doing something else now."""
        changed = self._doing.follow(call)
        if changed:
            self._note()
        return changed

    def toggle(self, pause: AgentState) -> None:
        """Begins a break or a training, at once or after the call; the same again ends it."""
        if self._doing.toggle(pause):
            self._note()

    def _note(self) -> None:
        if self._tells:
            note_state(self._desk, self._doing.state)


def close_desk(desk: Desk) -> None:
    """The desk is left: kept at once, uploaded at the next sign-in. Raises StoreError."""
    if Right.CALL in desk.agent.rights:
        note_state(desk, AgentState.OFF)
    desk.store.keep_states()


def note_state(desk: Desk, state: AgentState) -> None:
    """From now on the agent is in that state; it travels with what is next uploaded."""
    change = StateChange(id=uuid4(), agent=desk.agent.staff_number, state=state, at=desk.moment().wall)
    desk.store.states.note(change)
