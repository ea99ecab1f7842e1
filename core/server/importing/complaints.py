"""A complaint that a list tells of, by the days on which it was opened and closed."""

from datetime import UTC, date, datetime, time, timedelta

from core.domain.clock import CHINA
from core.domain.customer import Ticket
from core.domain.text import Text
from core.server.importing.fields import Field
from core.server.importing.reading import RowValues

TICKET_ID = "import:complaint"
"""one for each customer: what a later list says of it takes its place, so that a list may close what another opened"""
_KIND, _TOPIC = Text("投诉", "Complaint"), Text("名单所载：{list}", "As a list says: {list}")


def complaint(row: RowValues, source: str) -> list[Ticket]:
    """None where the row tells of none. A day stands from its beginning for what was opened, to its end for what was
    closed: whoever complained on it is left alone the longer for it."""
    opened, closed = row.get(Field.COMPLAINT_OPENED, date), row.get(Field.COMPLAINT_CLOSED, date)
    first = opened or closed
    if first is None:
        return []
    return [
        Ticket(
            id=TICKET_ID,
            kind=_KIND,
            topic=Text(_TOPIC.zh.format(list=source), _TOPIC.en.format(list=source)),
            opened_at=_beginning(first),
            closed_at=None if closed is None else _beginning(closed + timedelta(days=1)),
            complaint=True,
        )
    ]


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=CHINA).astimezone(UTC)
