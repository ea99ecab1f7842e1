"""A list of who has left the net, as the billing system writes it: CSV with a customer's id or number, and the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from core.domain.text import Text
from core.server.customer_list import customers_of, lines_of
from core.server.db.engine import Database

_HINT = Text("请用 CSV：第一列客户编号或号码，第二列离网日期。", "Give a CSV: customer id or number, then the day.")
_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")


@dataclass(frozen=True, slots=True)
class Departures:
    left: Mapping[str, date]
    """by customer id; of several days the last"""
    unknown: tuple[int, ...]
    """lines whose customer is not here"""
    unreadable: tuple[int, ...]
    """lines without a day that can be read, or after the day of which the list is"""
    stranger: str = ""
    """as the first of the unknown is written"""


def read_departures(database: Database, path: Path, *, as_of: date) -> Departures:
    """The list. A first line without a day is its header. Raises InputError where the file cannot be read at all."""
    rows = [(line, cells[0], cells[1] if len(cells) > 1 else "") for line, cells in lines_of(path, _HINT)]
    known = customers_of(database, [row[1] for row in rows])
    left: dict[str, date] = {}
    unknown, unreadable, stranger = [], [], ""
    for line, who, told in rows:
        day = _day(told)
        if day is None and line == 1:
            continue
        if day is None or day > as_of:
            unreadable.append(line)
        elif who not in known:
            unknown.append(line)
            stranger = stranger or who
        else:
            left[known[who]] = max(day, left.get(known[who], day))
    return Departures(left, tuple(unknown), tuple(unreadable), stranger)


def _day(told: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(told, form).date()  # noqa: DTZ007  # a day of the calendar has no zone
        except ValueError:
            continue
    return None
