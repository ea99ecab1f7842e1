"""What a row of the queue says of a callback's hour: how late it is, in as few words as leave the name its room."""

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.task import TaskState, Tier
from core.domain.text import Text
from core.store.types import QueueRow, Section
from desktop.queue.row_words import RowWords
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""ten in the morning where the customers are"""


def due(at: datetime) -> QueueRow:
    return QueueRow(
        task_id="q-1",
        customer_id="c-1",
        name="王秀兰",
        tier=Tier.NONE,
        scenario="4g-upgrade",
        reason=Text("约好再呼", "asked to be called"),
        figure=None,
        section=Section.DUE,
        due_at=None,
        callback_at=at,
        later_until=None,
        state=TaskState.ASSIGNED,
        block=None,
        attempts=0,
        has_draft=False,
        number_count=1,
        number_masked="100 **** 0001",
        area="",
    )


# FOLLOW-01
@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=30), "09:59"),
        (timedelta(minutes=19), "09:41 · 超 19 分"),
        (timedelta(hours=3, minutes=10), "06:50 · 超 3 小时"),
        (timedelta(hours=16), "11-19 18:00"),
    ],
)
def test_a_callback_that_is_late_says_how_late_in_few_words(ago: timedelta, said: str) -> None:
    words = RowWords(Tongue(), lambda name: Text(name, name))
    assert words.figure(due(NOW - ago), NOW) == (said, Tone.BAD)
