"""A list of who has left the net, as the billing system writes it: CSV with a customer's id or number, and the day."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db import customers
from core.server.db.engine import Database
from core.server.db.schema import contact_number
from core.server.review.reading import chunks

_ENCODINGS = ("utf-8-sig", "gb18030")
_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")


@dataclass(frozen=True, slots=True)
class Departures:
    left: Mapping[str, date]
    """by customer id; of several days the last"""
    unknown: tuple[int, ...]
    """lines whose customer is not here"""
    unreadable: tuple[int, ...]
    """lines without a day that can be read, or after the day of which the list is"""


def read_departures(database: Database, path: Path, *, as_of: date) -> Departures:
    """The list. A first line without a day is its header. Raises InputError where the file cannot be read at all."""
    rows = list(_rows(path))
    known = _customers(database, [row[1] for row in rows])
    left: dict[str, date] = {}
    unknown, unreadable = [], []
    for line, who, told in rows:
        day = _day(told)
        if day is None and line == 1:
            continue
        if day is None or day > as_of:
            unreadable.append(line)
        elif who not in known:
            unknown.append(line)
        else:
            left[known[who]] = max(day, left.get(known[who], day))
    return Departures(left, tuple(unknown), tuple(unreadable))


def _rows(path: Path) -> Iterator[tuple[int, str, str]]:
    """Number of the line, who, and the day as it stands there; blank lines are passed over."""
    for number, cells in enumerate(csv.reader(_text(path).splitlines()), start=1):
        filled = [cell.strip() for cell in cells]
        if any(filled):
            yield number, filled[0], filled[1] if len(filled) > 1 else ""


def _text(path: Path) -> str:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from error
    for encoding in _ENCODINGS:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(path, "neither UTF-8 nor GB 18030")


def _unreadable(path: Path, why: str) -> InputError:
    return InputError(
        title=Text("名单读不出来", "The list cannot be read"),
        message=Text(f"{path.name}：{why}", f"{path.name}: {why}"),
        next_step=Text(
            "请用 CSV：第一列客户编号或号码，第二列离网日期。", "Give a CSV: customer id or number, then the day."
        ),
    )


def _day(told: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(told, form).date()  # noqa: DTZ007  # a day of the calendar has no zone
        except ValueError:
            continue
    return None


def _customers(database: Database, told: Sequence[str]) -> dict[str, str]:
    """By id or number the customer's id."""
    found: dict[str, str] = {}
    with database.read() as unit:
        for chunk in chunks(told):
            numbers = select(contact_number.c.number, contact_number.c.customer_id).where(
                contact_number.c.tenant_id == unit.tenant, contact_number.c.number.in_(chunk)
            )
            found |= {row.number: row.customer_id for row in unit.conn.execute(numbers)}
        found |= {one: one for one in customers.known(unit, list(dict.fromkeys(told)))}
    return found
