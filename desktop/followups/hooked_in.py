"""News of departments, and trials that end, put into the window: watched once the window stands, so that a start pays
nothing for it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, SignalInstance

from core.desk.desk import Desk
from core.domain.text import Text
from desktop.lane import Lane
from desktop.shell.tray import Tray
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

AFTER_MS = 1_500


def watch_errands(
    desk: Desk,
    tongue: Tongue,
    *,
    lane: Lane,
    tray: Tray,
    say: Callable[[Text, Tone], None],
    pulled: SignalInstance,
    open_page: Callable[[], None],
    parent: QObject,
) -> None:
    """Looks after each pull, from a moment after the start on."""

    def begin() -> None:
        from desktop.followups.alert import ErrandAlert
        from desktop.followups.trial_alert import TrialAlert
        from desktop.followups.watch import Watch

        kinds: tuple[type[Watch], ...] = (ErrandAlert, TrialAlert)
        for kind in kinds:
            alert = kind(desk, tongue, lane=lane, tray=tray, say=say, open_page=open_page, parent=parent)
            pulled.connect(alert.look)
            alert.look()

    # A timer of its own, which goes with the window: one that is closed before must not be called any more.
    soon = QTimer(parent)
    soon.setSingleShot(True)
    soon.timeout.connect(begin)
    soon.start(AFTER_MS)
