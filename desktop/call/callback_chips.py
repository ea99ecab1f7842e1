"""The chips of callbacks: usual times, days of the customer's own, and a time to be picked."""

from datetime import datetime

from core.compliance.spans import brief
from core.desk.call_session import CallSession
from core.desk.follow_up_planning import CHOSEN_TIME
from core.domain.clock import CHINA
from core.domain.disposition import FollowUpPreset
from core.domain.follow_up import FollowUpKind
from desktop.call import words
from desktop.keys.call import BOUND, Act
from desktop.tongue import Tongue
from desktop.widgets.chip_row import ChipSpec

CALLBACK_KEYS = "ASDF"
DAY_KEY = "O"
"""a callback on a day of the customer's: the contract's end, say"""
TIME_KEY = "P"
QUIET = "quiet"
"""code of the chip by which hours without calls are named"""


def callback_chips(session: CallSession, say: Tongue) -> list[ChipSpec]:
    presets = [p for p in session.opened.dispositions.follow_ups if p.kind is FollowUpKind.CALLBACK]
    usual = [p for p in presets if not p.counts_from]
    return [
        *(_chip(session, p, _label(p, session, say), key) for key, p in zip(CALLBACK_KEYS, usual, strict=False)),
        *_on_days(session, [p for p in presets if p.counts_from], say),
        _at_a_time(session, say),
        _quiet(session, say),
    ]


def _chip(session: CallSession, preset: FollowUpPreset, label: str, key: str) -> ChipSpec:
    form = session.form
    return ChipSpec(preset.code, label, key, form.planned_as(preset.code) is not None, not form.no_callbacks)


def _on_days(session: CallSession, presets: list[FollowUpPreset], say: Tongue) -> list[ChipSpec]:
    """On days of this customer's, where the days are known; one key goes from each to the next."""
    chips: list[ChipSpec] = []
    this_year = session.moment().wall.astimezone(CHINA).year
    for preset in presets:
        due = session.planning.due_of(preset)
        if due is None:
            continue
        day = due.astimezone(CHINA)
        written = f"{day:%m-%d}" if day.year == this_year else f"{day:%Y-%m-%d}"
        chips.append(_chip(session, preset, f"{say(preset.label)} {written}", DAY_KEY))
    return chips


def _at_a_time(session: CallSession, say: Tongue) -> ChipSpec:
    chosen = session.form.planned_as(CHOSEN_TIME)
    label = say(words.CHOOSE_TIME)
    if chosen and chosen.due_at:
        label = f"{chosen.due_at.astimezone(CHINA):%m-%d %H:%M}"
    return ChipSpec(CHOSEN_TIME, label, TIME_KEY, chosen is not None, not session.form.no_callbacks)


def _quiet(session: CallSession, say: Tongue) -> ChipSpec:
    """When the customer is not to be called at all, where they said so."""
    quiet = session.opened.quiet
    label = f"{say(words.QUIET)} {brief(quiet)}" if quiet else say(words.QUIET_NONE)
    return ChipSpec(QUIET, label, BOUND[Act.QUIET][0], bool(quiet))


def _label(preset: FollowUpPreset, session: CallSession, say: Tongue) -> str:
    """`3 小时后`; the moment it falls on where those words would promise another: after closing `明天 09:00`."""
    moved = session.planning.moved_to(preset)
    return say(preset.label) if moved is None else _moment(moved, session.moment().wall, say)


def _moment(due: datetime, now: datetime, say: Tongue) -> str:
    here = due.astimezone(CHINA)
    ahead = (here.date() - now.astimezone(CHINA).date()).days
    named = {0: words.TODAY_AT, 1: words.TOMORROW_AT}.get(ahead)
    return say(named).format(hour=f"{here:%H:%M}") if named else f"{here:%m-%d %H:%M}"
