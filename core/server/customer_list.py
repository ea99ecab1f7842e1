"""Lists of customers as other systems write them: CSV, in each line an id or a number first."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db.chunks import chunks
from core.server.db.engine import Database
from core.server.db.schema import contact_number
from core.server.known_as import kept_ids

_ENCODINGS = ("utf-8-sig", "gb18030")
_HINT = Text("请用 CSV：每行第一列是客户编号或号码。", "Give a CSV: a customer's id or number first in each line.")


class Named(NamedTuple):
    known: tuple[str, ...]
    """ids, in the order of the list, each once"""
    unknown: tuple[str, ...]
    """what stands in the lines whose customer is not here"""


def read_customers(database: Database, path: Path) -> Named:
    """The list. A first line that is no customer is its header. Raises InputError where the file cannot be read."""
    told = [(line, cells[0]) for line, cells in lines_of(path, _HINT)]
    found = customers_of(database, [who for _, who in told])
    known = dict.fromkeys(found[who] for _, who in told if who in found)
    unknown = dict.fromkeys(who for line, who in told if who not in found and line > 1)
    return Named(tuple(known), tuple(unknown))


def lines_of(path: Path, hint: Text) -> Iterator[tuple[int, list[str]]]:
    """Number of the line, and its cells; blank lines are passed over. Raises InputError, with `hint` as what to do,
    where the file cannot be read."""
    for number, cells in enumerate(csv.reader(_text(path, hint).splitlines()), start=1):
        filled = [cell.strip() for cell in cells]
        if any(filled):
            yield number, filled


def customers_of(database: Database, told: Sequence[str]) -> dict[str, str]:
    """By id or number the customer's id; who is not here is left out."""
    found: dict[str, str] = {}
    with database.read() as unit:
        for chunk in chunks(told):
            numbers = select(contact_number.c.number, contact_number.c.customer_id).where(
                contact_number.c.tenant_id == unit.tenant, contact_number.c.number.in_(chunk)
            )
            found |= {row.number: row.customer_id for row in unit.conn.execute(numbers)}
        found |= kept_ids(unit, frozenset(told))
    return found


def _text(path: Path, hint: Text) -> str:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__, hint) from error
    for encoding in _ENCODINGS:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(path, "neither UTF-8 nor GB 18030", hint)


def _unreadable(path: Path, why: str, hint: Text) -> InputError:
    return InputError(
        title=Text("名单读不出来", "The list cannot be read"),
        message=Text(f"{path.name}：{why}", f"{path.name}: {why}"),
        next_step=hint,
    )
