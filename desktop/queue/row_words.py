"""What a row of the queue says, in the present language. No widgets."""

from collections.abc import Callable
from datetime import datetime

from core.compliance import Barrier
from core.desk.held_rows import HeldRow
from core.desk.queueing import NO_TASK, Group
from core.domain.clock import CHINA, local_day
from core.domain.task import TIER_NAMES, Block, Tier
from core.domain.text import Text
from core.store.types import QueueRow, Section
from desktop.queue import words
from desktop.queue.holds import Holds
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

SECTIONS = {
    Section.DUE: words.DUE,
    Section.UNFINISHED: words.UNFINISHED,
    Section.VIP: words.VIP,
    Section.LATER: words.LATER,
    Section.BLOCKED: words.BLOCKED,
}
BLOCKS = {Block.NO_NUMBER: words.NO_NUMBER, Block.OPTED_OUT: words.OPTED_OUT, Block.BAD_NUMBER: words.BAD_NUMBER}
MINUTE_S, SOON_MIN = 60, 30
HOURS_FROM_MIN = 100
"""from here on a lateness is told in hours: three digits of minutes would take the name's room"""


class RowWords:
    def __init__(self, tongue: Tongue, scenario_name: Callable[[str], Text]) -> None:
        self._say, self._scenario = tongue, scenario_name
        self.holds: Holds | None = None
        self.first_contacts: dict[str, datetime] = {}
        """by customer, until when a repair case owes them a first word"""

    def group(self, group: Group) -> str:
        if group.section is None:
            return self._say(words.NO_TASK if group.scenario == NO_TASK else words.ALL)
        if group.section is Section.SCENARIO:
            return self._say(self._scenario(group.scenario))
        return self._say(SECTIONS[group.section])

    def figure(self, row: QueueRow, now: datetime) -> tuple[str, Tone]:
        """At the right of the name: the hour of a callback, else the task's own figure."""
        if row.block is not None:
            return self._say(BLOCKS[row.block]), Tone.MUTED
        if self.holds is not None and (held := self.holds.of(row)) is not None:
            return self._held(held, now), Tone.WARN
        if (due := self.first_contacts.get(row.customer_id)) is not None:
            return self._first_word(due, now)
        at = row.callback_at or row.later_until
        if at is not None and row.section in (Section.DUE, Section.LATER):
            late = int((now - at).total_seconds())
            # Of another day the date alone says how late it is, and leaves the name its room.
            if late >= MINUTE_S and local_day(at) == local_day(now):
                return f"{_hour(at, now)} · {self._overdue(late // MINUTE_S)}", Tone.BAD
            return _hour(at, now), Tone.BAD if late >= 0 else Tone.MUTED
        return (self._say(row.figure), Tone.OK) if row.figure else ("", Tone.MUTED)

    def _held(self, held: HeldRow, now: datetime) -> str:
        """Why nobody may call them, and until when."""
        if held.until is None or held.barrier not in words.HELD_UNTIL:
            return self._say(words.HELD[held.barrier])
        # A callback of another day is agreed by the hour; a cap or a complaint is over on a day.
        at = _hour(held.until, now) if held.barrier is Barrier.HOURS else _brief(held.until, now)
        return self._say(words.HELD_UNTIL[held.barrier]).format(at=at)

    def _first_word(self, due: datetime, now: datetime) -> tuple[str, Tone]:
        """VIP-08: the countdown to the first contact of a repair."""
        minutes = int((due - now).total_seconds() // 60)
        frame = words.FIRST_WORD if minutes >= 0 else words.FIRST_WORD_LATE
        hours, rest = divmod(abs(minutes), 60)
        tone = Tone.WARN if minutes >= SOON_MIN else Tone.BAD
        return self._say(frame).format(left=f"{hours}:{rest:02}"), tone

    def _overdue(self, minutes: int) -> str:
        if minutes < HOURS_FROM_MIN:
            return self._say(words.OVERDUE).format(minutes=minutes)
        return self._say(words.OVERDUE_HOURS).format(hours=minutes // 60)

    def reason(self, row: QueueRow) -> str:
        return self._say(words.UNFINISHED_HINT) if row.section is Section.UNFINISHED else self._say(row.reason)

    def tail(self, row: QueueRow) -> tuple[str, Tone]:
        """At the right of the reason: the tier of a VIP, else the scenario where the heading does not say it."""
        if row.tier is not Tier.NONE:
            return self._say(TIER_NAMES[row.tier]), Tone.VIP
        if row.section is not Section.SCENARIO:
            return self._say(self._scenario(row.scenario)), Tone.MUTED
        return "", Tone.MUTED

    def spoken(self, what: QueueRow | Group) -> str:
        """For screen readers."""
        if isinstance(what, Group):
            return f"{self.group(what)} {what.rows}"
        held = self.holds.known(what) if self.holds is not None else None
        parts = (what.name, self.reason(what), self.tail(what)[0], self._say(held.told) if held else "")
        return " · ".join(part for part in parts if part)


def _hour(at: datetime, now: datetime) -> str:
    here = at.astimezone(CHINA)
    hour = f"{here.hour:02}:{here.minute:02}"
    return hour if here.date() == local_day(now) else f"{here.month:02}-{here.day:02} {hour}"


def _brief(at: datetime, now: datetime) -> str:
    """The hour today, the day else: the name needs the room."""
    here = at.astimezone(CHINA)
    return f"{here:%H:%M}" if here.date() == local_day(now) else f"{here:%m-%d}"
