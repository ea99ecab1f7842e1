"""The duty roster (VIP-11): who answers for diamond customers when, and whom a case can be handed to."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from core.domain.clock import CHINA

DUTY: str = "duty"
"""kind and name under which every desk has it"""
DAY_MIN = 24 * 60


class Shift(Struct, frozen=True, kw_only=True):
    """Wall time in China; one that ends before it begins, or at the same minute, runs over midnight."""

    staff_number: str
    days: tuple[int, ...]
    """weekdays on which it begins, Monday 1 … Sunday 7"""
    from_min: int
    """minute of the day"""
    until_min: int

    def covers(self, moment: datetime) -> bool:
        here = moment.astimezone(CHINA)
        minute, day = here.hour * 60 + here.minute, here.isoweekday()
        if self.from_min < self.until_min:
            return day in self.days and self.from_min <= minute < self.until_min
        before = 7 if day == 1 else day - 1
        return (day in self.days and minute >= self.from_min) or (before in self.days and minute < self.until_min)


class Colleague(Struct, frozen=True, kw_only=True):
    staff_number: str
    name: str
    team: str


class Roster(Struct, frozen=True, kw_only=True):
    shifts: tuple[Shift, ...] = ()
    colleagues: tuple[Colleague, ...] = ()
    """who may own a case"""

    def on_duty(self, moment: datetime) -> tuple[str, ...]:
        """Staff numbers of those on duty then, in the order of the shifts."""
        return tuple(dict.fromkeys(one.staff_number for one in self.shifts if one.covers(moment)))

    def name(self, staff_number: str) -> str:
        return next((one.name for one in self.colleagues if one.staff_number == staff_number), staff_number)


def gaps(shifts: Sequence[Shift]) -> list[tuple[int, int, int]]:
    """Stretches of the week in which nobody is on duty: weekday, first minute, minute after the last."""
    found: list[tuple[int, int, int]] = []
    for day in range(1, 8):
        covered = bytearray(DAY_MIN)
        for shift in shifts:
            for start, end in _on(shift, day):
                covered[start:end] = b"\1" * (end - start)
        begin: int | None = None
        for minute in range(DAY_MIN + 1):
            free = minute < DAY_MIN and not covered[minute]
            if free and begin is None:
                begin = minute
            elif not free and begin is not None:
                found.append((day, begin, minute))
                begin = None
    return found


def _on(shift: Shift, day: int) -> list[tuple[int, int]]:
    before = 7 if day == 1 else day - 1
    if shift.from_min < shift.until_min:
        return [(shift.from_min, shift.until_min)] if day in shift.days else []
    parts = [(shift.from_min, DAY_MIN)] if day in shift.days else []
    return parts + ([(0, shift.until_min)] if before in shift.days else [])
