"""What is told of hours without calls: those kept here, those told elsewhere, and the callback that made way."""

from datetime import datetime

from core.compliance.spans import written
from core.desk.follow_up_planning import Fell
from core.domain.calendar import Window
from core.domain.clock import CHINA
from core.domain.text import Text, filled
from desktop.call import words


def kept(quiet: tuple[Window, ...], fell: Fell | None) -> Text:
    """The agent has named them."""
    return _with(fell, filled(words.QUIET_KEPT, hours=written(quiet)) if quiet else words.QUIET_TAKEN_BACK)


def heard(quiet: tuple[Window, ...], fell: Fell | None) -> Text:
    """They came during the call: a colleague was told, or a list says so."""
    return _with(fell, filled(words.QUIET_HEARD, hours=written(quiet)) if quiet else words.QUIET_TAKEN_BACK)


def _with(fell: Fell | None, head: Text) -> Text:
    if fell is None:
        return head
    tail = filled(words.CALLBACK_FELL, before=_moment(fell.before), to=_moment(fell.to))
    return Text(head.zh + tail.zh, f"{head.en} {tail.en}")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%m-%d %H:%M}"
