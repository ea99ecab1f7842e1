"""Watches how the sync stands: the status line says it, and trouble that an agent must know is told once."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from core.desk.entering import Entered
from core.domain.errors import ServerUntrusted, StoreDisk
from core.domain.text import Text, filled
from core.sync.refusals import ServerBusy
from core.sync.status import SyncState, SyncStatus
from desktop.shell import words
from desktop.shell.footer import Footer
from desktop.widgets.values import Tone

STUCK_S = 60
CLOCK_OFF_MIN = 5
AGAIN_MS = 10_000
"""minutes go by in the line's words without news"""


class SyncWatch(QObject):
    shown = Signal()
    """the line was drawn anew"""
    waiting_changed = Signal()
    """more or fewer records wait to be uploaded"""

    def __init__(self, entered: Entered, footer: Footer, *, say: Callable[[Text, Tone], None], parent: QObject) -> None:
        super().__init__(parent)
        self._entered, self._footer, self._say = entered, footer, say
        self._status: SyncStatus | None = None
        self._stuck_told = False
        self._clock_told = False
        self._untrusted_told = False
        self._disk_told = False
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.show)
        self._again.start()

    @property
    def status(self) -> SyncStatus:
        return self._status or self._before_news()

    def _before_news(self) -> SyncStatus:
        """Nobody has asked the server yet: who signed in with it, or went on with a session, is not called offline."""
        status = self._entered.syncer.status
        if self._entered.offline or status.state is not SyncState.OFFLINE:
            return status
        return msgspec.structs.replace(status, state=SyncState.SYNCING)

    def take(self, status: SyncStatus) -> None:
        """The sync's own word on how it stands."""
        moved = self._status is not None and status.waiting != self._status.waiting
        self._status = status
        self.show()
        if moved:
            self.waiting_changed.emit()

    def show(self) -> None:
        status, now = self.status, self._entered.desk.moment().wall
        self._footer.show_sync(status, now)
        oldest = status.oldest_waiting_at
        self._tell_stuck(
            oldest is not None and (now - oldest).total_seconds() > STUCK_S, is_there=_server_is_there(status)
        )
        self._tell_clock()
        self._tell_untrusted(status)
        self._tell_disk(status)
        self.shown.emit()

    def _tell_stuck(self, stuck: bool, *, is_there: bool) -> None:
        """Once for as long as it lasts: said again each time, it would cover every other line."""
        if stuck and not self._stuck_told and is_there:
            self._say(words.STUCK, Tone.BAD)
            self._stuck_told = True
        elif not stuck:
            self._stuck_told = False

    def _tell_untrusted(self, status: SyncStatus) -> None:
        """Once, until the server was met again: to be merely offline is something else."""
        untrusted = isinstance(status.last_error, ServerUntrusted)
        if untrusted and not self._untrusted_told:
            self._say(words.UNTRUSTED, Tone.BAD)
        self._untrusted_told = status.state is not SyncState.ONLINE and (untrusted or self._untrusted_told)

    def _tell_disk(self, status: SyncStatus) -> None:
        """Once, until a round went well: tasks that cannot be kept here look like a day without any."""
        error = status.last_error
        if isinstance(error, StoreDisk):
            if not self._disk_told:
                self._say(filled(words.NOT_KEPT, why=error.title), Tone.BAD)
            self._disk_told = True
        elif error is None and status.state is SyncState.ONLINE:
            self._disk_told = False

    def _tell_clock(self) -> None:
        """Once: a clock set wrong here changes nothing, hours and order follow the server's."""
        minutes = round(self._entered.clock.local_ahead.total_seconds() / 60)
        if abs(minutes) >= CLOCK_OFF_MIN and not self._clock_told:
            self._clock_told = True
            text = words.CLOCK_AHEAD if minutes > 0 else words.CLOCK_BEHIND
            self._say(filled(text, n=str(abs(minutes))), Tone.WARN)


def _server_is_there(status: SyncStatus) -> bool:
    """The network is up: also where a server answers that it cannot take anything now."""
    return status.state is SyncState.ONLINE or isinstance(status.last_error, ServerBusy)
