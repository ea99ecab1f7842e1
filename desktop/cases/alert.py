"""Tells once of each promise before it falls due, and of a first word that is owed; to a lead of those missed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from core.desk import casework
from core.desk.casework import Alert
from core.desk.desk import Desk
from core.domain.text import Text, filled
from desktop.authority.hooked_in import Offer
from desktop.cases import saying, words
from desktop.lane import Lane
from desktop.shell.tray import Tray
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

EVERY_MS = 20_000


class CaseAlert(QObject):
    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        tray: Tray,
        offer: Offer,
        settled: Callable[[str], None],
        look_at: Callable[[Alert], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._lane, self._tray = desk, tongue, lane, tray
        self._offer, self._settled, self._look_at = offer, settled, look_at
        self._told: dict[str, bool] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Read what is due; one that has become overdue meanwhile is told anew."""
        self._lane(lambda: casework.alerts(self._desk), self._tell)

    def _tell(self, alerts: list[Alert]) -> None:
        fresh = [one for one in alerts if self._told.get(one.key) != one.late]
        for gone in self._told.keys() - {one.key for one in alerts}:
            self._settled(gone)
        self._told = {one.key: one.late for one in alerts}
        for one in fresh:
            text, act = alert_words(self._desk, one), partial(self._look_at, one)
            self._offer(text, Tone.BAD if one.late else Tone.WARN, words.LOOK, act, about=one.key)
            self._tray.tell(self._tongue(words.ALERT_TITLE), self._tongue(text), act)


def alert_words(desk: Desk, one: Alert) -> Text:
    when = saying.hour(one.due_at, desk.moment().wall)
    if one.words:
        frame = words.ALERT_PROMISE_LATE if one.late else words.ALERT_PROMISE
        return filled(frame, name=one.name, words=one.words, when=when)
    return filled(words.ALERT_CONTACT_LATE if one.late else words.ALERT_CONTACT, name=one.name, when=when)
