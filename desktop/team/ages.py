"""How long something has been so, in few words."""

from datetime import datetime

from core.domain.text import Text, filled
from desktop.team import words


def ago(since: datetime, now: datetime) -> Text:
    """Minutes up to two hours, then hours."""
    minutes = int((now - since).total_seconds() // 60)
    if minutes < 1:
        return words.NOW
    return filled(words.MINUTES, n=str(minutes)) if minutes < 120 else filled(words.HOURS, n=str(minutes // 60))
