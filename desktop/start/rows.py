"""The start of the day as rows of words. No widgets."""

from collections.abc import Callable, Sequence

from core.desk.day_start import NAMED, DayStart
from core.domain.clock import CHINA, local_day
from core.domain.text import Text
from core.guidance.facts import greeting
from core.store.types import QueueRow, Section
from desktop.start import words
from desktop.tongue import Tongue
from desktop.widgets.values import Row, Tone


def day_line(start: DayStart, say: Tongue) -> str:
    """The date, and when may be called."""
    day = local_day(start.now)
    return say(words.DAY).format(
        year=day.year,
        month=day.month,
        day=day.day,
        weekday=say(words.WEEKDAYS[day.weekday()]),
        hours=say(start.hours),
    )


def greeted(start: DayStart, name: str, say: Tongue) -> str:
    return say(words.GREETING).format(greeting=say(greeting(start.now)), name=name)


def day_rows(start: DayStart, scenario_name: Callable[[str], Text], say: Tongue) -> list[Row]:
    """What is promised first, then what is begun, then the rest; what there is none of is not told."""
    counts = start.counts.by_section
    due, later = counts.get(Section.DUE, 0), len(start.later_today)
    rows = []
    if due:
        rows.append(Row(say(words.DUE), _named(start.due, due, say), Tone.BAD))
    if later:
        rows.append(Row(say(words.LATER_TODAY), _named(start.later_today, later, say)))
    if unfinished := counts.get(Section.UNFINISHED, 0):
        rows.append(Row(say(words.UNFINISHED), say(words.UNFINISHED_ONES).format(n=unfinished), Tone.WARN))
    if vip := counts.get(Section.VIP, 0):
        rows.append(Row(say(words.VIP), say(words.PEOPLE).format(n=vip), Tone.VIP))
    rows += [
        Row(say(scenario_name(name)), say(words.PEOPLE).format(n=n)) for name, n in start.counts.by_scenario.items()
    ]
    if blocked := counts.get(Section.BLOCKED, 0):
        rows.append(Row(say(words.BLOCKED), say(words.PEOPLE).format(n=blocked), Tone.MUTED))
    return [*rows, _target(start, say)]


def _target(start: DayStart, say: Tongue) -> Row:
    called, left = start.figures.called, start.target - start.figures.called
    if left > 0:
        return Row(say(words.TARGET), say(words.TARGET_LEFT).format(called=called, target=start.target, left=left))
    return Row(say(words.TARGET), say(words.TARGET_MET).format(called=called, target=start.target), Tone.OK)


def _named(rows: Sequence[QueueRow], count: int, say: Tongue) -> str:
    """The first by name and hour, and how many there are."""
    told = [say(words.ONE).format(name=row.name, hour=_hour(row)) for row in rows[:NAMED]]
    who = say(words.BETWEEN).join(told)
    if count > len(told):
        who = say(words.AND_MORE).format(who=who)
    return say(words.NAMED).format(n=count, who=who)


def _hour(row: QueueRow) -> str:
    return f"{row.callback_at.astimezone(CHINA):%H:%M}" if row.callback_at else ""
