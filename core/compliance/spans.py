"""Hours of each day in which a customer wants no calls (TASK-16), as people write them."""

import re
from collections.abc import Sequence

from core.compliance.hours import clock_of
from core.domain.calendar import MINUTES_A_DAY, Window, joined
from core.domain.errors import InputError
from core.domain.text import Text

TITLE = Text("免扰时段", "Hours without calls")
MOST = 4
"""stretches of a day"""
_TIME = r"(?:(\d{1,2})(?:[:：点](\d{2})?)?)?"
_SPAN = re.compile(rf"{_TIME}\s*[-－–—~～至到]\s*{_TIME}")
_BETWEEN = re.compile(r"[\s,，、;；]+|$")


def read(typed: str) -> tuple[Window, ...]:
    """`-18` is all before 18:00, `12-14 20:30-` two stretches, `20-8` the night; nothing takes all back. In their
    order, those that touch made one. Raises InputError on anything else."""
    found, at, text = list[Window](), 0, typed.strip()
    while at < len(text):
        span = _SPAN.match(text, at)
        if span is None:
            raise _unread()
        found += _windows(*span.groups())
        if (between := _BETWEEN.match(text, span.end())) is None:
            raise _unread()
        at = between.end()
    whole = joined(found)
    if len(whole) > MOST:
        raise _unread()
    return whole


def written(quiet: Sequence[Window]) -> str:
    """As `read` takes it: `00:00-18:00 20:30-24:00`."""
    return " ".join(f"{clock_of(one.from_min)}-{clock_of(one.until_min)}" for one in quiet)


def brief(quiet: Sequence[Window]) -> str:
    """The same where there is little room: `0-18 20:30-24`."""
    return " ".join(f"{_short(one.from_min)}-{_short(one.until_min)}" for one in quiet)


def _windows(hour: str | None, minute: str | None, until: str | None, until_minute: str | None) -> list[Window]:
    """One; of what goes on past midnight the two parts that lie in a day."""
    start = _minutes(hour, minute) if hour is not None else 0
    end = _minutes(until, until_minute) if until is not None else MINUTES_A_DAY
    if start == end or max(start, end) > MINUTES_A_DAY:
        raise _unread()
    if start < end:
        return [Window(start, end)]
    parts = [one for one in (Window(0, end), Window(start, MINUTES_A_DAY)) if one.from_min < one.until_min]
    if not parts:
        # `24-0`, which would pass for a line that takes all back.
        raise _unread()
    return parts


def _minutes(hour: str, minute: str | None) -> int:
    if int(minute or 0) >= 60:
        raise _unread()
    return int(hour) * 60 + int(minute or 0)


def _short(minute: int) -> str:
    hour, over = divmod(minute, 60)
    return f"{hour}:{over:02d}" if over else str(hour)


def _unread() -> InputError:
    return InputError(
        title=TITLE,
        message=Text("看不懂这个时段。", "That is no stretch of a day."),
        next_step=Text(
            "例如 -18 是 18 点以前，12-14 20- 是两段。", "-18 means before 18:00, 12-14 20- are two stretches."
        ),
    )
