"""What is sound in a content folder and might still not be meant: told by the check, refused by nobody."""

from collections.abc import Iterable
from datetime import date

import msgspec

from core.content.shipped import Shipped
from core.domain import decoding
from core.domain.calendar import CALENDAR, Calendar
from core.domain.task import TaskType
from core.domain.task_types import USUAL_TYPES, usual_type
from core.domain.text import Text


class _Kind(msgspec.Struct):
    task_type: TaskType | None = None


def hints(pieces: Iterable[Shipped], *, today: date) -> list[Text]:
    """A line for each script of a site's own that does not state its kind of task, and for each calendar that is soon
    to end."""
    pieces = list(pieces)
    names = sorted(
        piece.name
        for piece in pieces
        if piece.kind == "script" and piece.name not in USUAL_TYPES and not _stated(piece)
    )
    calendars = [decoding.decode(piece.body, Calendar) for piece in pieces if piece.kind == CALENDAR]
    return [_without_type(name) for name in names] + [
        without_holidays(one, year) for one in calendars if (year := one.lacks_from(today)) is not None
    ]


def without_holidays(calendar: Calendar, year: int) -> Text:
    """Of a calendar that does not know that year."""
    name = calendar.name
    return Text(
        f"提示：calendars/{name}.yaml 没有 {year} 年的节假日，补上并发布之前，{year} 年每天按休息日时段外呼。",
        f"Hint: calendars/{name}.yaml has no holidays of {year}; until they are published, every day of {year} goes by"
        " the hours of rest days.",
    )


def _stated(piece: Shipped) -> bool:
    return decoding.decode(piece.body, _Kind).task_type is not None


def _without_type(name: str) -> Text:
    usual = usual_type(name).value
    return Text(
        f"提示：scripts/{name}.yaml 没有写 task_type，它的任务都按 {usual} 派出。",
        f"Hint: scripts/{name}.yaml states no task_type; its tasks are all taken for {usual}.",
    )
