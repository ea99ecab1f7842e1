"""Hours of each day in which a customer wants no calls, as lists write them: 20-8, 22:00-08:00, 22:00~次日8:00."""

import re
import unicodedata

from core.compliance.spans import read
from core.domain.calendar import MINUTES_A_DAY, Window
from core.domain.errors import InputError
from core.server.importing.resources import words

_NEXT_DAY = re.compile(r"次日|翌日|第二天|每天|每日")
_TO = re.compile(r"(?<=[\d点])\s+(?:to|until|till)\s+(?=\d)")


def read_quiet(cell: str) -> tuple[Window, ...]:
    """The stretches in their order, none where the words say so; raises ValueError on anything else."""
    plain = unicodedata.normalize("NFKC", cell).strip().lower()
    if plain in words("no") | words("no_text"):
        return ()
    if plain in words("whole_day"):
        return (Window(0, MINUTES_A_DAY),)
    try:
        return read(_TO.sub("-", _NEXT_DAY.sub("", plain)))
    except InputError as error:
        raise ValueError(cell) from error


def is_whole_day(cell: str) -> bool:
    """Whether no minute is left, or the last one of the day alone: who wants no calls at any hour wants none."""
    try:
        spans = read_quiet(cell)
    except ValueError:
        return False
    return sum(one.until_min - one.from_min for one in spans) >= MINUTES_A_DAY - 1
