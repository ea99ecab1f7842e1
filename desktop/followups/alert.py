"""Tells once of what departments refused, finished or left lying, and of a visit or promise that is near."""

from datetime import datetime, timedelta
from enum import StrEnum

from core.desk import errands
from core.desk.errands import Standing
from core.domain.errand import ERRAND_KINDS, ErrandKind, ErrandState, errand_words
from core.domain.text import Text, filled
from desktop.followups import words
from desktop.followups.watch import Watch
from desktop.widgets.values import Tone

NEAR = timedelta(minutes=30)
"""so long before a visit its agent is reminded"""


class News(StrEnum):
    """What is told of an errand, each once."""

    REFUSED = "refused"
    DONE = "done"
    LATE = "late"
    NEAR = "near"


_TONES = {News.REFUSED: Tone.BAD, News.DONE: Tone.OK, News.LATE: Tone.WARN, News.NEAR: Tone.WARN}


class ErrandAlert(Watch):
    """What stood so at the first look is no news."""

    every_ms = 60_000
    _known: dict[str, News | None] | None = None
    """how each stood at the last look"""

    def look(self) -> None:
        self._lane(lambda: errands.standing(self._desk), self._tell)

    def _tell(self, found: list[Standing]) -> None:
        me, now = self._desk.agent.staff_number, self._desk.moment().wall
        own = [one for one in found if one.told.errand.agent == me]
        stands = {str(one.told.errand.id): news_of(one, now) for one in own}
        before, self._known = self._known, stands
        if before is None:
            return
        fresh = [(one, news) for one in own if (news := _fresh(one, before, stands)) is not None]
        self._tell_all(words.ERRAND_NEWS, [(_said(one), _TONES[news]) for one, news in fresh])


def news_of(one: Standing, now: datetime) -> News | None:
    """What there is to tell of it as it stands; None while it goes its way."""
    told = one.told
    if told.state is ErrandState.REFUSED:
        return News.REFUSED
    if told.state is ErrandState.DONE:
        return News.DONE
    if not told.is_open:
        return None
    if told.overdue:
        return News.LATE
    due = told.errand.due_at
    near = told.errand.kind is ErrandKind.HOME_VISIT and due is not None and due - NEAR <= now < due
    return News.NEAR if near else None


def _fresh(one: Standing, before: dict[str, News | None], now: dict[str, News | None]) -> News | None:
    key = str(one.told.errand.id)
    return now[key] if before.get(key) is not now[key] else None


def _said(one: Standing) -> Text:
    told = one.told
    kind, state = ERRAND_KINDS[told.errand.kind], errand_words(told)
    name = told.customer or told.errand.text[:12]
    return Text(
        filled(words.ERRAND_TOLD, kind=kind.zh, name=name, state=state.zh).zh,
        filled(words.ERRAND_TOLD, kind=kind.en, name=name, state=state.en).en,
    )
