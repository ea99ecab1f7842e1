"""Tells of what was given for a time and is about to end (FOLLOW-07): before its last day, and on it."""

from datetime import date

from core.desk import trials
from core.desk.agenda import desk_name
from core.domain.clock import local_day
from core.domain.text import Text
from core.domain.trial_told import TrialTold
from desktop.followups import words
from desktop.followups.watch import Watch
from desktop.widgets.values import Tone

Found = list[tuple[TrialTold, str]]


class TrialAlert(Watch):
    """Each is told at the first look, and once more on its day."""

    every_ms = 15 * 60_000
    """it goes by days"""
    _told: frozenset[tuple[str, bool]] = frozenset()

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
        self._tell_all(words.TRIAL_NEWS, [(trial_words(one, name, today), Tone.WARN) for one, name in fresh])


def trial_words(one: TrialTold, name: str, today: date) -> Text:
    """张女士：流量体验包，还有 2 天，打个电话问问."""
    days = trials.days_left(one, today)
    when = words.TRIAL_TODAY if days <= 0 else words.TRIAL_DAYS
    told = words.TRIAL_TOLD
    return Text(
        told.zh.format(name=name, what=one.name.zh, when=when.zh.format(days=days)),
        told.en.format(name=name, what=one.name.en, when=when.en.format(days=days)),
    )
