"""The monthly shelf (4G-03): what customers do on these days of the month, what they ask, which plans to name then."""

from datetime import date

from msgspec import Struct, field

from core.domain.condition import Condition
from core.domain.text import Text


class Window(Struct, frozen=True, kw_only=True):
    """Days of the month, both included."""

    from_day: int
    until_day: int
    behaviour: Text
    enquiry: Text
    """what is asked about most"""
    plans: tuple[str, ...]
    """codes of the featured plans, the first that fits is named"""


class Shelf(Struct, frozen=True, kw_only=True):
    id: str
    label: Text | None = None
    """for planners; None: shown by its id"""
    version: int
    audience: Condition = field(name="for")
    """over the facts of eligibility"""
    windows: tuple[Window, ...]
    """each day of a month in one"""

    def window(self, day: date) -> Window:
        """The one that the day lies in; raises LookupError where there is none."""
        for one in self.windows:
            if one.from_day <= day.day <= one.until_day:
                return one
        raise LookupError(f"no window for day {day.day}")
