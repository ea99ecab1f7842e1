"""Tells of what was given for a time and is about to end (FOLLOW-07): before its last day, and on it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer

from core.desk import trials
from core.desk.agenda import desk_name
from core.desk.desk import Desk
from core.domain.clock import local_day
from core.domain.text import Text
from core.domain.trial_told import TrialTold
from desktop.followups import words
from desktop.lane import Lane
from desktop.shell.tray import Tray
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

EVERY_MS = 15 * 60_000
"""it goes by days"""
Found = list[tuple[TrialTold, str]]


class TrialAlert(QObject):
    """`look` after each pull, and now and then by itself. Each is told at the first look, and once more on its day."""

    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        tray: Tray,
        say: Callable[[Text, Tone], None],
        open_page: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._lane, self._tray = desk, tongue, lane, tray
        self._say, self._open_page = say, open_page
        self._told: set[tuple[str, bool]] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        def near() -> Found:
            ends = trials.ending(self._desk)
            return [(one, desk_name(self._desk, one.customer_id) or one.customer) for one in ends]

        self._lane(near, self._tell)

    def _tell(self, found: Found) -> None:
        today = local_day(self._desk.moment().wall)
        stands = {(trials.key_of(one), one.until == today): (one, name) for one, name in found}
        fresh = [stands[key] for key in stands if key not in self._told]
        self._told |= stands.keys()
        for one, name in fresh:
            self._say(trial_words(one, name, today), Tone.WARN)
        if fresh:
            first = self._tongue(trial_words(*fresh[0], today))
            self._tray.tell(self._tongue(words.TRIAL_NEWS), first, self._open_page)


def trial_words(one: TrialTold, name: str, today: date) -> Text:
    """张女士：流量体验包，还有 2 天，打个电话问问."""
    days = trials.days_left(one, today)
    when = words.TRIAL_TODAY if days <= 0 else words.TRIAL_DAYS
    told = words.TRIAL_TOLD
    return Text(
        told.zh.format(name=name, what=one.name.zh, when=when.zh.format(days=days)),
        told.en.format(name=name, what=one.name.en, when=when.en.format(days=days)),
    )
