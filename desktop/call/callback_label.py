"""What a callback's chip says: its preset's own words, or the moment it falls on where those would promise another."""

from datetime import datetime

from core.desk.call_session import CallSession
from core.domain.clock import CHINA
from core.domain.disposition import FollowUpPreset
from desktop.call import words
from desktop.tongue import Tongue


def callback_label(preset: FollowUpPreset, session: CallSession, say: Tongue) -> str:
    """`3 小时后`; after closing `明天 09:00`."""
    moved = session.moved_to(preset)
    return say(preset.label) if moved is None else _moment(moved, session.moment().wall, say)


def _moment(due: datetime, now: datetime, say: Tongue) -> str:
    here = due.astimezone(CHINA)
    ahead = (here.date() - now.astimezone(CHINA).date()).days
    named = {0: words.TODAY_AT, 1: words.TOMORROW_AT}.get(ahead)
    return say(named).format(hour=f"{here:%H:%M}") if named else f"{here:%m-%d %H:%M}"
