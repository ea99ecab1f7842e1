"""The agent's own state in the window: it follows from the call, a break or a training is one key, the footer tells."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from core.desk.attendance import Attendance
from core.desk.desk import Desk
from core.domain.call import CallState
from core.domain.people import Right
from core.domain.presence import STATE_NAMES, AgentState
from core.domain.text import Text, filled
from desktop.keys.call import BOUND, Act
from desktop.shell import words
from desktop.widgets.values import Tone

PAUSE_KEYS = {Act.BREAK: AgentState.BREAK, Act.TRAINING: AgentState.TRAINING}


class AttendanceKeys(QObject):
    """`show` is given the pause that runs, in words, or None. Whoever makes no calls has no such keys."""

    def __init__(
        self,
        desk: Desk,
        *,
        show: Callable[[Text | None], None],
        say: Callable[[Text, Tone], None],
        told: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.attendance = Attendance(desk)
        self._show, self._say, self._told = show, say, told
        if Right.CALL not in desk.agent.rights:
            return
        for act, pause in PAUSE_KEYS.items():
            shortcut = QShortcut(QKeySequence(BOUND[act][0]), parent, partial(self.toggle, pause))
            # Held down it would begin and end the break in turn.
            shortcut.setAutoRepeat(False)

    def follow(self, call: CallState) -> None:
        """Called at each step of a call: no more than a comparison where nothing has changed."""
        paused = self.attendance.pause
        if self.attendance.follow(call) or paused is not self.attendance.pause:
            self._show_pause()

    def toggle(self, pause: AgentState) -> None:
        """A break in the middle of a call begins once its outcome is saved."""
        attendance, key = self.attendance, BOUND[_act_of(pause)][0]
        attendance.toggle(pause)
        name = STATE_NAMES[pause]
        if attendance.waits:
            self._say(_named(words.PAUSE_AFTER, name, key), Tone.NEUTRAL)
        elif attendance.pause is pause:
            self._say(_named(words.PAUSED, name, key), Tone.NEUTRAL)
        else:
            self._say(words.PAUSE_OVER, Tone.OK)
        self._show_pause()
        self._told()

    def _show_pause(self) -> None:
        attendance = self.attendance
        runs = attendance.pause is not None and not attendance.waits
        self._show(_named(words.ON_PAUSE, STATE_NAMES[attendance.state], "") if runs else None)


def _act_of(pause: AgentState) -> Act:
    return next(act for act, state in PAUSE_KEYS.items() if state is pause)


def _named(text: Text, name: Text, key: str) -> Text:
    return Text(filled(text, name=name.zh, key=key).zh, filled(text, name=name.en.lower(), key=key).en)
